"""A network of its own learns what labelled photos show, and serving opens it as it is."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from sightline.reading.objects import ObjectNamer, write_verified
from sightline.scenes.photo_files import is_for_test, load_photo
from sightline.scenes.photo_words import everyday_word

torch = pytest.importorskip("torch", reason="needs the train extra (make train-setup)")

pytestmark = pytest.mark.torch
N_PHOTOS = 60


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Photos of two kinds, told apart by their colour, and some that nobody could name."""
    folder, lines = tmp_path / "photos", []
    folder.mkdir()
    for index in range(N_PHOTOS):
        label = ("Hat", "Shoes", "Not sure")[index % 3]
        pixels = np.random.default_rng(index).integers(0, 90, (70, 60, 3), dtype=np.uint8)
        pixels[..., index % 3] += 150
        cv2.imwrite(str(folder / f"{index}.png"), pixels)
        lines.append(json.dumps({"image": f"{index}.png", "label": label}))
    (folder / "labels.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


def test_what_has_no_name_is_left_out_and_no_photo_is_in_both_splits(photos: Path) -> None:
    from sightline.training.object_photos import labelled_photos

    (train, names, words), (test, _, _) = (labelled_photos(photos, split) for split in ("train", "test"))
    assert names == ["Hat", "Shoes"]
    assert words == ["hat", "shoes"]
    assert len(train) + len(test) == N_PHOTOS * 2 // 3
    assert not any(is_for_test(photo.path.name) for photo in train)
    assert all(is_for_test(photo.path.name) for photo in test)


def test_varieties_are_told_as_the_group_that_they_are_of() -> None:
    assert everyday_word("Granny-Smith", "Apple") == "apple"
    assert everyday_word("Brown-Cap-Mushroom", "Brown-Cap-Mushroom") == "mushroom"
    assert everyday_word("Outwear", "") == "jacket"


def test_two_labels_are_learned_and_the_reader_names_them_so(photos: Path, tmp_path: Path) -> None:
    from sightline.training.object_photos import PhotoStreamConfig, labelled_photos
    from sightline.training.objects import ObjectsConfig, train_objects
    from sightline.training.objects_export import export_objects

    torch.manual_seed(0)
    config = ObjectsConfig(30, PhotoStreamConfig(16, n_drawn=4), lr=0.05, average_decay=0.8, n_workers=0, save_every=15)
    assert train_objects(photos, config, tmp_path / "run") == {"label": 1.0, "word": 1.0}
    export_objects(tmp_path / "run", photos, tmp_path / "objects.onnx")
    namer = ObjectNamer(tmp_path / "objects.onnx")
    test, _, words = labelled_photos(photos, "test")
    assert [namer.name(load_photo(photo.path))[0].word for photo in test] == [words[photo.label] for photo in test]


def test_the_exported_file_says_what_the_network_says(tmp_path: Path) -> None:
    from sightline.training.familiar import Familiarity, directions
    from sightline.training.objects import ObjectNetwork, word_sums
    from sightline.training.objects_export import as_onnx

    torch.manual_seed(1)
    network, words = ObjectNetwork(4, (16, 32)).train(), ["apple", "apple", "hat", "pear"]
    pixels = np.random.default_rng(0).integers(0, 256, (6, 128, 128, 3), dtype=np.uint8)
    shown = torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 127.5 - 1
    network(shown)  # so that the norms have seen something
    with torch.no_grad():
        seen = network.eval().seen(shown).numpy()
    mean, axes = seen.mean(0), np.eye(seen.shape[1], 5, dtype=np.float32)
    photos = np.round(127 * directions(seen[:3], mean, axes)).astype(np.int8)
    write_verified(
        tmp_path / "objects.onnx", as_onnx(network, words, Familiarity(mean, axes, photos, (0.5, 3.0, -2.0)))
    )
    namer = ObjectNamer(tmp_path / "objects.onnx")
    assert namer.words == ["", "apple", "hat", "pear"]
    with torch.no_grad():
        wanted = network(shown).softmax(1) @ torch.from_numpy(word_sums(words)[1])
    nearest = (directions(seen, mean, axes) @ photos.T / 127).max(1)
    for picture, row, cosine in zip(pixels, wanted.tolist(), nearest.tolist(), strict=True):
        likeliest = row.index(max(row))
        told = namer.name(picture)
        assert [named.word for named in told[:1]] == [namer.words[likeliest]] * bool(likeliest)
        odds = max(row) / (1 - max(row))
        for named in told[:1]:
            assert named.confidence == pytest.approx(1 / (1 + odds**-0.5 * np.exp(2 - 3 * cosine)), abs=5e-3)
        assert sum(named.confidence for named in told) <= 1 + 1e-6


def test_what_lies_far_from_all_that_was_taught_is_worth_less(photos: Path, tmp_path: Path) -> None:
    from sightline.training.familiar import directions, measure
    from sightline.training.object_photos import PhotoStreamConfig, labelled_photos
    from sightline.training.objects import ObjectsConfig, averaged, seen_and_logits, train_objects

    torch.manual_seed(0)
    config = ObjectsConfig(30, PhotoStreamConfig(16, n_drawn=4), lr=0.05, average_decay=0.8, n_workers=0, save_every=15)
    train_objects(photos, config, tmp_path / "run")
    (taught, names, words), (kept, _, _) = (labelled_photos(photos, split) for split in ("train", "test"))
    network = averaged(tmp_path / "run", len(names))
    found = measure(network, taught, kept, words, 1.0)
    own = directions(seen_and_logits(network, taught)[0], found.mean, found.axes)
    assert found.photos.shape[0] == len(taught)
    assert (own @ found.photos.T / 127).max(1) == pytest.approx(np.ones(len(taught)), abs=0.02)
    assert found.weights[1] > 0, "the nearer, the surer"


def test_a_run_that_was_cut_goes_on(photos: Path, tmp_path: Path) -> None:
    from sightline.training.object_photos import PhotoStreamConfig
    from sightline.training.objects import ObjectsConfig, train_objects

    for n_steps in (2, 3):
        train_objects(photos, ObjectsConfig(n_steps, PhotoStreamConfig(4, n_drawn=2), n_workers=0), tmp_path / "run")
    assert json.loads((tmp_path / "run" / "progress.json").read_text("utf-8"))["step"] == 3

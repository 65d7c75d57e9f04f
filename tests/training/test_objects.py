"""The encoder learns what labelled photos show, and nothing else of the model moves."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from sightline.model import tokenizer as tk
from sightline.model.checkpoint import load_checkpoint
from sightline.scenes.photo_files import is_for_test
from tiny import make_checkpoint

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


def _network(tmp_path: Path):  # type: ignore[no-untyped-def]
    from sightline.training.network import SightlineNetwork

    make_checkpoint(tmp_path / "tiny")
    checkpoint = load_checkpoint(tmp_path / "tiny")
    torch.manual_seed(0)
    return SightlineNetwork(checkpoint.config, checkpoint.tokenizer.special(tk.IMAGE))


def test_what_has_no_name_is_left_out_and_no_photo_is_in_both_splits(photos: Path) -> None:
    from sightline.training.objects import labelled_photos

    (train, names), (test, _) = (labelled_photos(photos, split) for split in ("train", "test"))
    assert names == ["Hat", "Shoes"]
    assert len(train) + len(test) == N_PHOTOS * 2 // 3
    assert not any(is_for_test(photo.path.name) for photo in train)
    assert all(is_for_test(photo.path.name) for photo in test)


def test_the_encoder_learns_two_labels_and_the_decoder_stays_as_it_was(photos: Path, tmp_path: Path) -> None:
    from sightline.training.checkpoint import latest_weights
    from sightline.training.objects import ObjectsConfig, train_objects

    network = _network(tmp_path)
    before = {name: value.clone() for name, value in network.state_dict().items()}
    config = ObjectsConfig(40, batch_size=16, kept=0.5, turned=0.0, average_decay=0.8, n_workers=0)
    score = train_objects(network, photos, config, tmp_path / "run")
    assert score["label"] == 1.0
    after = latest_weights(tmp_path / "run")
    moved = {name for name, value in after.items() if not torch.equal(value, before[name])}
    assert moved
    assert all(".vision_model." in name for name in moved)
    assert latest_weights(tmp_path / "run", "heads") == {}


def test_a_run_that_was_cut_goes_on(photos: Path, tmp_path: Path) -> None:
    from sightline.training.objects import ObjectsConfig, train_objects

    config = ObjectsConfig(2, batch_size=4, n_workers=0)
    train_objects(_network(tmp_path), photos, config, tmp_path / "run")
    train_objects(_network(tmp_path), photos, replace(config, n_steps=3), tmp_path / "run")
    assert json.loads((tmp_path / "run" / "progress.json").read_text("utf-8"))["step"] == 3

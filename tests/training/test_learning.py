"""The parts of training that can be checked in seconds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sightline.model.checkpoint import load_checkpoint
from sightline.model.prompt import PromptBuilder
from sightline.reading.colour_names import COLOURS
from sightline.reading.lines import Reading, TextLine
from sightline.scenes.scene import CLASSES, Scene, SceneObject, Turn
from tiny import make_checkpoint

torch = pytest.importorskip("torch", reason="needs the train extra (make train-setup)")

pytestmark = pytest.mark.torch


def _scene(seed: int) -> Scene:
    total = f"{seed % 90 + 10}"
    reading = Reading((TextLine(f"total {total}", (0, 0, 50, 10), 0.9, 0),), 64, 64)
    pixels = np.full((64, 64, 3), 255 * (seed % 2), np.uint8)
    turns = (Turn("total?", total, "field"), Turn("dark?", "no" if seed % 2 else "yes", "bright"))
    return Scene("note", pixels, reading, turns, (SceneObject("text", "black", (0, 0, 50, 10)),))


def _setting(tmp_path: Path):  # type: ignore[no-untyped-def]
    from sightline.model import tokenizer as tk
    from sightline.training.batch import Batch, batches
    from sightline.training.data import SampleMaker
    from sightline.training.network import SightlineNetwork

    make_checkpoint(tmp_path / "tiny")
    checkpoint = load_checkpoint(tmp_path / "tiny")
    words = checkpoint.tokenizer
    maker = SampleMaker(checkpoint.config, PromptBuilder(words, checkpoint.config.n_image_tokens))

    def open_stream(first: int) -> Iterator[Batch]:
        samples = (maker.make(_scene(i % 8), True, 256) for i in range(first, 100_000))
        return batches((sample for sample in samples if sample is not None), 1024, words.special(tk.PAD))

    torch.manual_seed(0)
    return SightlineNetwork(checkpoint.config, words.special(tk.IMAGE)), open_stream


def test_eight_pictures_are_learned_by_heart(tmp_path: Path) -> None:
    from sightline.training.check import exact_by_kind
    from sightline.training.loop import LoopConfig, train

    network, open_stream = _setting(tmp_path)
    train(network, open_stream, LoopConfig(n_steps=80, report_every=40), tmp_path / "run")
    exact = exact_by_kind(network, open_stream(0), n_batches=1)
    assert sum(right for right, _ in exact.values()) >= 0.95 * sum(n for _, n in exact.values())


def test_a_run_that_was_cut_continues_to_the_same_weights(tmp_path: Path) -> None:
    from sightline.training.loop import LoopConfig, train

    config = LoopConfig(n_steps=6, save_every=3, decay=0.0)
    network, open_stream = _setting(tmp_path)
    whole = train(network, open_stream, config, tmp_path / "whole")
    network, open_stream = _setting(tmp_path)
    seen = iter(range(4))

    def cut(first: int):  # type: ignore[no-untyped-def]
        for batch in open_stream(first):
            if next(seen, None) is None:
                raise KeyboardInterrupt
            yield batch

    with pytest.raises(KeyboardInterrupt):
        train(network, cut, config, tmp_path / "cut")
    network, open_stream = _setting(tmp_path)
    continued = train(network, open_stream, config, tmp_path / "cut")
    assert all(torch.allclose(whole[name], continued[name], atol=1e-5) for name in whole)


def test_dense_labels_name_what_covers_the_middle_of_each_patch() -> None:
    from sightline.training.data import NO_COLOUR, dense_labels

    scene = _scene(0)
    things = (SceneObject("circle", "red", (0, 0, 32, 32)), SceneObject("star", "blue", (16, 16, 32, 32)))
    classes, colours = dense_labels(Scene("x", scene.pixels, scene.reading, (), things), 4)
    assert classes[0, 0] == CLASSES.index("circle")
    assert classes[1, 1] == CLASSES.index("star")
    assert colours[1, 1] == COLOURS.index("blue")
    assert classes[3, 3] == CLASSES.index("background")
    assert colours[3, 3] == NO_COLOUR


def test_background_has_half_of_the_dense_loss_however_much_of_it_there_is() -> None:
    from sightline.training.heads import DenseHeads

    heads = DenseHeads(4)
    patches = torch.randn(1, 16, 4)
    classes = torch.full((1, 4, 4), CLASSES.index("background"))
    colours = torch.full((1, 4, 4), len(COLOURS))
    classes[0, 0, 0], colours[0, 0, 0] = CLASSES.index("star"), COLOURS.index("red")
    only = torch.full((1, 4, 4), -100)
    only[0, 0, 0] = CLASSES.index("star")
    star = heads.loss(patches, only, colours)
    rest = classes.clone()
    rest[0, 0, 0] = -100
    background = heads.loss(patches, rest, colours)
    torch.testing.assert_close(heads.loss(patches, classes, colours), (star + background) / 2)


def test_muon_brings_singular_values_near_one() -> None:
    from sightline.training.optim import orthogonalise

    torch.manual_seed(0)
    for shape in ((3, 40, 20), (2, 20, 40)):
        values = torch.linalg.svdvals(orthogonalise(torch.randn(shape)).float())
        assert values.min() > 0.3
        assert values.max() < 1.5


def test_the_schedule_warms_up_stays_and_decays_to_nothing() -> None:
    from sightline.training.optim import wsd

    assert wsd(0.0) < 0.1
    assert wsd(0.5) == 1.0
    assert wsd(0.85) == pytest.approx(0.5)
    assert wsd(1.0) == 0.0


def test_a_run_out_of_time_is_saved_where_it_stopped_and_goes_on_from_there(tmp_path: Path) -> None:
    from sightline.training.loop import LoopConfig, train

    config = LoopConfig(n_steps=3, decay=0.0)
    network, open_stream = _setting(tmp_path)
    whole = train(network, open_stream, config, tmp_path / "whole")
    for step in (1, 2, 3):
        network, open_stream = _setting(tmp_path)
        pieces = train(network, open_stream, replace(config, most_s=0), tmp_path / "pieces")
        assert json.loads((tmp_path / "pieces" / "progress.json").read_text("utf-8"))["step"] == step
    assert all(torch.allclose(whole[name], pieces[name], atol=1e-5) for name in whole)


def test_a_rare_kind_of_patch_is_not_drowned_by_a_common_one() -> None:
    from sightline.training.heads import _say

    ground, bar, star = (CLASSES.index(name) for name in ("background", "bar", "star"))
    classes = torch.tensor([ground] * 900 + [bar] * 400 + [star] * 4)
    say = _say(classes)
    assert say.sum().item() == pytest.approx(1)
    assert say[classes == ground].sum().item() == pytest.approx(0.5)
    assert say[classes == star].sum().item() == pytest.approx(0.5 / 11)  # by the roots, 2 to 20
    assert _say(torch.tensor([ground, ground])).sum().item() == pytest.approx(1)

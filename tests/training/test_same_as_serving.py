"""Training and serving see the same inputs and compute the same outputs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from sightline.engines.native.runtime import Runtime
from sightline.images.picture import ImageReceipt, SourceImage
from sightline.images.prepare import prepare
from sightline.model.checkpoint import load_checkpoint
from sightline.model.preprocess import normalise, preprocess
from sightline.model.prompt import PromptBuilder, PromptImage, PromptTurn
from sightline.model.weights import as_float32
from sightline.reading.lines import Reading, TextLine
from sightline.reading.reader import measured, resized
from sightline.scenes.scene import Scene, SceneObject, Turn
from tiny import make_checkpoint, shapes

torch = pytest.importorskip("torch", reason="needs the train extra (make train-setup)")

pytestmark = pytest.mark.torch


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("same") / "checkpoint"
    make_checkpoint(path)
    return path


def _scene() -> Scene:
    pixels = np.random.default_rng(0).integers(0, 256, (900, 1300, 3), np.uint8)
    reading = Reading((TextLine("total 5.50", (30, 20, 400, 60), 0.9, 0),), 1300, 900)
    turns = (Turn("total?", "5.50", "field"), Turn("date?", "I am not sure.", "unsure"))
    return Scene("receipt", pixels, reading, turns, (SceneObject("text", "black", (30, 20, 400, 60)),))


@pytest.mark.parametrize(("width", "height"), [(640, 480), (1300, 1900)])
def test_a_sample_and_a_request_for_the_same_picture_have_bit_equal_inputs(
    folder: Path, width: int, height: int
) -> None:
    from sightline.training.data import SampleMaker

    checkpoint, scene = load_checkpoint(folder), _drawing(width, height)
    prompts = PromptBuilder(
        checkpoint.tokenizer, checkpoint.config.n_image_tokens, knows_figures=True, knows_measures=True
    )
    sample = SampleMaker(checkpoint.config, prompts).make(scene, with_picture=True, max_tokens=512)
    assert sample is not None
    assert len(sample.tiles) == 1
    image = prepare(SourceImage(scene.pixels, ImageReceipt("PNG", 0, width, height, 1, "high")), "high")
    seen = resized(scene.reading, image.pixels.shape[1], image.pixels.shape[0])
    served = resized(measured(seen, image.pixels), width, height)
    assert len(served.figures) == 2
    asked = prompts.prompt([PromptTurn("user", (PromptImage(1, served), "total?"))])
    assert np.array_equal(normalise(sample.tiles[0][np.newaxis]), preprocess(image.pixels, checkpoint.config.vision))
    assert sample.input_ids[: len(asked)].tolist() == asked


def _drawing(width: int, height: int) -> Scene:
    pixels = np.full((height, width, 3), 255, np.uint8)
    pixels[height // 2 : height // 2 + 120, 40:160] = (0, 0, 255)
    pixels[height // 3 : height // 3 + 90, 300:420] = (255, 0, 0)
    scene = _scene()
    return replace(scene, pixels=pixels, reading=Reading(scene.reading.lines, width, height))


def test_labels_are_the_tokens_that_follow(folder: Path) -> None:
    from sightline.training.data import IGNORE, SampleMaker

    checkpoint = load_checkpoint(folder)
    prompts = PromptBuilder(checkpoint.tokenizer, checkpoint.config.n_image_tokens)
    sample = SampleMaker(checkpoint.config, prompts).make(_scene(), with_picture=True, max_tokens=512)
    assert sample is not None
    places = np.flatnonzero(sample.labels != IGNORE)
    assert np.array_equal(sample.labels[places], sample.input_ids[places + 1])
    answers = [sample.labels[start:stop].tolist() for start, stop in sample.spans]
    assert answers == [prompts.answer("5.50"), prompts.answer("I am not sure.")]


def test_a_turn_that_stands_apart_is_computed_as_if_it_were_asked_alone(folder: Path) -> None:
    from sightline.model import tokenizer as tk
    from sightline.training.batch import collate
    from sightline.training.data import SampleMaker
    from sightline.training.network import SightlineNetwork

    checkpoint, scene = load_checkpoint(folder), _scene()
    words, config = checkpoint.tokenizer, checkpoint.config
    maker = SampleMaker(config, PromptBuilder(words, config.n_image_tokens))
    network = SightlineNetwork(config, words.special(tk.IMAGE)).eval()
    network.load_state_dict({name: torch.from_numpy(value) for name, value in as_float32(checkpoint.tensors).items()})

    def logits(shown: Scene, apart: bool) -> list[NDArray[np.float32]]:
        sample = maker.make(shown, with_picture=True, max_tokens=512, apart=apart)
        assert sample is not None
        batch = collate([sample], words.special(tk.PAD))
        with torch.no_grad():
            every = network.logits(network.hidden(batch.input_ids, batch.tiles, batch.scope))[0].numpy()
        return [every[start:stop] for start, stop in sample.spans]

    alone = [logits(replace(scene, turns=(turn,)), apart=False)[0] for turn in scene.turns]
    for found, expected in zip(logits(scene, apart=True), alone, strict=True):
        assert np.abs(found - expected).max() < 1e-4
    assert np.abs(logits(scene, apart=False)[1] - alone[1]).max() > 1e-2  # in one conversation it is not


def test_torch_and_onnx_runtime_give_the_same_logits(folder: Path) -> None:
    from sightline.model import tokenizer as tk
    from sightline.training.network import SightlineNetwork

    checkpoint = load_checkpoint(folder)
    image = checkpoint.tokenizer.special(tk.IMAGE)
    network = SightlineNetwork(checkpoint.config, image).eval()
    network.load_state_dict({name: torch.from_numpy(value) for name, value in as_float32(checkpoint.tensors).items()})
    runtime = Runtime(checkpoint.config, checkpoint.tensors, n_threads=1, eight_bit=False)
    pixel_values = np.random.default_rng(1).uniform(-1, 1, (1, 3, 64, 64)).astype(np.float32)
    ids = [1, *[image] * checkpoint.config.n_image_tokens, *range(90, 130)]
    with torch.no_grad():
        hidden = network.hidden(torch.tensor([ids]), torch.from_numpy(pixel_values))
        expected = network.logits(hidden)[0, -1].numpy()
    logits = runtime.step(runtime.embed(ids, image, runtime.encode(pixel_values)), runtime.new_cache(128))
    assert np.abs(logits - expected).max() < 1e-3


def test_the_network_has_exactly_the_tensors_of_the_layout(folder: Path) -> None:
    from sightline.training.network import SightlineNetwork

    config = load_checkpoint(folder).config
    state = SightlineNetwork(config, 3).state_dict()
    assert {name: tuple(value.shape) for name, value in state.items()} == shapes(config)

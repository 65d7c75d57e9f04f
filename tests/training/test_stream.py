"""The stream of samples."""

from __future__ import annotations

import logging
from itertools import islice
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="needs the train extra")

import sightline.model
from sightline.model.config import ModelConfig
from sightline.scenes.scene import Scene
from sightline.training import stream
from sightline.training.stream import SampleStream, StreamConfig

TOKENIZER = Path(sightline.model.__file__).parent / "sightline-mini" / "tokenizer.json"


def test_a_scene_that_cannot_be_drawn_is_left_out_and_named(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    drawn = stream.draw_scene

    def draw(config: StreamConfig, index: int) -> tuple[Scene, bool]:
        if index == 1:
            raise IndexError("nothing there")
        return drawn(config, index)

    monkeypatch.setattr(stream, "draw_scene", draw)
    config = StreamConfig(tokens_per_batch=64, recital_share=1.0, recital_lines=2)
    with caplog.at_level(logging.ERROR):
        batches = list(islice(SampleStream(ModelConfig(), TOKENIZER, config), 3))
    assert len(batches) == 3
    (record,) = caplog.records
    assert vars(record)["index"] == 1

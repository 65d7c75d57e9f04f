"""The stream of samples."""

from __future__ import annotations

import logging
from itertools import islice
from pathlib import Path

import pytest
import typer

pytest.importorskip("torch", reason="needs the train extra")

import sightline.model
from sightline.model.config import ModelConfig
from sightline.scenes.scene import Scene
from sightline.training import stream
from sightline.training.main import picture_shares
from sightline.training.stream import PICTURE_SHARES, SampleStream, StreamConfig, draw_scene

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


def test_the_families_are_drawn_by_the_shares_that_were_given() -> None:
    shares = picture_shares([f"{name}=0" for name in PICTURE_SHARES if name != "shapes"])
    config = StreamConfig(document_share=0.0, shares=shares)
    assert {draw_scene(config, index)[0].family for index in range(8)} == {"shapes"}
    assert picture_shares([]) == dict(PICTURE_SHARES)


@pytest.mark.parametrize("given", ["unicorns=0.1", "boxes", "boxes=many", "boxes=-1", "boxes=nan"])
def test_a_share_that_cannot_be_is_refused_with_its_text(given: str) -> None:
    with pytest.raises(typer.BadParameter, match=given.partition("=")[0]):
        picture_shares([given])

"""The samples one click away are answered truthfully by the bundled model."""

from __future__ import annotations

import asyncio

import pytest

pytest.importorskip("gradio", reason="the playground extra is not installed")
from sightline.playground.client import Answer, ask
from sightline.playground.controls import SAMPLE_PICTURES, SAMPLES, Sample, read_controls

TRUTHS = {
    "Receipt": '"vendor": "HARBOUR BAKERY", "date": "2024-03-17", "total": 19.70',
    "Chart": "bar",
    "Sign": "Monday to Saturday",
    "Invoice": "DE52 5385 9074 6108 7921 39",
    "Dialog": "Do you want to save your changes?",
    "Shapes": "red",
}
MAX_SAMPLE_BYTES = 40_000


@pytest.mark.parametrize("sample", [one for one in SAMPLE_PICTURES if one.label in TRUTHS], ids=lambda one: one.label)
def test_a_sample_is_small_and_gets_a_true_answer(bundled_site: str, sample: Sample) -> None:
    upload = {"path": str(SAMPLES / sample.file)}
    question = read_controls(upload, sample.instruction, sample.attributes, None, None, None)
    assert len(question.picture.content) < MAX_SAMPLE_BYTES

    async def whole() -> Answer:
        return [answer async for answer in ask(bundled_site, "", question)][-1]

    assert TRUTHS[sample.label] in asyncio.run(whole()).text

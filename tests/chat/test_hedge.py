"""What the model hardly believes about a photo becomes "I am not sure", and nothing else does."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from sightline.chat.hedge import NOT_SURE, hedged, may_hedge, offered_by
from sightline.engines.base import SeenImage
from sightline.errors import ConfigError
from sightline.images.picture import ImageReceipt, PreparedImage
from sightline.images.plan_tiles import plan_tiles
from sightline.model.calibration import Calibration
from sightline.reading.lines import Figure, LabelledValues, NamedObject, Reading, TextLine
from sightline.types import ChosenToken, Delta, GenerationRequest, Message, PromptWork, Sampling, TextPart

OWN = Calibration(1.0, 0.0, unsure_below=0.5)  # believes the model's own probabilities


def said(text: str, probability: float, finish_reason: str = "stop") -> list[Delta]:
    """The deltas of an answer, a token a word; its first word has all the doubt."""
    words = [f"{' ' * (at > 0)}{word}" for at, word in enumerate(text.split(" "))]
    deltas = [
        Delta(word, 1, tokens=(ChosenToken(word.encode(), math.log(probability) if at == 0 else 0.0),))
        for at, word in enumerate(words)
    ]
    return [*deltas, Delta("", 0, finish_reason)]  # type: ignore[arg-type]


def heard(
    deltas: list[Delta], calibration: Calibration = OWN, seen: Sequence[SeenImage] = (), offered: str = ""
) -> list[Delta]:
    async def stream() -> AsyncIterator[Delta]:
        for delta in deltas:
            yield delta

    async def listen() -> list[Delta]:
        return [delta async for delta in hedged(stream(), calibration, seen, offered)]

    return asyncio.run(listen())


def test_an_answer_less_likely_right_than_the_threshold_is_told_as_not_sure_and_as_what_it_was() -> None:
    deltas = said("a hat", 0.3)
    work = PromptWork((), 10, 0)
    deltas[0] = replace(deltas[0], work=work)
    assert heard(deltas) == [Delta(NOT_SURE, 2, "stop", work=work, guess="a hat")]


@pytest.mark.parametrize(
    "deltas",
    [
        said("a hat", 0.7),
        said("I am not sure what it is.", 0.2),
        said("a hat", 0.1, "length"),
        said("No, it is not blurred.", 0.4),
        said(" ".join(["word"] * 40), 0.01),
        said('{"a": 1, "b": 2}', 0.01),
        [Delta("a hat", 2, "stop")],
    ],
    ids=["sure", "said already", "cut", "yes or no", "long", "several values", "no probabilities"],
)
def test_every_other_answer_comes_as_it_was(deltas: list[Delta]) -> None:
    assert heard(deltas) == deltas


def _seen(**found: object) -> SeenImage:
    pixels = np.zeros((20, 30, 3), np.uint8)
    image = PreparedImage(pixels, plan_tiles(30, 20, "high"), "x", ImageReceipt("PNG", 0, 30, 20, 1, "high"))
    return SeenImage(image, Reading((), 30, 20, **found))  # type: ignore[arg-type]


def test_a_word_that_the_reader_told_is_as_likely_as_the_reader_says_unless_it_was_offered() -> None:
    photo = _seen(objects=(NamedObject("shirt", 0.9), NamedObject("long-sleeved shirt", 0.4)))
    deltas = said("It is a long-sleeved shirt.", 0.95)
    assert heard(deltas, seen=[photo])[-1].guess == "It is a long-sleeved shirt."
    assert heard(said("a shirt", 0.95), seen=[photo])[0].text == "a"
    assert heard(said("a shirt", 0.2), seen=[photo])[0].text == "a"
    assert heard(said("long-sleeved shirt", 0.95), seen=[photo])[-1].text == NOT_SURE
    request = GenerationRequest("m", (Message("user", (TextPart("Hat or Long-sleeved shirt?"),)),))
    assert heard(said("long-sleeved shirt", 0.95), seen=[photo], offered=offered_by(request))[0].text == "long-sleeved"


def test_a_word_inside_another_word_of_the_question_is_not_offered() -> None:
    """As "hat" in "what", and a sentence with the word is no less offered than the word alone."""
    hat = _seen(objects=(NamedObject("hat", 0.3),))
    assert heard(said("hat", 0.9), seen=[hat], offered="what is this?")[-1].text == NOT_SURE
    assert heard(said("It is a hat.", 0.9), seen=[hat], offered="is it a hat or a shoe?")[0].text == "It"


def test_only_words_about_pictures_that_say_nothing_are_held_to_it() -> None:
    request = GenerationRequest("m", (Message("user", (TextPart("What is it?"),)),))
    photo = _seen()
    assert may_hedge(request, [photo], OWN)
    assert not may_hedge(request, [photo], Calibration(1.0, 0.0))
    assert not may_hedge(request, [photo], None)
    assert not may_hedge(request, [], OWN)
    assert not may_hedge(replace(request, json_schema={}), [photo], OWN)
    assert not may_hedge(replace(request, sampling=Sampling(top_logprobs=0)), [photo], OWN)
    box = (0.0, 0.0, 9.0, 9.0)
    read = replace(photo, reading=Reading((TextLine("hi", box, 0.9, 0),), 30, 20))
    for other in (read, _seen(figures=(Figure("circle", "red", box),)), _seen(values=(LabelledValues("a", ("1",)),))):
        assert not may_hedge(request, [photo, other], OWN)


def test_a_word_for_a_photo_is_held_to_it_though_something_was_read_there() -> None:
    """And nothing else about that photo is."""
    request = GenerationRequest("m", (Message("user", (TextPart("What is it?"),)),))
    lines = (TextLine("hi", (0.0, 0.0, 9.0, 9.0), 0.9, 0),)
    shirt = _seen(objects=(NamedObject("shirt", 0.4),))
    shirt = replace(shirt, reading=replace(shirt.reading or Reading((), 1, 1), lines=lines))
    assert may_hedge(request, [shirt], OWN)
    assert heard(said("It is a shirt.", 0.9), seen=[shirt])[-1].text == NOT_SURE
    assert heard(said("hi there", 0.2), seen=[shirt])[0].text == "hi"


def test_the_threshold_is_kept_in_the_file_of_the_calibration() -> None:
    assert Calibration.from_json(OWN.to_json().encode()) == OWN
    assert "unsure" not in Calibration(1.0, 0.0).to_json()
    for wrong in ("2", "-1", '"x"'):
        with pytest.raises(ConfigError):
            Calibration.from_json(f'{{"slope": 1, "intercept": 0, "unsure_below": {wrong}}}'.encode())

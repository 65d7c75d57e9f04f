"""What a receipt says of a picture, and what of a reading goes on the wire and to the page."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest

from sightline.api.replies import sayings_out
from sightline.chat.seeing import see
from sightline.images.picture import ImageReceipt, PreparedImage, SourceImage
from sightline.playground.client import Answer
from sightline.playground.receipt import receipt_panel
from sightline.reading.lines import NamedObject, Reading
from sightline.types import ImagePart

SOURCE = SourceImage(np.zeros((60, 90, 3), np.uint8), ImageReceipt("png", 9, 90, 60, 1, "high"))
HAT = (NamedObject("hat", 0.8612), NamedObject("<b>", 0.19))


class _Says:
    """A reader whose pictures all show the same."""

    def __init__(self, *objects: NamedObject) -> None:
        self._objects = objects

    def is_cached(self, pixel_hash: str, owner: str = "local") -> bool:
        return False

    def read(self, image: PreparedImage, owner: str = "local") -> Reading:
        return Reading((), 90, 60, objects=self._objects)


def _receipt(*objects: NamedObject) -> ImageReceipt:
    return see(SOURCE, ImagePart(b"", "high", "messages[0]"), "gpt-4o", _Says(*objects)).image.receipt


def test_the_likeliest_word_is_on_the_receipt_with_its_confidence() -> None:
    receipt = _receipt(*HAT)
    assert (receipt.looks_like, receipt.looks_like_confidence) == ("hat", 0.86)


def test_a_picture_of_nothing_known_has_no_word_there() -> None:
    receipt = _receipt()
    assert (receipt.looks_like, receipt.looks_like_confidence) == ("", 0.0)


def test_a_reading_has_every_word_and_one_that_was_not_made_has_null() -> None:
    told = sayings_out(Reading((), 90, 60, objects=HAT))["objects"]
    assert told == [{"word": "hat", "confidence": 0.861}, {"word": "<b>", "confidence": 0.19}]
    assert sayings_out(None)["objects"] is None


@pytest.mark.parametrize(("objects", "shown"), [(HAT, "hat, 86% sure"), (HAT[1:], "&lt;b&gt;, 19% sure"), ((), "")])
def test_the_page_tells_it_escaped_and_says_nothing_where_there_is_none(
    objects: tuple[NamedObject, ...], shown: str
) -> None:
    answer = Answer("", receipt={"images": [asdict(_receipt(*objects))]})
    panel = receipt_panel(answer, 10.0)
    assert ("looks like" in panel) == bool(shown)
    assert shown in panel

"""EXIF orientation: a phone photo is seen upright."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.conformance.check import Check, Outcome, Severity
from sightline.conformance.pictures import WORDS, as_stored, encode, turned_back, two_lines, with_orientation
from sightline.conformance.seeing import QUESTIONS, WHERE_IS_THE_BAND, WHICH_WORDS, Case, judge_all
from sightline.conformance.server import Server

TURNED = (3, 6, 8)
MIRRORED = (2, 4, 5, 7)
WHY = "phones store photos sideways and say so in EXIF; ignored, the model reads a picture lying on its side"


def upright(server: Server, orientations: Sequence[int], kind: str) -> Outcome:
    """Each orientation against the upright picture and against the pixels as they are stored."""
    return judge_all(server, {str(number): _case(number, kind) for number in orientations})


def _case(number: int, kind: str) -> Case:
    """What to compare with has the same pixels, losses of JPEG included: the words of a weak model turn on them."""
    shown = with_orientation(two_lines(), number, kind)
    stored = as_stored(shown)
    return Case(
        shown,
        right=(encode(turned_back(stored, number)),),
        wrong=(encode(stored), None),
        word=WORDS[0],
        questions=(WHERE_IS_THE_BAND, WHICH_WORDS, *QUESTIONS),
    )


CHECKS = (
    Check(
        "orientation.jpeg",
        "JPEG with EXIF orientation 3, 6 and 8 is seen upright",
        WHY,
        Severity.critical,
        lambda server: upright(server, TURNED, "JPEG"),
        ("T24", "A06"),
    ),
    Check(
        "orientation.jpeg_mirrored",
        "JPEG with EXIF orientation 2, 4, 5 and 7 is seen upright",
        "front cameras and scanners store mirrored pictures",
        Severity.minor,
        lambda server: upright(server, MIRRORED, "JPEG"),
        ("A06",),
    ),
    Check(
        "orientation.png",
        "PNG with EXIF orientation 3, 6 and 8 is seen upright",
        WHY,
        Severity.minor,
        lambda server: upright(server, TURNED, "PNG"),
        ("A06",),
    ),
    Check(
        "orientation.webp",
        "WebP with EXIF orientation 3, 6 and 8 is seen upright",
        WHY,
        Severity.minor,
        lambda server: upright(server, TURNED, "WEBP"),
        ("A06",),
    ),
)

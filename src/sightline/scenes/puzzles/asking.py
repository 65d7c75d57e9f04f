"""Enough turns about a picture, no question twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sightline.scenes.scene import Turn

_TRIES = 30


def fill(turns: Sequence[Turn], wanted: int, another: Callable[[], Turn | None]) -> list[Turn]:
    """`turns` and what `another` adds until there are `wanted` different questions, or it finds no more."""
    found = {turn.question.lower(): turn for turn in turns}
    for _ in range(_TRIES):
        if len(found) >= wanted:
            break
        turn = another()
        if turn:
            found.setdefault(turn.question.lower(), turn)
    return list(found.values())

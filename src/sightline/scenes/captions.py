"""Sentences about a whole picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sightline.scenes.phrasing import plural, say_list, say_number, with_article
from sightline.scenes.scene import SceneObject


def shape_groups(objects: Sequence[SceneObject]) -> list[tuple[str, str, int]]:
    """(colour, kind, count) of the shapes, the most frequent first, then in painting order."""
    counts = Counter((thing.colour, thing.kind) for thing in objects)
    return [(colour, kind, n) for (colour, kind), n in counts.most_common()]


def say_shapes(objects: Sequence[SceneObject], at_most: int = 4) -> str:
    """`three red circles and a blue star`; groups after the first `at_most` become `other shapes`."""
    groups = shape_groups(objects)
    said = [
        with_article(f"{colour} {kind}") if n == 1 else f"{say_number(n)} {colour} {plural(kind, n)}"
        for colour, kind, n in groups[:at_most]
    ]
    rest = sum(n for _, _, n in groups[at_most:])
    if rest:
        said.append(f"{say_number(rest)} other {plural('shape', rest)}")
    return say_list(said)


def start_sentence(text: str) -> str:
    """The text with a capital first letter and a full stop at the end."""
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def caption_shapes(layout: str, background: str, objects: Sequence[SceneObject], grid: tuple[int, int] | None) -> str:
    """A sentence such as "Three red circles and a blue star on a white background."."""
    on = f"on a {background} background" if background != "orange" else "on an orange background"
    first = objects[0]
    if grid:
        rows, columns = grid
        return (
            f"A grid of {first.colour} {plural(first.kind)} with {say_number(rows)} rows and "
            f"{say_number(columns)} columns {on}."
        )
    if layout == "nested":
        return f"{start_sentence(say_number(len(objects)))[:-1]} nested {first.colour} {plural(first.kind)} {on}."
    return start_sentence(f"{say_shapes(objects)} {on}")

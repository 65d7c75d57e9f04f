"""Which of what is drawn a question is about, counted once more in each frame.

A small decoder does not count what fits two words in three lists. What the question names (`black square`, `blue`)
is counted for it, as a search would put it in front of any model; whether the claim holds is the model's to say:

    Asked: first 4: 1 yellow triangle 2 black square; second 3: 0 yellow triangle 1 black square; all 7: ...
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from sightline.model.asked import MOST_LETTERS
from sightline.reading.colour_names import COLOURS
from sightline.reading.lines import Figure

MOST_TERMS = 5
MOST_HIGH = 6  # figures of one tower
MOST_PAIRED = 12  # figures of which each is held against each
NEAR = 0.03  # of the smaller radius: circles this little over each other only touch
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_KINDS = frozenset(
    ("circle", "triangle", "square", "rectangle", "diamond", "pentagon", "hexagon", "octagon", "star", "cross", "heart",
     "arrow", "line", "ring", "crescent")
)  # fmt: skip
_SAME = {"gray": "grey", "disc": "circle", "disk": "circle", "dot": "circle"}
_ANY = frozenset(("item", "object", "block", "shape", "figure", "thing", "piece", "element"))
_HEIGHTS = frozenset(
    ("tower", "top", "base", "bottom", "over", "above", "under", "below", "beneath", "stack", "stacked")
)
_WALLS = frozenset(("wall", "edge", "side", "corner", "border"))
_TOUCH = frozenset(("touch", "touching", "attached"))
_MEETING = _TOUCH | frozenset(
    ("overlap", "overlapping", "apart", "gap", "contact", "meet", "share", "between", "intersect", "crossing",
     "intersection")
)  # fmt: skip
_FRAMES = frozenset(("box", "frame", "background", "wall", "panel"))
_HUES = frozenset(("color", "colour", "colored", "coloured"))


@dataclass(frozen=True, slots=True)
class _Term:
    """Figures as a question names them; "" where it says nothing."""

    colour: str
    kind: str

    def fits(self, figure: Figure) -> bool:
        return self.colour in ("", figure.colour) and self.kind in ("", figure.kind)

    def __str__(self) -> str:
        return f"{self.colour} {self.kind}".strip()


def said_figures(question: str, frames: Sequence[Sequence[Figure]]) -> str:
    """What `question` names, counted in each of `frames` and in all; nothing where it names nothing that is drawn.

    `frames` is one list of figures, or those that each frame holds, from left to right.
    """
    words = [_plain(word) for word in re.findall(r"[a-z]+", question[:MOST_LETTERS].lower())]
    told = frozenset(words)
    terms = list(dict.fromkeys(_terms(words)))[:MOST_TERMS]
    figures = [figure for frame in frames for figure in frame]
    if len(frames) == 1:
        told -= _HEIGHTS
    if not figures or not (terms or told & (_ANY | _HEIGHTS | _WALLS | _MEETING | _HUES)):
        return ""
    if len(frames) == 1:
        return f" Asked: {_group(figures, terms, told)}{_meeting(figures, told)}."
    told |= {"edge"} if told & _TOUCH else set()
    named = [f"{name} {_group(group, terms, told)}" for name, group in zip(_ORDINALS, frames, strict=False)]
    return f" Asked: {'; '.join(named)}; all {_group(figures, terms, told - _HEIGHTS)}."


def _plain(word: str) -> str:
    """A word in the singular, under its usual name."""
    one = re.sub(r"(?<=ch|sh|ss|.x)es$|(?<=\w\w[^s])s$", "", word)
    return _SAME.get(one, one)


def _terms(words: Sequence[str]) -> Iterator[_Term]:
    """Each colour with the kind right after it; each kind alone. What holds the figures is none of them."""
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else ""
        if word in COLOURS and after not in _FRAMES:
            yield _Term(word, after if after in _KINDS else "")
        elif word in _KINDS and (at == 0 or words[at - 1] not in COLOURS):
            yield _Term("", word)


def _group(figures: Sequence[Figure], terms: Sequence[_Term], told: frozenset[str]) -> str:
    parts = [f"{len(figures)}:"]
    if told & _HUES:
        parts.append(f"{len({figure.colour for figure in figures})} colours")
    parts += [_counted(str(term), [figure for figure in figures if term.fits(figure)], told) for term in terms]
    if told & _WALLS and not terms:
        parts.append(_counted("items", figures, told))
    if told & _HEIGHTS and 0 < len(figures) <= MOST_HIGH:
        from_top = [figure.colour for figure in sorted(figures, key=lambda figure: figure.box[1])]
        parts.append(f"top {' '.join(from_top)} base")
    return " ".join(parts)


def _counted(name: str, figures: Sequence[Figure], told: frozenset[str]) -> str:
    said = f"{len(figures)} {name}"
    if told & _WALLS:
        said += f" {sum(bool(figure.at) for figure in figures)} at edge"
    if "corner" in told:
        said += f" {sum(len(figure.at) > 1 for figure in figures)} at corner"
    return said


def _meeting(figures: Sequence[Figure], told: frozenset[str]) -> str:
    """How many touch another, and how many pairs of circles lie over each other; how often lines cross."""
    if not told & _MEETING or not 2 <= len(figures) <= MOST_PAIRED:
        return ""
    if any(figure.kind == "line" for figure in figures):
        return f" crossing {sum(figure.n_crossings for figure in figures)}"
    n_over = sum(_is_over(one, other) for one, other in combinations(figures, 2))
    n_touching = max(sum(figure.touches for figure in figures), n_over)
    return f" touching {n_touching} overlapping {n_over}"


def _is_over(one: Figure, other: Figure) -> bool:
    """Whether two circles share an area: less than the sum of their radii apart."""
    if {one.kind, other.kind} != {"circle"}:
        return False
    (x0, y0, r0), (x1, y1, r1) = _as_circle(one), _as_circle(other)
    return math.hypot(x1 - x0, y1 - y0) < r0 + r1 - NEAR * min(r0, r1)


def _as_circle(figure: Figure) -> tuple[float, float, float]:
    x0, y0, x1, y1 = figure.box
    return (x0 + x1) / 2, (y0 + y1) / 2, max(x1 - x0, y1 - y0) / 2

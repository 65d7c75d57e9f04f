"""Claims drawn close to what a picture shows: true ones, and false ones that nearly are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sightline.scenes.boxes.board import Board, Item
from sightline.scenes.boxes.logic import (
    STRICT,
    Alike,
    Amount,
    Claim,
    Each,
    Extreme,
    Group,
    Has,
    Hues,
    Level,
    Many,
    More,
    Noun,
    Only,
    Over,
    Part,
    Single,
    Total,
    TotalMore,
    groups_of,
    truth,
)
from sightline.scenes.phrasing import pick

_TRIES = 40
_MANY = ("bare", "bare", "exactly", "exactly", "only", "at least", "at least", "at most")
_TOWER_FORMS = ("level", "level", "level", "over", "over", "height", "height", "has", "has", "hues", "only", "more")
_BOX_FORMS = ("has",) * 7 + ("hues", "only", "more")
_COUNTED = ("bare", "bare", "bare", "exactly", "exactly", "at least", "at least", "at most", "more than", "fewer than")
_FEW = ("some",) * 7 + ("no",) * 2 + _COUNTED


@dataclass(frozen=True, slots=True)
class Form:
    """The shape of a claim, drawn before it is known whether it shall be true: no word of it gives that away.

    `many` and `few` are for how many boxes and how many items; `towers`, `boxes` for what these have.
    """

    many: str
    few: str
    towers: str
    boxes: str


Maker = Callable[[np.random.Generator, Board, Form], Claim | None]


def draw_claim(rng: np.random.Generator, board: Board, wanted: bool) -> Claim | None:
    """A claim about `board` that is `wanted`, true or false, in every reading; None if none was found."""
    maker = pick(rng, _TOWER_MAKERS if board.has_towers else _MAKERS)
    form = Form(pick(rng, _MANY), pick(rng, _FEW), pick(rng, _TOWER_FORMS), pick(rng, _BOX_FORMS))
    for _ in range(_TRIES):
        claim = maker(rng, board, form)
        if claim is not None and truth(claim, board) == wanted:
            return claim
    return None


def noun_of(rng: np.random.Generator, board: Board, item: Item) -> Noun:
    """A noun for `item`: its colour, its kind or both, now and then with its size or its wall."""
    form = "colour" if board.has_towers else pick(rng, ("both", "both", "both", "colour", "kind", "kind"))
    size = (
        item.size if rng.random() < 0.12 and len({i.size for i in board.items}) > 1 and item.size != "medium" else None
    )
    wall = (
        pick(rng, ("wall", "wall", *_walls(item)))
        if item.touches and not board.has_towers and rng.random() < 0.35
        else None
    )
    return Noun(item.colour if form != "kind" else None, item.kind if form != "colour" else None, size, wall)


def _walls(item: Item) -> tuple[str, ...]:
    return ("corner",) if len(item.touches) > 1 else tuple(sorted(item.touches))


def _near(rng: np.random.Generator, board: Board, noun: Noun) -> Noun:
    """The noun, or half of the time one that differs in one word that also fits this picture."""
    if rng.random() < 0.5:
        return noun
    other = pick(rng, board.items)
    colour, kind, wall = noun.colour, noun.kind, noun.wall
    if colour and (not kind or rng.random() < 0.5):
        colour = other.colour
    elif kind:
        kind = other.kind
    if wall and rng.random() < 0.3:
        wall = pick(rng, ("wall", "corner", "bottom", "top", "left", "right"))
    return Noun(colour, kind, noun.size, wall)


def _any_noun(rng: np.random.Generator, board: Board) -> Noun:
    return _near(rng, board, noun_of(rng, board, pick(rng, board.items)))


def _plain(rng: np.random.Generator, board: Board, item: Item) -> Noun:
    """A noun without size and wall."""
    noun = noun_of(rng, board, item)
    return Noun(noun.colour, noun.kind)


def _number(rng: np.random.Generator, count: int, most: int = 9) -> int:
    """`count` or a neighbour of it."""
    n = count if rng.random() < 0.5 else count + pick(rng, (-1, 1))
    return min(most, max(1, n))


def _has(rng: np.random.Generator, board: Board, group: Group, word: str) -> Has:
    """So many of something that the group has, or nearly has."""
    item = pick(rng, group) if group else pick(rng, board.items)
    noun = _near(rng, board, noun_of(rng, board, item))
    if word in ("some", "no"):
        return Has(Amount(word), noun)
    noun = Noun() if rng.random() < 0.2 else noun
    return Has(Amount(word, _number(rng, noun.count(group, STRICT))), noun)


def _in_tower(rng: np.random.Generator, board: Board, tower: Group, form: Form) -> Part:
    """What a tower has, or nearly has."""
    if form.towers == "level":
        place = pick(rng, (-1, -1, -1, 0, 0, 0, -2, 1, 2))
        return Level(place, _near_colour(rng, board, tower[place if -len(tower) <= place < len(tower) else 0]))
    if form.towers == "over":
        at = int(rng.integers(max(1, len(tower) - 1)))
        upper = tower[min(at + 1, len(tower) - 1)]
        return Over(_near_colour(rng, board, upper), _near_colour(rng, board, tower[at]), bool(rng.random() < 0.3))
    if form.towers == "height":
        word = "exactly" if form.few in ("some", "no") else form.few
        return Has(Amount(word, _number(rng, len(tower))), Noun())
    return _has(rng, board, tower, form.few) if form.towers == "has" else _mix(rng, board, tower, form.towers)


def _near_colour(rng: np.random.Generator, board: Board, item: Item) -> str:
    return item.colour if rng.random() < 0.6 else pick(rng, board.items).colour


def _mix(rng: np.random.Generator, board: Board, group: Group, form: str) -> Part:
    """What the items of a group have in common, or of what there is more."""
    if form == "hues":
        of = "colour" if board.has_towers or rng.random() < 0.6 else "kind"
        there = len({item.colour if of == "colour" else item.kind for item in group})
        return Hues(_number(rng, there, 4), of)
    one, other = _plain(rng, board, pick(rng, group)), _plain(rng, board, pick(rng, board.items))
    if form == "more" and one != other:
        return More(one, other) if rng.random() < 0.5 else More(other, one)
    single = rng.random() < 0.35 or (one.kind is None) != (other.kind is None) or one == other
    return Only((one,)) if single else Only((one, other))


def _in_box(rng: np.random.Generator, board: Board, group: Group, form: Form) -> Part:
    if form.boxes == "has" or not group:
        return _has(rng, board, group, form.few)
    return _mix(rng, board, group, form.boxes)


def _group(rng: np.random.Generator, board: Board) -> tuple[str, Group]:
    """Boxes or towers, and one of them."""
    of = "tower" if board.has_towers and rng.random() < 0.85 else "box"
    return of, pick(rng, groups_of(board, of))


def _part(rng: np.random.Generator, board: Board, of: str, group: Group, form: Form) -> Part:
    return _in_tower(rng, board, group, form) if of == "tower" else _in_box(rng, board, group, form)


def _there_is(rng: np.random.Generator, board: Board, form: Form) -> Claim:
    of, group = _group(rng, board)
    return Many(Amount("some"), (_part(rng, board, of, group, form),), of)


def _there_is_both(rng: np.random.Generator, board: Board, form: Form) -> Claim | None:
    """One group that has two things at once."""
    of, group = _group(rng, board)
    other = Form(form.many, pick(rng, _FEW), pick(rng, _TOWER_FORMS), pick(rng, _BOX_FORMS))
    first, second = _part(rng, board, of, group, form), _part(rng, board, of, group, other)
    if first == second or any(isinstance(part, Only | Hues | More) for part in (first, second)):
        return None
    if isinstance(first, Has) and isinstance(second, Has) and first.noun == second.noun:
        return None
    return Many(Amount("some"), (first, second), of)


def _counted(rng: np.random.Generator, board: Board, form: Form) -> Claim:
    of, group = _group(rng, board)
    part = _part(rng, board, of, group, form)
    n = sum(part.holds(other, STRICT) for other in groups_of(board, of))
    return Many(Amount(form.many, _number(rng, n, 3)), (part,), of)


def _every(rng: np.random.Generator, board: Board, form: Form) -> Claim:
    of, group = _group(rng, board)
    groups = groups_of(board, of)
    parts = [_part(rng, board, of, group, form) for _ in range(6)]
    best = max(parts, key=lambda part: sum(part.holds(other, STRICT) for other in groups))
    return Many(None, (best,), of)


def _none(rng: np.random.Generator, board: Board, form: Form) -> Claim | None:
    of, group = _group(rng, board)
    part = _part(rng, board, of, group, form)
    if isinstance(part, Has) and part.amount.word in ("no", "at most", "fewer than"):
        part = Has(Amount("some"), part.noun)  # two negations are one too many
    return Many(Amount("no"), (part,), of)


def _single(rng: np.random.Generator, board: Board, form: Form) -> Claim:
    of = "tower" if board.has_towers else "box"
    index = int(rng.integers(len(groups_of(board, of))))
    return Single(index, _part(rng, board, of, groups_of(board, of)[index], form), of)


def _extreme(rng: np.random.Generator, board: Board, form: Form) -> Claim | None:
    heights = sorted(len(tower) for tower in board.towers)
    tallest = bool(rng.random() < 0.6)
    if len(heights) < 2 or (heights[-1] == heights[-2] if tallest else heights[0] == heights[1]):
        return None
    tower = (max if tallest else min)(board.towers, key=len)
    return Extreme(tallest, _in_tower(rng, board, tower, form))


def _total(rng: np.random.Generator, board: Board, form: Form) -> Claim:
    noun = _any_noun(rng, board)
    if rng.random() < 0.12:
        noun = Noun()
    word = form.many if form.few in ("some", "no") else form.few
    return Total(Amount(word, _number(rng, noun.count(board.items, STRICT), 20)), noun)


def _total_some(rng: np.random.Generator, board: Board, form: Form) -> Claim:
    noun = _any_noun(rng, board)
    if noun.colour and rng.random() < 0.3:
        noun = Noun(pick(rng, ("yellow", "black", "blue", "red", "green")), noun.kind)
    return Total(Amount("no" if form.few == "no" or form.many == "bare" else "some"), noun)


def _total_more(rng: np.random.Generator, board: Board, form: Form) -> Claim | None:
    one, other = (_plain(rng, board, pick(rng, board.items)) for _ in range(2))
    comparable = (one.kind is None) == (other.kind is None) and (one.colour is None) == (other.colour is None)
    return TotalMore(one, other) if comparable and one != other else None


def _each(rng: np.random.Generator, board: Board, form: Form) -> Claim | None:
    item = pick(rng, board.items)
    one = Noun(colour=item.colour) if rng.random() < 0.5 else Noun(kind=item.kind)
    if form.few == "some":
        return Each(one, Noun(wall="wall"), form.many == "bare") if any(i.touches for i in board.items) else None
    thing = pick(rng, board.items)
    other = Noun(kind=thing.kind) if one.colour else Noun(colour=thing.colour)
    return Each(one, other, form.many in ("bare", "exactly"))


def _alike(rng: np.random.Generator, board: Board, form: Form) -> Claim | None:
    """Asked seldom where it is not so: mostly it is not."""
    claim = Alike("tower" if board.has_towers else "box")
    return claim if rng.random() < 0.012 or truth(claim, board) else None


_MAKERS: tuple[Maker, ...] = (
    *(_there_is,) * 6, *(_there_is_both,) * 4, *(_counted,) * 5, *(_every,) * 2, *(_none,) * 2, *(_single,) * 2,
    *(_total,) * 4, *(_total_some,) * 2, _total_more, *(_each,) * 2, _alike,
)  # fmt: skip
_TOWER_MAKERS: tuple[Maker, ...] = (
    *(_there_is,) * 7, *(_there_is_both,) * 4, *(_counted,) * 6, *(_every,) * 2, *(_none,) * 2, *(_single,) * 2,
    *(_total,) * 3, _total_some, _total_more, *(_extreme,) * 2, _alike,
)  # fmt: skip

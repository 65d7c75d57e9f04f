"""Questions about shapes: counts, presence, colours, places, captions, JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sightline.reading.colour_names import COLOURS
from sightline.reading.figures.outlines import KINDS
from sightline.scenes.captions import caption_shapes
from sightline.scenes.phrasing import ask, pick, plural, say_list, with_article, yes_no
from sightline.scenes.scene import SceneObject, Turn
from sightline.scenes.shape_wordings import EXTREMES, WORDINGS


@dataclass(frozen=True, slots=True)
class Board:
    """What was drawn. `grid` is rows, columns where the shapes stand in a grid."""

    layout: str
    background: str
    size: tuple[int, int]
    objects: tuple[SceneObject, ...]
    grid: tuple[int, int] | None


Maker = Callable[[np.random.Generator, Board], Turn | None]


def shape_turns(rng: np.random.Generator, board: Board) -> tuple[Turn, ...]:
    """6 to 10 turns, one of them of kind `caption`."""
    makers: list[Maker] = [_caption, *_special(board)]
    makers += [pick(rng, _MAKERS) for _ in range(14)]
    wanted = int(rng.integers(6, 11))
    turns: dict[str, Turn] = {}
    for make in makers:
        turn = make(rng, board)
        if turn and len(turns) < wanted:
            turns.setdefault(turn.question.lower(), turn)
    kept = list(turns.values())
    order = rng.permutation(len(kept))
    return tuple(kept[i] for i in order)


def _special(board: Board) -> list[Maker]:
    if board.grid:
        return [_rows, _columns, _rows_columns]
    return [_nested] if board.layout == "nested" else []


def _phrase(colour: str | None, kind: str | None, n: int = 2) -> str:
    """`red circles`, `circles`, `red shapes`."""
    return " ".join(word for word in (colour, plural(kind or "shape", n)) if word)


def _count(board: Board, colour: str | None, kind: str | None) -> int:
    return sum(colour in (None, o.colour) and kind in (None, o.kind) for o in board.objects)


def _absent(rng: np.random.Generator, present: set[str], names: tuple[str, ...]) -> str:
    return pick(rng, [name for name in names if name not in present])


def _any_pair(rng: np.random.Generator, board: Board) -> tuple[str | None, str | None]:
    """A colour, a kind or both; usually of a shape that is there."""
    thing = pick(rng, board.objects)
    form = pick(rng, ("kind", "kind", "colour", "both", "both"))
    colour = thing.colour if form != "kind" else None
    kind = thing.kind if form != "colour" else None
    if rng.random() < 0.12:
        if kind:
            kind = pick(rng, KINDS)
        else:
            colour = pick(rng, COLOURS)
    return colour, kind


def _count_all(rng: np.random.Generator, board: Board) -> Turn:
    return Turn(ask(rng, WORDINGS["count_all"], "number"), str(len(board.objects)), "count")


def _count_some(rng: np.random.Generator, board: Board) -> Turn:
    colour, kind = _any_pair(rng, board)
    question = ask(rng, WORDINGS["count"], "number", things=_phrase(colour, kind))
    return Turn(question, str(_count(board, colour, kind)), "count")


def _presence(rng: np.random.Generator, board: Board) -> Turn:
    thing = pick(rng, board.objects)
    truth = bool(rng.random() < 0.5)
    form = pick(rng, ("kind", "colour", "both", "both"))
    colour = thing.colour if form != "kind" else None
    kind = thing.kind if form != "colour" else None
    if not truth:
        colour, kind = _not_there(rng, board, colour, kind)
    name = with_article(_phrase(colour, kind, 1))
    question = ask(rng, WORDINGS["presence"], "yes_no", thing=name)
    return Turn(question, yes_no(_count(board, colour, kind) > 0), "presence")


def _not_there(
    rng: np.random.Generator, board: Board, colour: str | None, kind: str | None
) -> tuple[str | None, str | None]:
    """The nearest thing to the pair that is not in the picture: swap its colour or its kind."""
    there = {(o.colour, o.kind) for o in board.objects}
    if colour and kind:
        colours = [o.colour for o in board.objects if (o.colour, kind) not in there]
        kinds = [o.kind for o in board.objects if (colour, o.kind) not in there]
        if colours and rng.random() < 0.5:
            return pick(rng, colours), kind
        if kinds and rng.random() < 0.5:
            return colour, pick(rng, kinds)
        return _absent(rng, {o.colour for o in board.objects if o.kind == kind}, COLOURS), kind
    if colour:
        return _absent(rng, {o.colour for o in board.objects}, COLOURS), None
    return None, _absent(rng, {o.kind for o in board.objects}, KINDS)


def _colour_of(rng: np.random.Generator, board: Board) -> Turn | None:
    kinds = Counter(o.kind for o in board.objects)
    thing = pick(rng, board.objects)
    if rng.random() < 0.1:
        kind = _absent(rng, set(kinds), KINDS)
        question = ask(rng, WORDINGS["colour_of"], "brief", kind=kind)
        return Turn(question, f"There is no {kind} in the picture.", "absent")
    colours = {o.colour for o in board.objects if o.kind == thing.kind}
    if len(colours) > 1:
        return None
    if kinds[thing.kind] > 1:
        question = ask(rng, WORDINGS["colour_of_all"], "brief", kinds=plural(thing.kind))
    else:
        question = ask(rng, WORDINGS["colour_of"], "brief", kind=thing.kind)
    return Turn(question, thing.colour, "colour")


def _kind_of(rng: np.random.Generator, board: Board) -> Turn | None:
    thing = pick(rng, board.objects)
    same = [o for o in board.objects if o.colour == thing.colour]
    if len(same) > 1:
        return None
    return Turn(ask(rng, WORDINGS["kind_of"], "brief", colour=thing.colour), thing.kind, "shape")


def _middle(thing: SceneObject) -> tuple[float, float]:
    return (thing.box[0] + thing.box[2]) / 2, (thing.box[1] + thing.box[3]) / 2


def _area(thing: SceneObject) -> float:
    return (thing.box[2] - thing.box[0]) * (thing.box[3] - thing.box[1])


def _extreme(rng: np.random.Generator, board: Board) -> Turn | None:
    """Which one is leftmost, largest, ...; only if it is so by a clear margin."""
    if len(board.objects) < 2:
        return None
    word = pick(rng, tuple(EXTREMES))
    sign = -1 if word in ("rightmost", "bottommost", "largest") else 1
    if word in ("largest", "smallest"):
        ranked = sorted(board.objects, key=lambda o: sign * _area(o))
        clear = abs(np.log(_area(ranked[0]) / _area(ranked[1]))) > 0.3
    else:
        axis = 0 if word in ("leftmost", "rightmost") else 1
        ranked = sorted(board.objects, key=lambda o: sign * _middle(o)[axis])
        clear = abs(_middle(ranked[0])[axis] - _middle(ranked[1])[axis]) > 0.04 * board.size[axis]
    if not clear:
        return None
    form = pick(rng, ("colour", "kind", "both"))
    best = ranked[0]
    answer = {"colour": best.colour, "kind": best.kind, "both": f"{best.colour} {best.kind}"}[form]
    said = pick(rng, EXTREMES[word])
    return Turn(ask(rng, WORDINGS[f"extreme_{form}"], "", which=said), answer, "place")


_OPPOSITE = {"to the left of": "to the right of", "above": "below"}


def _relation(rng: np.random.Generator, board: Board) -> Turn | None:
    groups = Counter((o.colour, o.kind) for o in board.objects)
    alone = [o for o in board.objects if groups[o.colour, o.kind] == 1]
    if len(alone) < 2:
        return None
    i, j = rng.choice(len(alone), 2, replace=False)
    one, other = alone[int(i)], alone[int(j)]
    axis = int(rng.integers(2))
    apart = (_middle(other)[axis] - _middle(one)[axis]) / board.size[axis]
    if abs(apart) < 0.08:
        return None
    words = list(_OPPOSITE.items())[axis]
    truth = bool(rng.random() < 0.5)
    word = words[0] if (apart > 0) == truth else words[1]
    question = ask(
        rng, WORDINGS["relation"], "yes_no", one=f"{one.colour} {one.kind}", word=word,
        other=f"{other.colour} {other.kind}",
    )  # fmt: skip
    return Turn(question, yes_no(truth), "relation")


def _where(rng: np.random.Generator, board: Board) -> Turn | None:
    groups = Counter((o.colour, o.kind) for o in board.objects)
    thing = pick(rng, board.objects)
    if groups[thing.colour, thing.kind] > 1:
        return None
    x, y = (m / s for m, s in zip(_middle(thing), board.size, strict=True))
    answer = _place_name(x, y)
    if answer is None:
        return None
    return Turn(ask(rng, WORDINGS["where"], "", thing=f"{thing.colour} {thing.kind}"), answer, "place")


def _place_name(x: float, y: float) -> str | None:
    """`top left`, `left`, `center`, ...; None near a border between two names."""
    for value in (x, y):
        if min(abs(value - 0.36), abs(value - 0.64)) < 0.03:
            return None
    across = "left" if x < 0.36 else "right" if x > 0.64 else ""
    down = "top" if y < 0.36 else "bottom" if y > 0.64 else ""
    return f"{down} {across}".strip() or "center"


def _compare(rng: np.random.Generator, board: Board) -> Turn | None:
    kinds = Counter(o.kind for o in board.objects).most_common()
    if len(kinds) < 2 or kinds[0][1] == kinds[-1][1]:
        return None
    truth = bool(rng.random() < 0.5)
    more, fewer = (kinds[0][0], kinds[-1][0]) if truth else (kinds[-1][0], kinds[0][0])
    question = ask(rng, WORDINGS["compare"], "yes_no", more=plural(more), fewer=plural(fewer))
    return Turn(question, yes_no(truth), "compare")


def _true_false(rng: np.random.Generator, board: Board) -> Turn:
    colour, kind = _any_pair(rng, board)
    n = _count(board, colour, kind)
    truth = bool(rng.random() < 0.5)
    said = n if truth else max(0, n + int(rng.choice([-2, -1, 1, 2])))
    said = n + 1 if not truth and said == n else said
    there = f"is {said} {_phrase(colour, kind, 1)}" if said == 1 else f"are {said} {_phrase(colour, kind)}"
    question = ask(rng, WORDINGS["true_false"], there=there)
    return Turn(question, "true" if truth else "false", "true_false")


def _background(rng: np.random.Generator, board: Board) -> Turn:
    return Turn(ask(rng, WORDINGS["background"], "brief"), board.background, "background")


def _list_colours(rng: np.random.Generator, board: Board) -> Turn:
    names = list(dict.fromkeys(o.colour for o in sorted(board.objects, key=lambda o: COLOURS.index(o.colour))))
    return Turn(ask(rng, WORDINGS["list_colours"]), say_list(names), "colours")


def _list_kinds(rng: np.random.Generator, board: Board) -> Turn:
    names = [plural(kind) if n > 1 else kind for kind, n in Counter(o.kind for o in board.objects).most_common()]
    return Turn(ask(rng, WORDINGS["list_kinds"]), say_list(names), "shapes")


def _caption(rng: np.random.Generator, board: Board) -> Turn:
    answer = caption_shapes(board.layout, board.background, board.objects, board.grid)
    return Turn(ask(rng, WORDINGS["caption"]), answer, "caption")


def _json(rng: np.random.Generator, board: Board) -> Turn:
    kinds = Counter(o.kind for o in board.objects)
    colours = list(dict.fromkeys(o.colour for o in sorted(board.objects, key=lambda o: COLOURS.index(o.colour))))
    everything: dict[str, object] = {
        "shapes": len(board.objects), "background": board.background, "colors": colours,
        "kinds": [kind for kind, _ in kinds.most_common()], "text": None,
    }  # fmt: skip
    for kind, n in kinds.items():
        everything[plural(kind)] = n
    keys = [str(key) for key in rng.permutation(list(everything))[: int(rng.integers(1, 5))]]
    listed = "\n".join(f"- {key}" for key in keys) if rng.random() < 0.4 else ", ".join(keys)
    if "\n" in listed:
        listed = "\n" + listed
    question = ask(rng, WORDINGS["json"], keys=listed)
    return Turn(question, json.dumps({key: everything[key] for key in keys}), "json")


def _rows(rng: np.random.Generator, board: Board) -> Turn | None:
    return Turn(ask(rng, WORDINGS["rows"], "number"), str(board.grid[0]), "grid") if board.grid else None


def _columns(rng: np.random.Generator, board: Board) -> Turn | None:
    return Turn(ask(rng, WORDINGS["columns"], "number"), str(board.grid[1]), "grid") if board.grid else None


def _rows_columns(rng: np.random.Generator, board: Board) -> Turn | None:
    if not board.grid:
        return None
    rows, columns = board.grid
    return Turn(ask(rng, WORDINGS["rows_columns"]), f"({rows},{columns})", "grid")


def _nested(rng: np.random.Generator, board: Board) -> Turn:
    question = ask(rng, WORDINGS["count"], "number", things=_phrase(None, board.objects[0].kind))
    return Turn(question, str(len(board.objects)), "count")


_MAKERS: tuple[Maker, ...] = (
    _count_all, _count_some, _count_some, _count_some, _presence, _presence, _presence, _colour_of, _colour_of,
    _kind_of, _extreme, _extreme, _relation, _relation, _where, _compare, _true_false, _background,
    _list_colours, _list_kinds, _json,
)  # fmt: skip

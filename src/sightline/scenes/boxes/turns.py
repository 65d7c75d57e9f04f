"""Turns about boxes: statements to judge, and plain questions on what stands where."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sightline.reading.colour_names import COLOURS
from sightline.scenes.answer_forms import is_it_so, number, true_false, yes_no
from sightline.scenes.boxes.board import Board
from sightline.scenes.boxes.claims import draw_claim, noun_of
from sightline.scenes.boxes.logic import STRICT, Claim, Group, Noun, groups_of
from sightline.scenes.boxes.questions import WORDINGS
from sightline.scenes.boxes.saying import Words, draw_words, say, say_noun
from sightline.scenes.captions import start_sentence
from sightline.scenes.phrasing import ORDINALS, ask, pick, plural, say_list, say_number, with_article
from sightline.scenes.scene import Turn

_PLACES: dict[int, tuple[tuple[str, ...], ...]] = {
    1: (("only",),),
    2: (("left", "right"), ("first", "second"), ("left", "right")),
    3: (("left", "middle", "right"), ("first", "second", "third"), ("left", "middle", "right"), ("leftmost", "center", "rightmost"),
        ("first", "second", "last")),
    4: (("first", "second", "third", "fourth"), ("leftmost", "second", "third", "rightmost"), ("first", "second", "third", "last")),
}  # fmt: skip

Maker = Callable[[np.random.Generator, Board, Words], Turn | None]


def box_turns(rng: np.random.Generator, board: Board) -> tuple[Turn, ...]:
    """5 to 9 turns, two to five of them statements, one of kind `caption`."""
    turns = [_caption(rng, board), *statements(rng, board, int(rng.integers(2, 6)))]
    wanted = min(9, len(turns) + int(rng.integers(2, 5)))
    seen = {turn.question.lower(): turn for turn in turns}
    for _ in range(20):
        if len(seen) >= max(5, wanted):
            break
        turn = pick(rng, _TOWER_MAKERS if board.has_towers else _MAKERS)(rng, board, draw_words(rng, board.has_towers))
        if turn:
            seen.setdefault(turn.question.lower(), turn)
    kept = list(seen.values())
    return tuple(kept[i] for i in rng.permutation(len(kept)))


def statements(rng: np.random.Generator, board: Board, n: int) -> list[Turn]:
    """Up to `n` statements, true or false with equal chance, most asked as "True or false: ..."."""
    turns = []
    for _ in range(n):
        wanted = bool(rng.random() < 0.5)
        claim = draw_claim(rng, board, wanted)
        if claim is None:
            continue
        text = say_claim(rng, board, claim)
        form, kind = (true_false, "true_false") if rng.random() < 0.7 else (is_it_so, "statement")
        turns.append(Turn(*form(rng, text, wanted), kind))
    return turns


def say_claim(rng: np.random.Generator, board: Board, claim: Claim) -> str:
    """The claim as a sentence, in somebody's choice of words."""
    n = len(groups_of(board, getattr(claim, "of", "box")))
    return say(rng, claim, draw_words(rng, board.has_towers), places(rng, n))


def places(rng: np.random.Generator, n: int) -> tuple[str, ...]:
    """What to call `n` things in a row, from left to right."""
    return pick(rng, _PLACES[n]) if n in _PLACES else ORDINALS[:n]


def _one(rng: np.random.Generator, board: Board, words: Words) -> tuple[str, Group]:
    """`left box` or `second tower`, and what is in it."""
    of = "tower" if board.has_towers else "box"
    groups = groups_of(board, of)
    index = int(rng.integers(len(groups)))
    name = f"{places(rng, len(groups))[index]} {words.group(of)}"
    if len(groups) > 1 and rng.random() < 0.12:
        name = f"{ORDINALS[index]} {words.group(of)} from the left"
    return name, groups[index]


def _count_one(rng: np.random.Generator, board: Board, words: Words) -> Turn:
    name, group = _one(rng, board, words)
    things, n = plural(words.item), len(group)
    said = f"There {'is' if n == 1 else 'are'} {say_number(n)} {plural(words.item, n)} in the {name}."
    return Turn(*number(rng, WORDINGS["count_one"], n, said, things=things, where=name), "count_box")


def _count_noun(rng: np.random.Generator, board: Board, words: Words) -> Turn:
    name, group = _one(rng, board, words)
    item = pick(rng, group) if group and rng.random() < 0.7 else pick(rng, board.items)
    noun = noun_of(rng, board, item)
    noun = Noun(noun.colour, noun.kind, None, noun.wall)
    things = say_noun(rng, noun, words, 2)
    return Turn(*number(rng, WORDINGS["count_one"], noun.count(group, STRICT), things=things, where=name), "count_box")


def _count_total(rng: np.random.Generator, board: Board, words: Words) -> Turn:
    noun = noun_of(rng, board, pick(rng, board.items))
    noun = Noun() if rng.random() < 0.25 else Noun(noun.colour, noun.kind)
    things = say_noun(rng, noun, words, 2)
    return Turn(*number(rng, WORDINGS["count_total"], noun.count(board.items, STRICT), things=things), "count")


def _count_groups(rng: np.random.Generator, board: Board, words: Words) -> Turn:
    of = "tower" if board.has_towers and rng.random() < 0.6 else "box"
    n = len(groups_of(board, of))
    things = plural(words.group(of))
    said = f"There {'is' if n == 1 else 'are'} {say_number(n)} {plural(words.group(of), n)}."
    return Turn(*number(rng, WORDINGS["count_total"], n, said, things=things), "count")


def _presence(rng: np.random.Generator, board: Board, words: Words) -> Turn:
    """Something in one box, or something that only another box has."""
    name, group = _one(rng, board, words)
    truth = bool(rng.random() < 0.5) and bool(group)
    item = pick(rng, group if truth else board.items)
    noun = noun_of(rng, board, item)
    noun = Noun(noun.colour, noun.kind)
    if not truth and noun.count(group, STRICT):
        colours = [o.colour for o in board.items if not Noun(o.colour, noun.kind).count(group, STRICT)]
        noun = Noun(pick(rng, colours or _absent(group)), noun.kind)
    thing = with_article(say_noun(rng, noun, words, 1))
    return Turn(*yes_no(rng, WORDINGS["presence"], truth, thing=thing, where=name), "presence_box")


def _absent(group: Group) -> list[str]:
    return [colour for colour in COLOURS if colour not in {item.colour for item in group}]


def _level(rng: np.random.Generator, board: Board, words: Words) -> Turn | None:
    name, tower = _one(rng, board, words)
    place = pick(rng, (-1, -1, -1, 0, 0, 0, 1, -2))
    if len(tower) < 2 or not -len(tower) <= place < len(tower):
        return None
    what = f"{pick(rng, _LEVEL_NAMES[place])} {words.item}"
    return Turn(ask(rng, WORDINGS["level"], "brief", what=what, where=name), tower[place].colour, "level")


_LEVEL_NAMES = {
    -1: ("top", "highest", "uppermost"),
    0: ("bottom", "lowest"),
    1: ("second lowest",),
    -2: ("second highest",),
}


def _order(rng: np.random.Generator, board: Board, words: Words) -> Turn | None:
    name, tower = _one(rng, board, words)
    if len(tower) < 2:
        return None
    down = bool(rng.random() < 0.5)
    said = [item.colour for item in (tower[::-1] if down else tower)]
    way = pick(
        rng,
        ("from top to bottom", "top to bottom", "starting at the top")
        if down
        else ("from bottom to top", "bottom to top", "starting at the base"),
    )
    return Turn(ask(rng, WORDINGS["order"], way=way, where=name, items=plural(words.item)), ", ".join(said), "level")


def _most(rng: np.random.Generator, board: Board, words: Words) -> Turn | None:
    of = "tower" if board.has_towers else "box"
    groups = groups_of(board, of)
    noun = Noun() if board.has_towers or rng.random() < 0.4 else Noun(colour=pick(rng, board.items).colour)
    counts = [noun.count(group, STRICT) for group in groups]
    most = bool(rng.random() < 0.7)
    best = max(counts) if most else min(counts)
    if len(groups) not in (2, 3) or counts.count(best) != 1:
        return None
    which = ("most" if most else "fewest") if of == "box" else ("tallest" if most else "shortest")
    names = ("left", "right") if len(groups) == 2 else ("left", "middle", "right")
    slots = {"which": which, "group": words.group(of), "things": say_noun(rng, noun, words, 2)}
    return Turn(ask(rng, WORDINGS[f"most_{of}"], **slots), f"the {names[counts.index(best)]} {words.group(of)}", "most")


def _colours(rng: np.random.Generator, board: Board, words: Words) -> Turn | None:
    name, group = _one(rng, board, words)
    if not group:
        return None
    names = sorted({item.colour for item in group}, key=COLOURS.index)
    return Turn(ask(rng, WORDINGS["colours"], where=name, things=plural(words.item)), say_list(names), "colours")


def _kinds(rng: np.random.Generator, board: Board, words: Words) -> Turn | None:
    name, group = _one(rng, board, words)
    colour = pick(rng, board.items).colour
    there = [item for item in group if item.colour == colour]
    if len(there) != 1:
        return None
    return Turn(
        ask(rng, WORDINGS["kind"], "brief", colour=colour, where=name, thing=words.item), there[0].kind, "shape"
    )


def _caption(rng: np.random.Generator, board: Board) -> Turn:
    n = len(board.boxes)
    boxes = f"{say_number(n)} boxes side by side"
    if board.has_towers:
        heights = [len(tower) for tower in board.towers]
        high = f"{say_list([say_number(h) for h in heights])} {plural('block', heights[-1])} high"
        towers = f"{say_number(len(heights))} towers of blocks" if len(heights) > 1 else "one tower of blocks"
        return Turn(ask(rng, WORDINGS["caption"]), start_sentence(f"{boxes} with {towers}, {high}"), "caption")
    counts = [say_number(len(box.items)) for box in board.boxes]
    names = sorted({item.colour for item in board.items}, key=COLOURS.index)
    kinds = list(dict.fromkeys(plural(item.kind) for item in sorted(board.items, key=lambda i: i.kind)))
    said = f"{boxes} with {say_list(counts)} items: {say_list(names)} {say_list(kinds)}"
    return Turn(ask(rng, WORDINGS["caption"]), start_sentence(said), "caption")


_MAKERS: tuple[Maker, ...] = (
    _count_one, _count_one, _count_noun, _count_noun, _count_noun, _count_total, _count_total, _count_groups, _presence,
    _presence, _most, _colours, _kinds,
)  # fmt: skip
_TOWER_MAKERS: tuple[Maker, ...] = (
    _count_one, _count_one, _count_noun, _count_total, _count_groups, _presence, _level, _level, _level, _order, _most, _colours,
)  # fmt: skip

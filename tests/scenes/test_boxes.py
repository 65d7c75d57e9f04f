from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from sightline.scenes import boxes
from sightline.scenes.boxes import logic
from sightline.scenes.boxes.board import Board
from sightline.scenes.boxes.claims import draw_claim
from sightline.scenes.boxes.logic import Amount, Claim, Noun, Part
from sightline.scenes.boxes.make import make_with_board
from sightline.scenes.boxes.turns import say_claim
from sightline.scenes.phrasing import plural, say_number
from sightline.scenes.scene import Scene, SceneObject

Thing = tuple[str, str, str, frozenset[str]]  # kind, colour, size, walls
Groups = list[list[Thing]]


def seen(scene: Scene, board: Board) -> tuple[Groups, Groups]:
    """The boxes and the towers as one finds them in the finished scene: by where its objects are."""
    things = [thing for thing in scene.objects if thing.kind != "rule"]
    sizes = {item.reach: item.size for item in board.items}
    centres = sorted(things, key=lambda thing: thing.box[0])
    found: list[list[SceneObject]] = []
    left, top = corner(scene, board)
    step = (scene.pixels.shape[1] - 2 * left - board.width) / max(1, len(board.boxes) - 1)
    for index in range(len(board.boxes)):
        x0 = left + index * step
        found.append([t for t in centres if x0 - 1 <= t.box[0] and t.box[2] <= x0 + board.width + 1])
    assert sum(len(group) for group in found) == len(things)

    def described(thing: SceneObject, x0: float) -> Thing:
        gaps = {
            "left": thing.box[0] - x0,
            "right": x0 + board.width - thing.box[2],
            "top": thing.box[1] - top,
            "bottom": top + board.height - thing.box[3],
        }
        reach = min(sizes, key=lambda r: abs(2 * r - (thing.box[2] - thing.box[0])))
        walls = frozenset(name for name, gap in gaps.items() if gap < 0.5)
        return thing.kind, thing.colour, sizes[reach], walls

    in_boxes = [[described(t, left + i * step) for t in group] for i, group in enumerate(found)]
    towers: Groups = []
    if board.has_towers:
        stacks: dict[float, list[SceneObject]] = {}
        for thing in centres:
            stacks.setdefault((thing.box[0] + thing.box[2]) / 2, []).append(thing)
        for x in sorted(stacks):
            towers.append([described(t, -1000) for t in sorted(stacks[x], key=lambda t: -t.box[3])])
    return in_boxes, towers


def corner(scene: Scene, board: Board) -> tuple[float, float]:
    margin = (scene.pixels.shape[0] - board.height) / 2
    return margin, margin


def is_one(thing: Thing, noun: Noun) -> bool:
    kind, colour, size, walls = thing
    wall = noun.wall is None or (noun.wall == "wall" and bool(walls)) or (noun.wall == "corner" and len(walls) == 2)
    wall = wall or noun.wall in walls
    return wall and all(
        said in (None, is_) for said, is_ in ((noun.colour, colour), (noun.kind, kind), (noun.size, size))
    )


def enough(amount: Amount, n: int) -> bool:
    low, high = {
        "some": (1, 99), "no": (0, 0), "bare": (amount.n, amount.n), "exactly": (amount.n, amount.n),
        "only": (amount.n, amount.n),
        "at least": (amount.n, 99), "at most": (0, amount.n), "more than": (amount.n + 1, 99),
        "fewer than": (0, amount.n - 1),
    }[amount.word]  # fmt: skip
    return low <= n <= high


def group_has(group: list[Thing], part: Part) -> bool:
    colours = [colour for _, colour, _, _ in group]
    match part:
        case logic.Has(amount, noun):
            return enough(amount, len([t for t in group if is_one(t, noun)]))
        case logic.Only(nouns):
            return group != [] and not [t for t in group if not any(is_one(t, noun) for noun in nouns)]
        case logic.Hues(n, of):
            return len(Counter(colours if of == "colour" else [kind for kind, _, _, _ in group])) == n
        case logic.More(more, fewer):
            return len([t for t in group if is_one(t, more)]) > len([t for t in group if is_one(t, fewer)])
        case logic.Level(place, colour):
            return dict(enumerate(colours)).get(place if place >= 0 else len(colours) + place) == colour
        case logic.Over(upper, lower, _):
            return (lower, upper) in list(pairwise(colours))
    raise AssertionError(part)


def is_so(claim: Claim, in_boxes: Groups, towers: Groups) -> bool:
    everything = [thing for group in in_boxes for thing in group]
    match claim:
        case logic.Many(amount, parts, of):
            groups = towers if of == "tower" else in_boxes
            n = len([g for g in groups if all(group_has(g, part) for part in parts)])
            return n == len(groups) if amount is None else enough(amount, n)
        case logic.Single(index, part, of):
            return group_has((towers if of == "tower" else in_boxes)[index], part)
        case logic.Extreme(tallest, part):
            return group_has(sorted(towers, key=len)[-1 if tallest else 0], part)
        case logic.Total(amount, noun):
            return enough(amount, len([t for t in everything if is_one(t, noun)]))
        case logic.Each(noun, other, not_one):
            hits = [is_one(t, other) for t in everything if is_one(t, noun)]
            return hits != [] and (not any(hits) if not_one else all(hits))
        case logic.TotalMore(more, fewer):
            return group_has(everything, logic.More(more, fewer))
        case logic.Alike(of):
            return len({len(group) for group in (towers if of == "tower" else in_boxes)}) == 1
    raise AssertionError(claim)


def test_every_statement_is_true_or_false_of_what_was_drawn() -> None:
    kinds: Counter[str] = Counter()
    for seed in range(150):
        rng = np.random.default_rng(seed)
        scene, board = make_with_board(rng, "train" if seed % 3 else "test")
        in_boxes, towers = seen(scene, board)
        for _ in range(12):
            wanted = bool(rng.random() < 0.5)
            claim = draw_claim(rng, board, wanted)
            if claim is not None:
                assert is_so(claim, in_boxes, towers) == wanted, (seed, claim)
                kinds[type(claim).__name__] += 1
    assert min(kinds[name] for name in ("Many", "Single", "Extreme", "Total", "Each", "TotalMore", "Alike")) > 5
    assert kinds.total() > 1500


COMPARED = {
    "exactly": r"exact|precisely", "only": r"\b(only|just)\b", "at least": r"at ?least|no fewer than|minimum of",
    "at most": r"at most|more than|maximum", "more than": r"more than|\bover\b", "fewer than": r"(fewer|less) than",
    "bare": "",
}  # fmt: skip


def test_the_words_of_a_statement_say_its_claim() -> None:
    """Numbers, comparisons, colours, kinds and places in the text are those of the claim."""
    for seed in range(300):
        rng = np.random.default_rng(seed)
        _, board = make_with_board(rng, "train")
        for _ in range(6):
            claim = draw_claim(rng, board, bool(rng.random() < 0.5))
            if claim is None:
                continue
            text = say_claim(rng, board, claim)
            assert "(" not in text, text
            for amount in amounts(claim):
                if amount.word in ("some", "no"):
                    continue
                assert re.search(rf"\b({amount.n}|{say_number(amount.n)})\b", text, re.IGNORECASE), (text, claim)
                pattern = COMPARED[amount.word]
                assert re.search(pattern, text, re.IGNORECASE), (text, claim)
            for word in words_of(claim):
                assert re.search(rf"\b{word}|\b{plural(word)}", text, re.IGNORECASE), (text, claim)


def parts_of(claim: Claim) -> tuple[Part, ...]:
    match claim:
        case logic.Many(_, parts, _):
            return parts
        case logic.Single(_, part, _) | logic.Extreme(_, part):
            return (part,)
    return ()


def amounts(claim: Claim) -> list[Amount]:
    own = [claim.amount] if isinstance(claim, logic.Many | logic.Total) and claim.amount else []
    return own + [part.amount for part in parts_of(claim) if isinstance(part, logic.Has)]


def words_of(claim: Claim) -> list[str]:
    nouns: list[Noun] = []
    colours: list[str] = []
    for part in parts_of(claim):
        match part:
            case logic.Has(_, noun):
                nouns.append(noun)
            case logic.Only(several):
                nouns += several
            case logic.More(more, fewer):
                nouns += [more, fewer]
            case logic.Level(_, colour):
                colours.append(colour)
            case logic.Over(upper, lower, _):
                colours += [upper, lower]
    match claim:
        case logic.Total(_, noun):
            nouns.append(noun)
        case logic.Each(noun, other, _) | logic.TotalMore(noun, other):
            nouns += [noun, other]
    return [*colours, *(word for noun in nouns for word in (noun.colour, noun.kind) if word)]


ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


def index_of(place: str, n: int) -> int:
    names = {2: ("left", "right"), 3: ("left", "middle", "right")}.get(n, ())
    aliases = {"leftmost": 0, "rightmost": n - 1, "center": n // 2, "last": n - 1, "only": 0}
    if place in aliases:
        return aliases[place]
    return names.index(place) if place in names else ORDINALS.index(place)


def test_counts_in_one_box_are_the_counts_of_what_is_drawn_there() -> None:
    checked = 0
    for seed in range(250):
        scene, board = make_with_board(np.random.default_rng(seed), "train")
        in_boxes, towers = seen(scene, board)
        for turn in scene.turns:
            place = "|".join((*ORDINALS, "leftmost", "rightmost", "center", "left", "middle", "right", "last", "only"))
            group = re.search(rf"\b({place}) (box|panel|tower|stack|pile)\b", turn.question, re.IGNORECASE)
            noun = re.search(
                r"(?:(\w+) )?(circle|square|triangle|item|object|thing|shape|block|brick)s\b", turn.question
            )
            if (
                turn.kind != "count_box"
                or not group
                or not noun
                or "touching" in turn.question
                or " in a corner" in turn.question
            ):
                continue
            if " in the corner" in turn.question or not turn.answer.isdigit():
                continue
            groups = in_boxes if group.group(2).lower() in ("box", "panel") else towers
            there = groups[index_of(group.group(1).lower(), len(groups))]
            kind = noun.group(2) if noun.group(2) in ("circle", "square", "triangle") and not board.has_towers else None
            colour = noun.group(1) if noun.group(1) in {item.colour for item in board.items} else None
            expected = sum(kind in (None, t[0]) and colour in (None, t[1]) for t in there)
            assert int(turn.answer) == expected, (seed, turn)
            checked += 1
    assert checked > 100


def test_the_pixels_show_every_item_in_its_colour() -> None:
    from sightline.reading.colour_names import colour_name

    for seed in range(40):
        scene = boxes.make(np.random.default_rng(seed), split="train")
        for thing in scene.objects:
            x, y = ((thing.box[i] + thing.box[i + 2]) / 2 for i in (0, 1))
            r, g, b = scene.pixels[int(y), int(x)].tolist()
            assert colour_name((r, g, b)) == thing.colour, (seed, thing)


@pytest.mark.parametrize(
    ("kind", "words"),
    [("true_false", ("true", "false")), ("statement", ("yes", "no")), ("presence_box", ("yes", "no"))],
)
def test_no_constant_answer_does_well_on_boxes(kind: str, words: tuple[str, str]) -> None:
    answers: Counter[str] = Counter()
    for seed in range(400):
        scene = boxes.make(np.random.default_rng(seed), split="train")
        answers.update(turn.answer.lower() for turn in scene.turns if turn.kind == kind)
    assert set(answers) == set(words)
    assert answers.total() > 100
    assert max(answers.values()) / answers.total() <= 0.6


def test_each_sort_of_claim_is_as_often_true_as_false() -> None:
    balance: dict[str, Counter[bool]] = {}
    for seed in range(400):
        rng = np.random.default_rng(seed)
        _, board = make_with_board(rng, "train")
        for _ in range(8):
            wanted = bool(rng.random() < 0.5)
            claim = draw_claim(rng, board, wanted)
            if claim is not None:
                name = type(claim).__name__
                if isinstance(claim, logic.Many):
                    name += "every" if claim.amount is None else claim.amount.word
                balance.setdefault(name, Counter())[wanted] += 1
    for name, counts in balance.items():
        if counts.total() >= 100:
            assert 0.35 <= counts[True] / counts.total() <= 0.65, (name, counts)

"""Claims about boxes in the words of people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sightline.scenes.boxes.logic import (
    Alike,
    Amount,
    Claim,
    Each,
    Extreme,
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
)
from sightline.scenes.boxes.wordings import (
    ALIKE,
    AMOUNTS,
    EACH,
    EVERY,
    EXTREME,
    HUES,
    LEVELS,
    MANY,
    MORE,
    NONE_OF,
    NOT_ONE,
    ONE_OF,
    OVER,
    SINGLE,
    TOTAL,
    TOTAL_MORE,
    TOTAL_NO,
    WALLS,
)
from sightline.scenes.phrasing import pick, plural, say_number, with_article


@dataclass(frozen=True, slots=True)
class Words:
    """The words one speaker keeps to: for an item, a box, a tower, and for numbers."""

    item: str
    box: str
    tower: str
    digits: bool

    def group(self, of: str) -> str:
        """The word for a box or for a tower."""
        return self.box if of == "box" else self.tower


def draw_words(rng: np.random.Generator, has_towers: bool) -> Words:
    """Somebody's choice of words."""
    item = pick(
        rng,
        ("block",) * 6 + ("item", "square", "brick")
        if has_towers
        else ("item",) * 5 + ("object", "object", "thing", "shape"),
    )
    box = pick(rng, ("box",) * 12 + ("panel",))
    return Words(item, box, pick(rng, ("tower",) * 7 + ("stack", "stack", "pile")), bool(rng.random() < 0.45))


def say(rng: np.random.Generator, claim: Claim, words: Words, places: tuple[str, ...]) -> str:
    """The claim as a sentence without its full stop. `places` name the boxes or towers from left to right."""
    if isinstance(claim, Many):
        text = _many(rng, claim, words)
    elif isinstance(claim, Single):
        text = pick(rng, SINGLE).format(
            which=places[claim.index], group=words.group(claim.of), what=_part(rng, claim.part, words)
        )
    elif isinstance(claim, Extreme):
        which = pick(rng, EXTREME[claim.tallest])
        text = pick(rng, SINGLE).format(which=which, group=words.tower, what=_part(rng, claim.part, words))
    elif isinstance(claim, Total):
        text = _total(rng, claim, words)
    elif isinstance(claim, Each):
        text = _each(rng, claim, words)
    elif isinstance(claim, TotalMore):
        text = pick(rng, TOTAL_MORE).format(
            more=say_noun(rng, claim.more, words, 2), fewer=say_noun(rng, claim.fewer, words, 2)
        )
    elif isinstance(claim, Alike):
        text = pick(rng, ALIKE[claim.of]).format(
            groups=plural(words.group(claim.of)), group=words.group(claim.of), items=plural(words.item)
        )
    else:
        text = repr(claim)
    return text[0].upper() + text[1:]


def say_noun(rng: np.random.Generator, noun: Noun, words: Words, n: int) -> str:
    """`small blue circles touching the wall`."""
    size = {None: None, "small": "small", "large": pick(rng, ("large", "big"))}.get(noun.size, noun.size)
    text = " ".join(word for word in (size, noun.colour, plural(noun.kind or words.item, n)) if word)
    return f"{text} {pick(rng, WALLS[noun.wall])}" if noun.wall else text


def _count(words: Words, n: int) -> str:
    return str(n) if words.digits else say_number(n)


def _amount(rng: np.random.Generator, amount: Amount, words: Words) -> str:
    return pick(rng, AMOUNTS[amount.word]).format(n=_count(words, amount.n))


def _so_many(rng: np.random.Generator, amount: Amount, noun: Noun, words: Words) -> str:
    """`exactly two blue circles`, `a blue circle`, `no blue circle`."""
    if amount.word == "some":
        return with_article(say_noun(rng, noun, words, 1))
    if amount.word == "no":
        return "no " + say_noun(rng, noun, words, pick(rng, (1, 2)))
    return f"{_amount(rng, amount, words)} {say_noun(rng, noun, words, amount.n)}"


def _part(rng: np.random.Generator, part: Part, words: Words) -> str:
    """What stands after "a box with"."""
    if isinstance(part, Has):
        return _so_many(rng, part.amount, part.noun, words)
    if isinstance(part, Only):
        return "only " + _listed(part.nouns, words)
    if isinstance(part, Hues):
        return pick(rng, HUES[part.of, part.n == 1]).format(n=_count(words, part.n), items=plural(words.item))
    if isinstance(part, More):
        return pick(rng, MORE).format(
            more=say_noun(rng, part.more, words, 2), fewer=say_noun(rng, part.fewer, words, 2)
        )
    if isinstance(part, Level):
        return pick(rng, LEVELS[part.place]).format(
            thing=with_article(f"{part.colour} {words.item}"), colour=with_article(part.colour)
        )
    if isinstance(part, Over):
        upper, lower = (with_article(f"{colour} {words.item}") for colour in (part.upper, part.lower))
        return pick(rng, OVER[part.direct]).format(upper=upper, lower=lower)
    return repr(part)


def _listed(nouns: tuple[Noun, ...], words: Words) -> str:
    """`blue and yellow items`, `circles and squares`, `blue circles`."""
    if all(noun.kind is None for noun in nouns):
        return " and ".join(str(noun.colour) for noun in nouns) + " " + plural(words.item)
    return " and ".join(
        " ".join(word for word in (noun.colour, plural(noun.kind or words.item)) if word) for noun in nouns
    )


def _many(rng: np.random.Generator, claim: Many, words: Words) -> str:
    what = " and ".join(_part(rng, part, words) for part in claim.parts)
    group = words.group(claim.of)
    said = {"group": group, "groups": plural(group), "what": what, "a_group": with_article(group)}
    if claim.amount is None:
        return pick(rng, EVERY).format(**said)
    if claim.amount.word == "some":
        return pick(rng, ONE_OF).format(**said)
    if claim.amount.word == "no":
        return pick(rng, NONE_OF).format(**said)
    n = claim.amount.n
    return pick(rng, MANY[n == 1]).format(amount=_amount(rng, claim.amount, words), noun=plural(group, n), **said)


def _total(rng: np.random.Generator, claim: Total, words: Words) -> str:
    if claim.amount.word == "no":
        said = {n: say_noun(rng, claim.noun, words, n) for n in (1, 2)}
        return pick(rng, TOTAL_NO).format(one=said[1], many=said[2], a_one=with_article(said[1]))
    one = claim.amount.word == "some" or claim.amount.n == 1
    return pick(rng, TOTAL[one]).format(what=_so_many(rng, claim.amount, claim.noun, words))


def _each(rng: np.random.Generator, claim: Each, words: Words) -> str:
    is_, are = _predicate(rng, claim.other, words, 1), _predicate(rng, claim.other, words, 2)
    said = {
        "one": say_noun(rng, claim.noun, words, 1),
        "many": say_noun(rng, claim.noun, words, 2),
        "is_": is_,
        "are": are,
    }
    return pick(rng, NOT_ONE if claim.not_one else EACH).format(**said)


def _predicate(rng: np.random.Generator, noun: Noun, words: Words, n: int) -> str:
    """`blue`, `a triangle` or `triangles`, `touching the wall`."""
    if noun.wall:
        return pick(rng, WALLS[noun.wall])
    if noun.kind is None:
        return noun.colour or str(noun.size)
    return plural(noun.kind, n) if n > 1 else with_article(noun.kind)

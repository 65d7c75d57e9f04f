"""What can be claimed about boxes, and whether it holds.

Some words have two readings: "two circles" may mean at least two, "above" may mean directly above. Every
claim can be read strictly and loosely; only claims that hold, or fail, in all readings are ever asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from sightline.scenes.boxes.board import Board, Item

Group = Sequence[Item]  # a box, or a tower from its base to its top

COMPARISONS = ("some", "no", "bare", "exactly", "only", "at least", "at most", "more than", "fewer than")


class Loose(NamedTuple):
    """How words are read: numbers as "at least", the other words of two readings in the wider one."""

    numbers: bool
    words: bool


STRICT = Loose(False, False)
_LOOSER = (Loose(True, True), Loose(True, False), Loose(False, True))


@dataclass(frozen=True, slots=True)
class Amount:
    """`word` is one of `COMPARISONS`; `n` means nothing with "some" and "no"."""

    word: str
    n: int = 1

    def admits(self, count: int, loose: Loose) -> bool:
        """Whether `count` things are this many."""
        if self.word == "bare" and loose.numbers:
            return count >= self.n
        return {
            "some": count >= 1, "no": count == 0, "bare": count == self.n, "exactly": count == self.n,
            "only": count == self.n, "at least": count >= self.n, "at most": count <= self.n,
            "more than": count > self.n, "fewer than": count < self.n,
        }[self.word]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Noun:
    """Items as a noun with its adjectives; None where nothing is said. `wall`: one of `WALLS`, "wall" or "corner"."""

    colour: str | None = None
    kind: str | None = None
    size: str | None = None
    wall: str | None = None

    def fits(self, item: Item, loose: Loose) -> bool:
        """Whether the item is one of these. Loosely, an item of medium size passes for small and for large."""
        return (
            self.colour in (None, item.colour)
            and self.kind in (None, item.kind)
            and (self.size in (None, item.size) or (loose.words and item.size == "medium"))
            and self._touches(item)
        )

    def _touches(self, item: Item) -> bool:
        if self.wall in (None, "wall"):
            return self.wall is None or bool(item.touches)
        return len(item.touches) > 1 if self.wall == "corner" else self.wall in item.touches

    def count(self, items: Group, loose: Loose) -> int:
        """How many of the items are these."""
        return sum(self.fits(item, loose) for item in items)


class Part(Protocol):
    """Something that one box or tower has."""

    def holds(self, group: Group, loose: Loose) -> bool:
        """Whether the box or tower has it."""
        ...


@dataclass(frozen=True, slots=True)
class Has(Part):
    """So many of these."""

    amount: Amount
    noun: Noun

    def holds(self, group: Group, loose: Loose) -> bool:
        """Whether the number is right."""
        return self.amount.admits(self.noun.count(group, loose), loose)


@dataclass(frozen=True, slots=True)
class Only(Part):
    """Nothing but these, and something; strictly, some of each."""

    nouns: tuple[Noun, ...]

    def holds(self, group: Group, loose: Loose) -> bool:
        """Whether nothing else is in it."""
        covered = all(any(noun.fits(item, loose) for noun in self.nouns) for item in group)
        each = all(noun.count(group, loose) for noun in self.nouns)
        return bool(group) and covered and (loose.words or each)


@dataclass(frozen=True, slots=True)
class Hues(Part):
    """Items of exactly `n` different colours, or `n` different kinds."""

    n: int
    of: str = "colour"

    def holds(self, group: Group, loose: Loose) -> bool:
        """Whether there are that many."""
        return len({item.colour if self.of == "colour" else item.kind for item in group}) == self.n


@dataclass(frozen=True, slots=True)
class More(Part):
    """More of one than of the other; of neither none."""

    more: Noun
    fewer: Noun

    def holds(self, group: Group, loose: Loose) -> bool:
        """Whether it is so; strictly, there is one of each."""
        few = self.fewer.count(group, loose)
        return self.more.count(group, loose) > few and (loose.words or few > 0)


@dataclass(frozen=True, slots=True)
class Level(Part):
    """A block of `colour` at `place` from the base (0, 1, ...) or from the top (-1, -2, ...) of a tower."""

    place: int
    colour: str

    def holds(self, group: Group, loose: Loose) -> bool:
        """Whether the tower is high enough and has it there."""
        at = self.place if self.place >= 0 else len(group) + self.place
        return 0 <= at < len(group) and group[at].colour == self.colour


@dataclass(frozen=True, slots=True)
class Over(Part):
    """A block of one colour on a block of another: on it, or, loosely, anywhere above it."""

    upper: str
    lower: str
    direct: bool

    def holds(self, group: Group, loose: Loose) -> bool:
        """Whether there is such a pair."""
        reach = 1 if self.direct or not loose.words else len(group)
        pairs = [(low, high) for low in range(len(group)) for high in range(low + 1, min(len(group), low + reach + 1))]
        return any(group[low].colour == self.lower and group[high].colour == self.upper for low, high in pairs)


class Claim(Protocol):
    """Something said about the whole picture."""

    def holds(self, board: Board, loose: Loose) -> bool:
        """Whether it is so."""
        ...


@dataclass(frozen=True, slots=True)
class Many(Claim):
    """So many boxes (or towers) have all of `parts`. `amount` None means every one."""

    amount: Amount | None
    parts: tuple[Part, ...]
    of: str = "box"

    def holds(self, board: Board, loose: Loose) -> bool:
        """Whether that many have them."""
        groups = groups_of(board, self.of)
        n = sum(all(part.holds(group, loose) for part in self.parts) for group in groups)
        return n == len(groups) if self.amount is None else self.amount.admits(n, loose)


@dataclass(frozen=True, slots=True)
class Single(Claim):
    """The box (or tower) at `index` from the left has `part`."""

    index: int
    part: Part
    of: str = "box"

    def holds(self, board: Board, loose: Loose) -> bool:
        """Whether it has it."""
        return self.part.holds(groups_of(board, self.of)[self.index], loose)


@dataclass(frozen=True, slots=True)
class Extreme(Claim):
    """The tallest (or shortest) tower has `part`. Asked only where one tower is."""

    tallest: bool
    part: Part

    def holds(self, board: Board, loose: Loose) -> bool:
        """Whether it has it."""
        best = max(board.towers, key=len) if self.tallest else min(board.towers, key=len)
        return self.part.holds(best, loose)


@dataclass(frozen=True, slots=True)
class Total(Claim):
    """So many of these in all boxes together."""

    amount: Amount
    noun: Noun

    def holds(self, board: Board, loose: Loose) -> bool:
        """Whether the number is right."""
        return self.amount.admits(self.noun.count(board.items, loose), loose)


@dataclass(frozen=True, slots=True)
class Each(Claim):
    """All of `noun`, and there are some, are also `other`; with `not_one`, none of them is."""

    noun: Noun
    other: Noun
    not_one: bool = False

    def holds(self, board: Board, loose: Loose) -> bool:
        """Whether it is so."""
        meant = [item for item in board.items if self.noun.fits(item, loose)]
        n = self.other.count(meant, loose)
        return bool(meant) and n == (0 if self.not_one else len(meant))


@dataclass(frozen=True, slots=True)
class TotalMore(Claim):
    """More of one than of the other in all boxes together."""

    more: Noun
    fewer: Noun

    def holds(self, board: Board, loose: Loose) -> bool:
        """Whether it is so; strictly, there is one of each."""
        return More(self.more, self.fewer).holds(board.items, loose)


@dataclass(frozen=True, slots=True)
class Alike(Claim):
    """All boxes (or towers) have the same number of items."""

    of: str

    def holds(self, board: Board, loose: Loose) -> bool:
        """Whether they have."""
        return len({len(group) for group in groups_of(board, self.of)}) == 1


def groups_of(board: Board, of: str) -> list[Group]:
    """The boxes or the towers, from left to right."""
    return list(board.towers) if of == "tower" else [box.items for box in board.boxes]


def truth(claim: Claim, board: Board) -> bool | None:
    """Whether the claim holds; None where that depends on how its words are meant."""
    strict = claim.holds(board, STRICT)
    return strict if all(claim.holds(board, loose) == strict for loose in _LOOSER) else None

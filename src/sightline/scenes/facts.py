"""What is known about a document once it has been read: the ground on which questions are asked."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.scenes.scene import Turn
from sightline.scenes.sheet import ReadSheet


@dataclass(frozen=True, slots=True)
class FieldKind:
    """A field that can be asked for. `nouns` name it in a question, `keys` in JSON.

    `asks` are whole questions of its own. `is_number`: its value can be given as a JSON number.
    """

    key: str
    nouns: tuple[str, ...]
    keys: tuple[str, ...]
    asks: tuple[str, ...] = ()
    is_number: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list: its name as printed clean, and as it reads; its price and count as they read."""

    clean_name: str
    name: str
    price: str | None
    cents: int
    quantity: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """A read document. `nouns` name what it is, the plainest first; `kinds` are the fields it could have.

    `extra` are turns that only this family knows how to ask.
    """

    nouns: tuple[str, ...]
    sheet: ReadSheet
    kinds: tuple[FieldKind, ...]
    items: tuple[Item, ...] = ()
    caption: str = ""
    extra: tuple[Turn, ...] = ()

    def value(self, key: str) -> str | None:
        """Return how the value of `key` reads, a currency that is printed with it included, or None."""
        return self.sheet.value(key)

    @property
    def present(self) -> tuple[FieldKind, ...]:
        """The fields that can be read."""
        return tuple(kind for kind in self.kinds if self.value(kind.key))

    @property
    def absent(self) -> tuple[FieldKind, ...]:
        """The fields that are not on the paper."""
        return tuple(kind for kind in self.kinds if not self.value(kind.key) and kind.key not in self.sheet.printed)

"""How people ask: politeness, brevity, haste and typing mistakes around a wording; how numbers and lists are said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")

ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
)  # fmt: skip
_PICTURE = ("image", "picture", "image", "picture", "image")
_BEFORE = (
    "Please answer: ", "Hi! ", "Hello. ", "Look at the {pic}. ", "Look at the picture. ", "Question: ",
    "Quick question: ", "I have a question. ", "Please have a look. ", "Look closely. ", "Please tell me: ", "Hey, ",
    "Could you help me? ",
)  # fmt: skip
_AFTER = (" Thanks!", " Thank you.", " Please.", " Thanks", " please", " Look carefully.")
_BRIEF = (
    " Answer briefly.", " Be brief.", " Answer in one word.", " Give a short answer.", " Short answer please.",
    " Answer with a single word or number.", " Just the answer.", " One word.", " Answer concisely.",
)  # fmt: skip
_YES_NO = (" Answer yes or no.", " Yes or no?", " Answer with yes or no.", " Answer with Yes/No.", " (yes/no)")
_NUMBER = (
    " Answer with only the number.", " Answer with a number.", " Just the number.", " Give a number.",
    " Reply with a number only.",
)  # fmt: skip
_ENDINGS = {"brief": _BRIEF, "yes_no": _YES_NO, "number": _NUMBER}

_WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def pick(rng: np.random.Generator, choices: Sequence[T]) -> T:
    """One of `choices`, all equally likely."""
    return choices[int(rng.integers(len(choices)))]


def ask(rng: np.random.Generator, wordings: Sequence[str], ending: str = "", **slots: object) -> str:
    """A question as somebody might type it.

    `{pic}` in a wording becomes "image" or "picture"; `ending` is "", "brief", "yes_no" or "number" and says which
    demands about the form of the answer may follow.
    """
    said = {"pic": pick(rng, _PICTURE), **{key: str(value) for key, value in slots.items()}}
    text = pick(rng, wordings).format(**said)
    if rng.random() < 0.12:
        text = pick(rng, _BEFORE).format(**said) + text
    if "\n" in text:
        return text
    if ending and rng.random() < 0.3:
        text += pick(rng, _ENDINGS[ending])
    elif rng.random() < 0.06:
        text += pick(rng, _AFTER)
    return _hasty(rng, text, said)


def _hasty(rng: np.random.Generator, text: str, said: dict[str, str]) -> str:
    chance = rng.random()
    if chance < 0.08 and not any(word != word.lower() for word in said.values()):
        return text.lower()
    if chance < 0.14:
        return text.rstrip("?. ")
    if chance < 0.19:
        return _with_typo(rng, text, said)
    return text


def _with_typo(rng: np.random.Generator, text: str, said: dict[str, str]) -> str:
    kept = " ".join(said.values())
    words = text.split(" ")
    free = [i for i, word in enumerate(words) if len(word) >= 5 and word.isalpha() and word not in kept]
    if not free:
        return text
    i = pick(rng, free)
    at = int(rng.integers(1, len(words[i]) - 2))
    word = words[i]
    words[i] = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :] if rng.random() < 0.6 else word[:at] + word[at + 1 :]
    )
    return " ".join(words)


def say_number(n: int) -> str:
    """`three` for 3; digits above twelve."""
    return _WORDS[n] if n < len(_WORDS) else str(n)


def say_list(items: Sequence[str]) -> str:
    """`a, b and c`."""
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


def plural(noun: str, n: int = 2) -> str:
    """The noun for `n` things."""
    if n == 1:
        return noun
    if noun.endswith(("y",)) and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def with_article(noun: str) -> str:
    """`a circle`, `an ellipse`."""
    return ("an " if noun[0] in "aeiou" else "a ") + noun


def yes_no(truth: bool) -> str:
    """`yes` or `no`."""
    return "yes" if truth else "no"

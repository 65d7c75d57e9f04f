"""Keeps an answer on the line that it copies.

A small decoder that copies a long line slips now and then: after "12, Jalan" it goes on with what it knows by heart.
While the end of an answer is found in the reading, every token that neither goes on there nor ends the piece loses
`SLIP` of its score. What the model is sure of is said all the same; what it reports of its own probabilities is
unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from string import punctuation

import numpy as np
from numpy.typing import NDArray

from sightline.engines.native.bounded import Floats
from sightline.model import tokenizer as tk
from sightline.model.tokenizer import TextTokenizer

SLIP = 6.0  # of the logit
LEAST_TOKENS, LEAST_LETTERS = 2, 4  # that an answer and a line have in common: digits alone may be a sum
_LINE_END = -1


@dataclass(frozen=True, slots=True)
class Alphabet:
    """What is known of each token of a vocabulary: how many letters it has, whether it may end what is copied."""

    letters: NDArray[np.int64]
    ends: NDArray[np.bool_]

    @classmethod
    def of(cls, tokenizer: TextTokenizer, n_tokens: int) -> Alphabet:
        """The first `n_tokens`; a decoder may have more than its tokenizer, which are never said."""
        texts = [tokenizer.decode([token]).strip() for token in range(min(n_tokens, tokenizer.vocab_size))]
        texts += [""] * (n_tokens - len(texts))
        letters = np.array([sum(map(str.isalpha, text)) for text in texts])
        return cls(letters, np.array([not text or text[0] in punctuation for text in texts]))


@dataclass(slots=True)
class CopyGuide:
    """Follows one answer through `lines`, the tokens of what was read, each line ended by -1."""

    lines: Sequence[int]
    alphabet: Alphabet
    _starts: dict[int, list[int]] = field(default_factory=dict)
    _found: dict[int, tuple[int, int]] = field(default_factory=dict)  # place after it: tokens, letters in common

    def __post_init__(self) -> None:
        for place, token in enumerate(self.lines):
            if token != _LINE_END:
                self._starts.setdefault(token, []).append(place)

    def accept(self, token: int) -> None:
        """The answer goes on with `token`."""
        letters = int(self.alphabet.letters[token])
        went_on = {
            place + 1: (n + 1, seen + letters) for place, (n, seen) in self._found.items() if self.lines[place] == token
        }
        began = {place + 1: (1, letters) for place in self._starts.get(token, ())}
        self._found = began | went_on

    def guided(self, logits: Floats) -> Floats:
        """`logits` (vocabulary,) with `SLIP` taken off each token that would leave the line; as they are elsewhere."""
        n_most = max((n for n, _ in self._found.values()), default=0)
        longest = [(place, letters) for place, (n, letters) in self._found.items() if n == n_most]
        if n_most < LEAST_TOKENS or max(letters for _, letters in longest) < LEAST_LETTERS:
            return logits
        following = {self.lines[place] for place, _ in longest}
        if _LINE_END in following:
            return logits
        leaves = ~self.alphabet.ends
        leaves[list(following)] = False
        return logits - np.float32(SLIP) * leaves.astype(np.float32)


def copied_lines(ids: Iterable[int], tokenizer: TextTokenizer) -> list[int]:
    """The tokens of the lines in a prompt, between its readings' markers, each line ended by -1."""
    begin, end = tokenizer.special(tk.READING), tokenizer.special(tk.END_READING)
    places = {tokenizer.special(name) for name in (*tk.LOC_X, *tk.LOC_Y)}
    lines: list[int] = []
    is_inside = False
    for token in ids:
        if token in (begin, end):
            is_inside = token == begin
            lines.append(_LINE_END)
        elif is_inside:
            lines.append(_LINE_END if token in places else token)
    return lines

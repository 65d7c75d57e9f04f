"""Keeps an answer on the line that it copies.

A small decoder that copies a long line slips now and then: after "12, Jalan" it goes on with what it knows by heart.
While the end of an answer is found in the reading, every token that neither goes on there nor ends the piece loses
some of its score, the more the longer it has gone on. At the end of a line, what would copy the same words or begin the
same line again loses as much. What the model is sure of is said all the same; what it reports of its own probabilities
is unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sightline.engines.native.bounded import Floats
from sightline.model import tokenizer as tk
from sightline.model.tokenizer import TextTokenizer

SLIP, MOST_SLIP = 2.0, 12.0  # of the logit: for each token that an answer and a line have in common, and at most
LEAST_TOKENS, LEAST_LETTERS = 3, 2  # that an answer and a line have in common: digits alone may be a sum
_LINE_END = -1
_CLOSING = frozenset("\"',.;:!?)]}")  # what may follow a copy; a space may not: before a digit it is a token of its own


@dataclass(frozen=True, slots=True)
class Alphabet:
    """What is known of each token of a vocabulary: its letters, whether it may end what is copied, or a value."""

    letters: NDArray[np.int64]
    ends: NDArray[np.bool_]
    closes: NDArray[np.bool_]  # a value: what comes may be copied from anywhere

    @classmethod
    def of(cls, tokenizer: TextTokenizer, n_tokens: int) -> Alphabet:
        """The first `n_tokens`; a decoder may have more than its tokenizer, which are never said."""
        said = [tokenizer.decode([token]) for token in range(min(n_tokens, tokenizer.vocab_size))]
        said += [""] * (n_tokens - len(said))
        closes = np.array(['"' in text or "\n" in text for text in said])
        letters = np.array([sum(map(str.isalpha, text)) for text in said])
        ends = [not text or "\n" in text or (text.strip() and set(text.strip()) <= _CLOSING) for text in said]
        return cls(letters, np.array(ends, bool), closes)


@dataclass(slots=True)
class CopyGuide:
    """Follows one answer through `lines`, the tokens of what was read, each line ended by -1."""

    lines: Sequence[int]
    alphabet: Alphabet
    _starts: dict[int, list[int]] = field(default_factory=dict)
    _found: dict[int, tuple[int, int]] = field(default_factory=dict)  # place after it: tokens, letters in common
    _line_starts: dict[int, list[int]] = field(default_factory=dict)
    _used: set[int] = field(default_factory=set)  # places that this value was copied from
    _done: set[int] = field(default_factory=set)  # places of it up to the end of their line

    def __post_init__(self) -> None:
        for place, token in enumerate(self.lines):
            if token != _LINE_END:
                self._starts.setdefault(token, []).append(place)
                if place == 0 or self.lines[place - 1] == _LINE_END:
                    self._line_starts.setdefault(token, []).append(place)

    def accept(self, token: int) -> None:
        """The answer goes on with `token`."""
        letters = int(self.alphabet.letters[token])
        went_on = {
            place + 1: (n + 1, seen + letters) for place, (n, seen) in self._found.items() if self.lines[place] == token
        }
        began = {place + 1: (1, letters) for place in self._starts.get(token, ())}
        self._found = began | went_on
        if self.alphabet.closes[token]:
            self._used.clear()
            self._done.clear()
            return
        n_most = self._n_most()
        longest = [place for place, (n, _) in went_on.items() if n == n_most]
        self._used |= {place - 1 for place in longest}
        for place in longest:
            if n_most >= LEAST_TOKENS and self.lines[place] == _LINE_END:
                self._done |= set(range(place - n_most, place))

    def _n_most(self) -> int:
        return max((n for n, _ in self._found.values()), default=0)

    def _begun_before(self) -> set[int]:
        """Words that begin only lines of which this value has the end already."""
        starts = self._line_starts.items()
        return {token for token, places in starts if self.alphabet.letters[token] and self._done.issuperset(places)}

    def guided(self, logits: Floats) -> Floats:
        """`logits` (vocabulary,), less for what would leave the line or begin it anew; elsewhere as they are."""
        n_most = self._n_most()
        longest = [(place, letters) for place, (n, letters) in self._found.items() if n == n_most]
        if n_most < LEAST_TOKENS or max(letters for _, letters in longest) < LEAST_LETTERS:
            return logits
        following = {self.lines[place] for place, _ in longest}
        if _LINE_END in following:
            again = {self.lines[place] for place, (n, _) in self._found.items() if n < n_most and place in self._used}
            lost = np.zeros(len(logits), bool)
            lost[list((again - self._line_starts.keys() | self._begun_before()) - following)] = True
        else:
            lost = ~self.alphabet.ends
            lost[list(following)] = False
        return logits - np.float32(min(MOST_SLIP, n_most * SLIP)) * lost.astype(np.float32)


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

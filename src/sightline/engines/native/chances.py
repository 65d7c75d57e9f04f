"""How likely the chosen token was, and what the model would rather have said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sightline.engines.native.quote import Quote
from sightline.model.tokenizer import TextTokenizer
from sightline.types import ChosenToken, TokenChance


class Chances:
    """Describes tokens for one answer, each with the `n_others` likeliest.

    Probabilities are the model's own: the softmax of its logits over all tokens that can come at all,
    before bias, penalties, temperature, `top_p` and grammar have their say.
    """

    def __init__(self, tokenizer: TextTokenizer, banned: NDArray[np.int64], n_others: int) -> None:
        self._tokenizer = tokenizer
        self._banned = banned
        self._n_others = n_others

    def chosen(self, logits: NDArray[np.float32], token: int, *, is_first: bool) -> ChosenToken:
        """Describe `token`, chosen from `logits` (vocabulary,). The first of an answer loses its leading space."""
        scores = logits.astype(np.float64)
        scores[self._banned] = -np.inf
        scores -= scores.max()
        logprobs = scores - np.log(np.exp(scores).sum())
        likeliest = np.argsort(-logprobs, kind="stable")[: self._n_others] if self._n_others else ()
        others = tuple(self._chance(int(other), float(logprobs[other]), is_first) for other in likeliest)
        own = self._chance(token, float(logprobs[token]), is_first)
        return ChosenToken(own.data, own.logprob, others)

    def quoted(self, logits: NDArray[np.float32], quote: Quote, ids: Sequence[int]) -> tuple[ChosenToken, ...]:
        """Describe the first `ids` of a quotation: the first as likely as the pointing itself, the others certain."""
        first = self.chosen(logits, quote.token, is_first=True)
        data = [self._chance(token, 0.0, is_first=place == 0).data for place, token in enumerate(ids)]
        pointing = self._tokenizer.token_bytes(quote.token)
        others = tuple(replace(other, data=data[0]) if other.data == pointing else other for other in first.others)
        certain = [ChosenToken(each, 0.0, (TokenChance(each, 0.0),) if self._n_others else ()) for each in data[1:]]
        return (ChosenToken(data[0], first.logprob, others), *certain)

    def _chance(self, token: int, logprob: float, is_first: bool) -> TokenChance:
        data = self._tokenizer.token_bytes(token)
        return TokenChance(data.removeprefix(b" ") if is_first else data, logprob)

"""From logits to the next token, by OpenAI's parameters."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from sightline.types import USUAL_TEMPERATURE, Sampling

SEEDS = 2**64
GREEDY_BELOW = 1e-4  # a temperature this small is a choice of the likeliest token


class Sampler:
    """Chooses tokens for one answer. `banned` ids never come. With a seed, each `choice` has its own draws."""

    def __init__(self, sampling: Sampling, banned: NDArray[np.int64], choice: int = 0) -> None:
        self._sampling = sampling
        self._temperature = USUAL_TEMPERATURE if sampling.temperature is None else sampling.temperature
        self._banned = banned
        self._seen: Counter[int] = Counter()
        self._rng = np.random.default_rng(_seed(sampling.seed, choice))

    def choose(self, logits: NDArray[np.float32], allowed: NDArray[np.bool_] | None = None) -> int:
        """The next token from `logits` (vocabulary,), only among `allowed` if given.

        Penalties as OpenAI defines them: a token seen c times loses c * frequency + presence.
        """
        scores = logits.astype(np.float64)
        scores[self._banned] = -np.inf
        if allowed is not None:
            scores[~allowed] = -np.inf
        for biased, bias in self._sampling.logit_bias:
            scores[biased] += bias
        self._penalise(scores)
        token = self._draw(scores)
        self._seen[token] += 1
        return token

    def _penalise(self, scores: NDArray[np.float64]) -> None:
        frequency, presence = self._sampling.frequency_penalty, self._sampling.presence_penalty
        if frequency or presence:
            for token, n in self._seen.items():
                scores[token] -= n * frequency + presence

    def _draw(self, scores: NDArray[np.float64]) -> int:
        if self._temperature < GREEDY_BELOW:
            return int(scores.argmax())
        scores = (scores - scores.max()) / self._temperature
        shares = np.exp(scores)
        shares /= shares.sum()
        if self._sampling.top_p < 1:
            shares = _nucleus(shares, self._sampling.top_p)
        reached = shares.cumsum()  # as `Generator.choice` draws, without its checks, which take longer than the draw
        if not reached[-1] > 0:
            raise ValueError("no token has a probability")
        return int((reached / reached[-1]).searchsorted(self._rng.random(), side="right"))


def _seed(seed: int | None, choice: int) -> int | list[int] | None:
    """What numpy takes: no negative numbers. The first choice draws as a request for one answer does."""
    if seed is None:
        return None
    return [seed % SEEDS, choice] if choice else seed % SEEDS


def _nucleus(shares: NDArray[np.float64], top_p: float) -> NDArray[np.float64]:
    """Keep the likeliest tokens that together reach `top_p`, at least one (Holtzman et al. 2020)."""
    order = np.argsort(-shares, kind="stable")
    before = np.cumsum(shares[order]) - shares[order]
    kept = order[before < top_p] if top_p > 0 else order[:1]
    cut = np.zeros_like(shares)
    cut[kept] = shares[kept]
    kept_shares: NDArray[np.float64] = cut / cut.sum()
    return kept_shares

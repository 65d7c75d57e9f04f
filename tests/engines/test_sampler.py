from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sightline.engines.native.sampler import Sampler
from sightline.types import Sampling

NONE_BANNED = np.array([], np.int64)
LOGITS = np.array([1.0, 3.0, 2.0, -1.0], np.float32)


def test_temperature_zero_takes_the_likeliest_token() -> None:
    assert Sampler(Sampling(temperature=0), NONE_BANNED).choose(LOGITS) == 1


@given(seed=st.integers(0, 2**32), temperature=st.floats(0, 2))
def test_banned_tokens_never_come(seed: int, temperature: float) -> None:
    sampler = Sampler(Sampling(temperature=temperature, seed=seed), np.array([1, 2]))
    assert all(sampler.choose(LOGITS) in (0, 3) for _ in range(5))


@given(seed=st.integers(0, 2**32))
def test_only_allowed_tokens_come(seed: int) -> None:
    sampler = Sampler(Sampling(seed=seed), NONE_BANNED)
    assert sampler.choose(LOGITS, np.array([False, False, False, True])) == 3


def test_the_same_seed_gives_the_same_tokens() -> None:
    first, second = (Sampler(Sampling(seed=7), NONE_BANNED) for _ in range(2))
    assert [first.choose(LOGITS) for _ in range(20)] == [second.choose(LOGITS) for _ in range(20)]


def test_a_small_top_p_leaves_the_likeliest_token() -> None:
    sampler = Sampler(Sampling(top_p=0.01, seed=1), NONE_BANNED)
    assert {sampler.choose(LOGITS) for _ in range(20)} == {1}


def test_the_frequency_penalty_moves_on_after_repeats() -> None:
    sampler = Sampler(Sampling(temperature=0, frequency_penalty=0.6), NONE_BANNED)
    assert [sampler.choose(LOGITS) for _ in range(3)] == [1, 1, 2]


def test_sampling_follows_the_softmax() -> None:
    sampler = Sampler(Sampling(seed=3), NONE_BANNED)
    counts = np.bincount([sampler.choose(LOGITS) for _ in range(4000)], minlength=4) / 4000
    shares = np.exp(LOGITS) / np.exp(LOGITS).sum()
    assert np.abs(counts - shares).max() < 0.03


@given(seed=st.integers(-(2**63), 2**63 - 1))
def test_every_seed_of_the_wire_is_taken_and_each_choice_draws_on_its_own(seed: int) -> None:
    def draws(choice: int) -> list[int]:
        sampler = Sampler(Sampling(seed=seed), NONE_BANNED, choice)
        return [sampler.choose(np.zeros(64, np.float32)) for _ in range(12)]

    assert draws(0) == draws(0)
    assert draws(3) == draws(3)
    assert len({tuple(draws(choice)) for choice in range(4)}) == 4


def test_draws_are_those_of_numpys_own_choice() -> None:
    logits = np.random.default_rng(3).standard_normal(500).astype(np.float32)
    sampler, own = Sampler(Sampling(temperature=0.7, seed=11), np.array([], np.int64)), np.random.default_rng(11)
    shares = np.exp((logits.astype(np.float64) - float(logits.max())) / 0.7)
    assert [sampler.choose(logits) for _ in range(300)] == [
        int(own.choice(500, p=shares / shares.sum())) for _ in range(300)
    ]

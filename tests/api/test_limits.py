"""The bucket, what a key has left, and how it is spelled."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.api.bucket import MINUTE_S, Bucket
from sightline.api.grants import KeyLimits
from sightline.api.limits import Allowance, Visit, go_duration, used_by
from sightline.errors import LimitReached

Steps = list[tuple[float, float]]
capacities = st.integers(1, 100_000)
steps = st.lists(st.tuples(st.floats(0, 90), st.floats(0, 50)), max_size=60)  # seconds gone by, amount asked for


@given(capacities, steps)
def test_in_any_window_no_more_is_granted_than_the_capacity_and_what_refilled(capacity: int, asked: Steps) -> None:
    bucket, now, granted = Bucket(capacity, 0.0), 0.0, []
    for gone_s, amount in asked:
        now += gone_s
        amount = min(amount, capacity)
        if not bucket.wait_s(amount, now):
            bucket.take(amount, now)
            granted.append((now, amount))
    for first in range(len(granted)):
        total = 0.0
        for at, amount in granted[first:]:
            total += amount
            window_s = at - granted[first][0]
            assert total <= capacity * (1 + window_s / MINUTE_S) + 1e-6 * (capacity + total)


@given(capacities, steps)
def test_who_waits_as_long_as_told_gets_it_and_a_little_sooner_does_not(capacity: int, asked: Steps) -> None:
    bucket, now = Bucket(capacity, 0.0), 0.0
    for gone_s, amount in asked:
        now += gone_s
        amount = min(amount, capacity)
        wait_s = bucket.wait_s(amount, now)
        if wait_s > 1e-3:
            early = Bucket(capacity, 0.0)
            early._level, early._at = bucket._level, bucket._at
            assert early.wait_s(amount, now + wait_s * 0.999) > 0
        now += wait_s
        assert bucket.wait_s(amount, now) <= 1e-6
        bucket.take(amount, now)


@given(capacities, steps, st.floats(0, 1e6))
def test_a_bucket_is_never_over_full_and_is_full_when_it_says(capacity: int, asked: Steps, debt: float) -> None:
    bucket, now = Bucket(capacity, 0.0), 0.0
    bucket.take(debt, now)
    for gone_s, amount in asked:
        now += gone_s
        bucket.take(amount, now)
        assert bucket.level(now) <= capacity
    now += bucket.full_in_s(now)
    assert bucket.level(now) == pytest.approx(capacity, rel=1e-6, abs=1e-3)


def test_a_clock_that_stands_still_or_goes_back_gives_nothing() -> None:
    bucket = Bucket(60, 100.0)
    bucket.take(60, 100.0)
    assert [bucket.level(at) for at in (100.0, 40.0, 100.0, 101.0)] == [0.0, 0.0, 0.0, 1.0]


def test_f04_requests_are_exact_at_the_edge_over_three_windows() -> None:
    allowance, admitted = Allowance(KeyLimits(rpm=30), 0.0), [0, 0, 0, 0]
    for tick in range(4 * 600):  # a flood of ten requests a second for four minutes
        now = tick / 10
        try:
            allowance.enter(now)
        except LimitReached:
            continue
        allowance.leave()
        admitted[tick // 600] += 1
    assert admitted[0] == 30 + 29  # the full bucket, and what refilled before the minute was over
    assert all(29 <= n <= 31 for n in admitted[1:])


def test_a_refusal_names_the_limit_and_counts_nothing() -> None:
    allowance = Allowance(KeyLimits(rpm=60, concurrent=1), 0.0)
    allowance.enter(0.0)
    with pytest.raises(LimitReached, match=r"requests at a time: Limit 1, Used 1, Requested 1\.") as busy:
        allowance.enter(0.0)
    assert (busy.value.kind, busy.value.retry_after_s) == ("requests", 1.0)
    assert allowance.buckets["requests"].level(0.0) == 59
    allowance.leave()
    for _ in range(59):
        allowance.enter(0.0)
        allowance.leave()
    with pytest.raises(LimitReached, match=r"requests per min \(RPM\): Limit 60, Used 60, .* again in 1s\.") as spent:
        allowance.enter(0.0)
    assert spent.value.retry_after_s == pytest.approx(1.0)
    assert allowance.n_running == 0


def test_tokens_and_megapixels_are_paid_afterwards_once_and_the_debt_is_waited_for() -> None:
    allowance = Allowance(KeyLimits(tpm=1000, mpm=100), 0.0)
    facts = {"prompt_tokens": 1400, "completion_tokens": 100, "images": [{"w": 4000, "h": 3000}]}
    allowance.enter(0.0)
    visit = Visit(allowance, facts, lambda: 0.0)
    visit.settle()
    visit.settle()
    assert allowance.buckets["tokens"].level(0.0) == -500
    assert allowance.buckets["megapixels"].level(0.0) == 88
    with pytest.raises(LimitReached, match=r"TPM\): Limit 1000, Used 1500, Requested 1\. .* in 30\.06s\.") as owed:
        allowance.enter(0.0)
    assert owed.value.kind == "tokens"
    allowance.enter(30.1)


def test_what_a_request_used_is_read_from_its_facts() -> None:
    assert used_by({}) == {"tokens": 0, "megapixels": 0}
    facts = {"prompt_tokens": 7, "completion_tokens": 2, "images": [{"w": 1000, "h": 1000}, {"w": 10, "h": 100}]}
    assert used_by(facts) == {"tokens": 9, "megapixels": 1.001}


@pytest.mark.parametrize(
    ("seconds", "spelled"),
    [(0, "0s"), (0.001, "1ms"), (0.12, "120ms"), (0.0001, "1ms"), (1, "1s"), (58.891, "58.891s"), (60, "1m0s"),
     (360, "6m0s"), (61.5, "1m1.5s"), (3600, "1h0m0s"), (3725.25, "1h2m5.25s")],
)  # fmt: skip
def test_times_are_spelled_as_go_spells_them(seconds: float, spelled: str) -> None:
    assert go_duration(seconds) == spelled


@given(st.floats(0, 1e6))
def test_a_spelled_time_is_never_too_short(seconds: float) -> None:
    units = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 1e-3}
    parts = re.findall(r"([\d.]+)(ms|h|m|s)", go_duration(seconds))
    total = sum(float(figure) * units[unit] for figure, unit in parts)
    assert seconds - 1e-6 <= total <= seconds + 1.1e-3

"""How fast this machine has been of late: the only ground for saying how long the next answer will take."""

from __future__ import annotations

import statistics
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sightline.chat.answer import Answer
from sightline.images.plan_tiles import TilePlan

KEPT = 100  # answers of an engine
RECENT_S = 3600.0
ENOUGH = 3  # answers that a figure is drawn from at least
NO_READING = "no picture was read in the last hour"
NO_ANSWER = "fewer than 3 answers with as many pictures in the last hour"
NO_STEP = "no answer of several tokens in the last hour"


@dataclass(frozen=True, slots=True)
class _Sample:
    at: float
    n_images: int
    read_megapixels: float  # of those that were not in the cache
    reading_s: float
    prefill_s: float
    n_steps: int  # of all its choices
    steps_s: float
    n_choices: int


@dataclass(frozen=True, slots=True)
class Expected:
    """Seconds, each drawn from recent answers or `None`; `unknown` says why, by figure."""

    reading: float | None  # of the pictures, if they were not read before
    prefill: float | None
    per_token: float | None
    first_token: float | None  # reading and prefill
    typical: float | None  # to the end of an answer of the usual length
    at_most: float | None  # to the end if every choice has `max_tokens`
    n_answers: int
    unknown: dict[str, str]


class Pace:
    """Remembers the last answers of each engine."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._samples: dict[str, deque[_Sample]] = {}

    def note(self, answer: Answer) -> None:
        """Remember what an answer took."""
        fresh = [receipt for receipt in answer.receipts if receipt.reading_ms and not receipt.reading_cached]
        spent = answer.spent
        sample = _Sample(
            at=self._clock(),
            n_images=len(answer.receipts),
            read_megapixels=sum(receipt.width * receipt.height for receipt in fresh) / 1e6,
            reading_s=sum(receipt.reading_ms for receipt in fresh) / 1e3,
            prefill_s=(spent.first_ms - spent.load_ms - spent.prepare_ms) / 1e3,
            n_steps=answer.n_steps,
            steps_s=answer.steps_s,
            n_choices=len(answer.choices),
        )
        self._samples.setdefault(answer.engine_id, deque(maxlen=KEPT)).append(sample)

    def expect(
        self, engine_id: str, plans: Sequence[TilePlan], max_tokens: int | None, *, reads: bool, n_choices: int = 1
    ) -> Expected:
        """Return how long a request about pictures of these plans would take, as far as is known.

        Waiting for others is not in it.
        """
        since = self._clock() - RECENT_S
        samples = [sample for sample in self._samples.get(engine_id, ()) if sample.at >= since]
        unknown: dict[str, str] = {}
        reading: float | None = 0.0
        if reads and plans:
            reading = _ratio(sum(s.reading_s for s in samples), sum(s.read_megapixels for s in samples))
            if reading is None:
                unknown["reading"] = NO_READING
            else:
                reading *= sum(plan.width * plan.height for plan in plans) / 1e6
        alike = [sample.prefill_s for sample in samples if sample.n_images == len(plans)]
        prefill = statistics.median(alike) if len(alike) >= ENOUGH else None
        if prefill is None:
            unknown["prefill"] = NO_ANSWER
        per_token = _ratio(sum(s.steps_s for s in samples), sum(s.n_steps for s in samples))
        if per_token is None:
            unknown["per_token"] = NO_STEP
        first = None if reading is None or prefill is None else reading + prefill
        typical = at_most = None
        if first is not None and per_token is not None:
            usual = statistics.median(s.n_steps / s.n_choices for s in samples)
            typical = first + per_token * usual * n_choices
            at_most = None if max_tokens is None else first + per_token * (max_tokens * n_choices - 1)
        return Expected(reading, prefill, per_token, first, typical, at_most, len(samples), unknown)


def _ratio(total: float, n: float) -> float | None:
    return total / n if n else None

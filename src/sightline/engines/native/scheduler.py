"""Who is computed for, and when: a decode step of all answers in one run, a piece of a prompt between two steps."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Lock
from typing import TypeVar

from sightline.engines.native.row import Mailbox, Row
from sightline.engines.native.runtime import Runtime
from sightline.engines.native.slots import Slots
from sightline.errors import EngineFault

Result = TypeVar("Result")
PIECE_TOKENS = 256  # of prompts, between two looks at who has come or gone
SHARED_PIECE_TOKENS = 128  # while others wait for their next token
START_TOKENS = 32  # what it takes to write a prompt and prepare its pictures
PATIENCE_TOKENS = 64  # each time that another prompt goes first counts as if so many tokens were read
FAULT = "The model failed while it answered."


class Scheduler:
    """Computes in one thread, which works as long as there is an answer to work at.

    Answers join and leave between two steps. `slots` bound how many run; the others wait in line, first come, first
    served. Of the prompts the one with least left to read goes first; who has been passed over counts as having less.
    """

    def __init__(self, runtime: Runtime, slots: Slots) -> None:
        self._runtime = runtime
        self._slots = slots
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sightline-native")
        self._lock = Lock()  # for what follows
        self._arrived: list[Row] = []
        self._is_working = self._is_closed = False
        self._line: deque[Row] = deque()  # from here on the thread's own
        self._rows: list[Row] = []

    def add(self, row: Row) -> None:
        """Answer `row` as soon as there is room. From any thread.

        Raises:
            EngineFault: If the engine is closed.
        """
        with self._lock:
            if self._is_closed:
                raise EngineFault(FAULT)
            self._arrived.append(row)
            if not self._is_working:
                self._is_working = True
                self._thread.submit(self._work)

    def close(self) -> None:
        """Stop: what is being answered fails at its next step."""
        with self._lock:
            self._is_closed = True
        self._thread.shutdown(wait=False)

    def _work(self) -> None:
        while self._has_work():
            self._drop_those_left()
            self._read()
            self._step()

    def _has_work(self) -> bool:
        """Take in who has arrived."""
        with self._lock:
            self._line += self._arrived
            self._arrived = []
            if self._is_closed:
                for row in (*self._line, *self._rows):
                    row.fail(EngineFault(FAULT))
                self._line.clear()
            self._is_working = bool(self._line or self._rows)
            return self._is_working

    def _drop_those_left(self) -> None:
        """Forget the answers that nobody waits for any more: their places are free before the next step."""
        self._line = deque(row for row in self._line if not row.mailbox.is_left)
        self._rows = [row for row in self._rows if not self._is_gone(row)]

    def _is_gone(self, row: Row) -> bool:
        if not (row.is_over or row.mailbox.is_left):
            return False
        self._slots.give_back(row.cache)
        return True

    def _read(self) -> None:
        """Let in who has a place, and read on in prompts: all in all as much as nobody minds to wait for."""
        n_left = SHARED_PIECE_TOKENS if any(row.logits is not None for row in self._rows) else PIECE_TOKENS
        while n_left > 0:
            n_left -= self._let_in()
            reading = [row for row in self._rows if row.logits is None and not row.is_over]
            if not reading:
                return
            first = min(reading, key=lambda row: row.n_left - PATIENCE_TOKENS * row.n_passed)
            for row in reading:
                row.n_passed += row is not first
            n_left -= self._try(first, partial(first.read, n_left)) or 0

    def _let_in(self) -> int:
        """Let the first in line in, if there is room for it; return what that took, in tokens."""
        if not self._line:
            return 0
        row = self._line[0]
        started = self._try(row, partial(row.start, self._slots))
        if started is False:
            return 0
        self._line.popleft()
        if started:
            self._rows.append(row)
        return START_TOKENS

    def _step(self) -> None:
        """Choose a token for everyone who has logits, and compute what comes after it, of all in one run."""
        chosen = [(row, self._try(row, row.choose)) for row in self._rows if row.logits is not None]
        Mailbox.send([row.mailbox for row, _ in chosen])
        going_on = [(row, token) for row, token in chosen if token is not None and not row.mailbox.is_left]
        if not going_on:
            return
        try:
            self._compute(going_on)
        except Exception:  # noqa: BLE001 - whose fault it is shows when each is computed alone
            for row, token in going_on:
                self._try(row, partial(self._compute, [(row, token)]))

    def _compute(self, going_on: Sequence[tuple[Row, int]]) -> None:
        tokens, caches = [token for _, token in going_on], [row.cache for row, _ in going_on]
        logits = self._runtime.step_together(tokens, caches, self._slots)
        for (row, _), each in zip(going_on, logits, strict=True):
            row.logits = each

    def _try(self, row: Row, work: Callable[[], Result]) -> Result | None:
        """Work for one answer: what goes wrong is told to whoever waits for it, and harms nobody else."""
        try:
            return work()
        except (RuntimeError, ValueError) as fault:  # what ONNX Runtime and numpy raise
            told = EngineFault(FAULT)
            told.__cause__ = fault
            row.fail(told)
        except Exception as fault:  # noqa: BLE001 - of the request, or unforeseen: who asked raises it again
            row.fail(fault)
        return None

"""Asks every row of a task, once, and records what came back."""

from __future__ import annotations

import logging
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sightline.errors import SightlineError
from sightline.evaluation.journal import Journal, Record
from sightline.evaluation.task import Row, Task
from sightline.scoring import score
from sightline.types import GenerationRequest, ImagePart, Message, Sampling, TextPart

if TYPE_CHECKING:
    from sightline.chat import Answer, Chat

logger = logging.getLogger(__name__)
MAX_TOKENS = 1024


@dataclass(frozen=True, slots=True)
class Answered:
    """A whole answer and what it cost."""

    text: str
    prompt_tokens: int = 0
    completion_tokens: int = 0
    confidence: float | None = None


Ask = Callable[[GenerationRequest], Awaitable[Answered]]


def ask_with(chat: Chat) -> Ask:
    """Ask `chat` in this process: the same loading, reading and engine as a request over HTTP."""

    async def ask(request: GenerationRequest) -> Answered:
        async with await chat.answer(request) as answer:
            text, usage = await answer.text(), answer.usage()
        return Answered(text, usage.prompt_tokens, usage.completion_tokens, _confidence(answer))

    return ask


def request_for(row: Row, model: str, *, blind: bool = False, max_tokens: int = MAX_TOKENS) -> GenerationRequest:
    """Ask `row` as a client would: the question, then its pictures; greedy. `blind` leaves the pictures out."""
    pictures = () if blind else tuple(ImagePart(path, param=path.name) for path in row.images)
    message = Message("user", (TextPart(row.question), *pictures))
    return GenerationRequest(model, (message,), Sampling(max_tokens=max_tokens, temperature=0.0))


async def run(
    ask: Ask,
    task: Task,
    path: Path,
    *,
    model: str,
    blind: bool = False,
    max_tokens: int = MAX_TOKENS,
    on_row: Callable[[], None] = lambda: None,
) -> list[Record]:
    """Ask the rows of `task` that `path` has no answer for, and return the record of every row, in order.

    A row that fails is recorded as failed and the run goes on; the next run asks it again. Answers from
    an earlier run are scored anew.

    Raises:
        ConfigError: If `path` holds answers of another model.
    """
    records = []
    with Journal(path, model=model, blind=blind) as journal:
        for row in task.rows:
            record = journal.answered.get(row.id)
            if record is None:
                record = await _ask_one(ask, row, request_for(row, model, blind=blind, max_tokens=max_tokens), blind)
                journal.write(record)
            else:
                record = replace(record, score=score(row.metric, row.answers, record.answer))
            records.append(record)
            on_row()
    return records


async def _ask_one(ask: Ask, row: Row, request: GenerationRequest, blind: bool) -> Record:
    start = time.perf_counter()
    failed = Record(row.id, request.model, blind, ok=False, score=0.0, ms=0.0)
    try:
        answered = await ask(request)
    except SightlineError as error:
        return replace(failed, error=error.message, ms=_since(start))
    except Exception as error:  # one row must not end the run
        logger.warning("a row failed", extra={"row": row.id, "error": type(error).__name__}, exc_info=error)
        return replace(failed, error=type(error).__name__, ms=_since(start))
    return Record(
        id=row.id,
        model=request.model,
        blind=blind,
        ok=True,
        score=score(row.metric, row.answers, answered.text),
        ms=_since(start),
        answer=answered.text,
        prompt_tokens=answered.prompt_tokens,
        completion_tokens=answered.completion_tokens,
        confidence=answered.confidence,
    )


def _confidence(answer: Answer) -> float | None:
    told = [evidence.confidence for evidence in answer.evidence(answer.choices[0])]
    known = [confidence for confidence in told if confidence is not None]
    return round(statistics.fmean(known), 3) if known else None


def _since(start: float) -> float:
    return round(1000 * (time.perf_counter() - start), 1)

"""An engine without a model: it says back what it was sent. For tests, wiring, and measuring the server alone."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping
from typing import Any

from sightline.engines.base import EngineMessage, EngineRequest, SeenImage, Sight, State
from sightline.engines.echo_json import fitting, names_said
from sightline.errors import EngineFault
from sightline.model.calibration import Calibration
from sightline.types import (
    Calling,
    CallPiece,
    ChosenToken,
    Delta,
    FinishReason,
    Sampling,
    TextPart,
    TokenChance,
    Tool,
)

WORD = re.compile(r"\s*\S+|\s+$")
WORDS_A_BREATH = 32  # between two turns of the event loop when there is no delay
ANY_OBJECT = {"type": "object"}


class EchoEngine:
    """Answers with the last user message and one line for each of its pictures. A word is a token.

    It calls the functions that the message names, and fills JSON with the text, the least number and true.
    It is certain of every word. The token id of a word is its place in the answer, from 0: a bias of -100
    leaves it out.

    `text` replaces the answer. `delay_s` is waited before each word. With `fault_after`, the engine
    fails after that many words. `n_running` counts the answers under way.
    """

    def __init__(
        self,
        model_id: str = "sightline-echo",
        *,
        text: str | None = None,
        delay_s: float = 0.0,
        fault_after: int | None = None,
        context_tokens: int = 32_768,
        wants_reading: bool = False,
    ) -> None:
        self.model_id = model_id
        self.context_tokens = context_tokens
        self.wants_reading = wants_reading
        self.calibration: Calibration | None = None  # it has no opinion
        self.state: State = "loaded"
        self.n_bytes: int | None = 0  # it has no weights
        self.n_running = 0
        self._text = text
        self.delay_s = delay_s
        self.fault_after = fault_after

    def count_prompt_tokens(self, request: EngineRequest) -> int:
        """Count every word, and one for each tile and each overview."""
        return sum(_n_tokens(part) for message in request.messages for part in message.parts)

    def sights(self, request: EngineRequest) -> tuple[Sight, ...]:
        """Everything that was prepared."""
        return tuple(
            Sight(part.image.plan.width, part.image.plan.height, len(part.reading.lines) if part.reading else 0)
            for part in request.images
        )

    async def stream(self, request: EngineRequest) -> AsyncIterator[Delta]:
        """Yield the answer word by word."""
        pieces = self._pieces(request)
        max_tokens = request.sampling.max_tokens
        n_pieces = len(pieces) if max_tokens is None else min(len(pieces), max_tokens)
        self.n_running += 1
        try:
            for at, piece in enumerate(pieces[:n_pieces]):
                if at == self.fault_after:
                    raise EngineFault("the echo engine was told to fail here")
                if self.delay_s or at % WORDS_A_BREATH == WORDS_A_BREATH - 1:
                    await asyncio.sleep(self.delay_s)
                yield piece
            whole: FinishReason = "tool_calls" if any(piece.call for piece in pieces) else "stop"
            yield Delta(finish_reason=whole if n_pieces == len(pieces) else "length")
        finally:
            self.n_running -= 1

    async def close(self) -> None:
        """Do nothing: the engine holds nothing."""

    def _pieces(self, request: EngineRequest) -> list[Delta]:
        text = self._text if self._text is not None else echo(request.messages)
        if calls := _called(request.calling, text):
            return [piece for at, tool in enumerate(calls) for piece in _call(at, tool, text)]
        if request.json_schema is not None:
            text = json.dumps(_value(request.json_schema, text), ensure_ascii=False)
        words = _biased(WORD.findall(text), request.sampling) + _mark(request)
        return [Delta(word, 1, tokens=_certain(word, request.sampling)) for word in words]


def _value(schema: Mapping[str, Any], text: str) -> Any:
    return {"echo": text} if dict(schema) == ANY_OBJECT else fitting(schema, text, "response_format")


def _called(calling: Calling | None, text: str) -> list[Tool]:
    """Return the functions that the text names; the first there is if one must be called and none is named."""
    if calling is None:
        return []
    named = names_said(text, [tool.name for tool in calling.tools])
    calls = [tool for tool in calling.tools if tool.name in named]
    if not calls and calling.must:
        return [calling.tools[0]]
    return calls if calling.parallel else calls[:1]


def _call(at: int, tool: Tool, text: str) -> list[Delta]:
    arguments = json.dumps(fitting(tool.parameters, text, "tools"), ensure_ascii=False)
    pieces = [CallPiece(at, tool.name), *(CallPiece(at, arguments=word) for word in WORD.findall(arguments))]
    return [Delta(n_tokens=1, call=piece) for piece in pieces]


def echo(messages: tuple[EngineMessage, ...]) -> str:
    """Return the text of the last user message, then a line for each picture in it."""
    last = next((message for message in reversed(messages) if message.role == "user"), None)
    if last is None:
        return ""
    lines = [part.text for part in last.parts if isinstance(part, TextPart) and part.text]
    seen = [part for part in last.parts if isinstance(part, SeenImage)]
    return "\n".join(lines + [_describe(number, image) for number, image in enumerate(seen, start=1)])


def _biased(words: list[str], sampling: Sampling) -> list[str]:
    left_out = {token for token, bias in sampling.logit_bias if bias <= -100}
    return [word for at, word in enumerate(words) if at not in left_out]


def _certain(word: str, sampling: Sampling) -> tuple[ChosenToken, ...]:
    if sampling.top_logprobs is None:
        return ()
    others = (TokenChance(word.encode(), 0.0),) if sampling.top_logprobs else ()
    return (ChosenToken(word.encode(), 0.0, others),)


def _mark(request: EngineRequest) -> list[str]:
    """Tell the choices after the first apart, where no schema is to be kept."""
    return [f" (choice {request.choice + 1})"] if request.choice and request.json_schema is None else []


def _describe(number: int, seen: SeenImage) -> str:
    plan = seen.image.plan
    n_lines = len(seen.reading.lines) if seen.reading else 0
    return f"image{number}: {plan.width}x{plan.height} px, {n_lines} lines of text"


def _n_tokens(part: TextPart | SeenImage) -> int:
    return len(part.text.split()) if isinstance(part, TextPart) else 1 + part.image.plan.n_tiles

"""What an engine is asked: a request with its prepared pictures, within the engine's context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sightline.chat.tokens import table_for
from sightline.chat.usage import request_text_tokens
from sightline.engines.base import Engine, EngineMessage, EngineRequest, SeenImage, Shared
from sightline.errors import ContextTooLong
from sightline.types import USUAL_TEMPERATURE, GenerationRequest, TextPart


def to_engine(request: GenerationRequest, seen: Sequence[SeenImage]) -> EngineRequest:
    """Put the prepared pictures in the place of the image parts, in order."""
    images = iter(seen)
    messages = tuple(
        EngineMessage(
            message.role,
            tuple(part if isinstance(part, TextPart) else next(images) for part in message.parts),
            message.name,
            message.call_id,
        )
        for message in request.messages
    )
    return EngineRequest(messages, request.sampling, request.json_schema, request.calling, owner=request.owner)


def each_choice(request: EngineRequest, n_choices: int) -> list[EngineRequest]:
    """Return what the engine is asked for each choice: the same, but for its draws.

    Who wants several and names no temperature wants them to differ, whatever the model's own is.
    """
    if n_choices == 1:
        return [request]
    if request.sampling.temperature is None:
        request = replace(request, sampling=replace(request.sampling, temperature=USUAL_TEMPERATURE))
    shared = Shared()
    return [replace(request, choice=choice, shared=shared) for choice in range(n_choices)]


def count_prompt(request: GenerationRequest, seen: Sequence[SeenImage], engine: Engine) -> tuple[EngineRequest, int]:
    """Return what the engine is asked, within its context, and the text tokens that the client is told.

    Raises:
        ContextTooLong: If the prompt leaves no room to answer.
    """
    engine_request = fit_context(to_engine(request, seen), engine)
    return engine_request, request_text_tokens(request, table_for(request.model))


def fit_context(request: EngineRequest, engine: Engine) -> EngineRequest:
    """Bound `max_tokens` by the room that the prompt leaves.

    Raises:
        ContextTooLong: If it leaves none.
    """
    n_prompt = engine.count_prompt_tokens(request)
    room = engine.context_tokens - n_prompt
    if room < 1:
        raise ContextTooLong(
            f"This model's maximum context length is {engine.context_tokens} tokens. However, your messages resulted "
            f"in {n_prompt} tokens. Please reduce the length of the messages.",
            param="messages",
        )
    wanted = request.sampling.max_tokens
    max_tokens = room if wanted is None else min(wanted, room)
    return replace(request, sampling=replace(request.sampling, max_tokens=max_tokens))


def with_chances(request: EngineRequest, engine: Engine) -> EngineRequest:
    """Ask for the probability of each chosen token too, if the engine knows what it is worth."""
    if engine.calibration is None or request.sampling.top_logprobs is not None:
        return request
    return replace(request, sampling=replace(request.sampling, top_logprobs=0))

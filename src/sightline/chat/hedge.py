"""Below a threshold it says it is not sure: short answers about photos that the model itself hardly believes.

The model's own belief counts where nothing was read, found drawn or measured: of a number read off a page it is less
sure than it is right (docs/log.md), and there the confidence beside the value has to do. A word that the reader told it
for a photo is held to the reader's confidence everywhere.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import replace

from sightline.chat.answer import close_stream
from sightline.chat.evidence import shows, told_word, value_logprobs
from sightline.engines.base import SeenImage
from sightline.model.calibration import Calibration
from sightline.types import Delta, GenerationRequest, TextPart

NOT_SURE = "I am not sure."
_SAID_ALREADY = "not sure"
# Of two answers the likelier is worth having, with its confidence.
_YES_NO = re.compile(r"\s*(yes|no)\b", re.IGNORECASE)
MOST_TOKENS = 16  # longer answers describe: no single probability is theirs


def may_hedge(request: GenerationRequest, seen: Sequence[SeenImage], calibration: Calibration | None) -> bool:
    """Whether the answers to `request` are held to the threshold: in words, about photos.

    Photos are pictures that say nothing, and those for which the reader has a word.
    """
    if calibration is None or calibration.unsure_below is None or not seen:
        return False
    is_free = request.json_schema is None and request.calling is None and request.sampling.top_logprobs is None
    return is_free and (all(map(_says_nothing, seen)) or any(_has_word(part) for part in seen))


def _says_nothing(seen: SeenImage) -> bool:
    reading = seen.reading
    return reading is not None and not (reading.lines or reading.figures or reading.values)


def offered_by(request: GenerationRequest) -> str:
    """The text of the last turn, in small letters: a word that it offers is easier to be right about."""
    parts = request.messages[-1].parts if request.messages else ()
    return " ".join(part.text for part in parts if isinstance(part, TextPart)).casefold()


def _has_word(seen: SeenImage) -> bool:
    return seen.reading is not None and bool(seen.reading.objects)


async def hedged(
    stream: AsyncIterator[Delta], calibration: Calibration, seen: Sequence[SeenImage] = (), offered: str = ""
) -> AsyncGenerator[Delta, None]:
    """The pieces of `stream`; of a short answer that is less likely right than `unsure_below`, one that says so.

    A word for what a photo shows is as likely right as the reader that told it says, unless the question offers it.
    That piece has what was not said in `guess`. Nothing is let out before the answer ends or is too long to be held.
    """
    held: list[Delta] = []
    try:
        async for delta in stream:
            held.append(delta)
            if delta.finish_reason == "stop" and _is_guess(held, calibration, seen, offered):
                yield _instead(held)
                return
            if delta.finish_reason is not None or sum(one.n_tokens for one in held) > MOST_TOKENS:
                break
        for delta in held:
            yield delta
        if not held or held[-1].finish_reason is None:
            async for delta in stream:
                yield delta
    finally:
        await close_stream(stream)


def _is_guess(held: Sequence[Delta], calibration: Calibration, seen: Sequence[SeenImage], offered: str) -> bool:
    text = _text(held)
    values = value_logprobs(text, [token for delta in held for token in delta.tokens])
    if len(values) != 1 or values[0][1] is None or _SAID_ALREADY in text or calibration.unsure_below is None:
        return False
    told = told_word(text, [part.reading for part in seen])
    if told is not None and not shows(offered, told.word):
        return told.confidence < calibration.unsure_below
    if _YES_NO.match(text) or not all(map(_says_nothing, seen)):
        return False
    return calibration.apply(values[0][1]) < calibration.unsure_below


def _instead(held: Sequence[Delta]) -> Delta:
    n_tokens = sum(delta.n_tokens for delta in held)
    work = next((delta.work for delta in held if delta.work is not None), None)
    guess = _text(held).strip()
    return replace(held[-1], text=NOT_SURE, n_tokens=n_tokens, tokens=(), work=work, guess=guess)


def _text(held: Sequence[Delta]) -> str:
    return "".join(delta.text for delta in held)

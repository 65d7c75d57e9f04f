"""One question answered in this process: the answer on stdout, what was seen on stderr."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Literal

from sightline.chat import Answer
from sightline.chat.assembly import build_chat, image_loader, model_id_of
from sightline.chat.instructions import (
    Attribute,
    attributes_schema,
    instruction_with_attributes,
    parse_attributes,
)
from sightline.cli.pages import LoaderWithPages
from sightline.cli.pictures import Source, picture_sources, read_stdin
from sightline.cli.receipts import receipt_json, receipt_text
from sightline.cli.waiting import sign_of_life
from sightline.errors import EngineFault, InvalidRequest
from sightline.images.limits import ImageLimits
from sightline.types import Detail, GenerationRequest, ImagePart, Message, Sampling, TextPart


@dataclass(frozen=True, slots=True)
class Wish:
    """All that the command line says about one question."""

    names: tuple[str, ...]
    question: str
    fields: str | None
    detail: Detail
    max_tokens: int | None
    temperature: float
    model: str
    stream: bool
    receipt: Literal["text", "json", "none"]


def answer_wish(wish: Wish) -> None:
    """Answer, print, and free everything.

    Raises:
        InvalidRequest: What the caller can fix; also JSON that `max_tokens` cut short.
        ConfigError: If the model is not there.
        EngineFault: If the model fails, or writes JSON that is none.
    """
    started = time.monotonic()
    attributes = parse_attributes(wish.fields, "--json") if wish.fields is not None else ()
    sources = picture_sources(wish.names, lambda: read_stdin(ImageLimits().max_bytes))  # may wait: not in the loop
    asyncio.run(_answer(wish, sources, attributes, started))


async def _answer(wish: Wish, sources: Sequence[Source], attributes: Sequence[Attribute], started: float) -> None:
    loader = LoaderWithPages(image_loader(n_children=min(2, len(sources))))
    try:
        chat = build_chat([wish.model], images=loader, in_background=True)
        async with sign_of_life("Looking"):
            parts = await loader.parts(list(zip(wish.names, sources, strict=True)), wish.detail)
            answer = await chat.answer(_request(wish, parts, attributes))
            text = None if wish.stream and not attributes else await answer.text()
        await _print_answer(answer, text, wish, attributes)
        _print_receipt(wish, [part.param for part in parts], answer, (time.monotonic() - started) * 1e3)
        await chat.close()
    finally:
        await loader.close()


def _request(wish: Wish, parts: Sequence[ImagePart], attributes: Sequence[Attribute]) -> GenerationRequest:
    question = TextPart(instruction_with_attributes(wish.question, attributes))
    return GenerationRequest(
        model_id_of(wish.model),
        (Message("user", (*parts, question)),),
        Sampling(max_tokens=wish.max_tokens, temperature=wish.temperature),
        attributes_schema(attributes) if attributes else None,
    )


async def _print_answer(answer: Answer, text: str | None, wish: Wish, attributes: Sequence[Attribute]) -> None:
    if text is None:
        async with aclosing(answer.deltas) as deltas:
            async for delta in deltas:
                sys.stdout.write(delta.text)
                sys.stdout.flush()
        print()
        return
    print(_checked_json(text, answer, attributes) if attributes else text)
    sys.stdout.flush()


def _checked_json(text: str, answer: Answer, attributes: Sequence[Attribute]) -> str:
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if isinstance(value, dict) and value.keys() == {attribute.name for attribute in attributes}:
        return json.dumps(value, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None)
    if answer.finish_reason == "length":
        raise InvalidRequest("the answer was cut before its JSON was complete; give a larger --max-tokens")
    raise EngineFault("the model did not answer with the JSON that --json asks for")


def _print_receipt(wish: Wish, names: Sequence[str], answer: Answer, total_ms: float) -> None:
    if wish.receipt == "none":
        return
    write = receipt_json if wish.receipt == "json" else receipt_text
    print(write(names, answer, total_ms), file=sys.stderr)

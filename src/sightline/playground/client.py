"""One question to the HTTP API: what any client would send, and the answer as it arrives."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from sightline.chat.instructions import Attribute, attributes_schema, instruction_with_attributes
from sightline.errors import SightlineError
from sightline.playground.schema import instruction_for_schema

ANSWER_TIMEOUT_S = 180.0
CONNECT_TIMEOUT_S = 10.0
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a question; `name` is what it was called where it came from, `path` where it lies here."""

    content: bytes
    media_type: str = "image/png"
    name: str = "picture.png"
    path: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """What was asked, in the words that were sent, and answered."""

    asked: str
    answer: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the controls say, about one file or `more`. `model` None asks for the first model of the server."""

    picture: Attachment
    instruction: str = ""
    attributes: tuple[Attribute, ...] = ()
    low_quality: bool = False
    model: str | None = None
    schema: Mapping[str, Any] | None = None
    more: tuple[Attachment, ...] = ()
    earlier: tuple[Turn, ...] = ()

    @property
    def files(self) -> tuple[Attachment, ...]:
        """Every picture and document, in order."""
        return self.picture, *self.more


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer so far; the last one of a question is complete and carries what the server said about it."""

    text: str
    complete: bool = False
    receipt: Mapping[str, Any] | None = None
    usage: Mapping[str, Any] | None = None


class ServerError(SightlineError):
    """The server answered with an error; the message is the server's own."""


def data_url(attachment: Attachment) -> str:
    """A file as a data URL."""
    return f"data:{attachment.media_type};base64,{base64.b64encode(attachment.content).decode()}"


def request_body(question: Question, model: str, url_of: Callable[[Attachment], Any] = data_url) -> dict[str, Any]:
    """The body of `POST /v1/chat/completions` for a question; `url_of` says how a file stands in it."""
    first, *rest = [*(turn.asked for turn in question.earlier), instruction_of(question)]
    files = [_file_part(file, question, url_of(file)) for file in question.files]
    messages: list[dict[str, Any]] = [{"role": "user", "content": [*files, {"type": "text", "text": first}]}]
    for turn, text in zip(question.earlier, rest, strict=True):
        messages += [{"role": "assistant", "content": turn.answer}, {"role": "user", "content": text}]
    body: dict[str, Any] = {
        "model": model,
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0,
        "messages": messages,
    }
    if question.schema is not None:
        body["response_format"] = _response_format("answer", question.schema)
    elif question.attributes:
        body["response_format"] = _response_format("attributes", attributes_schema(question.attributes))
    return body


async def ask(base_url: str, key: str, question: Question) -> AsyncIterator[Answer]:
    """Yield the answer as it grows, and last the complete one.

    Raises:
        ServerError: If the server, or the way to it, gives an error.
    """
    headers = {"authorization": f"Bearer {key}"} if key else {}
    timeout = httpx.Timeout(ANSWER_TIMEOUT_S, connect=CONNECT_TIMEOUT_S)
    try:
        async with httpx.AsyncClient(base_url=base_url, headers=headers, timeout=timeout, trust_env=False) as http:
            model = question.model or await _first_model(http)
            async for answer in _stream(http, request_body(question, model)):
                yield answer
    except httpx.TimeoutException:
        raise ServerError(f"no answer within {ANSWER_TIMEOUT_S:.0f} s") from None
    except httpx.HTTPError:
        raise ServerError("the server closed the connection") from None


def instruction_of(question: Question) -> str:
    """The words that go with the pictures."""
    text = instruction_with_attributes(question.instruction, question.attributes)
    return text if question.schema is None else instruction_for_schema(text, question.schema)


def _file_part(file: Attachment, question: Question, url: Any) -> dict[str, Any]:
    if file.media_type == PDF:
        return {"type": "file", "file": {"filename": file.name, "file_data": url}}
    return {"type": "image_url", "image_url": {"url": url, "detail": "low" if question.low_quality else "high"}}


def _response_format(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "json_schema", "json_schema": {"name": name, "strict": True, "schema": schema}}


async def _first_model(http: httpx.AsyncClient) -> str:
    response = await http.get("/v1/models")
    if response.status_code != httpx.codes.OK:
        raise ServerError(_error_message(response.content, response.status_code))
    models = response.json()["data"]
    if not models:
        raise ServerError("the server has no model")
    return str(models[0]["id"])


async def _stream(http: httpx.AsyncClient, body: Mapping[str, Any]) -> AsyncIterator[Answer]:
    text, receipt, usage = "", None, None
    async with http.stream("POST", "/v1/chat/completions", json=body) as response:
        if response.status_code != httpx.codes.OK:
            raise ServerError(_error_message(await response.aread(), response.status_code))
        async for chunk in _events(response):
            if "error" in chunk:
                raise ServerError(str(chunk["error"].get("message") or "the answer broke off"))
            receipt = chunk.get("sightline") or receipt
            usage = chunk.get("usage") or usage
            piece = "".join(choice["delta"].get("content") or "" for choice in chunk["choices"])
            if piece:
                text += piece
                yield Answer(text)
    yield Answer(text, complete=True, receipt=receipt, usage=usage)


async def _events(response: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    async for line in response.aiter_lines():
        if line.startswith("data: ") and line != "data: [DONE]":
            yield json.loads(line.removeprefix("data: "))


def _error_message(content: bytes, status: int) -> str:
    try:
        return str(json.loads(content)["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"the server answered with status {status}"

"""The words every room uses: messages, content parts, sampling, deltas, usage.

Standard library only, nothing computed, nothing loaded. OpenAI's spelling lives in `api.wire`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Role = Literal["system", "user", "assistant", "tool"]
Detail = Literal["low", "high", "auto", "original"]
FinishReason = Literal["stop", "length", "tool_calls"]


@dataclass(frozen=True, slots=True)
class TextPart:
    """Text in a message."""

    text: str


@dataclass(frozen=True, slots=True)
class CallPart(TextPart):
    """A call that the assistant made in an earlier turn; `text` is how a model reads it that knows only text."""

    name: str
    arguments: str  # JSON text
    call_id: str = ""  # the form of 2023 has none

    @classmethod
    def of(cls, name: str, arguments: str, call_id: str = "") -> CallPart:
        """Return the call of `name` with `arguments`."""
        return cls(f"{name}({arguments})", name, arguments, call_id)


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that the caller uploaded before. The API puts a `Path` in its place before anyone loads it."""

    file_id: str


@dataclass(frozen=True, slots=True)
class ImagePart:
    """A picture in a message, not fetched or decoded yet.

    `source` is a URL string (data: or http(s)), the encoded bytes themselves, or a `Path`.
    A client of the API can never name a local file: only the command line makes a `Path`, and the store of uploads.
    `param` is the place in the request that an error names. With a `page` (from 1) it is that page of a PDF.
    """

    source: str | bytes | Path | Uploaded
    detail: Detail = "auto"
    param: str = "image"
    page: int | None = None


@dataclass(frozen=True, slots=True)
class FilePart:
    """A document in a message, to be seen page by page: a PDF as a data URL, base64, bytes, a `Path` or an upload."""

    source: str | bytes | Path | Uploaded
    detail: Detail = "auto"
    param: str = "file"


ContentPart = TextPart | ImagePart | FilePart


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of the conversation. `developer` has become `system` before this point."""

    role: Role
    parts: tuple[ContentPart, ...]
    name: str | None = None
    call_id: str | None = None  # of a `tool` turn: the call that it answers


USUAL_TEMPERATURE = 1.0  # OpenAI's, where neither the caller nor the model has another


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen. Ranges are checked at the wire."""

    max_tokens: int | None = None  # None: as many as the context leaves
    temperature: float | None = None  # 0: the likeliest token; None: nobody said, it is the model's own
    top_p: float = 1.0
    presence_penalty: float = 0.0
    frequency_penalty: float = 0.0
    seed: int | None = None
    stop: tuple[str, ...] = ()
    top_logprobs: int | None = None  # None: no probabilities; else those of the chosen token and of this many others
    logit_bias: tuple[tuple[int, float], ...] = ()  # (token id of the engine's own tokenizer, what its logit gains)


@dataclass(frozen=True, slots=True)
class Tool:
    """A function of the caller's. `parameters` is the JSON Schema of its arguments, one object."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Calling:
    """The functions that an answer may call, or, with `must`, calls."""

    tools: tuple[Tool, ...]
    must: bool = False
    parallel: bool = True  # whether it may call several


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """What a caller wants, whatever door it came through."""

    model: str
    messages: tuple[Message, ...]
    sampling: Sampling = field(default_factory=Sampling)
    json_schema: Mapping[str, Any] | None = None  # the answer is one JSON value that fits it
    n_choices: int = 1  # answers wanted, each drawn on its own
    calling: Calling | None = None
    owner: str = "local"  # who asks: what an engine keeps of a request is used for the same owner alone

    @property
    def images(self) -> tuple[ImagePart, ...]:
        """The pictures of all messages, in order."""
        return tuple(part for message in self.messages for part in message.parts if isinstance(part, ImagePart))


@dataclass(frozen=True, slots=True)
class Usage:
    """Token counts of one request."""

    prompt_tokens: int
    completion_tokens: int
    image_tokens: int = 0
    cached_tokens: int = 0  # of the prompt, what was not computed again

    @property
    def total_tokens(self) -> int:
        """Prompt and completion together."""
        return self.prompt_tokens + self.completion_tokens


@dataclass(frozen=True, slots=True)
class EngineTokens:
    """What an engine counted by its own tokens. `is_estimate`: it did not say, and this is a guess."""

    prompt: int
    completion: int
    is_estimate: bool = False


@dataclass(frozen=True, slots=True)
class TokenChance:
    """A token as UTF-8 bytes, which may be part of a character, and the natural logarithm of its probability."""

    data: bytes
    logprob: float


@dataclass(frozen=True, slots=True)
class ChosenToken:
    """A token of the answer, and what was likeliest in its place, best first."""

    data: bytes
    logprob: float
    others: tuple[TokenChance, ...] = ()


@dataclass(frozen=True, slots=True)
class CallPiece:
    """A piece of call `index` of an answer: its name, once, in the first, and JSON text of its arguments."""

    index: int
    name: str = ""
    arguments: str = ""


@dataclass(frozen=True, slots=True)
class EncodedImage:
    """What the encoder did for one picture of a prompt."""

    cached: bool  # it did nothing: what it made of these pixels was kept
    ms: float = 0.0


@dataclass(frozen=True, slots=True)
class PromptWork:
    """What a prompt took an engine. Tokens are the engine's own."""

    images: tuple[EncodedImage, ...]
    n_tokens: int
    n_reused: int  # of them, those whose keys and values were kept from an earlier prompt


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of the answer. The last one of each choice has a `finish_reason`, the others have none."""

    text: str = ""
    n_tokens: int = 0  # model tokens that this piece stands for
    finish_reason: FinishReason | None = None
    choice: int = 0  # which of the answers it belongs to
    call: CallPiece | None = None
    tokens: tuple[ChosenToken, ...] = ()  # those that the text was made of, if probabilities are wanted
    work: PromptWork | None = None  # with the first piece of an engine that tells
    repeats: bool = False  # in the last piece: the answer was cut because it went round in a circle
    guess: str = ""  # in the last piece: what the model would have said, had it been surer
    counted: EngineTokens | None = None  # in the last piece, if the engine is one that tells

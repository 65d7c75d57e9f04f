"""OpenAI's spelling of a chat request. `api.refusals` says in OpenAI's words what does not fit.

Tags in angle brackets never meet a key of a request, so a refusal can drop them from its path.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

MAX_MESSAGES = 256
MAX_STOPS = 4
MAX_BIASES = 1_024
MAX_STOP_CHARS = 1_000


class Wire(BaseModel):
    """Strict: no coercion, no unknown key."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, protected_namespaces=())


class TextPartIn(Wire):
    """Text."""

    type: Literal["text"]
    text: str
    prompt_cache_breakpoint: Any = None


class ImageUrlIn(Wire):
    """A picture by URL, http(s) or data."""

    url: str
    detail: Literal["low", "high", "auto", "original"] | None = None


def _url_tag(value: Any) -> str:
    return "<string>" if isinstance(value, str) else "<object>"


ImageRef = Annotated[Annotated[str, Tag("<string>")] | Annotated[ImageUrlIn, Tag("<object>")], Discriminator(_url_tag)]


class ImagePartIn(Wire):
    """A picture: an object with `url`, or the bare string of the first guides."""

    type: Literal["image_url"]
    image_url: ImageRef


class FileIn(Wire):
    """A document: a PDF in base64, or the id of an uploaded one."""

    file_data: str | None = None
    file_id: str | None = None
    filename: str | None = None  # the model is not told


class FilePartIn(Wire):
    """A document, to be seen page by page."""

    type: Literal["file"]
    file: FileIn
    prompt_cache_breakpoint: Any = None


class RefusalPartIn(Wire):
    """What an assistant said when it refused."""

    type: Literal["refusal"]
    refusal: str


class UnknownPartIn(Wire):
    """A part of a kind that is not taken; its `type` is refused by name."""

    model_config = ConfigDict(extra="ignore")
    type: Literal["text", "image_url", "file", "refusal"]


def _part_tag(value: Any) -> str:
    kind = value.get("type") if isinstance(value, dict) else None
    return f"<{kind}>" if kind in ("text", "image_url", "file", "refusal") else "<other>"


Part = Annotated[
    Annotated[TextPartIn, Tag("<text>")]
    | Annotated[ImagePartIn, Tag("<image_url>")]
    | Annotated[FilePartIn, Tag("<file>")]
    | Annotated[RefusalPartIn, Tag("<refusal>")]
    | Annotated[UnknownPartIn, Tag("<other>")],
    Discriminator(_part_tag),
]
Parts = Annotated[list[Part], Field(min_length=1, fail_fast=True)]


def _content_tag(value: Any) -> str:
    return "<parts>" if isinstance(value, list) else "<string>"


Content = Annotated[Annotated[str, Tag("<string>")] | Annotated[Parts, Tag("<parts>")], Discriminator(_content_tag)]


class FunctionCallIn(Wire):
    """The name and the JSON text of a call."""

    name: str
    arguments: str


class ToolCallIn(Wire):
    """A call that an assistant made in an earlier turn."""

    id: str
    type: Literal["function"]
    function: FunctionCallIn


class MessageIn(Wire):
    """One turn. Which keys a role may have is checked in `api.convert`."""

    role: Literal["system", "assistant", "user", "function", "tool", "developer"]
    content: Content | None = None
    name: Annotated[str, Field(max_length=64)] | None = None
    refusal: str | None = None
    tool_calls: Annotated[list[ToolCallIn], Field(min_length=1, max_length=128, fail_fast=True)] | None = None
    function_call: FunctionCallIn | None = None
    tool_call_id: str | None = None


FunctionName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$", max_length=64)]


class FunctionIn(Wire):
    """A function that may be called."""

    name: FunctionName
    description: str | None = None
    parameters: dict[str, Any] | None = None
    strict: bool | None = None


class ToolIn(Wire):
    """A function in today's wrapping."""

    type: Literal["function"]
    function: FunctionIn


class NamedFunctionIn(Wire):
    """The function that must be called."""

    name: str


class NamedToolIn(Wire):
    """The same in today's wrapping."""

    type: Literal["function"]
    function: NamedFunctionIn


def _word_tag(value: Any) -> str:
    return "<string>" if isinstance(value, str) else "<object>"


ToolChoice = Annotated[
    Annotated[Literal["none", "auto", "required"], Tag("<string>")] | Annotated[NamedToolIn, Tag("<object>")],
    Discriminator(_word_tag),
]
FunctionChoice = Annotated[
    Annotated[Literal["none", "auto"], Tag("<string>")] | Annotated[NamedFunctionIn, Tag("<object>")],
    Discriminator(_word_tag),
]


class JsonSchemaIn(Wire):
    """A named schema that the answer must fit."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$", max_length=64)]
    description: str | None = None
    schema_: Annotated[dict[str, Any] | None, Field(alias="schema")] = None
    strict: bool | None = None


class ResponseFormatIn(Wire):
    """Text, any JSON object, or JSON by a schema."""

    type: Literal["text", "json_object", "json_schema"]
    json_schema: JsonSchemaIn | None = None


class StreamOptionsIn(Wire):
    """What a stream carries besides its pieces."""

    include_usage: bool | None = None
    include_obfuscation: bool | None = None


def _stop_tag(value: Any) -> str:
    return "<array>" if isinstance(value, list) else "<string>"


StopText = Annotated[str, Field(max_length=MAX_STOP_CHARS)]
Stop = Annotated[
    Annotated[StopText, Tag("<string>")]
    | Annotated[list[StopText], Field(min_length=1, max_length=MAX_STOPS), Tag("<array>")],
    Discriminator(_stop_tag),
]
Bias = Annotated[int, Field(ge=-100, le=100)]
Penalty = Annotated[float, Field(ge=-2, le=2)]
MetadataKey = Annotated[str, Field(max_length=64)]
MetadataValue = Annotated[str, Field(max_length=512)]


class ChatRequestIn(Wire):
    """`POST /v1/chat/completions`."""

    model: str
    messages: Annotated[list[MessageIn], Field(min_length=1, max_length=MAX_MESSAGES, fail_fast=True)]
    max_tokens: Annotated[int, Field(ge=1)] | None = None
    max_completion_tokens: Annotated[int, Field(ge=1)] | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    top_p: Annotated[float, Field(ge=0, le=1)] | None = None
    n: Annotated[int, Field(ge=1, le=128)] | None = None
    stop: Stop | None = None
    stream: bool | None = None
    stream_options: StreamOptionsIn | None = None
    presence_penalty: Penalty | None = None
    frequency_penalty: Penalty | None = None
    seed: Annotated[int, Field(ge=-(2**63), le=2**63 - 1)] | None = None
    response_format: ResponseFormatIn | None = None
    logprobs: bool | None = None
    top_logprobs: Annotated[int, Field(ge=0, le=20)] | None = None
    logit_bias: Annotated[dict[str, Bias], Field(max_length=MAX_BIASES)] | None = None
    # Accepted and without effect here, as the contract marks them.
    user: str | None = None
    metadata: Annotated[dict[MetadataKey, MetadataValue], Field(max_length=16)] | None = None
    store: bool | None = None
    service_tier: Literal["auto", "default", "flex", "scale", "priority", "fast"] | None = None
    reasoning_effort: Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"] | None = None
    verbosity: Literal["low", "medium", "high"] | None = None
    prediction: dict[str, Any] | None = None
    moderation: Any = None
    prompt_cache_key: str | None = None
    prompt_cache_options: dict[str, Any] | None = None
    prompt_cache_retention: str | None = None
    safety_identifier: str | None = None
    modalities: list[Literal["text", "audio"]] | None = None
    # Known to OpenAI, not done here: anything that would have an effect is refused in `api.convert`.
    tools: Annotated[list[ToolIn], Field(min_length=1, max_length=128)] | None = None
    tool_choice: ToolChoice | None = None
    parallel_tool_calls: bool | None = None
    functions: Annotated[list[FunctionIn], Field(min_length=1, max_length=128)] | None = None
    function_call: FunctionChoice | None = None
    audio: Any = None
    web_search_options: Any = None

"""OpenAI's spelling of a Responses request. Refused in the words of `api.refusals`, as chat requests are."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from sightline.api.wire import FunctionIn, MetadataKey, MetadataValue, NamedFunctionIn, Wire

MIN_OUTPUT_TOKENS = 16
MAX_ITEMS = 256

Status = Literal["in_progress", "completed", "incomplete"]


class InputTextIn(Wire):
    """Text from a user, or from the system."""

    type: Literal["input_text"]
    text: str
    prompt_cache_breakpoint: Any = None


class InputImageIn(Wire):
    """A picture: by URL, http(s) or data, or by the id of an upload."""

    type: Literal["input_image"]
    image_url: str | None = None
    file_id: str | None = None
    detail: Literal["low", "high", "auto", "original"] | None = None
    prompt_cache_breakpoint: Any = None


class InputFileIn(Wire):
    """A document, to be seen page by page."""

    type: Literal["input_file"]
    file_data: str | None = None
    file_id: str | None = None
    file_url: str | None = None
    filename: str | None = None  # the model is not told
    detail: Literal["low", "high", "auto"] | None = None
    prompt_cache_breakpoint: Any = None


class OutputTextIn(Wire):
    """What an assistant said in an earlier turn."""

    type: Literal["output_text"]
    text: str
    annotations: list[Any] | None = None
    logprobs: list[Any] | None = None


class RefusalIn(Wire):
    """What an assistant said when it refused."""

    type: Literal["refusal"]
    refusal: str


class OtherPartIn(Wire):
    """A part of a kind that is not taken; its `type` is refused by name."""

    type: Literal["input_text", "input_image", "input_file", "output_text", "refusal"]


PARTS = ("input_text", "input_image", "input_file", "output_text", "refusal")


def _part_tag(value: Any) -> str:
    kind = value.get("type") if isinstance(value, dict) else getattr(value, "type", None)
    return f"<{kind}>" if kind in PARTS else "<other>"


PartIn = Annotated[
    Annotated[InputTextIn, Tag("<input_text>")]
    | Annotated[InputImageIn, Tag("<input_image>")]
    | Annotated[InputFileIn, Tag("<input_file>")]
    | Annotated[OutputTextIn, Tag("<output_text>")]
    | Annotated[RefusalIn, Tag("<refusal>")]
    | Annotated[OtherPartIn, Tag("<other>")],
    Discriminator(_part_tag),
]


def _text_or(tag: str) -> Discriminator:
    return Discriminator(lambda value: "<string>" if isinstance(value, str) else tag)


Parts = Annotated[list[PartIn], Field(min_length=1, fail_fast=True)]
Content = Annotated[Annotated[str, Tag("<string>")] | Annotated[Parts, Tag("<parts>")], _text_or("<parts>")]


class MessageItemIn(Wire):
    """One turn."""

    type: Literal["message"] = "message"
    role: Literal["user", "assistant", "system", "developer"]
    content: Content
    id: str | None = None
    status: Status | None = None
    phase: Any = None


class FunctionCallItemIn(Wire):
    """A call that an assistant made in an earlier turn."""

    type: Literal["function_call"]
    call_id: str
    name: str
    arguments: str
    id: str | None = None
    status: Status | None = None


class FunctionOutputItemIn(Wire):
    """What such a call returned."""

    type: Literal["function_call_output"]
    call_id: str
    output: Content
    id: str | None = None
    status: Status | None = None


class OtherItemIn(Wire):
    """An item of a kind that is not taken; its `type` is refused by name."""

    type: Literal["message", "function_call", "function_call_output"]


ITEMS = ("message", "function_call", "function_call_output")


def _item_tag(value: Any) -> str:
    kind = value.get("type", "message") if isinstance(value, dict) else getattr(value, "type", None)
    return f"<{kind}>" if kind in ITEMS else "<other>"


ItemIn = Annotated[
    Annotated[MessageItemIn, Tag("<message>")]
    | Annotated[FunctionCallItemIn, Tag("<function_call>")]
    | Annotated[FunctionOutputItemIn, Tag("<function_call_output>")]
    | Annotated[OtherItemIn, Tag("<other>")],
    Discriminator(_item_tag),
]
Items = Annotated[list[ItemIn], Field(min_length=1, max_length=MAX_ITEMS, fail_fast=True)]
Input = Annotated[Annotated[str, Tag("<string>")] | Annotated[Items, Tag("<items>")], _text_or("<items>")]


class FormatIn(Wire):
    """Text, any JSON object, or JSON by a schema."""

    type: Literal["text", "json_object", "json_schema"]
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$", max_length=64)] | None = None
    description: str | None = None
    schema_: Annotated[dict[str, Any] | None, Field(alias="schema")] = None
    strict: bool | None = None


class TextIn(Wire):
    """How the text of the answer is written."""

    format: FormatIn | None = None
    verbosity: Literal["low", "medium", "high"] | None = None


class ResponseStreamOptionsIn(Wire):
    """What a stream carries besides its pieces."""

    include_obfuscation: bool | None = None


class FunctionToolIn(FunctionIn):
    """A function that may be called."""

    type: Literal["function"]


class OtherToolIn(Wire):
    """A tool of a kind that is not here; its `type` is refused by name."""

    type: Literal["function"]


def _tool_tag(value: Any) -> str:
    kind = value.get("type") if isinstance(value, dict) else getattr(value, "type", None)
    return f"<{kind}>" if kind in ("function", "allowed_tools") else "<other>"


ToolIn = Annotated[
    Annotated[FunctionToolIn, Tag("<function>")] | Annotated[OtherToolIn, Tag("<other>")],
    Discriminator(lambda value: "<function>" if _tool_tag(value) == "<function>" else "<other>"),
]


class ChosenToolIn(NamedFunctionIn):
    """The function that must be called, or one of those that may be."""

    type: Literal["function"]


class AllowedToolsIn(Wire):
    """The only functions that may, or must, be called now."""

    type: Literal["allowed_tools"]
    mode: Literal["auto", "required"]
    tools: Annotated[list[ChosenToolIn], Field(min_length=1, max_length=128)]


class OtherChoiceIn(Wire):
    """A choice of a kind that is not here; its `type` is refused by name."""

    type: Literal["function", "allowed_tools"]


ToolChoiceIn = Annotated[
    Annotated[Literal["none", "auto", "required"], Tag("<string>")]
    | Annotated[ChosenToolIn, Tag("<function>")]
    | Annotated[AllowedToolsIn, Tag("<allowed_tools>")]
    | Annotated[OtherChoiceIn, Tag("<other>")],
    Discriminator(lambda value: "<string>" if isinstance(value, str) else _tool_tag(value)),
]


class AboutIn(Wire):
    """What `POST /v1/responses` and `POST /v1/responses/input_tokens` share."""

    input: Input | None = None
    instructions: str | None = None
    previous_response_id: str | None = None
    text: TextIn | None = None
    tools: Annotated[list[ToolIn], Field(max_length=128, fail_fast=True)] | None = None
    tool_choice: ToolChoiceIn | None = None
    parallel_tool_calls: bool | None = None
    reasoning: dict[str, Any] | None = None  # accepted and without effect: no model here reasons apart
    # Anything here that would have an effect is refused in `api.responses_convert`.
    conversation: Any = None
    truncation: Literal["auto", "disabled"] | None = None


class InputTokensIn(AboutIn):
    """`POST /v1/responses/input_tokens`."""

    model: str | None = None  # none: the first of `GET /v1/models`


class ResponseRequestIn(AboutIn):
    """`POST /v1/responses`."""

    model: str
    max_output_tokens: Annotated[int, Field(ge=MIN_OUTPUT_TOKENS)] | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    top_p: Annotated[float, Field(ge=0, le=1)] | None = None
    stream: bool | None = None
    stream_options: ResponseStreamOptionsIn | None = None
    store: bool | None = None
    include: list[str] | None = (
        None  # `message.output_text.logprobs` is done; the others are of tools that are not here
    )
    top_logprobs: Annotated[int, Field(ge=0, le=20)] | None = None
    metadata: Annotated[dict[MetadataKey, MetadataValue], Field(max_length=16)] | None = None
    user: str | None = None
    # Accepted and without effect here, as the contract marks them.
    max_tool_calls: Annotated[int, Field(ge=1)] | None = None
    prompt_cache_key: str | None = None
    prompt_cache_options: dict[str, Any] | None = None
    prompt_cache_retention: str | None = None
    safety_identifier: str | None = None
    service_tier: Literal["auto", "default", "flex", "scale", "priority", "fast"] | None = None
    # Anything here that would have an effect is refused in `api.responses_convert`.
    background: bool | None = None
    context_management: Any = None
    moderation: Any = None
    prompt: Any = None

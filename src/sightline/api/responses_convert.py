"""From a Responses request on the wire to what the rest of Sightline speaks, refusing what would be dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from sightline.api.convert import ANY_OBJECT, OPTIONS_WITHOUT_STREAM, check_prompt_length, says_json
from sightline.api.convert_tools import CHOICE_WITHOUT_TOOLS, named_tool, to_tool
from sightline.api.refusals import exactly_one, missing, quoted, refuse, unsupported_parameter, unsupported_value
from sightline.api.responses_wire import (
    AboutIn,
    AllowedToolsIn,
    ChosenToolIn,
    FormatIn,
    FunctionCallItemIn,
    FunctionOutputItemIn,
    FunctionToolIn,
    InputFileIn,
    InputImageIn,
    InputTextIn,
    InputTokensIn,
    ItemIn,
    MessageItemIn,
    OutputTextIn,
    PartIn,
    RefusalIn,
    ResponseRequestIn,
)
from sightline.api.schema_rules import schema_fault
from sightline.errors import InvalidRequest
from sightline.types import (
    Calling,
    CallPart,
    ContentPart,
    FilePart,
    GenerationRequest,
    ImagePart,
    Message,
    Role,
    Sampling,
    TextPart,
    Uploaded,
)

NO_JSON_WORD = (
    "Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'."
)
NO_CALL = "No tool call found for function call output with call_id {id}."
LOGPROBS = "message.output_text.logprobs"
OF_ASSISTANT = ("output_text", "refusal")
OF_OTHERS = ("input_text", "input_image", "input_file")
IN_HISTORY = "previous_response_id"  # what an error about an earlier turn names

Item = dict[str, Any]
About = TypeVar("About", bound=AboutIn)
_ITEMS: TypeAdapter[list[ItemIn]] = TypeAdapter(list[ItemIn])


@dataclass(frozen=True, slots=True)
class ResponseCall:
    """A request, and its own input as the items that are kept and shown."""

    wire: ResponseRequestIn
    items: list[Item]


def parse_response(body: Mapping[str, Any]) -> ResponseCall:
    """Read the body of `POST /v1/responses`.

    Raises:
        InvalidRequest: With OpenAI's text, code and path for the first thing that is wrong.
    """
    if body.get("model") in (None, ""):
        raise missing("model")
    wire = _validated(ResponseRequestIn, body)
    if wire.input is None and wire.previous_response_id is None:
        raise missing("input")
    for name in ("context_management", "moderation", "prompt"):
        if getattr(wire, name) is not None:
            raise unsupported_parameter(name)
    if wire.background:
        raise unsupported_parameter("background")
    if wire.stream_options is not None and not wire.stream:
        raise InvalidRequest(OPTIONS_WITHOUT_STREAM, param="stream_options")
    return ResponseCall(wire, new_items(wire))


def parse_count(body: Mapping[str, Any]) -> InputTokensIn:
    """Read the body of `POST /v1/responses/input_tokens`.

    Raises:
        InvalidRequest: As `parse_response`.
    """
    return _validated(InputTokensIn, body)


def _validated(kind: type[About], body: Mapping[str, Any]) -> About:
    try:
        wire = kind.model_validate(body)
    except ValidationError as error:
        raise refuse(error, body) from None
    if wire.conversation is not None:
        raise unsupported_parameter("conversation")
    if wire.truncation == "auto":
        raise unsupported_value("truncation", "'auto'")
    return wire


def new_items(wire: AboutIn) -> list[Item]:
    """Return the input as items, each with an id; a bare string is one message of a user."""
    if wire.input is None:
        return []
    if isinstance(wire.input, str):
        return [_item({"type": "message", "role": "user", "content": wire.input})]
    return [_item(item.model_dump(exclude_none=True)) for item in wire.input]


def _item(item: Item) -> Item:
    if isinstance(item.get("content"), str):
        kind = "output_text" if item["role"] == "assistant" else "input_text"
        item["content"] = [{"type": kind, "text": item["content"]}]
    prefix = {"message": "msg_", "function_call": "fc_"}.get(item["type"], "fco_")
    return {"id": prefix + token_hex(16), "status": "completed"} | item


def to_request(model: str, wire: AboutIn, history: Sequence[Item], items: Sequence[Item]) -> GenerationRequest:
    """Return the whole conversation: instructions, what went before, and the new input.

    Raises:
        InvalidRequest: If a part is out of place, the format wants what is not there, or a function cannot be called.
    """
    messages = [Message("system", (TextPart(wire.instructions),))] if wire.instructions is not None else []
    messages += to_messages(history, items)
    check_prompt_length(messages, param="input")
    schema = _schema(wire.text.format if wire.text else None, messages)
    sampling = _sampling(wire) if isinstance(wire, ResponseRequestIn) else Sampling()
    return GenerationRequest(model, tuple(messages), sampling, schema, calling=_calling(wire))


def to_messages(history: Sequence[Item], items: Sequence[Item]) -> list[Message]:
    """Return the turns of a conversation.

    Raises:
        InvalidRequest: If a part is out of place.
    """
    called: set[str] = set()
    messages = []
    for at, item in enumerate(_ITEMS.validate_python([*history, *items])):
        path = IN_HISTORY if at < len(history) else f"input[{at - len(history)}]"
        match item:
            case MessageItemIn():
                role: Role = "system" if item.role == "developer" else item.role
                messages.append(Message(role, tuple(_parts(item.content, path, item.role))))
            case FunctionCallItemIn():
                called.add(item.call_id)
                messages.append(Message("assistant", (CallPart.of(item.name, item.arguments, item.call_id),)))
            case FunctionOutputItemIn():
                if item.call_id not in called:
                    raise InvalidRequest(NO_CALL.format(id=item.call_id[:64]), param="input")
                parts = tuple(_parts(item.output, path, "tool", "output"))
                messages.append(Message("tool", parts, call_id=item.call_id))
    return messages


def _parts(content: str | list[PartIn], path: str, role: str, field: str = "content") -> Iterator[ContentPart]:
    if isinstance(content, str):
        yield TextPart(content)
        return
    for at, part in enumerate(content):
        here = path if path == IN_HISTORY else f"{path}.{field}[{at}]"
        allowed = OF_ASSISTANT if role == "assistant" else OF_OTHERS
        if part.type not in allowed:
            message = f"Invalid value: '{part.type}'. Supported values are: {quoted(allowed)}."
            raise InvalidRequest(message, param=f"{here}.type", code="invalid_value")
        match part:
            case InputTextIn() | OutputTextIn():
                yield TextPart(part.text)
            case RefusalIn():
                yield TextPart(part.refusal)
            case InputImageIn():
                yield _image(part, here)
            case InputFileIn():
                yield _file(part, here)


def _image(part: InputImageIn, path: str) -> ImagePart:
    name = exactly_one(path, {"file_id": part.file_id, "image_url": part.image_url})
    param = path if path == IN_HISTORY else f"{path}.{name}"
    source = part.image_url or "" if name == "image_url" else Uploaded(part.file_id or "")
    return ImagePart(source, part.detail or "auto", param)


def _file(part: InputFileIn, path: str) -> FilePart:
    if part.file_url is not None:
        raise unsupported_parameter(f"{path}.file_url")
    name = exactly_one(path, {"file_id": part.file_id, "file_data": part.file_data})
    param = path if path == IN_HISTORY else f"{path}.{name}"
    source = part.file_data or "" if name == "file_data" else Uploaded(part.file_id or "")
    return FilePart(source, part.detail or "auto", param)


def _calling(wire: AboutIn) -> Calling | None:
    """Return what may be called now: all functions, those that are allowed, or the one that is named."""
    tools = tuple(
        to_tool(each, f"tools[{at}]") for at, each in enumerate(wire.tools or ()) if isinstance(each, FunctionToolIn)
    )
    choice = wire.tool_choice
    if not tools and choice not in (None, "none", "auto"):
        message = CHOICE_WITHOUT_TOOLS.format(choice="tool_choice", tools="tools")
        raise InvalidRequest(message, param="tool_choice")
    if not tools or choice == "none":
        return None
    parallel = wire.parallel_tool_calls is not False
    match choice:
        case ChosenToolIn():
            return Calling((named_tool(choice.name, tools, "tool_choice", "tools"),), must=True, parallel=False)
        case AllowedToolsIn():
            allowed = tuple(named_tool(each.name, tools, "tool_choice", "tools") for each in choice.tools)
            return Calling(allowed, choice.mode == "required", parallel)
    return Calling(tools, choice == "required", parallel)


def wants_logprobs(wire: ResponseRequestIn) -> bool:
    """Whether the reply says how likely each token was."""
    return LOGPROBS in (wire.include or ()) or bool(wire.top_logprobs)


def _sampling(wire: ResponseRequestIn) -> Sampling:
    return Sampling(
        max_tokens=wire.max_output_tokens,
        temperature=wire.temperature,
        top_p=1.0 if wire.top_p is None else wire.top_p,
        top_logprobs=(wire.top_logprobs or 0) if wants_logprobs(wire) else None,
    )


def _schema(wire: FormatIn | None, messages: Sequence[Message]) -> Mapping[str, Any] | None:
    if wire is None or wire.type == "text":
        return None
    if wire.type == "json_object":
        if not says_json(messages):
            raise InvalidRequest(NO_JSON_WORD, param="input")
        return ANY_OBJECT
    if wire.name is None:
        raise missing("text.format.name")
    if wire.schema_ is None:
        raise missing("text.format.schema")
    fault = schema_fault(wire.schema_, strict=bool(wire.strict))
    if fault is not None:
        raise InvalidRequest(f"Invalid schema for response_format '{wire.name}': {fault}", param="text.format.schema")
    return wire.schema_ or ANY_OBJECT

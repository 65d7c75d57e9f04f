"""From a chat request on the wire to what the rest of Sightline speaks, refusing what would be dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from pydantic import ValidationError

from sightline.api.calls import PLAIN, CallForm
from sightline.api.convert_tools import to_calling
from sightline.api.refusals import (
    above_maximum,
    exactly_one,
    missing,
    refuse,
    shown,
    unsupported_parameter,
    unsupported_value,
)
from sightline.api.rules import Rules
from sightline.api.schema_rules import schema_fault
from sightline.api.strict import CLASSIC_MAX_TOKENS, check_strict, is_strictly_classic
from sightline.api.wire import (
    ChatRequestIn,
    FilePartIn,
    ImagePartIn,
    ImageUrlIn,
    MessageIn,
    RefusalPartIn,
    ResponseFormatIn,
    TextPartIn,
)
from sightline.errors import ContextTooLong, InvalidRequest
from sightline.types import (
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

DEFAULT_RULES = Rules()
MAX_PROMPT_CHARS = 200_000
MAX_ID_DIGITS = 9
ANY_OBJECT: Mapping[str, Any] = {"type": "object"}
NO_JSON_WORD = "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'."
BOTH_LIMITS = "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported."
OPTIONS_WITHOUT_STREAM = "The 'stream_options' parameter is only allowed when 'stream' is enabled."
ALTERNATIVES_WITHOUT_LOGPROBS = "The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled."
ORPHAN_TOOL = (
    "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'."
)
UNANSWERED_CALL = (
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. "
    "The following tool_call_ids did not have response messages: {ids}"
)
KEYS_OF_ROLE = {
    "refusal": ("assistant",),
    "tool_calls": ("assistant",),
    "function_call": ("assistant",),
    "tool_call_id": ("tool",),
}


@dataclass(frozen=True, slots=True)
class ChatCall:
    """A request and how its reply travels."""

    request: GenerationRequest
    stream: bool
    include_usage: bool
    calls: CallForm = PLAIN  # how the reply spells calls


def to_call(body: Mapping[str, Any], rules: Rules = DEFAULT_RULES) -> ChatCall:
    """Read a request body.

    Raises:
        InvalidRequest: With OpenAI's text, code and path for the first thing that is wrong.
    """
    check_strict(body, rules)
    try:
        wire = ChatRequestIn.model_validate(body)
    except ValidationError as error:
        raise refuse(error, body) from None
    if not wire.model:
        raise InvalidRequest("you must provide a model parameter")
    _refuse_unsupported(wire)
    _refuse_combinations(wire)
    if wire.n is not None and wire.n > rules.max_choices:
        raise above_maximum("n", rules.max_choices, wire.n)
    _check_tool_turns(wire.messages)
    messages = tuple(_message(message, f"messages[{at}]") for at, message in enumerate(wire.messages))
    check_prompt_length(messages, param="messages")
    schema = _schema(wire.response_format, messages)
    calling, form = to_calling(wire)
    sampling = _sampling(wire)
    if sampling.max_tokens is None and is_strictly_classic(wire.model, rules):
        sampling = replace(sampling, max_tokens=CLASSIC_MAX_TOKENS)
    request = GenerationRequest(wire.model, messages, sampling, schema, n_choices=wire.n or 1, calling=calling)
    options = wire.stream_options
    return ChatCall(request, bool(wire.stream), bool(options and options.include_usage), form)


def check_prompt_length(messages: Sequence[Message], *, param: str) -> None:
    """Refuse text that nobody should have to count the tokens of.

    Raises:
        ContextTooLong: Naming `param`.
    """
    n_chars = sum(len(part.text) for message in messages for part in message.parts if isinstance(part, TextPart))
    if n_chars > MAX_PROMPT_CHARS:
        raise ContextTooLong(
            f"This model's maximum context length is {MAX_PROMPT_CHARS} characters. However, your messages resulted in "
            f"{n_chars} characters. Please reduce the length of the messages.",
            param=param,
        )


def says_json(messages: Sequence[Message]) -> bool:
    """Whether the conversation has the word that OpenAI wants where any JSON object will do."""
    texts = (part.text for message in messages for part in message.parts if isinstance(part, TextPart))
    return any("json" in text.lower() for text in texts)


def _refuse_unsupported(wire: ChatRequestIn) -> None:
    for name in ("audio", "web_search_options"):
        if getattr(wire, name) is not None:
            raise unsupported_parameter(name)
    if wire.top_logprobs is not None and not wire.logprobs:
        raise InvalidRequest(ALTERNATIVES_WITHOUT_LOGPROBS, param="top_logprobs")
    if wire.modalities is not None and wire.modalities != ["text"]:
        raise unsupported_value("modalities", "anything but ['text']")


def _refuse_combinations(wire: ChatRequestIn) -> None:
    if wire.max_tokens is not None and wire.max_completion_tokens is not None:
        raise InvalidRequest(BOTH_LIMITS, param="max_tokens", code="invalid_parameter_combination")
    if wire.stream_options is not None and not wire.stream:
        raise InvalidRequest(OPTIONS_WITHOUT_STREAM, param="stream_options")


def _check_tool_turns(messages: Sequence[MessageIn]) -> None:
    waiting: set[str] = set()
    caller = 0
    for at, message in enumerate(messages):
        if message.role == "tool":
            if message.tool_call_id is None:
                raise missing(f"messages[{at}].tool_call_id")
            if message.tool_call_id not in waiting:
                raise InvalidRequest(ORPHAN_TOOL, param=f"messages.[{at}].role")
            waiting.discard(message.tool_call_id)
            continue
        _refuse_unanswered(waiting, caller)
        waiting, caller = {call.id for call in message.tool_calls or ()}, at
    _refuse_unanswered(waiting, caller)


def _refuse_unanswered(waiting: set[str], caller: int) -> None:
    if waiting:
        text = UNANSWERED_CALL.format(ids=", ".join(sorted(waiting))[:200])
        raise InvalidRequest(text, param=f"messages.[{caller}].role")


def _message(wire: MessageIn, path: str) -> Message:
    for key, roles in KEYS_OF_ROLE.items():
        if getattr(wire, key) is not None and wire.role not in roles:
            raise InvalidRequest(f"Unknown parameter: '{path}.{key}'.", param=f"{path}.{key}", code="unknown_parameter")
    if wire.role == "function" and not wire.name:
        raise missing(f"{path}.name")
    role = {"developer": "system", "function": "tool"}.get(wire.role, wire.role)
    return Message(cast(Role, role), tuple(_parts(wire, path)), wire.name, wire.tool_call_id)


def _parts(wire: MessageIn, path: str) -> Iterator[ContentPart]:
    if isinstance(wire.content, str):
        yield TextPart(wire.content)
    for at, part in enumerate(wire.content or () if not isinstance(wire.content, str) else ()):
        match part:
            case TextPartIn():
                yield TextPart(part.text)
            case ImagePartIn():
                yield _image(part, f"{path}.content[{at}].image_url")
            case FilePartIn():
                yield _file(part, f"{path}.content[{at}].file")
            case RefusalPartIn() if wire.role == "assistant":
                yield TextPart(part.refusal)
            case _:
                raise InvalidRequest(
                    f"Invalid value: '{part.type}'. Supported values are: 'text', 'image_url', and 'file'.",
                    param=f"{path}.content[{at}].type",
                    code="invalid_value",
                )
    if wire.refusal:
        yield TextPart(wire.refusal)
    for call in wire.tool_calls or ():
        yield CallPart.of(call.function.name, call.function.arguments, call.id)
    if wire.function_call is not None:
        yield CallPart.of(wire.function_call.name, wire.function_call.arguments)


def _image(part: ImagePartIn, path: str) -> ImagePart:
    if isinstance(part.image_url, ImageUrlIn):
        return ImagePart(part.image_url.url, part.image_url.detail or "auto", f"{path}.url")
    return ImagePart(part.image_url, "auto", path)


def _file(part: FilePartIn, path: str) -> FilePart:
    file_id = exactly_one(path, {"file_id": part.file.file_id, "file_data": part.file.file_data})
    if file_id == "file_id":
        return FilePart(Uploaded(part.file.file_id or ""), "auto", f"{path}.file_id")
    return FilePart(part.file.file_data or "", "auto", f"{path}.file_data")


def _sampling(wire: ChatRequestIn) -> Sampling:
    stop = (wire.stop,) if isinstance(wire.stop, str) else tuple(wire.stop or ())
    return Sampling(
        max_tokens=wire.max_tokens if wire.max_tokens is not None else wire.max_completion_tokens,
        temperature=wire.temperature,
        top_p=1.0 if wire.top_p is None else wire.top_p,
        presence_penalty=wire.presence_penalty or 0.0,
        frequency_penalty=wire.frequency_penalty or 0.0,
        seed=wire.seed,
        stop=tuple(text for text in stop if text),
        top_logprobs=(wire.top_logprobs or 0) if wire.logprobs else None,
        logit_bias=bias_of(wire.logit_bias),
    )


def bias_of(given: Mapping[str, float] | None) -> tuple[tuple[int, float], ...]:
    """Return `logit_bias` by the ids of its tokens.

    Raises:
        InvalidRequest: If a key is no id.
    """
    return tuple((_token_id(key), float(bias)) for key, bias in (given or {}).items())


def _token_id(key: str) -> int:
    if not (key.isascii() and key.isdigit() and len(key) <= MAX_ID_DIGITS):
        text = f"Invalid key in 'logit_bias': {shown(key)}. You should only be submitting non-negative integers."
        raise InvalidRequest(text, param="logit_bias")
    return int(key)


def _schema(wire: ResponseFormatIn | None, messages: Sequence[Message]) -> Mapping[str, Any] | None:
    if wire is None or wire.type == "text":
        return None
    if wire.type == "json_object":
        if not says_json(messages):
            raise InvalidRequest(NO_JSON_WORD, param="messages")
        return ANY_OBJECT
    if wire.json_schema is None:
        raise missing("response_format.json_schema")
    schema = wire.json_schema.schema_
    fault = schema_fault(schema or {}, strict=bool(wire.json_schema.strict))
    if fault is not None:
        message = f"Invalid schema for response_format '{wire.json_schema.name}': {fault}"
        raise InvalidRequest(message, param="response_format")
    return schema or ANY_OBJECT

"""The shapes of our replies, for the description of the API; a test holds real replies against them."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

FinishReason = Literal["stop", "length", "tool_calls", "function_call", "content_filter"]


class TokenChance(TypedDict):
    """A token and the logarithm of its probability."""

    token: str
    logprob: float
    bytes: list[int]


class TokenLogprob(TokenChance):
    """A token of the answer, with the likeliest in its place."""

    top_logprobs: list[TokenChance]


class Logprobs(TypedDict):
    """How likely each token of a choice was."""

    content: list[TokenLogprob]
    refusal: None


class PromptTokensDetails(TypedDict):
    """What a prompt's tokens are of, by OpenAI's count; `cached_tokens` were not computed again."""

    cached_tokens: int
    audio_tokens: int
    text_tokens: int
    image_tokens: int


class Usage(TypedDict):
    """What a request cost. The names of November 2023 tell no details where the server is to be strict."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int
    prompt_tokens_details: NotRequired[PromptTokensDetails]
    completion_tokens_details: NotRequired[dict[str, int]]


class Receipt(TypedDict):
    """What was seen, picture by picture, and what was said, value by value, with boxes in upright source pixels."""

    model: str
    images: list[dict[str, Any]]
    values: list[dict[str, Any]]
    cut_repetition: NotRequired[list[int]]
    unsure: NotRequired[list[dict[str, Any]]]
    prompt: NotRequired[dict[str, int]]
    engine_tokens: NotRequired[dict[str, Any]]


class ReplyMessage(TypedDict):
    """What the assistant said or called."""

    role: Literal["assistant"]
    content: str | None
    refusal: NotRequired[str | None]
    annotations: NotRequired[list[Any]]
    tool_calls: NotRequired[list[dict[str, Any]]]
    function_call: NotRequired[dict[str, str]]


class ReplyChoice(TypedDict):
    """One answer. The classic names have `finish_details`."""

    index: int
    message: ReplyMessage
    logprobs: NotRequired[Logprobs | None]
    finish_reason: NotRequired[FinishReason]
    finish_details: NotRequired[dict[str, Any]]


class ChatCompletion(TypedDict):
    """A whole answer to a conversation."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    system_fingerprint: NotRequired[str]
    choices: list[ReplyChoice]
    usage: Usage
    sightline: NotRequired[Receipt]


class TextLogprobs(TypedDict):
    """How likely each token of an older completion was; `text_offset` counts characters of its text."""

    tokens: list[str]
    token_logprobs: list[float]
    top_logprobs: list[dict[str, float]]
    text_offset: list[int]


class TextChoice(TypedDict):
    """One answer of the older form."""

    index: int
    text: str
    logprobs: TextLogprobs | None
    finish_reason: FinishReason


class TextCompletion(TypedDict):
    """A whole answer of the older form."""

    id: str
    object: Literal["text_completion"]
    created: int
    model: str
    system_fingerprint: str
    choices: list[TextChoice]
    usage: Usage
    sightline: Receipt


class ResponseUsage(TypedDict):
    """What a response cost."""

    input_tokens: int
    input_tokens_details: dict[str, int]
    output_tokens: int
    output_tokens_details: dict[str, int]
    total_tokens: int


class Response(TypedDict):
    """An answer in OpenAI's newer form; `output` has a message or calls."""

    id: str
    object: Literal["response"]
    created_at: int
    status: Literal["in_progress", "completed", "incomplete", "failed"]
    background: bool
    completed_at: int | None
    error: dict[str, Any] | None
    incomplete_details: dict[str, str] | None
    instructions: str | None
    max_output_tokens: int | None
    max_tool_calls: int | None
    model: str
    output: list[dict[str, Any]]
    parallel_tool_calls: bool
    previous_response_id: str | None
    prompt_cache_key: str | None
    reasoning: dict[str, Any]
    safety_identifier: str | None
    service_tier: str
    store: bool
    temperature: float | None
    text: dict[str, Any]
    tool_choice: Any
    tools: list[dict[str, Any]]
    top_logprobs: int
    top_p: float
    truncation: str
    usage: ResponseUsage | None
    user: str | None
    metadata: dict[str, Any]
    sightline: NotRequired[Receipt]


class InputTokens(TypedDict):
    """What a response's input would cost."""

    object: Literal["response.input_tokens"]
    input_tokens: int


class InputItems(TypedDict):
    """A page of a response's own input."""

    object: Literal["list"]
    data: list[dict[str, Any]]
    first_id: str | None
    last_id: str | None
    has_more: bool


class CountedUsage(TypedDict):
    """What a request would cost before its answer."""

    prompt_tokens: int
    text_tokens: int
    image_tokens: int


class Plan(TypedDict):
    """The pixels that would be seen of a picture, and the tiles that they are counted as."""

    width: int
    height: int
    columns: int
    rows: int
    tiles: int


class CountedPicture(TypedDict):
    """What a picture would become, at the detail asked for and at both, and its tokens under each family's rule."""

    param: str
    format: str
    bytes: int
    width: int
    height: int
    orientation: int
    notes: list[str]
    detail: str
    used: Plan
    low: Plan
    high: Plan
    tokens: int
    tokens_by_family: dict[str, dict[str, Any]]


class Count(TypedDict):
    """What a chat request would cost and take; of the time, what is not known is null and `unknown` says why."""

    object: Literal["sightline.count"]
    model: str
    usage: CountedUsage
    images: list[CountedPicture]
    seconds: dict[str, Any]


class Preview(TypedDict):
    """The receipts of a request's pictures, each with the very pixels that the model would get."""

    object: Literal["sightline.preview"]
    model: str
    images: list[dict[str, Any]]


class ModelFacts(TypedDict):
    """What is known of the model behind a name; `memory_bytes` is about what it takes once it is loaded."""

    model: str
    good_at: str | None
    state: Literal["loaded", "loading", "unloaded", "elsewhere"]
    memory_bytes: int | None


class Model(TypedDict):
    """A name that may be asked."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str
    sightline: ModelFacts


class ModelList(TypedDict):
    """All names that may be asked."""

    object: Literal["list"]
    data: list[Model]


class File(TypedDict):
    """A file that was uploaded, or that a batch wrote."""

    id: str
    object: Literal["file"]
    bytes: int
    created_at: int
    filename: str
    purpose: str
    status: str
    status_details: None
    expires_at: int | None


class FileList(TypedDict):
    """A page of files."""

    object: Literal["list"]
    data: list[File]
    first_id: str | None
    last_id: str | None
    has_more: bool


class Deleted(TypedDict):
    """Something that is gone."""

    id: str
    object: str
    deleted: Literal[True]


class RequestCounts(TypedDict):
    """How far a batch is."""

    total: int
    completed: int
    failed: int


class Batch(TypedDict):
    """A file of requests and what became of it. Times are seconds since 1970."""

    id: str
    object: Literal["batch"]
    endpoint: str
    errors: dict[str, Any] | None
    input_file_id: str
    completion_window: str
    status: str
    output_file_id: str | None
    error_file_id: str | None
    created_at: int
    expires_at: int
    in_progress_at: int | None
    finalizing_at: int | None
    completed_at: int | None
    failed_at: int | None
    expired_at: int | None
    cancelling_at: int | None
    cancelled_at: int | None
    request_counts: RequestCounts
    metadata: dict[str, str] | None


class BatchList(TypedDict):
    """A page of batches."""

    object: Literal["list"]
    data: list[Batch]
    first_id: str | None
    last_id: str | None
    has_more: bool

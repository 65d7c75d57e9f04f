"""What is served, route by route, and what of each request has no effect or is refused: every page starts here.

A test walks the routes of the application and the fields of the wire models; what stands in neither fails it by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sightline.api import reply_shapes as shapes
from sightline.api.batches import BatchRequestIn
from sightline.api.completions_wire import CompletionRequestIn
from sightline.api.responses_wire import InputTokensIn, ResponseRequestIn
from sightline.api.wire import ChatRequestIn, Wire


@dataclass(frozen=True, slots=True)
class Operation:
    """A method on a path. The same path answers without `/v1` too."""

    method: str
    path: str
    says: str
    body: type[Wire] | None = None
    form: tuple[str, ...] = ()  # fields of a multipart form
    query: tuple[str, ...] = ()
    reply: str = "application/json"
    shape: Any = None  # of a reply in JSON, where `api.reply_shapes` has it
    streams: bool = False
    status: int = 200


@dataclass(frozen=True, slots=True)
class Support:
    """The fields of a body that are not simply done. `refused` has a value that is refused for each."""

    without_effect: tuple[str, ...] = ()
    refused: Mapping[str, Any] = field(default_factory=dict)


PAGE = ("after", "limit", "order")
OPERATIONS = (
    Operation(
        "POST",
        "/v1/chat/completions",
        "Answer a conversation with pictures.",
        ChatRequestIn,
        streams=True,
        shape=shapes.ChatCompletion,
    ),
    Operation(
        "POST",
        "/v1/completions",
        "Answer the guide's older form.",
        CompletionRequestIn,
        streams=True,
        shape=shapes.TextCompletion,
    ),
    Operation(
        "POST",
        "/v1/engines/{engine}/completions",
        "The same, the model named in the path.",
        CompletionRequestIn,
        streams=True,
        shape=shapes.TextCompletion,
    ),
    Operation(
        "POST", "/v1/responses", "Answer OpenAI's newer form.", ResponseRequestIn, streams=True, shape=shapes.Response
    ),
    Operation(
        "POST",
        "/v1/responses/input_tokens",
        "Count what such a request would cost.",
        InputTokensIn,
        shape=shapes.InputTokens,
    ),
    Operation(
        "GET",
        "/v1/responses/{response_id}",
        "Show a stored response.",
        query=("include", "stream"),
        shape=shapes.Response,
    ),
    Operation("DELETE", "/v1/responses/{response_id}", "Delete a stored response.", shape=shapes.Deleted),
    Operation(
        "GET",
        "/v1/responses/{response_id}/input_items",
        "List its own input.",
        query=("include", *PAGE),
        shape=shapes.InputItems,
    ),
    Operation("POST", "/v1/responses/{response_id}/cancel", "Always refused: nothing runs in the background."),
    Operation(
        "POST",
        "/v1/sightline/count",
        "What a chat request would cost, without running the model.",
        ChatRequestIn,
        shape=shapes.Count,
    ),
    Operation(
        "POST",
        "/v1/sightline/preview",
        "The very pixels that the model would get of each picture, as PNG data URLs, without running it; `region` "
        "(x0,y0,x1,y1 in upright source pixels) cuts out a part of the only one. "
        "With the header `x-sightline-reading: 1` also the lines.",
        ChatRequestIn,
        query=("region",),
        shape=shapes.Preview,
    ),
    Operation("GET", "/v1/models", "List what may be asked.", shape=shapes.ModelList),
    Operation("GET", "/v1/models/{model}", "Show one of it.", shape=shapes.Model),
    Operation(
        "POST",
        "/v1/files",
        "Upload a file.",
        form=("purpose", "file", "expires_after[anchor]", "expires_after[seconds]"),
        shape=shapes.File,
    ),
    Operation("GET", "/v1/files", "List your files.", query=("purpose", *PAGE), shape=shapes.FileList),
    Operation("GET", "/v1/files/{file_id}", "Show a file.", shape=shapes.File),
    Operation("DELETE", "/v1/files/{file_id}", "Delete a file.", shape=shapes.Deleted),
    Operation("GET", "/v1/files/{file_id}/content", "Fetch what a file holds.", reply="application/octet-stream"),
    Operation("POST", "/v1/batches", "Take in a file of requests.", BatchRequestIn, shape=shapes.Batch),
    Operation(
        "GET", "/v1/batches", "List your batches, newest first.", query=("after", "limit"), shape=shapes.BatchList
    ),
    Operation("GET", "/v1/batches/{batch_id}", "Show a batch: its state, its counts, its files.", shape=shapes.Batch),
    Operation("POST", "/v1/batches/{batch_id}/cancel", "Let no further request of it begin.", shape=shapes.Batch),
    Operation("GET", "/health/live", "Whether the process answers. No key."),
    Operation("GET", "/health/ready", "Whether its models answer. No key."),
    Operation("GET", "/metrics", "The server's figures for Prometheus.", reply="text/plain"),
    Operation("GET", "/openapi.json", "This description for programs."),
)
ABOUT_REFUSED: Mapping[str, Any] = {
    "conversation": "conv_1",
    "truncation": "auto",
}
SUPPORT: Mapping[type[Wire], Support] = {
    ChatRequestIn: Support(
        without_effect=(
            "user", "metadata", "store", "service_tier", "reasoning_effort", "verbosity", "prediction", "moderation",
            "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention", "safety_identifier",
        ),
        refused={
            "modalities": ["text", "audio"],
            "audio": {"voice": "alloy", "format": "wav"},
            "web_search_options": {},
        },
    ),
    CompletionRequestIn: Support(without_effect=("user",), refused={"suffix": "z"}),
    ResponseRequestIn: Support(
        without_effect=(
            "reasoning", "stream_options", "user", "max_tool_calls", "prompt_cache_key",
            "prompt_cache_options", "prompt_cache_retention", "safety_identifier", "service_tier",
        ),
        refused={
            **ABOUT_REFUSED,
            "background": True,
            "context_management": [],
            "moderation": {},
            "prompt": {"id": "p"},
        },
    ),
    InputTokensIn: Support(without_effect=("reasoning", "parallel_tool_calls"), refused=ABOUT_REFUSED),
    BatchRequestIn: Support(),
}  # fmt: skip

"""The input of a batch: JSON Lines, each a request with a name of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sightline.api.json_body import parse_object
from sightline.errors import InvalidRequest
from sightline.store.batches import Line

MAX_LINES = 50_000
MAX_ERRORS = 100  # told of one input
MAX_ID_CHARS = 512
KEYS = ("custom_id", "method", "url", "body")


@dataclass(frozen=True, slots=True)
class LineError(Exception):
    """What is wrong with a line, as OpenAI lists it."""

    code: str
    message: str
    param: str | None = None


def validate(path: Path, endpoint: str, max_line_bytes: int) -> tuple[list[Line], list[dict[str, object]]]:
    """Return the lines of an input, and what is wrong with it: a batch with any error is not run at all."""
    lines: list[Line] = []
    errors: list[dict[str, object]] = []
    names: set[str] = set()
    for number, start, data in raw_lines(path, max_line_bytes):
        try:
            name = _name_of(data, endpoint, max_line_bytes)
            if name in names:
                raise LineError(
                    "duplicate_custom_id", f"The custom_id for this request is a duplicate: '{name[:64]}'.", "custom_id"
                )
        except LineError as error:
            errors.append({"code": error.code, "message": error.message, "param": error.param, "line": number})
            if len(errors) == MAX_ERRORS:
                break
            continue
        names.add(name)
        lines.append(Line(number, name, start, len(data)))
        if len(lines) > MAX_LINES:
            return [], [_whole("too_many_tasks", f"The file has more than {MAX_LINES} requests, which is the limit.")]
    if not lines and not errors:
        errors.append(_whole("empty_file", "The input file is empty: there is no request in it."))
    return lines, errors


def read_request(path: Path, line: Line) -> dict[str, Any]:
    """Return the body of a line that was found valid."""
    with path.open("rb") as file:
        file.seek(line.start)
        body: dict[str, Any] = parse_object(file.read(line.n_bytes))["body"]
    return body


def raw_lines(path: Path, max_line_bytes: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield number (from 1), place and bytes of each line that is not blank; of a long one only that it is too long."""
    number, start = 0, 0
    with path.open("rb") as file:
        while data := file.readline(max_line_bytes + 1):
            number += 1
            n_bytes = len(data)
            tail = data
            while not tail.endswith(b"\n") and (tail := file.readline(max_line_bytes + 1)):
                n_bytes += len(tail)
            if data.strip():
                yield number, start, data
            start += n_bytes


def _name_of(data: bytes, endpoint: str, max_line_bytes: int) -> str:
    if len(data) > max_line_bytes:
        raise LineError("request_too_large", f"This line is over the limit of {max_line_bytes} bytes.")
    try:
        request = parse_object(data)
    except InvalidRequest:
        raise LineError("invalid_json_line", "This line is not parseable as valid JSON.") from None
    _check(request, endpoint)
    return str(request["custom_id"])


def _check(request: Mapping[str, Any], endpoint: str) -> None:
    for key in KEYS:
        if key not in request:
            raise LineError("missing_required_parameter", f"Missing required parameter: '{key}'.", key)
    for key in request:
        if key not in KEYS:
            raise LineError("unknown_parameter", f"Unknown parameter: '{key[:64]}'.", key[:64])
    name = request["custom_id"]
    if not isinstance(name, str) or not 0 < len(name) <= MAX_ID_CHARS:
        raise LineError(
            "invalid_custom_id", f"custom_id must be a string of 1 to {MAX_ID_CHARS} characters.", "custom_id"
        )
    if request["method"] != "POST":
        raise LineError("invalid_method", "The method of each request must be 'POST'.", "method")
    if request["url"] != endpoint:
        text = f"The url of each request must be the batch's endpoint, '{endpoint}'."
        raise LineError("mismatched_endpoint", text, "url")
    if not isinstance(request["body"], dict):
        raise LineError("invalid_type", "Invalid type for 'body': expected an object.", "body")
    if request["body"].get("stream"):
        raise LineError("invalid_value", "A request of a batch cannot stream.", "body.stream")


def _whole(code: str, message: str) -> dict[str, object]:
    return {"code": code, "message": message, "param": None, "line": None}

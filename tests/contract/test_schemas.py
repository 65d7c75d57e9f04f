"""Answers held to a schema, and schemas that are refused: T62 to T65."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import openai
import pytest
from pydantic import BaseModel

from serving import CHAT, data_url, hello, image_part, picture


class Item(BaseModel):
    name: str
    price: float | None


class Receipt(BaseModel):
    vendor: str
    items: list[Item]
    paid: bool


def test_t63_the_sdk_parses_a_model_with_a_picture_in_the_order_of_its_schema(sdk: openai.OpenAI) -> None:
    content: Any = [{"type": "text", "text": "Read it"}, image_part(data_url(picture()))]
    reply = sdk.chat.completions.parse(
        model="gpt-4o", messages=[{"role": "user", "content": content}], response_format=Receipt
    )
    message = reply.choices[0].message
    assert message.parsed is not None
    assert message.parsed.vendor.startswith("Read it\nimage1: ")
    assert list(json.loads(message.content or "")) == ["vendor", "items", "paid"]


def test_t63_an_answer_that_was_cut_raises_the_sdks_own_error(sdk: openai.OpenAI) -> None:
    with pytest.raises(openai.LengthFinishReasonError):
        sdk.chat.completions.parse(
            model="gpt-4o", messages=[{"role": "user", "content": "Read"}], response_format=Receipt, max_tokens=2
        )


def schema_format(schema: Any, **more: Any) -> dict[str, Any]:
    return {"type": "json_schema", "json_schema": {"name": "x", "schema": schema, **more}}


WHOLE: dict[str, Any] = {
    "type": "object",
    "properties": {"a": {"type": "string"}},
    "required": ["a"],
    "additionalProperties": False,
}


def test_t65_a_schema_that_is_not_strict_gives_valid_json(http: httpx2.Client) -> None:
    loose = {"title": "X", "type": "object", "properties": {"a": {"title": "A", "type": "integer"}}}
    content = http.post(CHAT, json=hello(response_format=schema_format(loose))).json()["choices"][0]["message"][
        "content"
    ]
    assert json.loads(content) == {"a": 0}


@pytest.mark.parametrize(
    ("schema", "fault"),
    [
        (
            {**WHOLE, "additionalProperties": True},
            "In context=(), 'additionalProperties' is required to be supplied and to be false.",
        ),
        (
            {key: value for key, value in WHOLE.items() if key != "required"},
            "In context=(), 'required' is required to be supplied and to be an array including every key in "
            "properties. Missing 'a'.",
        ),
        (
            {**WHOLE, "required": []},
            "In context=(), 'required' is required to be supplied and to be an array including every key in "
            "properties. Missing 'a'.",
        ),
        (
            {**WHOLE, "properties": {"a": {"type": "object", "properties": {}}}},
            "In context=('properties', 'a'), 'additionalProperties' is required to be supplied and to be false.",
        ),
        (
            {**WHOLE, "properties": {"a": {"type": "array", "items": {"allOf": [{"type": "string"}]}}}},
            "In context=('properties', 'a', 'items'), 'allOf' is not permitted.",
        ),
        ({**WHOLE, "properties": {"a": {}}}, "In context=('properties', 'a'), schema must have a 'type' key."),
        ({"type": "array"}, "schema must be a JSON Schema of 'type: \"object\"', got 'type: \"array\"'."),
        (
            {**WHOLE, "properties": {"a": {"enum": [str(at) for at in range(1001)]}}},
            "it has 1001 enum values; the limit is 1000.",
        ),
    ],
)
def test_t64_a_strict_schema_with_a_fault_is_refused_where_it_is(http: httpx2.Client, schema: Any, fault: str) -> None:
    reply = http.post(CHAT, json=hello(response_format=schema_format(schema, strict=True)))
    error = reply.json()["error"]
    assert reply.status_code == 400
    assert error["message"] == f"Invalid schema for response_format 'x': {fault}"
    assert (error["param"], error["code"]) == ("response_format", None)


def test_a_recursive_strict_schema_is_taken(http: httpx2.Client) -> None:
    tree = {
        "type": "object",
        "properties": {"next": {"anyOf": [{"$ref": "#"}, {"type": "null"}]}},
        "required": ["next"],
        "additionalProperties": False,
    }
    reply = http.post(CHAT, json=hello(response_format=schema_format(tree, strict=True)))
    assert reply.status_code == 200
    assert set(json.loads(reply.json()["choices"][0]["message"]["content"])) == {"next"}

from __future__ import annotations

import pytest

from sightline.api.convert import to_call
from sightline.chat.instructions import attributes_schema, parse_attributes
from sightline.errors import InvalidRequest
from sightline.playground.client import Attachment, Question, request_body
from sightline.playground.schema import SchemaRow, instruction_for_schema, read_schema, schema_from_rows


def test_rows_become_the_schema_that_the_attributes_would_with_their_descriptions() -> None:
    rows = [
        SchemaRow(" vendor "),
        SchemaRow("total", "number", "with tax"),
        SchemaRow(""),
        SchemaRow("items", "list of texts"),
    ]
    schema = schema_from_rows(rows)
    assert schema["properties"]["total"].pop("description") == "with tax"
    assert schema == attributes_schema(parse_attributes("vendor, total float, items list"))


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([SchemaRow("", "text", "what it costs")], "row 1 has a description and no name"),
        ([SchemaRow(" ")], "at least one row"),
        ([SchemaRow("a"), SchemaRow("a ")], "'a' is named more than once"),
        ([SchemaRow("a" * 65)], "65 characters; the limit is 64"),
    ],
)
def test_rows_that_are_no_schema_are_refused(rows: list[SchemaRow], says: str) -> None:
    with pytest.raises(InvalidRequest, match=says):
        schema_from_rows(rows)


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"properties": {}}', '{"properties": []}', "[" * 100_000])
def test_a_text_that_is_no_schema_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequest, match="JSON schema: it"):
        read_schema(text)


def test_a_schema_reaches_the_prompt_and_the_request() -> None:
    schema = schema_from_rows([SchemaRow("vendor"), SchemaRow("total", "number", "with tax")])
    request = to_call(request_body(Question(Attachment(b""), instruction="Read it.", schema=schema), "m")).request
    assert request.json_schema == schema
    assert request.messages[0].parts[1].text == (  # type: ignore[union-attr]
        "Read it.\n\nReturn the attributes as JSON:\n- vendor\n- total: number (with tax)"
    )


def test_any_shape_of_property_has_a_line() -> None:
    properties = {"a": True, "b": {"type": 3}, "c": {"type": ["array", "null"], "items": {"type": "number"}}, "d": {}}
    lines = instruction_for_schema("", {"properties": properties}).splitlines()[-4:]
    assert lines == ["- a", "- b", "- c: number", "- d"]

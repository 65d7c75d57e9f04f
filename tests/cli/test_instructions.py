from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.chat.instructions import (
    DEFAULT_INSTRUCTION,
    Attribute,
    attributes_schema,
    instruction_with_attributes,
    parse_attributes,
)
from sightline.errors import InvalidRequest

NAMES = st.lists(st.from_regex(r"[a-z]{3,12}(_[a-z]{3,8})?", fullmatch=True), min_size=1, max_size=8, unique=True)
KINDS = {"str": "string", "int": "integer", "float": "number", "bool": "boolean"}


def test_the_list_of_the_guide_is_read() -> None:
    assert parse_attributes("vendor, total float, date") == (
        Attribute("vendor"),
        Attribute("total", "number"),
        Attribute("date"),
    )


def test_a_pasted_list_and_names_of_several_words_are_read() -> None:
    assert parse_attributes("- invoice number int\n* paid bool\n\n- items list\n- prices list[float]") == (
        Attribute("invoice number", "integer"),
        Attribute("paid", "boolean"),
        Attribute("items", many=True),
        Attribute("prices", "number", many=True),
    )


def test_a_word_that_is_no_type_belongs_to_the_name() -> None:
    assert parse_attributes("due date, list, tags list[date]") == (
        Attribute("due date"),
        Attribute("list"),
        Attribute("tags list[date]"),
    )


@given(NAMES, st.sampled_from(sorted(KINDS)), st.sampled_from([", ", "\n", ",\n", ";"]))
def test_every_list_gives_a_schema_with_its_names_in_order(names: list[str], kind: str, between: str) -> None:
    schema = attributes_schema(parse_attributes(between.join(f"{name} {kind}" for name in names)))
    assert list(schema["properties"]) == schema["required"] == names
    assert all(value == {"type": [KINDS[kind], "null"]} for value in schema["properties"].values())
    assert schema["additionalProperties"] is False
    json.dumps(schema)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "names no attribute"),
        (" ,\n- ", "names no attribute"),
        ("a, a", "more than once"),
        ("x" * 65, "limit is 64"),
    ],
)
def test_a_list_that_cannot_work_is_refused_with_the_field_and_the_limit(text: str, says: str) -> None:
    with pytest.raises(InvalidRequest, match=says) as caught:
        parse_attributes(text, "--json")
    assert caught.value.message.startswith("--json")
    with pytest.raises(InvalidRequest, match="101 attributes; the limit is 100"):
        parse_attributes(",".join(f"a{number}" for number in range(101)))


def test_an_empty_instruction_is_the_default_one() -> None:
    assert instruction_with_attributes("  ", ()) == DEFAULT_INSTRUCTION
    assert instruction_with_attributes(" How many? ", ()) == "How many?"


def test_the_prompt_gains_the_list_of_attributes() -> None:
    text = instruction_with_attributes("", parse_attributes("vendor, total float"))
    assert text == f"{DEFAULT_INSTRUCTION}\n\nReturn the attributes as JSON:\n- vendor\n- total: number"

"""What the echo engine answers where a schema is to be kept."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.engines.echo_json import fitting
from sightline.errors import InvalidRequest


def test_every_property_is_there_with_the_first_value_that_fits() -> None:
    schema = {
        "type": "object",
        "properties": {
            "vendor": {"type": "string"},
            "total": {"type": "number", "minimum": 5},
            "lines": {"type": "array", "items": {"$ref": "#/$defs/kind"}},
            "paid": {"type": "boolean"},
        },
        "$defs": {"kind": {"enum": ["a", "b"]}},
    }
    assert fitting(schema, "seen", "tools") == {"vendor": "seen", "total": 5, "lines": ["a"], "paid": True}
    assert fitting({"anyOf": [{"type": "null"}, {"const": 3}]}, "", "tools") is None
    assert fitting({"oneOf": [{"$ref": "#/oneOf/1"}, {"const": 3}]}, "", "tools") == 3


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "nonsense"}, {"type": []}, {"type": 5}, {"enum": []}, {"anyOf": []}, {"anyOf": 5}, {"properties": []},
        {"type": "array", "minItems": "many"}, {"type": "array", "minItems": 10**9}, {"$ref": "#/nowhere"},
        {"$ref": "#"}, {"properties": {"a": 5}},
        {"type": "integer", "exclusiveMinimum": "low"}, {"type": "string", "pattern": "a+"},
    ],
)  # fmt: skip
def test_a_schema_that_is_none_or_cannot_be_kept_is_refused_by_name(schema: dict[str, Any]) -> None:
    with pytest.raises(InvalidRequest) as refused:
        fitting(schema, "seen", "response_format")
    assert refused.value.param == "response_format"


KEYWORDS = ("type", "properties", "items", "enum", "const", "anyOf", "oneOf", "$ref", "minItems", "minimum", "maximum")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["object", "array", "string", "#/x", "#/items"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYWORDS), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(KEYWORDS), JSON, max_size=4))
def test_no_schema_ends_in_anything_but_a_value_or_a_refusal(schema: dict[str, Any]) -> None:
    with suppress(InvalidRequest):
        fitting(schema, "seen", "tools")

"""What stands behind the question mark: pages of a list, and whatever else a route allows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.types import Scope

from sightline.api.refusals import quoted, shown
from sightline.errors import InvalidRequest

MAX_QUERY_FIELDS = 32


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is wanted: up to `limit` items, from behind the one called `after` on."""

    limit: int
    newest_first: bool
    after: str | None


def read_query(scope: Scope, allowed: Collection[str]) -> dict[str, str]:
    """Return the fields of the query.

    Raises:
        InvalidRequest: If there is one that is not in `allowed`.
    """
    try:
        fields = dict(parse_qsl(scope["query_string"].decode("latin-1"), max_num_fields=MAX_QUERY_FIELDS))
    except ValueError:
        raise InvalidRequest(f"The query has more than {MAX_QUERY_FIELDS} fields.") from None
    for name in fields:
        if name not in allowed:
            path = name[:64]
            raise InvalidRequest(f"Unknown parameter: '{path}'.", param=path, code="unknown_parameter")
    return fields


def page_of(query: dict[str, str], *, max_limit: int, limit: int) -> Page:
    """Return the page that `limit`, `order` and `after` ask for; `limit` is what nothing asks for.

    Raises:
        InvalidRequest: If one of them is out of range.
    """
    order = query.get("order", "desc")
    if order not in ("asc", "desc"):
        raise InvalidRequest(
            f"Invalid value: '{shown(order)}'. Supported values are: {quoted(('asc', 'desc'))}.",
            param="order",
            code="invalid_value",
        )
    return Page(whole_number(query, "limit", 1, max_limit, limit), order == "desc", query.get("after"))


def whole_number(fields: dict[str, str], name: str, low: int, high: int, default: int) -> int:
    """Return a field of plain text as a number from `low` to `high`.

    Raises:
        InvalidRequest: If it is none, or out of range.
    """
    text = fields.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.removeprefix("-").isdigit() or len(text) > 18:
        raise InvalidRequest(
            f"Invalid type for '{name}': expected an integer, but got a string instead.",
            param=name,
            code="invalid_type",
        )
    value = int(text)
    for wrong, what, limit, code in (
        (value < low, "below minimum", f">= {low}", "integer_below_min_value"),
        (value > high, "above maximum", f"<= {high}", "integer_above_max_value"),
    ):
        if wrong:
            raise InvalidRequest(
                f"Invalid '{name}': integer {what} value. Expected a value {limit}, but got {value} instead.",
                param=name,
                code=code,
            )
    return value

"""What the pages say of the API is what the API does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.routing import Route

from serving import CHAT, Running, hello, running
from sightline.api.api_page import page, undescribed
from sightline.api.app import Endpoint, public_paths, routes_of
from sightline.api.completions_wire import CompletionRequestIn
from sightline.api.metrics import Metrics
from sightline.api.operations import OPERATIONS, SUPPORT
from sightline.api.responses_wire import InputTokensIn, ResponseRequestIn
from sightline.api.settings import Settings
from sightline.api.stores import stores_of
from sightline.api.wire import ChatRequestIn, Wire

ROOT = Path(__file__).parents[2]
BASES: dict[type[Wire], tuple[str, dict[str, Any]]] = {
    ChatRequestIn: (CHAT, hello()),
    CompletionRequestIn: ("/v1/completions", {"prompt": "a"}),
    ResponseRequestIn: ("/v1/responses", {"model": "gpt-4o", "input": "a"}),
    InputTokensIn: ("/v1/responses/input_tokens", {"input": "a"}),
}


def served(server: Running) -> set[tuple[str, str]]:
    """Every method and path of the application that is a route of its own."""
    found = set()
    for route in routes_of(server.chat, stores_of(server.settings), server.settings, Metrics(server.chat)):
        if not isinstance(route, Route) or not isinstance(route.endpoint, Endpoint) or not route.endpoint.methods:
            continue
        path = route.path.replace(":path}", "}")
        found |= {(method, path) for method in route.endpoint.methods if method != "HEAD"}
    return found


def test_every_route_is_described_and_every_description_is_a_route(server: Running) -> None:
    described = {(operation.method, operation.path) for operation in OPERATIONS}
    versioned = {(method, path) for method, path in described if path.startswith("/v1/")}
    twins = {(method, path.removeprefix("/v1")) for method, path in versioned}
    found = served(server)
    assert sorted(found - described - twins) == [], "add to sightline.api.operations.OPERATIONS, then `make docs`"
    assert sorted((described | twins) - found) == [], "described, not served"


def test_every_body_and_field_of_the_tables_exists() -> None:
    assert undescribed() == []


def test_the_page_is_what_make_docs_would_write() -> None:
    assert (ROOT / "docs" / "api.md").read_text(encoding="utf-8") == page(), "run `make docs`"


@pytest.mark.parametrize("body", [body for body in SUPPORT if SUPPORT[body].refused], ids=lambda body: body.__name__)
def test_what_the_page_calls_refused_is_refused_by_name(http: httpx2.Client, body: type[Wire]) -> None:
    path, base = BASES[body]
    for name, value in SUPPORT[body].refused.items():
        reply = http.post(path, json={**base, name: value})
        assert (reply.status_code, reply.json()["error"]["param"]) == (400, name)


def test_the_document_for_programs_describes_the_routes(http: httpx2.Client) -> None:
    document = http.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {operation.path for operation in OPERATIONS}
    chat = document["components"]["schemas"]["ChatRequestIn"]
    assert chat["required"] == ["model", "messages"]
    assert chat["additionalProperties"] is False
    assert references(document) <= {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}


def references(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        return own.union(*map(references, value.values()))
    return set().union(*map(references, value)) if isinstance(value, list) else set()


def test_no_route_but_health_is_public_with_or_without_a_playground(server: Running) -> None:
    paths = {path for _, path in served(server)}
    for playground in (True, False):
        is_public = public_paths(paths, with_page=playground)
        assert {path for path in paths if is_public(path)} == {"/health/live", "/health/ready"}


def test_the_document_wants_a_key_where_there_are_keys() -> None:
    with running(Settings(port=0, playground=False, api_keys=("sk-test-0123456789abcdefgh",))) as keyed:
        assert httpx2.get(f"{keyed.url}/openapi.json").status_code == 401

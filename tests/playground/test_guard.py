from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from typing import Any

import pytest

pytest.importorskip("gradio", reason="the playground extra is not installed")
TIMEOUT_S = 20


def ask(url: str, body: Any = None, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json", **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as reply:
            return reply.status, {name.lower(): value for name, value in reply.headers.items()}, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, {name.lower(): value for name, value in error.headers.items()}, error.read()


def event(value: Any, n_inputs: int = 5) -> dict[str, Any]:
    return {"data": [value, *[None] * (n_inputs - 1)], "fn_index": 4, "session_hash": "abc", "event_data": None}


def test_the_page_carries_a_policy_that_lets_nothing_in_from_outside(site: str) -> None:
    status, headers, page = ask(site + "/")
    policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    assert status == 200
    assert (policy["default-src"], policy["connect-src"]) == ("'self'", "'self'")
    assert (policy["object-src"], policy["frame-ancestors"]) == ("'none'", "'none'")
    assert "unsafe" not in policy["script-src"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    nonce = re.fullmatch(r"'self' 'nonce-([\w-]+)'", policy["script-src"])
    assert nonce
    assert page.count(b"<script") == page.count(f'<script nonce="{nonce[1]}"'.encode()) > 0


def test_the_page_names_no_other_host_that_a_browser_would_ask(site: str) -> None:
    page = ask(site + "/")[2].decode()
    assert not re.findall(r"(?:src|href|content)=\"(?:https?:)?//[^\"]*", page)


def test_a_nonce_is_good_for_one_reply(site: str) -> None:
    assert ask(site + "/")[1]["content-security-policy"] != ask(site + "/")[1]["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/info", "/gradio_api/openapi.json", "/gradio_api/proxy=http://127.0.0.1/", "/gradio_api/runs",
        "/gradio_api/call/x", "/gradio_api/component_server", "/login", "/monitoring", "/gradio_api/mcp/",
        "/gradio_api/vibe-code", "/gradio_api/deep_link", "/docs", "/assets/../../etc/passwd",
        "/gradio_api/file=/etc/passwd", "/gradio_api/file=https://example.com/x.png", "/nothing",
    ],
)  # fmt: skip
def test_what_the_page_does_not_need_is_not_there(site: str, path: str) -> None:
    assert ask(site + path)[0] in (400, 403, 404)


def test_the_api_keeps_its_own_errors_beside_the_page(site: str) -> None:
    status, _, body = ask(site + "/v1/nope", {})
    assert (status, json.loads(body)["error"]["message"]) == (404, "Invalid URL (POST /v1/nope)")
    assert ask(site + "/v1/chat/completions")[0] == 405


@pytest.mark.parametrize(
    "path", ["http://127.0.0.1:1/x.png", "HTTPS://example.com/x.png", "ftp://example.com/x", "file:///etc/passwd"]
)
def test_the_page_fetches_nothing_for_a_visitor(site: str, path: str) -> None:
    file = {"path": path, "meta": {"_type": "gradio.FileData"}}
    status, _, body = ask(site + "/gradio_api/queue/join", event({"deep": [file]}))
    assert (status, json.loads(body)) == (400, {"detail": "not a request of this page"})


def test_an_event_that_is_too_large_or_no_json_is_refused(site: str) -> None:
    assert ask(site + "/gradio_api/queue/join", event("x" * 300_000))[0] == 400
    request = urllib.request.Request(site + "/gradio_api/queue/join", b"{", {"content-type": "application/json"})
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(request, timeout=TIMEOUT_S)


def test_a_foreign_name_for_this_machine_is_refused(site: str) -> None:
    assert ask(site + "/", headers={"host": "evil.test"})[0] == 403


def test_another_origin_gets_no_permission(site: str) -> None:
    headers = ask(site + "/", headers={"origin": "http://evil.test"})[1]
    assert "access-control-allow-origin" not in headers

"""`/metrics` of a real server, read as Prometheus reads it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest
from prometheus_client.parser import text_string_to_metric_families

from serving import CHAT, Running, ask, data_url, hello, image_part, picture, running, until
from sightline import __version__
from sightline.api.key_store import KeyStore
from sightline.api.metrics import MAX_CODES, Metrics
from sightline.api.settings import Settings

PRIVATE = "a-very-private-word"


class Page:
    """The figures of one look at `/metrics`."""

    def __init__(self, server: Running, key: str = "") -> None:
        reply = httpx2.get(f"{server.url}/metrics", headers={"Authorization": f"Bearer {key}"} if key else {})
        assert reply.status_code == 200
        assert reply.headers["content-type"].startswith("text/plain; version=")
        self.text = reply.text
        families = text_string_to_metric_families(reply.text)
        self.samples = {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in families
            for sample in family.samples
        }

    def value(self, name: str, **labels: Any) -> float:
        wanted = frozenset((label, str(value)) for label, value in labels.items())
        return self.samples.get((f"sightline_{name}", wanted), 0.0)


def test_an_answer_is_counted_by_route_tokens_and_pictures() -> None:
    with running() as server:
        body = ask("What is it?", image_part(data_url(picture(2000, 1000))), model="echo-reads")
        usage = httpx2.post(server.url + CHAT, json=body, timeout=60).json()["usage"]
        httpx2.post(server.url + CHAT, json={**body, "stream": True}, timeout=60)
        until(lambda: Page(server).value("requests_total", route=CHAT, status=200) == 2, 5)
        page = Page(server)
    reads = {"engine": "echo-reads"}
    assert page.value("tokens_total", **reads, kind="image") == 2 * usage["prompt_tokens_details"]["image_tokens"]
    assert page.value("tokens_total", **reads, kind="text") == 2 * usage["prompt_tokens_details"]["text_tokens"]
    assert page.value("tokens_total", **reads, kind="completion") == 2 * usage["completion_tokens"]
    assert page.value("image_megapixels_sum", format="jpeg") == 4
    assert page.value("image_decode_seconds_count") == 2
    assert page.value("image_decode_seconds_sum") > 0
    assert (page.value("readings_total", cache="miss"), page.value("readings_total", cache="hit")) == (1, 1)
    assert page.value("image_reading_seconds_count") == 1
    assert page.value("first_token_seconds_count", **reads) == page.value("prefill_seconds_count", **reads) == 2
    assert page.value("request_seconds_count", route=CHAT) == 2
    assert page.value("info", version=__version__) == 1


def test_steps_are_timed_as_the_engine_takes_them() -> None:
    with running() as server:
        slow = {**hello(), "model": "echo-slow", "max_tokens": 20}
        httpx2.post(server.url + CHAT, json=slow, timeout=60)
        page = Page(server)
    assert page.value("decode_step_seconds_count", engine="echo-slow") == 1
    assert 0.009 < page.value("decode_step_seconds_sum", engine="echo-slow") < 1


def test_refusals_are_counted_by_status_and_code() -> None:
    with running() as server:
        httpx2.post(server.url + CHAT, json={**hello(), "model": "nope"})
        httpx2.post(server.url + CHAT, json=ask(image_part(data_url(b"GIF89a" + bytes(40), "image/gif"))))
        httpx2.get(f"{server.url}/v1/models", headers={"Host": "evil.example"})
        httpx2.get(f"{server.url}/v1/{PRIVATE}")
        page = Page(server)
    assert page.value("refusals_total", status=404, code="model_not_found") == 1
    assert page.value("refusals_total", status=400, code="image_parse_error") == 1
    assert page.value("refusals_total", status=403, code="invalid_host") == 1
    assert page.value("requests_total", route="none", status=403) == 1
    assert page.value("requests_total", route="/v1/{path:path}", status=404) == 1
    assert page.value("image_decode_seconds_count") == 0


def test_who_runs_and_who_waits_is_seen_while_they_do() -> None:
    with running() as server, openai.OpenAI(base_url=f"{server.url}/v1", api_key="none") as sdk:
        messages = hello()["messages"]
        with sdk.chat.completions.create(model="echo-slow", messages=messages, stream=True) as stream:
            next(iter(stream))
            page = Page(server)
            assert page.value("running", engine="echo-slow") == 1
            assert page.value("waiting", engine="echo-slow") == 0
        until(lambda: Page(server).value("running", engine="echo-slow") == 0, 5)


def test_f06_neither_words_nor_names_nor_addresses_nor_keys_get_into_the_page(tmp_path: Path) -> None:
    key = KeyStore(tmp_path).create(PRIVATE, time.time(), scopes=("ask", "metrics"))
    with running(Settings(port=0, playground=False, data_dir=tmp_path)) as server:
        headers = {"Authorization": f"Bearer {key}", "X-Client-Request-Id": PRIVATE, "User-Agent": PRIVATE}
        url = f"http://127.0.0.1:1/{PRIVATE}.jpg?token={PRIVATE}"
        for body in (ask(PRIVATE), {**hello(), "model": PRIVATE}, ask(image_part(url)), {**hello(), PRIVATE: 1}):
            httpx2.post(f"{server.url}{CHAT}?q={PRIVATE}", json=body, headers=headers)
        httpx2.request(PRIVATE.replace("-", "").upper(), f"{server.url}/{PRIVATE}", headers=headers)
        page = Page(server, key)
    assert page.value("requests_total", route=CHAT, status=200) == 1
    for secret in (PRIVATE, key, key[3:11], "127.0.0.1"):
        assert secret not in page.text


def test_f16_metrics_need_a_key_that_was_made_for_them(tmp_path: Path) -> None:
    store = KeyStore(tmp_path)
    metrics, plain = store.create("prometheus", time.time(), scopes=("metrics",)), store.create("anna", time.time())
    with running(Settings(port=0, playground=False, data_dir=tmp_path)) as server:
        statuses = [
            httpx2.get(f"{server.url}/metrics", headers={"Authorization": f"Bearer {key}"} if key else {}).status_code
            for key in ("", plain, metrics)
        ]
    assert statuses == [401, 403, 200]


def test_there_is_an_end_to_the_codes_that_are_told_apart() -> None:
    with running() as server:
        metrics = Metrics(server.chat)
        for at in range(MAX_CODES + 50):
            metrics.count({}, 400, f"code_{at}", 0.1)
        text = metrics.text().decode()
    assert text.count('sightline_refusals_total{code="code_') == MAX_CODES
    assert 'code="other",status="400"} 50.0' in text


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_metrics_are_only_looked_at(method: str) -> None:
    with running() as server:
        assert httpx2.request(method, f"{server.url}/metrics").status_code == 405

"""The parts of the upstream engine that need no server: places, bodies, ranks, budgets, events."""

from __future__ import annotations

import asyncio
import base64
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sightline.api.server import build_chat as build_server_chat
from sightline.api.settings import Settings
from sightline.chat.assembly import ECHO, build_chat
from sightline.engines.base import EngineMessage, EngineRequest, SeenImage
from sightline.engines.upstream import Upstream, UpstreamEngine
from sightline.engines.upstream.body import is_strict, to_body
from sightline.engines.upstream.events import chunks
from sightline.engines.upstream.pictures import data_urls
from sightline.engines.upstream.place import checked_url, find_upstream, read_key
from sightline.engines.upstream.refusals import refusal_of
from sightline.engines.upstream.replicas import DOWN_S, Replicas, RetryBudget
from sightline.errors import ConfigError, Overloaded, UpstreamFault
from sightline.images.picture import ImageReceipt, SourceImage
from sightline.images.prepare import prepare
from sightline.reading.lines import Reading, TextLine
from sightline.types import Calling, Detail, Sampling, TextPart, Tool

CLOSED = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}


def seen(detail: Detail, text: str = "") -> SeenImage:
    source = SourceImage(np.zeros((40, 60, 3), np.uint8), ImageReceipt("png", 1, 60, 40, 1, detail))
    lines = (TextLine(text, (0, 0, 9, 9), 0.9, 0),) if text else ()
    return SeenImage(prepare(source, detail), Reading(lines, 60, 40) if text else None)


def body_of(*parts: Any, kind: Any = "openai", model: str = "m", **more: Any) -> dict[str, Any]:
    request = EngineRequest((EngineMessage("user", parts or (TextPart("Hello"),)),), **more)
    urls = [f"data:{at}" for at in range(len(request.images))]
    return to_body(request, urls, Upstream(("http://far/v1",), model, kind=kind))


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://far", "names no path; it is http://far/v1 for most servers"),
        ("far:8000/v1", "is not the base of an API"),
        ("ftp://far/v1", "is not the base of an API"),
        ("http://far/v1?key=sk-1", "is not the base of an API"),
        ("http://anna:sk-secret@far/v1", "put the key into --upstream-key-file"),
        ("http://far:99999999/v1", "port 99999999 is none"),
        ("", "is not the base of an API"),
    ],
)
def test_an_address_that_cannot_be_is_refused_and_a_password_not_repeated(url: str, says: str) -> None:
    with pytest.raises(ConfigError) as refused:
        checked_url(url)
    assert says in refused.value.message
    assert "sk-secret" not in refused.value.message


def test_an_address_loses_its_last_slash() -> None:
    assert checked_url(" https://far:8000/api/v1/ ") == "https://far:8000/api/v1"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds 0 keys"),
        ("a\nb", "holds 2 keys"),
        ("a b", "does not hold a key"),
        ("schlü", "does not hold a key"),
    ],
)
def test_a_key_file_holds_one_plain_key(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "key"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=says):
        read_key(path)
    with pytest.raises(ConfigError, match="cannot be read"):
        read_key(tmp_path / "gone")
    path.write_text("# ours\nsk-1\n")
    assert read_key(path) == "sk-1"


def test_a_key_is_not_in_what_is_printed_of_its_place() -> None:
    assert "sk-1" not in repr(Upstream(("http://far/v1",), "m", key="sk-1"))


def test_a_server_that_lists_nothing_needs_the_models_name() -> None:
    with pytest.raises(ConfigError, match="name one with --upstream-model"):
        find_upstream(["http://127.0.0.1:9/v1"])
    assert find_upstream(["http://127.0.0.1:9/v1"], model="m").kind == "openai"


def test_the_upstreams_model_is_beside_the_first_or_in_its_place() -> None:
    far = Upstream(("http://far/v1",), "gpt-4o")
    beside = build_chat([ECHO], aliases=["gpt-4o", "gpt-4-turbo"], upstream=far)
    assert beside.model_ids == (ECHO, "gpt-4o", "gpt-4-turbo")
    assert beside.engine_for("gpt-4o").model_id == "gpt-4o"
    assert beside.engine_for("gpt-4-turbo").model_id == ECHO
    instead = build_chat(["gpt-4o"], aliases=["gpt-4o", "gpt-4-turbo"], upstream=far)
    assert instead.model_ids == ("gpt-4o", "gpt-4-turbo")
    assert instead.engine_for("gpt-4-turbo").model_id == "gpt-4o"
    for chat in (beside, instead):
        asyncio.run(chat.close())


def test_a_model_of_the_catalogue_that_was_not_pulled_may_be_the_upstreams() -> None:
    name = "smolvlm2-500m"
    with pytest.raises(ConfigError, match="pull"):
        build_server_chat(Settings(default_model=name))
    chat = build_server_chat(
        Settings(default_model=name, upstream=("http://127.0.0.1:9/v1",), upstream_model=name, upstream_kind="vllm")
    )
    assert chat.engine_ids == (name,)
    assert chat.engine_for("gpt-4o").model_id == name
    asyncio.run(chat.close())


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("openai", {"max_completion_tokens": 9}),
        ("vllm", {"max_tokens": 9, "temperature": 1.0, "top_p": 1.0}),
        ("sightline", {"max_tokens": 9, "top_p": 1.0}),
    ],
)
def test_defaults_are_sent_where_the_server_may_have_others(kind: Any, wanted: dict[str, Any]) -> None:
    body = body_of(kind=kind, sampling=Sampling(max_tokens=9))
    assert {
        key: body[key] for key in body.keys() - {"model", "messages", "stream", "stream_options", "cache_salt"}
    } == wanted


def test_no_limit_is_sent_where_the_caller_gave_none() -> None:
    assert "max_completion_tokens" not in body_of(sampling=Sampling(max_tokens=2 * 10**9 - 5))


def test_each_owners_prompts_are_kept_apart_at_vllm_and_nobody_elses_server_hears_of_owners() -> None:
    salts = [body_of(kind="vllm", owner=owner)["cache_salt"] for owner in ("anna", "ben", "anna")]
    assert salts[0] == salts[2] != salts[1]
    assert "anna" not in salts[0]
    assert "cache_salt" not in body_of(kind="openai", owner="anna")


@pytest.mark.parametrize(
    ("kind", "model", "details", "kwargs"),
    [
        ("vllm", "OpenGVLab/InternVL3-8B", ("low",), {"max_dynamic_patch": 1}),
        ("vllm", "HuggingFaceTB/SmolVLM2-2.2B", ("low", "low"), {"size": {"longest_edge": 512}}),
        ("vllm", "OpenGVLab/InternVL3-8B", ("low", "high"), None),
        ("vllm", "Qwen/Qwen3-VL-8B", ("low",), None),
        ("openai", "OpenGVLab/InternVL3-8B", ("low",), None),
    ],
)
def test_detail_is_told_in_the_words_of_the_models_family(
    kind: Any, model: str, details: tuple[Detail, ...], kwargs: Any
) -> None:
    body = body_of(*map(seen, details), kind=kind, model=model)
    assert body.get("mm_processor_kwargs") == kwargs
    assert [part["image_url"]["detail"] for part in body["messages"][0]["content"]] == list(details)


def test_the_reading_follows_its_picture_as_words_if_the_operator_wants_it() -> None:
    for wanted in (True, False):
        engine = UpstreamEngine(Upstream(("http://far/v1",), "m", with_reading=wanted))
        assert (engine.wants_reading, engine.state, engine.n_bytes) == (wanted, "elsewhere", None)
    content = body_of(TextPart("Total?"), seen("low", "TOTAL 4.50"))["messages"][0]["content"]
    assert [part["type"] for part in content] == ["text", "image_url", "text"]
    assert content[2]["text"].endswith("\nTOTAL 4.50")


@pytest.mark.parametrize(
    ("schema", "strict"),
    [
        (CLOSED, True),
        ({**CLOSED, "additionalProperties": True}, False),
        ({**CLOSED, "required": []}, False),
        ({**CLOSED, "allOf": []}, False),
        ({"properties": {}}, False),
        ({"type": "object"}, False),
        ({**CLOSED, "properties": {"a": {"type": "array", "items": {"type": "object"}}}}, False),
        ({**CLOSED, "properties": {"a": {"anyOf": [{"type": "null"}, CLOSED]}}}, True),
        ({**CLOSED, "properties": {"a": {"type": ["object", "null"]}}}, False),
        ({**CLOSED, "$defs": {"b": {"type": "object"}}}, False),
    ],
)
def test_strict_is_asked_for_where_openai_would_take_it(schema: dict[str, Any], strict: bool) -> None:
    assert is_strict(schema) == strict
    assert body_of(json_schema=schema)["response_format"]["json_schema"]["strict"] == strict


def test_any_object_is_asked_for_by_the_word_that_openai_wants_with_it() -> None:
    assert body_of(TextPart("as JSON"), json_schema={"type": "object"})["response_format"] == {"type": "json_object"}
    assert body_of(TextPart("as it is"), json_schema={"type": "object"})["response_format"]["type"] == "json_schema"


def test_one_function_that_must_be_called_is_named() -> None:
    tool = Tool("look", "", CLOSED)
    body = body_of(calling=Calling((tool,), must=True, parallel=False))
    assert body["tool_choice"] == {"type": "function", "function": {"name": "look"}}
    assert body["parallel_tool_calls"] is False
    assert body["tools"] == [{"type": "function", "function": {"name": "look", "parameters": CLOSED}}]


def test_pictures_go_as_png_or_all_as_jpeg_if_that_is_too_much() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (256, 512, 3), np.uint8)
    (small,) = data_urls([noise])
    assert np.array_equal(np.asarray(opened(small)), noise)
    many = data_urls([noise] * 3, max_png_bytes=1_000_000)
    assert all(url.startswith("data:image/jpeg;") for url in many)
    assert opened(many[0]).size == (512, 256)
    assert sum(map(len, many)) < sum(map(len, [small] * 3))


def opened(url: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2])))  # noqa: TID251 - our own bytes


@given(st.lists(st.text("0123456789abcdef", min_size=8, max_size=8), min_size=1, max_size=40), st.integers(0, 3))
def test_a_replica_less_moves_its_own_pictures_and_no_others(pictures: list[str], gone: int) -> None:
    urls = [f"http://gpu{at}/v1" for at in range(4)]
    whole, rest = Replicas(urls), Replicas([url for at, url in enumerate(urls) if at != gone])
    for each in pictures:
        order = [replica.url for replica in whole.order(each)]
        assert [replica.url for replica in rest.order(each)] == [url for url in order if url != urls[gone]]


def test_pictures_spread_over_the_replicas() -> None:
    replicas = Replicas([f"http://gpu{at}/v1" for at in range(4)])
    firsts = [replicas.order(f"{at:064x}")[0].url for at in range(400)]
    assert all(60 <= firsts.count(url) <= 140 for url in set(firsts))
    assert len(set(firsts)) == 4


def test_a_replica_that_failed_is_last_for_some_seconds() -> None:
    now = [0.0]
    replicas = Replicas(["http://a/v1", "http://b/v1"], clock=lambda: now[0])
    best = replicas.order("ff")[0]
    replicas.failed(best, "it was told to")
    assert replicas.order("ff")[0] is not best
    assert replicas.order(None)[0] is not best
    now[0] = DOWN_S
    assert replicas.order("ff")[0] is best


def test_without_a_picture_the_least_busy_replica_is_asked() -> None:
    replicas = Replicas(["http://a/v1", "http://b/v1"])
    replicas.order(None)[0].n_running = 3
    assert replicas.order(None)[0].n_running == 0


def test_retries_are_a_fifth_of_the_requests_after_the_first_ten() -> None:
    budget = RetryBudget()
    assert [budget.take() for _ in range(11)] == [True] * 10 + [False]
    for _ in range(5):
        budget.note_request()
    assert [budget.take() for _ in range(2)] == [True, False]


def test_events_are_read_however_the_bytes_are_cut() -> None:
    whole = b': alive\n\ndata: {"a": 1}\r\n\r\nevent: x\ndata:{"b": "\xc3\xa9"}\n\ndata: [DONE]\n\ndata: {"c": 3}\n'

    async def read(size: int) -> list[dict[str, Any]]:
        async def pieces() -> AsyncIterator[bytes]:
            for at in range(0, len(whole), size):
                yield whole[at : at + size]

        return [chunk async for chunk in chunks(pieces())]

    for size in (1, 7, len(whole)):
        assert asyncio.run(read(size)) == [{"a": 1}, {"b": "é"}]


def test_an_account_without_money_is_not_asked_again() -> None:
    refusal = refusal_of(429, {}, b'{"error": {"code": "insufficient_quota"}}')
    assert not refusal.is_passing
    assert isinstance(refusal.error(), UpstreamFault)
    busy = refusal_of(429, {"retry-after": "7"}, b"busy").error()
    assert isinstance(busy, Overloaded)
    assert busy.retry_after_s == 7


def test_a_date_as_retry_after_is_no_number_of_seconds() -> None:
    for value in ("Wed, 21 Oct 2026 07:28:00 GMT", "-3", "nan", "inf"):
        after = refusal_of(503, {"retry-after": value}, b"").retry_after_s
        assert after is None or 0 <= after <= 3600

"""What is reused between requests, as callers, receipts and metrics see it: a real server with a tiny random model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest

from serving import CHAT, Running, ask, data_url, image_part, picture, running
from sightline.api.server import build_chat
from sightline.api.settings import Settings
from tiny import make_checkpoint

KEYS = ("sk-sightline-test-one-0123456789abcdef", "sk-sightline-test-two-0123456789abcdef")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder: Path = tmp_path_factory.mktemp("caches")
    make_checkpoint(folder / "tiny")
    return Settings(
        port=0, playground=False, api_keys=KEYS, default_model=str(folder / "tiny"), data_dir=folder / "data",
        embedding_disk_bytes=10**6,
    )  # fmt: skip


@pytest.fixture(scope="module")
def server(settings: Settings) -> Iterator[Running]:
    with running(settings, chat=build_chat(settings)) as it:
        yield it


def receipt_of(server: Running, key: str, question: str, **more: Any) -> dict[str, Any]:
    receipt: dict[str, Any] = reply_of(server, key, question, **more)["sightline"]
    return receipt


def reply_of(server: Running, key: str, question: str, **more: Any) -> dict[str, Any]:
    body = ask(question, image_part(data_url(picture(320, 200))), model="gpt-4o", max_tokens=3, temperature=0, **more)
    reply = httpx2.post(server.url + CHAT, json=body, headers={"Authorization": f"Bearer {key}"}, timeout=60)
    assert reply.status_code == 200, reply.text
    whole: dict[str, Any] = reply.json()
    return whole


def test_a_receipt_tells_what_was_reused_and_one_key_learns_nothing_of_another(
    server: Running, settings: Settings
) -> None:
    long = "What is written here? " * 8
    first, again = (receipt_of(server, KEYS[0], long, n=2) for _ in range(2))
    other = receipt_of(server, KEYS[1], long)
    assert [it["images"][0]["encoder_cached"] for it in (first, again, other)] == [False, True, False]
    assert [it["images"][0]["reading_cached"] for it in (first, again, other)] == [False, True, False]
    assert [it["prompt"]["n_reused"] > 0 for it in (first, again, other)] == [False, True, False]
    assert again["images"][0]["encode_ms"] == 0
    assert first["prompt"]["n_tokens"] == again["prompt"]["n_tokens"] > again["prompt"]["n_reused"]
    assert settings.data_dir is not None
    files = list((settings.data_dir / "embeddings").iterdir())
    assert [path.stat().st_mode & 0o777 for path in files] == [0o600] * 2


def test_usage_tells_what_of_the_prompt_was_cached_whole_and_streamed(settings: Settings) -> None:
    question = "Which words are written there? " * 8
    settings = settings.model_copy(update={"embedding_disk_bytes": 0})
    with running(settings, chat=build_chat(settings)) as server:
        first, again = (reply_of(server, KEYS[0], question) for _ in range(2))
        with openai.OpenAI(api_key=KEYS[0], base_url=f"{server.url}/v1", max_retries=0) as client:
            content: Any = [{"type": "text", "text": question}, image_part(data_url(picture(320, 200)))]
            *_, last = client.chat.completions.create(
                model="gpt-4o", messages=[{"role": "user", "content": content}], max_tokens=3, temperature=0,
                stream=True, stream_options={"include_usage": True},
            )  # fmt: skip
    assert first["usage"]["prompt_tokens_details"]["cached_tokens"] == 0
    usage, prompt = again["usage"], again["sightline"]["prompt"]
    share = prompt["n_reused"] / prompt["n_tokens"]
    assert usage["prompt_tokens_details"]["cached_tokens"] == int(usage["prompt_tokens"] * share) > 0
    assert last.usage is not None
    assert last.usage.prompt_tokens_details is not None
    assert last.usage.prompt_tokens_details.cached_tokens == usage["prompt_tokens_details"]["cached_tokens"]


def test_metrics_count_what_was_reused(settings: Settings) -> None:
    settings = settings.model_copy(update={"embedding_disk_bytes": 0})
    with running(settings, chat=build_chat(settings)) as server:
        for _ in range(2):
            receipt_of(server, KEYS[0], "What is written here? " * 8)
        page = httpx2.get(f"{server.url}/metrics", headers={"Authorization": f"Bearer {KEYS[0]}"})
    lines = [line for line in page.text.splitlines() if line.startswith(("sightline_enc", "sightline_prompt"))]
    figures = {line.split(" ")[0]: float(line.split(" ")[1]) for line in lines}
    assert [figures[f'sightline_encodings_total{{cache="{kind}",engine="tiny"}}'] for kind in ("hit", "miss")] == [1, 1]
    hit, miss = (figures[f'sightline_prompt_tokens_total{{cache="{kind}",engine="tiny"}}'] for kind in ("hit", "miss"))
    assert 0 < hit < miss


def test_a_receipt_says_nothing_of_a_prompt_that_an_engine_says_nothing_of() -> None:
    with running() as server:
        receipt = httpx2.post(server.url + CHAT, json=ask("hello", model="gpt-4o")).json()["sightline"]
    assert "prompt" not in receipt

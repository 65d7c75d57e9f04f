"""`/v1/batches`: T80, states, refusals, owners, cancel, expiry, kills."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest

from batching import ended, jsonl, results, say, start_batch, survive, upload
from serving import CHAT, Running, ask, data_url, image_part, picture, running, until
from sightline.api.settings import Settings
from sightline.chat import ChatLimits

KEYS = ("sk-first-0123456789", "sk-second-0123456789")


@pytest.fixture(scope="module")
def batching(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    settings = Settings(
        port=0, playground=False, data_dir=tmp_path_factory.mktemp("data"), api_keys=KEYS, key_requests_per_minute=0,
        max_body_bytes=100_000,
    )  # fmt: skip
    with running(settings) as it:
        yield it


@pytest.fixture
def mine(batching: Running) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=batching.url, headers={"Authorization": f"Bearer {KEYS[0]}"}, timeout=30) as one:
        yield one


@pytest.fixture
def theirs(batching: Running) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=batching.url, headers={"Authorization": f"Bearer {KEYS[1]}"}, timeout=30) as one:
        yield one


def test_t80_a_batch_of_three_with_one_bad_picture_completes_two(batching: Running) -> None:
    good = ask("Look", image_part(data_url(picture(64, 48))))
    bad = ask("Look", image_part(data_url(b"no picture")))
    with openai.OpenAI(base_url=f"{batching.url}/v1", api_key=KEYS[0], max_retries=0) as client:
        file = client.files.create(file=("in.jsonl", jsonl(good, bad, say("three"))), purpose="batch")
        batch = client.batches.create(
            input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h", metadata={"night": "one"}
        )
        assert batch.status == "validating"
        until(lambda: client.batches.retrieve(batch.id).status == "completed", 30)
        batch = client.batches.retrieve(batch.id)
        assert batch.request_counts is not None
        assert batch.request_counts.model_dump() == {"total": 3, "completed": 2, "failed": 1}
        assert batch.metadata == {"night": "one"}
        assert batch.output_file_id is not None
        assert batch.error_file_id is not None
        lines = [json.loads(line) for line in client.files.content(batch.output_file_id).text.splitlines()]
        (wrong,) = [json.loads(line) for line in client.files.content(batch.error_file_id).text.splitlines()]
        assert client.batches.list().data[0].id == batch.id
    assert [line["custom_id"] for line in lines] == ["line-0", "line-2"]
    assert lines[0]["response"]["body"]["choices"][0]["message"]["content"].endswith("64x48 px, 0 lines of text")
    assert lines[1]["response"]["status_code"] == 200
    assert lines[1]["response"]["request_id"].startswith("req_")
    assert all(line["id"].startswith("batch_req_") and line["error"] is None for line in [*lines, wrong])
    assert (wrong["custom_id"], wrong["response"]["status_code"]) == ("line-1", 400)
    assert wrong["response"]["body"]["error"]["type"] == "invalid_request_error"


def test_older_completions_can_be_batched(mine: httpx2.Client) -> None:
    body = jsonl({"prompt": "one"}, {"prompt": "two", "n": 0}, url="/v1/completions")
    batch = ended(mine, start_batch(mine, upload(mine, body), "/v1/completions")["id"])
    assert [line["response"]["body"]["choices"][0]["text"] for line in results(mine, batch["output_file_id"])] == [
        "one"
    ]
    (wrong,) = results(mine, batch["error_file_id"])
    assert wrong["response"]["body"]["error"]["param"] == "n"


def test_responses_can_be_batched(mine: httpx2.Client) -> None:
    body = jsonl({"model": "gpt-4o", "input": "one"}, url="/v1/responses")
    batch = ended(mine, start_batch(mine, upload(mine, body), "/v1/responses")["id"])
    (line,) = results(mine, batch["output_file_id"])
    assert line["response"]["body"]["output"][0]["content"][0]["text"] == "one"


GOOD = json.loads(jsonl(say("a")))


@pytest.mark.parametrize(
    ("lines", "code", "number"),
    [
        ([{**GOOD, "url": "/v1/completions"}], "mismatched_endpoint", 1),
        ([GOOD, GOOD], "duplicate_custom_id", 2),
        ([{**GOOD, "method": "GET"}], "invalid_method", 1),
        ([{**GOOD, "custom_id": ""}], "invalid_custom_id", 1),
        ([{**GOOD, "custom_id": 5}], "invalid_custom_id", 1),
        ([{**GOOD, "body": []}], "invalid_type", 1),
        ([{**GOOD, "body": say("a", stream=True)}], "invalid_value", 1),
        ([{key: value for key, value in GOOD.items() if key != "body"}], "missing_required_parameter", 1),
        ([{**GOOD, "extra": 1}], "unknown_parameter", 1),
        ([GOOD, "not an object"], "invalid_json_line", 2),
        ([GOOD, {**GOOD, "custom_id": "b", "body": say("a" * 100_000)}], "request_too_large", 2),
    ],
)
def test_an_input_with_a_line_that_cannot_be_fails_whole_and_says_where(
    mine: httpx2.Client, lines: list[Any], code: str, number: int
) -> None:
    data = "".join(json.dumps(line) + "\n" for line in lines).encode()
    batch = ended(mine, start_batch(mine, upload(mine, data))["id"])
    assert batch["status"] == "failed"
    assert [(error["code"], error["line"]) for error in batch["errors"]["data"]] == [(code, number)]
    assert batch["request_counts"] == {"total": 0, "completed": 0, "failed": 0}
    assert (batch["output_file_id"], batch["error_file_id"]) == (None, None)


def test_an_input_without_a_request_fails(mine: httpx2.Client) -> None:
    batch = ended(mine, start_batch(mine, upload(mine, b"\n \n"))["id"])
    assert [error["code"] for error in batch["errors"]["data"]] == ["empty_file"]


@pytest.mark.parametrize(
    ("change", "status", "param"),
    [
        ({"endpoint": "/v1/embeddings"}, 400, "endpoint"),
        ({"completion_window": "1h"}, 400, "completion_window"),
        ({"input_file_id": "file-nope"}, 404, "id"),
        ({"input_file_id": None}, 400, "input_file_id"),
        ({"metadata": {"a": 1}}, 400, "metadata.a"),
        ({"output_expires_after": {"anchor": "created_at", "seconds": 5}}, 400, "output_expires_after.seconds"),
        ({"foo": 1}, 400, "foo"),
    ],
)
def test_a_batch_that_cannot_be_is_refused_by_name(
    mine: httpx2.Client, change: dict[str, Any], status: int, param: str
) -> None:
    body = {"input_file_id": upload(mine, jsonl(say("a"))), "endpoint": CHAT, "completion_window": "24h", **change}
    reply = mine.post("/v1/batches", json=body)
    assert (reply.status_code, reply.json()["error"]["param"]) == (status, param)


def test_a_file_for_another_purpose_is_refused(mine: httpx2.Client) -> None:
    body = {"input_file_id": upload(mine, b"x", "user_data"), "endpoint": CHAT, "completion_window": "24h"}
    reply = mine.post("/v1/batches", json=body)
    assert (reply.status_code, reply.json()["error"]["param"]) == (400, "input_file_id")


def test_nobody_sees_or_stops_the_batches_of_another_key(mine: httpx2.Client, theirs: httpx2.Client) -> None:
    file_id = upload(mine, jsonl(say("a")))
    batch_id = start_batch(mine, file_id)["id"]
    assert theirs.get(f"/v1/batches/{batch_id}").status_code == 404
    assert theirs.post(f"/v1/batches/{batch_id}/cancel").status_code == 404
    assert batch_id not in [batch["id"] for batch in theirs.get("/v1/batches").json()["data"]]
    body = {"input_file_id": file_id, "endpoint": CHAT, "completion_window": "24h"}
    assert theirs.post("/v1/batches", json=body).status_code == 404
    output = ended(mine, batch_id)["output_file_id"]
    assert theirs.get(f"/v1/files/{output}/content").status_code == 404


def test_a_cancelled_batch_keeps_what_is_done_and_names_what_is_not(batching: Running, mine: httpx2.Client) -> None:
    words = [say("a", model="echo-slow", max_tokens=50) for _ in range(6)]
    batch_id = start_batch(mine, upload(mine, jsonl(*words)))["id"]
    until(lambda: mine.get(f"/v1/batches/{batch_id}").json()["request_counts"]["completed"] >= 1, 30)
    assert mine.post(f"/v1/batches/{batch_id}/cancel").json()["status"] == "cancelling"
    batch = ended(mine, batch_id)
    done, left = results(mine, batch["output_file_id"]), results(mine, batch["error_file_id"])
    assert batch["status"] == "cancelled"
    assert 1 <= len(done) < 6
    assert {line["custom_id"] for line in done + left} == {f"line-{at}" for at in range(6)}
    assert len(done) + len(left) == 6
    assert {line["error"]["code"] for line in left} == {"batch_cancelled"}
    assert batch["request_counts"] == {"total": 6, "completed": len(done), "failed": len(left)}
    assert mine.post(f"/v1/batches/{batch_id}/cancel").json()["status"] == "cancelled"


def test_the_input_may_be_deleted_while_it_runs(mine: httpx2.Client) -> None:
    file_id = upload(mine, jsonl(*(say("a", model="echo-slow", max_tokens=10) for _ in range(5))))
    batch_id = start_batch(mine, file_id)["id"]
    until(lambda: mine.get(f"/v1/batches/{batch_id}").json()["status"] == "in_progress", 30)
    assert mine.delete(f"/v1/files/{file_id}").status_code == 200
    assert ended(mine, batch_id)["request_counts"]["completed"] == 5


def test_pages_of_batches_follow_each_other(theirs: httpx2.Client) -> None:
    made = [start_batch(theirs, upload(theirs, jsonl(say("a"))))["id"] for _ in range(3)]
    first = theirs.get("/v1/batches", params={"limit": 2}).json()
    rest = theirs.get("/v1/batches", params={"limit": 2, "after": first["last_id"]}).json()
    assert [batch["id"] for batch in first["data"] + rest["data"]][:3] == made[::-1]
    assert first["has_more"]
    assert theirs.get("/v1/batches", params={"after": "batch_nope"}).status_code == 404


def test_whoever_waits_for_an_answer_comes_first(tmp_path: Path) -> None:
    settings = Settings(port=0, playground=False, data_dir=tmp_path)
    with running(settings, ChatLimits(max_running=1)) as one, httpx2.Client(base_url=one.url, timeout=30) as http:
        slow = http.build_request("POST", CHAT, json=say("a", model="echo-slow", stream=True))
        held = http.send(slow, stream=True)
        batch_id = start_batch(http, upload(http, jsonl(say("a"))))["id"]
        until(lambda: http.get(f"/v1/batches/{batch_id}").json()["status"] == "in_progress", 10)
        time.sleep(0.5)
        assert http.get(f"/v1/batches/{batch_id}").json()["request_counts"]["completed"] == 0
        held.close()
        assert ended(http, batch_id)["request_counts"]["completed"] == 1


def test_five_kills_at_random_moments_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    assert survive(tmp_path, n_kills=5, n_lines=400, seed=20) >= 1

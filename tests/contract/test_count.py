"""`POST /v1/sightline/count`: the figures that the request itself would report, and no model asked."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from serving import CHAT, Running, ask, data_url, image_part, pdf, picture, running

COUNT = "/v1/sightline/count"


def counted(server: Running, body: dict[str, Any]) -> dict[str, Any]:
    reply = httpx2.post(server.url + COUNT, json=body, timeout=60)
    assert reply.status_code == 200, reply.text
    result: dict[str, Any] = reply.json()
    return result


@pytest.mark.parametrize("model", ["gpt-4-vision-preview", "gpt-4o-mini", "sightline-echo"])
@pytest.mark.parametrize("detail", ["low", "high", None])
def test_usage_is_what_the_request_itself_reports(server: Running, model: str, detail: str | None) -> None:
    parts = [image_part(data_url(picture(2560, 1669)), detail), image_part(data_url(picture(600, 500)), detail)]
    body = ask("What is it?", *parts, model=model)
    usage = httpx2.post(server.url + CHAT, json=body, timeout=60).json()["usage"]
    before = counted(server, body)
    assert before["usage"] == {
        "prompt_tokens": usage["prompt_tokens"],
        "text_tokens": usage["prompt_tokens_details"]["text_tokens"],
        "image_tokens": usage["prompt_tokens_details"]["image_tokens"],
    }


def test_functions_cost_before_what_they_cost_after(server: Running) -> None:
    tool = {"type": "function", "function": {"name": "note", "description": "Keep what was seen for later."}}
    body = ask("What is it?", image_part(data_url(picture())), tools=[tool])
    usage = httpx2.post(server.url + CHAT, json=body, timeout=60).json()["usage"]
    assert counted(server, body)["usage"]["prompt_tokens"] == usage["prompt_tokens"]


def test_each_picture_says_what_it_would_become(server: Running) -> None:
    body = ask("What is it?", image_part(data_url(picture(4000, 3000))))
    (image,) = counted(server, body)["images"]
    assert (image["format"], image["width"], image["height"], image["detail"]) == ("jpeg", 4000, 3000, "auto")
    assert image["param"] == "messages[0].content[1].image_url.url"
    assert image["low"] == {"width": 512, "height": 384, "columns": 1, "rows": 1, "tiles": 0}
    assert image["high"] == image["used"] == {"width": 1024, "height": 768, "columns": 2, "rows": 2, "tiles": 4}
    assert image["tokens"] == 765
    assert image["tokens_by_family"]["gpt-4o-mini"] == {"asked": 25501, "low": 2833, "high": 25501}


def test_the_pages_of_a_document_are_counted_one_by_one(server: Running) -> None:
    document = {"type": "file", "file": {"filename": "a.pdf", "file_data": data_url(pdf(3), "application/pdf")}}
    assert len(counted(server, ask("What is it?", document))["images"]) == 3


def test_no_model_runs_and_time_is_unknown_until_there_were_answers() -> None:
    with running() as server:
        body = ask("What is it?", image_part(data_url(picture())), model="echo-reads", max_tokens=50)
        seconds = counted(server, body)["seconds"]
        assert seconds["load"] > 0
        assert (seconds["first_token"], seconds["from_answers"]) == (None, 0)
        assert set(seconds["unknown"]) == {"reading", "prefill", "per_token"}
        metrics = httpx2.get(f"{server.url}/metrics").text
        assert 'sightline_first_token_seconds_count{engine="echo-reads"}' not in metrics
        for height in (400, 410, 420):
            other = ask("What is it?", image_part(data_url(picture(900, height))), model="echo-reads")
            took = httpx2.post(server.url + CHAT, json=other, timeout=60)
            assert took.status_code == 200
        seconds = counted(server, body)["seconds"]
    assert seconds["unknown"] == {}
    assert seconds["from_answers"] == 3
    assert 0 < seconds["first_token"] <= seconds["typical"]
    assert seconds["first_token"] == pytest.approx(seconds["reading"] + seconds["prefill"], abs=2e-4)


def test_what_chat_refuses_is_refused_in_the_same_words(server: Running) -> None:
    bodies = [
        ask("What is it?", image_part("hello")),
        ask("What is it?", image_part(data_url(picture()), "ultra")),
        ask("What is it?", model="nope"),
        ask("What is it?", foo=1),
    ]
    for body in bodies:
        chat, count = (httpx2.post(server.url + path, json=body) for path in (CHAT, COUNT))
        assert (count.status_code, count.json()) == (chat.status_code, chat.json())
        assert chat.status_code in (400, 404)

"""What a stranger does first, with nothing replaced: the shipped weights, real reading, a real server."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import openai
import pytest
from pydantic import BaseModel


def _ask(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sightline.cli", "ask", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def _data_url(path: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}"


def _messages(question: str, *pictures: Path) -> Any:  # the SDK's own types want a class for each part
    images = [{"type": "image_url", "image_url": {"url": _data_url(path)}} for path in pictures]
    return [{"role": "user", "content": [{"type": "text", "text": question}, *images]}]


@pytest.fixture(scope="module")
def client(server_url: str) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{server_url}/v1", api_key="none", max_retries=0, timeout=120)


@pytest.mark.parametrize(
    ("question", "answer"),
    [("What is the total amount on this receipt?", "16.50"), ("What is the date on this receipt?", "14/03/2018")],
)
def test_a_clean_receipt_is_answered_from_the_command_line(receipt: Path, question: str, answer: str) -> None:
    done = _ask(str(receipt), question)
    assert done.returncode == 0, done.stderr
    assert answer in done.stdout
    assert "lines of text" in done.stderr


def test_json_from_the_command_line_has_the_asked_keys_and_types(receipt: Path) -> None:
    done = _ask(str(receipt), "--json", "vendor, total float, date")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert list(answer) == ["vendor", "total", "date"]
    assert answer["total"] == pytest.approx(16.5)


def test_the_sdk_gets_the_same_answer_streamed_and_not(client: openai.OpenAI, receipt: Path) -> None:
    messages = _messages("What is the total amount on this receipt?", receipt)
    whole = client.chat.completions.create(model="gpt-4-vision-preview", messages=messages, temperature=0)
    stream = client.chat.completions.create(model="gpt-4o", messages=messages, temperature=0, stream=True)
    streamed = "".join(chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices)
    assert whole.choices[0].message.content == streamed
    assert "16.50" in streamed


def test_colour_and_kind_are_seen_in_the_pixels(client: openai.OpenAI, circles: Path) -> None:
    asked = _messages("What color are the circles?", circles)
    reply = client.chat.completions.create(model="gpt-4o", messages=asked, temperature=0)
    assert "red" in (reply.choices[0].message.content or "")


def test_a_description_names_the_kind_of_picture_and_its_colours(client: openai.OpenAI, circles: Path) -> None:
    asked = _messages("Describe the picture.", circles)
    reply = client.chat.completions.create(model="gpt-4o", messages=asked, temperature=0)
    text = reply.choices[0].message.content or ""
    assert "drawing" in text
    assert "white" in text
    assert "red" in text


def test_a_description_names_the_shapes(client: openai.OpenAI, circles: Path) -> None:
    asked = _messages("Describe the picture.", circles)
    reply = client.chat.completions.create(model="gpt-4o", messages=asked, temperature=0)
    assert "circle" in (reply.choices[0].message.content or "")


def test_two_pictures_in_one_message_are_answered(client: openai.OpenAI, receipt: Path, circles: Path) -> None:
    asked = _messages("What are in these images?", receipt, circles)
    reply = client.chat.completions.create(model="gpt-4-vision-preview", messages=asked, max_tokens=100, temperature=0)
    assert reply.choices[0].message.content
    assert len(json.loads(reply.to_json())["sightline"]["images"]) == 2


class Receipt(BaseModel):
    """What is wanted from a receipt."""

    date: str | None
    total: float | None


def test_an_uploaded_receipt_is_parsed_through_responses_and_the_talk_goes_on(
    client: openai.OpenAI, receipt: Path
) -> None:
    uploaded = client.files.create(file=receipt, purpose="vision")
    question = "Return the attributes as JSON:\n- date\n- total: number"
    content: Any = [{"type": "input_text", "text": question}, {"type": "input_image", "file_id": uploaded.id}]
    parsed = client.responses.parse(
        model="gpt-4o", input=[{"role": "user", "content": content}], text_format=Receipt, temperature=0
    )
    assert parsed.output_parsed == Receipt(date="14/03/2018", total=16.5)
    went_on = client.responses.create(
        model="gpt-4o",
        input="What is the date on this receipt?",
        previous_response_id=parsed.id,
        temperature=0,
    )
    assert "14/03/2018" in went_on.output_text
    client.files.delete(uploaded.id)

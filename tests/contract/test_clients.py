"""Clients as people run them: the guide's own `requests` snippets, and the official SDK, newest and first."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import openai
import pytest
import requests  # noqa: TID251 - the guide's own client
from PIL import Image

from serving import PictureHost, Running, data_url, picture

QUESTION = "What’s in this image?"


def headers() -> dict[str, str]:
    return {"Content-Type": "application/json", "Authorization": "Bearer none"}


def test_the_guides_call_with_a_url_works_word_for_word(server: Running, picture_host: PictureHost) -> None:
    image_url = picture_host.put("guide.jpg", picture())
    payload: Any = {
        "model": "gpt-4-vision-preview",
        "messages": [
            {
                "role": "user",
                "content": [{"type": "text", "text": QUESTION}, {"type": "image_url", "image_url": image_url}],
            }
        ],
        "max_tokens": 4095,
    }
    response = requests.post(f"{server.url}/v1/chat/completions", headers=headers(), json=payload, timeout=30)
    assert response.status_code == 200
    answer = response.json()
    assert answer["choices"][0]["message"]["content"].startswith(QUESTION)
    assert answer["choices"][0]["finish_details"] == {"type": "stop", "stop": None}
    assert answer["usage"]["prompt_tokens"] == 1118


def test_the_guides_call_with_base64_of_a_file_works(server: Running, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(picture())
    image = Image.open(path)  # noqa: TID251 - as the guide does it
    buffered = io.BytesIO()
    image.save(buffered, format="JPEG")
    image.close()
    base64_image = base64.b64encode(buffered.getvalue()).decode("utf-8")
    payload: Any = {
        "model": "gpt-4-vision-preview",
        "messages": [
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": QUESTION},
                    {"type": "image_url", "image_url": f"data:image/jpeg;base64,{base64_image}"},
                ],
            }
        ],
        "max_tokens": 4095,
    }
    response = requests.post(f"{server.url}/v1/chat/completions", headers=headers(), json=payload, timeout=30)
    assert response.json()["usage"]["prompt_tokens"] == 1118


def test_two_pictures_are_seen_in_their_order(server: Running) -> None:
    parts = [{"type": "image_url", "image_url": {"url": data_url(picture(*size))}} for size in ((640, 480), (480, 640))]
    payload: Any = {
        "model": "gpt-4-vision-preview",
        "messages": [{"role": "user", "content": [{"type": "text", "text": "Compare."}, *parts]}],
        "max_tokens": 300,
    }
    response = requests.post(f"{server.url}/v1/chat/completions", headers=headers(), json=payload, timeout=30)
    lines = response.json()["choices"][0]["message"]["content"].splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["image1: 640x480 px", "image2: 480x640 px"]


def test_the_sdk_of_today_asks_and_streams(sdk: openai.OpenAI) -> None:
    content: Any = [
        {"type": "text", "text": QUESTION},
        {"type": "image_url", "image_url": {"url": data_url(picture()), "detail": "low"}},
    ]
    whole = sdk.chat.completions.create(model="gpt-4-vision-preview", messages=[{"role": "user", "content": content}])
    assert whole.usage is not None
    assert whole.usage.prompt_tokens == 98
    assert whole._request_id is not None
    pieces = sdk.chat.completions.create(
        model="gpt-4-vision-preview", messages=[{"role": "user", "content": content}], stream=True
    )
    text = "".join(piece.choices[0].delta.content or "" for piece in pieces)
    assert text == whole.choices[0].message.content


def test_the_sdk_raises_its_own_errors(sdk: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as missing:
        sdk.chat.completions.create(model="nope", messages=[{"role": "user", "content": "Hello!"}])
    assert missing.value.code == "model_not_found"
    assert missing.value.request_id is not None
    with pytest.raises(openai.BadRequestError) as bad:
        sdk.chat.completions.create(model="gpt-4o", messages=[])
    assert bad.value.param == "messages"


FIRST_SDK = """
import json, sys
import openai
client = openai.OpenAI(base_url=sys.argv[1], api_key="none")
content = json.loads(sys.argv[2])
ask = dict(model="gpt-4-vision-preview", messages=[{"role": "user", "content": content}], max_tokens=300)
whole = client.chat.completions.create(**ask)
pieces = [chunk for chunk in client.chat.completions.create(**ask, stream=True)]
text = "".join(chunk.choices[0].delta.content or "" for chunk in pieces)
print(json.dumps({
    "version": openai.__version__, "text": whole.choices[0].message.content, "streamed": text,
    "prompt_tokens": whole.usage.prompt_tokens, "model": whole.model,
    "details": whole.choices[0].finish_details, "reason": pieces[-1].choices[0].finish_reason,
}))
"""


@pytest.mark.slow
def test_the_sdk_of_november_2023_asks_and_streams(server: Running, tmp_path: Path) -> None:
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(tmp_path / "sdk")]
    installed = subprocess.run([*install, "openai==1.2.0", "httpx<0.28"], capture_output=True, timeout=300, check=False)
    if installed.returncode:
        pytest.skip("openai 1.2.0 cannot be installed here")
    content = [{"type": "text", "text": QUESTION}, {"type": "image_url", "image_url": data_url(picture(320, 240))}]
    run = subprocess.run(
        [sys.executable, "-c", FIRST_SDK, f"{server.url}/v1", json.dumps(content)],
        env={"PYTHONPATH": str(tmp_path / "sdk")},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()[-2000:]
    seen = json.loads(run.stdout)
    assert seen["version"] == "1.2.0"
    assert seen["text"] == seen["streamed"] == f"{QUESTION}\nimage1: 320x240 px, 0 lines of text"
    assert (seen["prompt_tokens"], seen["model"]) == (13 + 255, "gpt-4-1106-vision-preview")
    assert (seen["details"], seen["reason"]) == ({"type": "stop", "stop": None}, "stop")

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from sightline.chat.instructions import parse_attributes
from sightline.playground.client import Attachment, Question
from sightline.playground.code import programs

pytest.importorskip("gradio", reason="the playground extra is not installed")
RUN_S = 120
AWKWARD = "It's \"$HOME\" `id` \\n 100 %s\né {x} data:image/jpeg;base64, 'data:image/jpeg;base64,'"
PICTURE = Attachment(b"\x89PNG the visitor's own", "image/jpeg", "it's mine $1.jpg")
QUESTIONS = [
    Question(PICTURE, instruction=AWKWARD),
    Question(PICTURE, instruction="Read it.", attributes=parse_attributes("vendor, total float"), low_quality=True),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=["words", "form"])
@pytest.mark.parametrize("way", ["curl", "requests", "openai"])
def test_the_code_runs_as_pasted_beside_a_picture(site: str, tmp_path: Path, way: str, question: Question) -> None:
    if way == "curl" and not shutil.which("curl"):
        pytest.skip("curl is not installed")
    if way == "requests":
        pytest.importorskip("requests")
    Image.new("RGB", (700, 500), "white").save(tmp_path / PICTURE.name)
    code = getattr(programs(site, "forms", question), way)
    words = ["bash", "-c", code] if way == "curl" else [sys.executable, "-c", code]
    environment = {name: value for name, value in os.environ.items() if name != "OPENAI_API_KEY"}
    done = subprocess.run(
        words, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=RUN_S, check=False
    )
    assert done.returncode == 0, done.stderr
    size = "512x365" if question.low_quality else "700x500"
    assert f"image1: {size} px" in done.stdout
    if question.attributes:
        assert "total" in done.stdout
    elif way != "curl":
        assert AWKWARD in done.stdout


def test_the_code_holds_no_key_and_no_picture() -> None:
    for code in programs("http://127.0.0.1:8000", "m", Question(PICTURE, instruction="What is it?")):
        assert "OPENAI_API_KEY" in code
        assert "iVBOR" not in code
        assert code.count("mine $1.jpg") == 1

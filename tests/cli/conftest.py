"""Pictures on disk, and the program as a stranger runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 60
Program = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """The environment that the program runs in."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "100"}


@pytest.fixture(scope="session")
def command() -> Callable[..., list[str]]:
    """The words that start the program."""
    return lambda *arguments: [sys.executable, "-m", "sightline.cli", *arguments]


@pytest.fixture
def program(tmp_path: Path, command: Callable[..., list[str]], environment: dict[str, str]) -> Program:
    """Run the program in an empty folder of its own."""

    def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command(*arguments), input=stdin, capture_output=True, cwd=tmp_path, env=environment, timeout=TIMEOUT_S
        )

    return run


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A 640 x 480 PNG, in the folder where the program runs."""
    path = tmp_path / "photo.png"
    picture = Image.new("RGB", (640, 480), "white")
    ImageDraw.Draw(picture).ellipse((200, 100, 400, 300), fill="red")
    picture.save(path)
    return path


@pytest.fixture
def two_pages(tmp_path: Path) -> Path:
    """A PDF of two pages, the second one wider than it is high."""
    path = tmp_path / "report.pdf"
    first, second = Image.new("RGB", (300, 400), "white"), Image.new("RGB", (400, 200), "white")
    first.save(path, save_all=True, append_images=[second])
    return path

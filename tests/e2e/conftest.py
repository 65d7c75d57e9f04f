"""The bundled model behind the real command line, asked about pictures drawn here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from sightline.chat.assembly import BUNDLED, checkpoint_folder
from sightline.errors import ConfigError

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
RECEIPT = (
    "KEDAI BUKU SINAR SDN BHD",
    "(123456-X)",
    "12 JALAN MERDEKA",
    "50050 KUALA LUMPUR",
    "Tel: 03-2141 8890",
    "",
    "Invoice No: 40521",
    "Date: 14/03/2018",
    "",
    "PENCIL 2B            4.50",
    "NOTEBOOK A4         12.00",
    "",
    "TOTAL               16.50",
    "CASH                20.00",
    "CHANGE               3.50",
    "THANK YOU",
)


@pytest.fixture(scope="session", autouse=True)
def _bundled() -> None:
    try:
        checkpoint_folder(BUNDLED)
    except ConfigError:
        pytest.skip("this tree has no bundled model")


@pytest.fixture(scope="session")
def receipt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not FONT.exists():
        pytest.skip("needs the DejaVu fonts (make test installs them on Debian)")
    mono = ImageFont.truetype(str(FONT.with_name("DejaVuSansMono.ttf")), 26)
    picture = Image.new("RGB", (640, 60 + 44 * len(RECEIPT)), (250, 249, 244))
    draw = ImageDraw.Draw(picture)
    for row, text in enumerate(RECEIPT):
        draw.text((50, 30 + 44 * row), text, (30, 30, 30), mono)
    path: Path = tmp_path_factory.mktemp("pictures") / "receipt.png"
    picture.save(path)
    return path


@pytest.fixture(scope="session")
def circles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    picture = Image.new("RGB", (400, 400), (255, 255, 255))
    draw = ImageDraw.Draw(picture)
    for x, y in ((90, 90), (280, 120), (180, 290)):
        draw.ellipse((x - 50, y - 50, x + 50, y + 50), (220, 30, 30))
    path: Path = tmp_path_factory.mktemp("pictures") / "circles.png"
    picture.save(path)
    return path


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    command = [sys.executable, "-m", "sightline.cli", "serve", "--port", "0", "--no-playground"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ.copy()
    )
    try:
        yield _address(process)
    finally:
        process.terminate()
        process.communicate(timeout=40)


def _address(process: subprocess.Popen[str]) -> str:
    if process.stdout is None:
        raise AssertionError("the server has no output")
    for line in process.stdout:
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found.group(0)
    raise AssertionError("the server stopped before it served")

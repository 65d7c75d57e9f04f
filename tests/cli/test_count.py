from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]


def words_of(line: str) -> list[str]:
    return line.split()


def test_a_picture_is_shown_with_what_it_becomes_and_costs(program: Program, photo: Path) -> None:
    done = program("count", photo.name)
    assert done.returncode == 0
    lines = done.stdout.decode().splitlines()
    assert "photo.png  png 640x480" in lines[1]
    assert "512x384, overview only" in lines[1]
    assert "640x480, 2 tiles (2x1)" in lines[1]
    assert ["gpt-4", "85", "425"] in map(words_of, lines)
    assert ["gpt-4o-mini", "2,833", "14,167"] in map(words_of, lines)


def test_one_detail_alone_and_several_pictures_together(program: Program, photo: Path, two_pages: Path) -> None:
    done = program("count", photo.name, f"{two_pages.name}#page=1-2", "--detail", "low")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert "report.pdf#page=2" in done.stdout.decode()
    assert ["gpt-4", "255"] in map(words_of, lines)


def test_json_has_every_figure_of_every_picture(program: Program, photo: Path) -> None:
    (picture,) = json.loads(program("count", photo.name, "--json").stdout)
    assert (picture["name"], picture["width"], picture["height"]) == ("photo.png", 640, 480)
    assert picture["tokens_by_family"]["gpt-4"] == {"asked": 425, "low": 85, "high": 425}


def test_what_is_no_picture_is_one_plain_line(program: Program, tmp_path: Path) -> None:
    (tmp_path / "notes.png").write_bytes(b"only words")
    done = program("count", "notes.png")
    (line,) = done.stderr.decode().splitlines()
    assert done.returncode == 2
    assert line.startswith("sightline: notes.png: You uploaded an unsupported image.")

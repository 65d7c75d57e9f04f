from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

PROGRAM = """
import asyncio
from sightline.cli.waiting import sign_of_life

async def work():
    async with sign_of_life("Looking"):
        await asyncio.sleep({seconds})

asyncio.run(work())
"""


def seen_on_a_terminal(seconds: float, environment: dict[str, str]) -> bytes:
    ours, theirs = pty.openpty()
    words = [sys.executable, "-c", PROGRAM.format(seconds=seconds)]
    with subprocess.Popen(words, stderr=theirs, env={**environment, "TERM": "xterm"}) as running:
        assert running.wait(30) == 0
    os.write(theirs, b".")
    os.close(theirs)
    seen = os.read(ours, 65536)
    os.close(ours)
    return seen


@pytest.mark.parametrize(("seconds", "is_shown"), [(0.2, False), (1.6, True)])
def test_a_long_wait_shows_a_sign_of_life_and_a_short_one_none(
    environment: dict[str, str], seconds: float, is_shown: bool
) -> None:
    assert (b"Looking" in seen_on_a_terminal(seconds, environment)) is is_shown


def test_a_file_gets_no_sign_of_life(environment: dict[str, str]) -> None:
    words = [sys.executable, "-c", PROGRAM.format(seconds=1.3)]
    assert subprocess.run(words, capture_output=True, env=environment, timeout=30).stderr == b""

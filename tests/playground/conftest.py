"""A real server with the page, in a process of its own, and Debian's chromium."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
STOP_S = 30


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the page, whose uploads go to a folder of the test."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(HERE.parents[1] / "src"),
        "GRADIO_TEMP_DIR": str(tmp_path_factory.mktemp("uploads")),
    }
    words = [sys.executable, str(HERE / "serve_forms.py")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as running:
        assert running.stdout is not None
        address = running.stdout.readline().decode().strip()
        assert address, "the server ended before it was ready"
        yield address
        running.send_signal(signal.SIGTERM)
        running.wait(STOP_S)

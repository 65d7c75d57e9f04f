"""A real server with the page, in a process of its own, and Debian's chromium."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

HERE = Path(__file__).parent
STOP_S = 30
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
WAIT_MS = 20_000


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the page, whose uploads go to a folder of the test."""
    yield from served(str(HERE / "serve_forms.py"), tmp_path_factory.mktemp("uploads"))


@pytest.fixture(scope="session")
def bundled_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the page and the bundled model, and a second model that echoes."""
    yield from served(str(HERE / "serve_bundled.py"), tmp_path_factory.mktemp("uploads"))


def served(program: str, uploads: Path) -> Iterator[str]:
    """The address that a program prints, while it runs."""
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1] / "src"), "GRADIO_TEMP_DIR": str(uploads)}
    words = [sys.executable, program]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as running:
        assert running.stdout is not None
        address = running.stdout.readline().decode().strip()
        assert address, "the server ended before it was ready"
        yield address
        running.send_signal(signal.SIGTERM)
        running.wait(STOP_S)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium, which reaches this machine alone."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """The page of the server that fills forms."""
    with opened(browser, site) as page:
        yield page


@pytest.fixture
def bundled_page(browser: Browser, bundled_site: str) -> Iterator[Page]:
    """The page of the server with the bundled model."""
    with opened(browser, bundled_site) as page:
        yield page


@contextmanager
def opened(browser: Browser, site: str) -> Iterator[Page]:
    """The page, opened; at the end nothing was asked of another host and no script failed or spoke up."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    page = context.new_page()
    faults: list[str] = []

    def note_request(request: Request) -> None:
        if not request.url.startswith((site, "data:", "blob:")):
            faults.append(f"asked {request.url}")

    page.on("request", note_request)
    page.on("dialog", lambda dialog: faults.append(f"a script ran: {dialog.message}"))
    page.on("pageerror", lambda error: faults.append(f"a script failed: {error}"))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(site)
    page.wait_for_selector("#ask", timeout=WAIT_MS)
    yield page
    page.wait_for_timeout(300)
    context.close()
    assert faults == []

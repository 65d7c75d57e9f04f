"""Take the pages' pictures of the playground: `python docs/screenshots/take.py [MODEL]`, with Debian's chromium."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

HERE = Path(__file__).parent
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
WAIT_MS = 120_000
SIZES = {"desktop": (1280, 860), "phone": (390, 844)}


@contextmanager
def served(model: str) -> Iterator[str]:
    """A server of its own on a free port."""
    words = [sys.executable, "-m", "sightline.cli", "serve", "--port", "0", "--model", model]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        address = re.search(r"playground at (http\S+)", running.stdout.readline() if running.stdout else "")
        if not address:
            sys.exit("the server did not start")
        yield address[1]
        running.terminate()


def shoot(browser: Browser, url: str, size: str) -> None:
    """The page as it opens, then with answers about two of its samples."""
    width, height = SIZES[size]
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.goto(url)
    page.wait_for_selector("#ask", timeout=WAIT_MS)
    page.wait_for_timeout(1500)
    page.screenshot(path=HERE / f"open-{size}.png", full_page=True)
    for sample in ("Receipt", "Sign"):
        page.get_by_role("button", name=sample).click()
        expect(page.locator("#picture img")).to_be_visible(timeout=WAIT_MS)
        page.wait_for_timeout(1500)
        page.locator("#ask").click()
        expect(page.locator("#seen")).to_contain_text("answered in", timeout=WAIT_MS)
        page.wait_for_timeout(500)
        page.screenshot(path=HERE / f"{sample.lower()}-{size}.png", full_page=True)
        if sample == "Receipt":
            page.locator("#answer .answer-value").first.click()
            page.wait_for_timeout(500)
            page.locator("#look").screenshot(path=HERE / f"look-{size}.png")


def main() -> None:
    """Write eight pictures beside this file."""
    model = sys.argv[1] if len(sys.argv) > 1 else "sightline-mini"
    with served(model) as url, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for size in SIZES:
            shoot(browser, url, size)
        browser.close()


if __name__ == "__main__":
    main()

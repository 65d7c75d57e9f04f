"""Take the pages' pictures of the playground: `python docs/screenshots/take.py [MODEL]`, with Debian's chromium."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "src/sightline/playground/samples"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
WAIT_MS = 120_000
SIZES = {"desktop": (1280, 860), "phone": (390, 844)}


@contextmanager
def served(model: str) -> Iterator[str]:
    """A server of its own on a free port, with an echo beside the model."""
    words = [
        sys.executable,
        "-m",
        "sightline.cli",
        "serve",
        "--port",
        "0",
        "--model",
        model,
        "--model",
        "sightline-echo",
    ]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        address = re.search(r"playground at (http\S+)", running.stdout.readline() if running.stdout else "")
        if not address:
            sys.exit("the server did not start")
        yield address[1]
        running.terminate()


def shoot(browser: Browser, url: str, size: str) -> None:
    """The page as it opens, with answers about its samples, and its panels, each as wide as the screen lets it be."""
    width, height = SIZES[size]
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.goto(url)
    page.wait_for_selector("#ask", timeout=WAIT_MS)
    expect(page.locator("#model-line")).to_contain_text("memory", timeout=WAIT_MS)
    page.wait_for_timeout(1500)
    page.screenshot(path=HERE / f"open-{size}.png", full_page=True)
    for sample in ("Receipt", "Sign"):
        page.get_by_role("button", name=sample).click()
        expect(page.locator("#picture img")).to_be_visible(timeout=WAIT_MS)
        page.wait_for_timeout(1500)
        page.locator("#ask").click()
        expect(page.locator("#seen")).to_contain_text("answered in", timeout=WAIT_MS)
        page.wait_for_timeout(1000)
        page.screenshot(path=HERE / f"{sample.lower()}-{size}.png", full_page=True)
        if sample == "Receipt":
            page.locator("#answer .answer-value").first.click()
            page.wait_for_timeout(500)
            page.locator("#look").screenshot(path=HERE / f"look-{size}.png")
    shoot_models(page, size)
    shoot_conversation(page, size)
    shoot_history(page, size)
    shoot_table(page, size)


def shoot_models(page: Page, size: str) -> None:
    """Two models side by side, about what was asked last."""
    page.locator("#look .look > summary").click()
    page.locator("#look summary", has_text="Two models").click()
    part = page.locator("#look details details", has=page.get_by_text("Two models side by side", exact=True))
    part.get_by_role("button").click()
    expect(part.get_by_role("status")).to_have_text("Done.", timeout=WAIT_MS)
    part.screenshot(path=HERE / f"models-{size}.png")


def shoot_conversation(page: Page, size: str) -> None:
    """A second question about the same picture, below the first."""
    page.locator("#instruction textarea").fill("What is the main color?")
    page.locator("#ask").click()
    expect(page.locator("#earlier")).to_contain_text("You asked", timeout=WAIT_MS)
    expect(page.locator("#seen .asked")).to_contain_text("main color", timeout=WAIT_MS)
    page.wait_for_timeout(1000)
    page.screenshot(path=HERE / f"conversation-{size}.png", full_page=True)


def shoot_history(page: Page, size: str) -> None:
    """What the browser kept, with the place to go on from."""
    page.locator("#history summary").first.click()
    page.locator("#history li summary").first.click()
    page.locator("#history").screenshot(path=HERE / f"history-{size}.png")


def shoot_table(page: Page, size: str) -> None:
    """A table of two pictures and a file that is none."""
    page.locator("#attributes textarea, #attributes input").first.fill("vendor, date, total float")
    page.locator("#many button").first.click()
    with tempfile.TemporaryDirectory() as folder:
        broken = Path(folder) / "broken.png"
        broken.write_bytes(b"\x89PNG")
        page.locator("#many-files input[type=file]").first.set_input_files(
            [SAMPLES / "receipt.webp", SAMPLES / "invoice.webp", broken]
        )
        expect(page.locator("#many-files")).to_contain_text("broken", timeout=WAIT_MS)
        page.wait_for_timeout(1000)
    page.locator("#many-run").click()
    expect(page.locator("#many-progress")).to_contain_text("3 of 3", timeout=WAIT_MS)
    page.wait_for_timeout(1000)
    page.locator("#many").screenshot(path=HERE / f"table-{size}.png")


def main() -> None:
    """Write the pictures beside this file."""
    model = sys.argv[1] if len(sys.argv) > 1 else "sightline-mini"
    with served(model) as url, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for size in SIZES:
            shoot(browser, url, size)
        browser.close()


if __name__ == "__main__":
    main()

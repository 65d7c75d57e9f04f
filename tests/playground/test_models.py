"""Which model answers: what the page says of the chosen one, and two of them side by side."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("gradio", reason="the playground extra is not installed")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Page, expect

from sightline.playground.model_line import line_of

WAIT_MS = 60_000
pytestmark = pytest.mark.browser


def choose(page: Page, model: str) -> None:
    page.get_by_label("Model", exact=True).click()
    page.get_by_role("option", name=model, exact=True).click()


def ask_about_the_sign(page: Page) -> None:
    page.get_by_role("button", name="Sign").click()
    expect(page.locator("#picture img")).to_be_visible(timeout=WAIT_MS)
    page.locator("#ask").click()
    expect(page.locator("#look .look")).to_be_visible(timeout=WAIT_MS)


def test_the_page_says_what_a_model_is_good_at_whether_it_is_loaded_and_its_memory(bundled_page: Page) -> None:
    page, line = bundled_page, bundled_page.locator("#model-line").get_by_role("status")
    expect(line).to_contain_text("Good at reading, and receipts, forms and invoices", timeout=WAIT_MS)
    choose(page, "sightline-echo")
    expect(line).to_contain_text("it is no model and says back what it was sent. Loaded now; takes no memory.")
    choose(page, "mini-again")
    expect(line).to_have_text(
        re.compile(r"What it is good at is not known\. Loads at the first question; takes about 3\d\d MB of memory\.")
    )
    ask_about_the_sign(page)
    expect(line).to_contain_text("Loaded now; takes about 3", timeout=WAIT_MS)


def test_every_state_and_every_memory_has_its_words() -> None:
    known = {"model": "m", "good_at": "<b>", "state": "elsewhere", "memory_bytes": None}
    assert line_of(known) == "<p role='status'>Good at &lt;b&gt;. Answers from another server.</p>"
    loading = {**known, "good_at": None, "state": "loading", "memory_bytes": 1_234_567_890}
    assert "not known. Loading now; takes about 1,235 MB of memory." in line_of(loading)

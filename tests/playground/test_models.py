"""Which model answers: what the page says of the chosen one, and two of them side by side."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("gradio", reason="the playground extra is not installed")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Browser, Locator, Page, expect

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
    expect(line).to_contain_text("Good at reading; receipts, forms, invoices and charts", timeout=WAIT_MS)
    choose(page, "sightline-echo")
    expect(line).to_contain_text("it is no model and says back what it was sent. Loaded now; takes no memory.")
    choose(page, "mini-again")
    expect(line).to_have_text(
        re.compile(r"What it is good at is not known\. Loads at the first question; takes about 3\d\d MB of memory\.")
    )
    ask_about_the_sign(page)
    expect(line).to_contain_text("Loaded now; takes about 3", timeout=WAIT_MS)


def test_every_state_and_every_memory_has_its_words_and_a_key_that_does_not_work_is_told(bundled_page: Page) -> None:
    line, key = bundled_page.locator("#model-line").get_by_role("status"), bundled_page.locator("#key input")
    expect(line).to_contain_text("Good at reading", timeout=WAIT_MS)
    key.fill("€, which no header holds")
    key.blur()
    expect(line).to_contain_text("is told once the server lets you in")
    key.fill("")
    key.blur()
    expect(line).to_contain_text("Good at reading")
    said = bundled_page.evaluate("""async () => (await import("/playground/models.js")).lineOf(
        { good_at: null, state: "elsewhere", memory_bytes: null })""")
    assert said == "What it is good at is not known. Answers from another server."
    said = bundled_page.evaluate("""async () => (await import("/playground/models.js")).lineOf(
        { good_at: "all", state: "loading", memory_bytes: 1234567890 })""")
    assert said == "Good at all. Loading now; takes about 1235 MB of memory."


def open_two_models(page: Page) -> Locator:
    page.locator("#look .look > summary").click()
    page.locator("#look summary", has_text="Two models side by side").click()
    part = page.locator("#look details details", has=page.get_by_text("Two models side by side", exact=True))
    expect(part.get_by_label("First model")).to_have_value("sightline-mini", timeout=WAIT_MS)
    expect(part.get_by_label("Second model")).to_have_value("sightline-echo")
    return part


def ask_both(part: Locator) -> list[Locator]:
    part.get_by_role("button", name="Ask both models").click()
    expect(part.get_by_role("status")).to_have_text("Done.", timeout=WAIT_MS)
    return part.locator(".look-columns section").all()


def test_two_models_answer_the_same_question_side_by_side_each_with_its_time_and_tokens(bundled_page: Page) -> None:
    ask_about_the_sign(bundled_page)
    answered = bundled_page.locator("#answer").inner_text().split()
    part = open_two_models(bundled_page)
    mini, echo = ask_both(part)
    assert mini.locator(".look-answer").inner_text().split() == answered
    assert "What does the sign say?\nimage1: 760x520 px" in echo.locator(".look-answer").inner_text()
    for column, name in ((mini, "sightline-mini"), (echo, "sightline-echo")):
        assert column.get_by_role("heading").inner_text() == name
        assert re.fullmatch(
            r"\d+\.\d s, \d+ tokens in( \(\d+ from cache\))?, \d+ out", column.locator(".look-status").inner_text()
        )
    boxes = [column.bounding_box() for column in (mini, echo)]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]
    bundled_page.set_viewport_size({"width": 390, "height": 844})
    expect(part).to_be_visible()
    bundled_page.wait_for_function(
        "() => { const [a, b] = document.querySelectorAll('.look-columns section');"
        " return b.getBoundingClientRect().top >= a.getBoundingClientRect().bottom; }"
    )
    assert bundled_page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_model_that_fails_says_so_in_its_column_and_hides_no_other(browser: Browser, bundled_site: str) -> None:
    page = browser.new_page()
    page.goto(bundled_site)
    page.wait_for_selector("#ask", timeout=WAIT_MS)
    ask_about_the_sign(page)
    part = open_two_models(page)
    part.get_by_label("First model").select_option("mini-damaged")
    damaged, echo = ask_both(part)
    assert damaged.locator(".look-answer").inner_text().startswith("Error: The model mini-damaged cannot be loaded")
    assert echo.locator(".look-answer").inner_text().startswith("What does the sign say?")
    page.close()

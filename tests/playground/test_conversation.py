"""Questions that follow one another about the same pictures, and several pictures and pages in one question."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

pytest.importorskip("gradio", reason="the playground extra is not installed")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Page, expect

WAIT_MS = 60_000
pytestmark = pytest.mark.browser


def ask(page: Page, question: str) -> str:
    """Ask, and wait for the whole answer to this question and no other."""
    page.locator("#instruction textarea").fill(question)
    page.locator("#ask").click()
    expect(page.locator("#seen .asked")).to_contain_text(question, timeout=WAIT_MS)
    expect(page.locator("#answer")).not_to_contain_text("Looking …", timeout=WAIT_MS)
    return page.locator("#answer").inner_text()


def give(page: Page, *files: Path) -> None:
    page.get_by_role("button", name="More pictures, PDF pages").click()
    page.locator("#more-files input[type=file]").first.set_input_files(files)
    for file in files:
        expect(page.locator("#more-files")).to_contain_text(file.stem, timeout=WAIT_MS)


def test_a_question_that_follows_is_asked_with_the_turns_before_it_until_a_new_conversation(bundled_page: Page) -> None:
    page, earlier = bundled_page, bundled_page.locator("#earlier")
    page.get_by_role("button", name="Shapes").click()
    expect(page.locator("#picture img")).to_be_visible(timeout=WAIT_MS)
    first = ask(page, "How many circles are there?")
    expect(earlier).not_to_contain_text("You asked")
    ask(page, "What are the main colors?")
    expect(earlier).to_contain_text("You asked: How many circles are there?")
    expect(earlier).to_contain_text(first)
    expect(page.locator("#seen")).to_contain_text("from cache")
    sent = page.locator("#seen .asked").text_content() or ""
    assert sent.count('"role": "user"') == 2
    assert sent.count('"type": "image_url"') == 1
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#answer")).to_contain_text("The answer appears here", timeout=WAIT_MS)
    expect(earlier).not_to_contain_text("You asked")
    ask(page, "Are there any squares?")
    assert (page.locator("#seen .asked").text_content() or "").count('"role": "user"') == 1


def test_another_picture_begins_a_new_conversation(page: Page) -> None:
    for sample in ("Sign", "Chart"):
        page.get_by_role("button", name=sample).click()
        expect(page.locator("#picture img")).to_be_visible(timeout=WAIT_MS)
        page.wait_for_timeout(300)
        ask(page, f"What is the {sample}?")
    expect(page.locator("#earlier")).not_to_contain_text("You asked")


def test_pictures_and_the_pages_of_a_pdf_are_asked_about_together(page: Page, tmp_path: Path) -> None:
    picture, document = tmp_path / "wide.png", tmp_path / "pages.pdf"
    Image.new("RGB", (300, 200), "red").save(picture)
    Image.new("RGB", (200, 200), "blue").save(document, save_all=True, append_images=[Image.new("RGB", (200, 100))])
    give(page, picture, document)
    text = ask(page, "What are these?")
    assert "image1: 300x200 px" in text
    assert "image3: " in text
    page.locator("#look .look > summary").click()
    page.locator("#look summary", has_text="What the model saw, pixel").click()
    page.get_by_role("button", name="Show the exact pixels").click()
    expect(page.locator("#look .look-figure figcaption").nth(2)).to_contain_text("The exact pixels:", timeout=WAIT_MS)
    page.get_by_role("button", name="Copy as code").click()
    expect(page.locator("#copy-curl")).to_contain_text("./pages.pdf", timeout=WAIT_MS)

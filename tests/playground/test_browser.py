from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

pytest.importorskip("gradio", reason="the playground extra is not installed")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Page, expect

WAIT_MS = 20_000
HOSTILE = """![x](http://evil.test/a.png) <img src=http://evil.test/b.png onerror=alert(1)>
[l](javascript:alert(2)) <script>alert(3)</script> <iframe src="http://evil.test/"></iframe>
<svg onload=alert(4)> <style>@import "http://evil.test/c.css";</style> <a href="http://evil.test">x</a>
[y][1] ![z][1]

[1]: http://evil.test/d.png
"""

pytestmark = pytest.mark.browser


@pytest.fixture
def rgba(tmp_path: Path) -> Path:
    path = tmp_path / "logo.png"
    Image.new("RGBA", (700, 500), (200, 30, 30, 120)).save(path)
    return path


def upload(page: Page, picture: Path) -> None:
    page.locator("#picture input[type=file]").first.set_input_files(picture)
    expect(page.locator("#picture img")).to_be_visible(timeout=WAIT_MS)


def answer(page: Page) -> str:
    """Ask, and wait for the whole answer."""
    page.locator("#ask").click()
    expect(page.locator("#seen")).to_contain_text("answered in", timeout=WAIT_MS)
    expect(page.locator("#answer")).not_to_contain_text("Looking …", timeout=WAIT_MS)  # the two are drawn apart
    return page.locator("#answer").inner_text()


def seen(page: Page, name: str) -> str:
    return page.locator("#seen dl div", has=page.get_by_text(name, exact=True)).locator("dd").inner_text()


def test_t86_a_transparent_png_and_an_empty_instruction_get_an_answer(page: Page, rgba: Path) -> None:
    upload(page, rgba)
    text = answer(page)
    assert "Describe what the picture shows, with interesting details." in text
    assert "image1: 700x500 px" in text
    assert (seen(page, "source"), seen(page, "size used")) == ("700 × 500 px", "700 × 500 px")
    assert (seen(page, "detail"), seen(page, "tiles"), seen(page, "image tokens")) == ("high", "2 × 1", "425")
    expect(page.locator("#seen")).to_contain_text("transparency placed on white")


def test_t86_the_low_quality_box_sends_detail_low(page: Page, rgba: Path) -> None:
    upload(page, rgba)
    page.locator("#low-quality input").check()
    assert "image1: 512x365 px" in answer(page)
    assert (seen(page, "detail"), seen(page, "size used"), seen(page, "image tokens")) == ("low", "512 × 365 px", "85")


def test_t86_the_json_attributes_reach_the_prompt_and_shape_the_answer(page: Page, rgba: Path) -> None:
    upload(page, rgba)
    page.locator("#instruction textarea").fill("What is on it?")
    page.locator("#attributes textarea, #attributes input").first.fill("vendor, total float")
    text = answer(page)
    assert r"What is on it?\n\nReturn the attributes as JSON:\n- vendor\n- total: number" in text
    assert '"total": null' in text
    expect(page.locator("#answer pre code")).to_be_visible()


def test_a_sample_is_one_click_away_with_a_question(page: Page) -> None:
    samples = {
        "Receipt": "",
        "Chart": "What kind of chart is it?",
        "Shapes": "What color are the circles?",
        "Invoice": "To which account should it be paid?",
        "Dialog": "What does it say?",
        "Sign": "What does the sign say?",
    }
    for label, question in samples.items():
        page.get_by_role("button", name=label).click()
        expect(page.locator("#picture img")).to_be_visible(timeout=WAIT_MS)
        expect(page.locator("#instruction textarea")).to_have_value(question, timeout=WAIT_MS)
    assert "What does the sign say?" in answer(page)


def test_without_a_picture_the_page_says_what_is_missing(page: Page) -> None:
    page.locator("#ask").click()
    expect(page.locator("#answer")).to_contain_text("Error: choose a picture first", timeout=WAIT_MS)


def test_an_error_of_the_server_is_shown_short(page: Page, tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    page.locator("#picture input[type=file]").first.set_input_files(broken)
    page.wait_for_timeout(1500)
    page.locator("#ask").click()
    expect(page.locator("#answer")).to_contain_text(re.compile(r"Error: .{10,300}\.\s*$"), timeout=WAIT_MS)


def test_what_an_answer_says_loads_and_runs_nothing(page: Page, rgba: Path) -> None:
    upload(page, rgba)
    page.locator("#instruction textarea").fill(HOSTILE)
    assert "evil.test/a.png" in answer(page)
    shown = page.locator("#answer [data-testid=markdown]")
    assert shown.locator("img, iframe, script, style, svg[onload], a[href^=javascript]").count() == 0


def test_the_key_is_hidden_and_never_kept(page: Page, rgba: Path) -> None:
    upload(page, rgba)
    key = page.locator("#key input")
    assert key.get_attribute("type") == "password"
    key.fill("sk-not-to-be-kept")
    answer(page)
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert "sk-not-to-be-kept" not in kept


def test_the_page_fits_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for control in ("#picture", "#instruction", "#attributes", "#low-quality", "#key", "#ask"):
        expect(page.locator(control).first).to_be_visible()

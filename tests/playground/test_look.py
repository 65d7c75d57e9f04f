"""A closer look: where an answer comes from, the pixels it was given from, and the same question on other pixels."""

from __future__ import annotations

import json
import re

import pytest

pytest.importorskip("gradio", reason="the playground extra is not installed")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Browser, Page, expect

WAIT_MS = 60_000
pytestmark = pytest.mark.browser


def loaded(page: Page) -> None:
    """The pictures of the closer look have their sizes: what is put in a `src` is decoded in its own time."""
    n_shown = page.evaluate(
        """async () => {
            const images = [...document.querySelectorAll("#look .look-frame img")];
            const isThere = image => image.complete && image.naturalHeight > 0;
            const loaded = image => new Promise(done => image.addEventListener("load", done, { once: true }));
            await Promise.all(images.filter(image => !isThere(image)).map(loaded));
            return images.length;
        }"""
    )
    assert n_shown > 0


def answered(page: Page, sample: str) -> None:
    """A sample, asked about; the closer look is there, closed and empty, and then opened."""
    page.get_by_role("button", name=sample).click()
    expect(page.locator("#picture img")).to_be_visible(timeout=WAIT_MS)
    page.locator("#ask").click()
    expect(page.locator("#look .look")).to_be_visible(timeout=WAIT_MS)
    assert page.locator("#look .look > *").count() == 1, "nothing is made before it is wanted"
    page.locator("#look .look > summary").click()
    expect(page.locator("#look h3")).to_be_visible()
    loaded(page)


def run_task(page: Page, title: str, button: str) -> None:
    page.locator("#look summary", has_text=title).click()
    part = page.locator("#look details details", has=page.get_by_text(title, exact=True))
    part.get_by_role("button", name=button).click()
    expect(part.get_by_role("status")).to_have_text("Done.", timeout=WAIT_MS)


def test_a_field_of_the_answer_shows_its_box_on_the_picture_and_its_confidence(bundled_page: Page) -> None:
    answered(bundled_page, "Receipt")
    values = bundled_page.locator("#look .look-value")
    assert values.locator(".look-path").all_inner_texts() == ["vendor", "date", "total"]
    for text in values.locator(".look-sure").all_inner_texts():
        assert re.search(r"confidence \d+ %; (read in|not read)", text)
    placed = values.filter(has_text="read in one place").first
    boxes = bundled_page.locator("#look svg .values rect")
    expect(boxes).to_have_count(0)
    placed.focus()
    bundled_page.keyboard.press("Enter")
    expect(placed).to_have_attribute("aria-pressed", "true")
    expect(boxes).to_have_count(1)
    inside = bundled_page.evaluate("""() => {
        const box = document.querySelector("#look svg .values rect").getBoundingClientRect();
        const image = document.querySelector("#look .look-frame img").getBoundingClientRect();
        return box.left >= image.left && box.top >= image.top && box.right <= image.right && box.bottom <= image.bottom
            && box.width < image.width / 1.5 && box.height < image.height / 5;
    }""")
    assert inside
    placed.click()
    expect(boxes).to_have_count(0)


def test_the_exact_pixels_come_with_tiles_and_lines_that_can_be_hidden(bundled_page: Page) -> None:
    answered(bundled_page, "Receipt")
    run_task(bundled_page, "What the model saw, pixel by pixel", "Show the exact pixels")
    loaded(bundled_page)
    size = bundled_page.evaluate(
        "(i => [i.naturalWidth, i.naturalHeight])(document.querySelector('#look .look-frame img'))"
    )
    expect(bundled_page.locator("#look figcaption").first).to_contain_text(f"{size[0]} × {size[1]} px")
    expect(bundled_page.locator("#look figcaption").first).to_contain_text(re.compile(r"\d+ tokens, \d+ ms to decode"))
    assert bundled_page.locator("#look svg .tiles rect").count() >= 1
    lines = bundled_page.locator("#look svg .lines rect")
    assert lines.count() >= 5
    bundled_page.get_by_label("Lines of text").uncheck()
    expect(lines.first).to_be_hidden()
    expect(bundled_page.get_by_alt_text("The picture as the model's own encoder gets it")).to_be_visible()


def test_the_numbers_of_a_chart_are_a_table_beside_their_labels(bundled_page: Page) -> None:
    answered(bundled_page, "Chart")
    run_task(bundled_page, "What the model saw, pixel by pixel", "Show the exact pixels")
    bundled_page.locator("#look summary", has_text="6 labels with numbers").click()
    rows = bundled_page.locator("#look table tr")
    expect(rows).to_have_text(["Jan42", "Feb58", "Mar51", "Apr77", "May64", "Jun69"])
    expect(bundled_page.locator(".receipt")).to_contain_text("sharpness")


def test_what_is_drawn_is_listed_with_its_boxes(bundled_page: Page) -> None:
    answered(bundled_page, "Shapes")
    run_task(bundled_page, "What the model saw, pixel by pixel", "Show the exact pixels")
    bundled_page.locator("#look summary", has_text="drawn figures").click()
    drawn = bundled_page.locator("#look details[open] li").filter(has_text="circle")
    expect(drawn).not_to_have_count(0)
    expect(bundled_page.locator("#look svg .drawn rect")).not_to_have_count(0)


def test_low_and_high_stand_side_by_side_with_their_cost(bundled_page: Page) -> None:
    answered(bundled_page, "Sign")
    run_task(bundled_page, "Low against high", "Ask at both")
    rows = {row[0]: row[1:] for row in cells(bundled_page, "Low against high")}
    low, high = map(int, rows["image tokens"])
    assert low == 85 < high
    assert all(re.fullmatch(r"\d+\.\d s", time) for time in rows["time"])
    assert all(rows["answer"])


def test_the_same_question_is_asked_about_harder_pictures(bundled_page: Page) -> None:
    answered(bundled_page, "Sign")
    run_task(bundled_page, "Is it robust?", "Ask about each")
    rows = cells(bundled_page, "The same question on harder pictures")[1:]
    names = ["as it is", "a quarter turn", "upside down", "blurred", "darkened", "mirrored"]
    assert [row[0] for row in rows] == names
    assert rows[0][2] == "–"
    for row in rows[1:]:
        is_same = row[3].lower().strip(" .") == rows[0][3].lower().strip(" .")
        assert row[2] == ("the same" if is_same else "another")
    assert rows[0][3].split() == bundled_page.locator("#answer").inner_text().split()


def test_a_part_that_is_drawn_or_written_is_asked_about_alone(bundled_page: Page) -> None:
    answered(bundled_page, "Sign")
    field = bundled_page.locator("#look-region")
    bundled_page.locator("#look summary", has_text="Ask about a part alone").click()
    frame = bundled_page.locator("#look .look-frame")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box
    bundled_page.mouse.move(box["x"] + 10, box["y"] + 10)
    bundled_page.mouse.down()
    bundled_page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
    bundled_page.mouse.up()
    drawn = [int(side) for side in field.input_value().split(",")]
    assert 0 < drawn[0] < drawn[2]
    assert 0 < drawn[1] < drawn[3]
    field.fill("0, 0, 120, 80")
    expect(bundled_page.locator("#look svg .region rect")).to_have_attribute("width", "120")
    part = bundled_page.locator(
        "#look details details", has=bundled_page.get_by_text("Ask about a part alone", exact=True)
    )
    part.get_by_role("button", name="Ask about this part").click()
    expect(part.locator("figcaption")).to_contain_text("120 × 80 px of the picture", timeout=WAIT_MS)
    expect(part.get_by_role("status")).to_have_text("Done.")
    assert part.locator(".look-answer").inner_text()
    field.fill("0, 0, 9999, 80")
    part.get_by_role("button", name="Ask about this part").click()
    expect(part.get_by_role("status")).to_contain_text("Error: four whole numbers, left, top, right, bottom, within")


def cells(page: Page, caption: str) -> list[list[str]]:
    table = page.locator("#look table", has=page.locator("caption", has_text=caption))
    return [row.locator("th, td").all_inner_texts() for row in table.locator("tr").all()]


def test_a_value_of_the_answer_is_a_button_that_shows_its_box(bundled_page: Page) -> None:
    bundled_page.get_by_role("button", name="Receipt").click()
    expect(bundled_page.locator("#picture img")).to_be_visible(timeout=WAIT_MS)
    bundled_page.locator("#ask").click()
    values = bundled_page.locator("#answer .answer-value")
    expect(values).to_have_count(3, timeout=WAIT_MS)
    code = bundled_page.locator("#answer pre code").inner_text()
    assert values.all_inner_texts() == [json.dumps(value) for value in json.loads(code).values()]
    date = bundled_page.get_by_role(
        "button", name=re.compile(r"^date: .*, confidence \d+ %; read in one place; show it")
    )
    date.focus()
    bundled_page.keyboard.press("Enter")
    expect(bundled_page.locator("#look svg .values rect")).to_have_count(1)
    expect(bundled_page.locator("#look .look-value", has_text="date")).to_have_attribute("aria-pressed", "true")


def test_a_finger_draws_a_part_while_that_part_is_open_and_scrolls_otherwise(
    browser: Browser, bundled_site: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(bundled_site)
    page.wait_for_selector("#ask", timeout=WAIT_MS)
    answered(page, "Sign")
    frame = page.locator("#look .look-frame")
    assert frame.evaluate("frame => getComputedStyle(frame).touchAction") == "auto"
    page.locator("#look summary", has_text="Ask about a part alone").click()
    expect(frame).to_have_css("touch-action", "none")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box
    touch = context.new_cdp_session(page)
    for kind, share in (("touchStart", 0.1), ("touchMove", 0.3), ("touchMove", 0.6)):
        at = [{"x": box["x"] + box["width"] * share, "y": box["y"] + box["height"] * share}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    left, top, right, bottom = (int(side) for side in page.locator("#look-region").input_value().split(","))
    assert 0 < left < right
    assert 0 < top < bottom
    context.close()

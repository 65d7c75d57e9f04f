"""The history of the browser: kept, shown, exported, imported, deleted, and never with the key or past its limit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("gradio", reason="the playground extra is not installed")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Page, expect

WAIT_MS = 60_000
pytestmark = pytest.mark.browser


def ask_about_the_sign(page: Page) -> None:
    page.get_by_role("button", name="Sign").click()
    expect(page.locator("#picture img")).to_be_visible(timeout=WAIT_MS)
    expect(page.locator("#instruction textarea")).to_have_value("What does the sign say?", timeout=WAIT_MS)
    page.locator("#ask").click()
    expect(page.locator("#history .history > [role=status]")).to_contain_text("1 kept", timeout=WAIT_MS)


def kept(page: Page) -> Any:
    return json.loads(page.evaluate("localStorage.getItem('sightline.history')"))


def test_an_answer_is_kept_in_the_browser_exported_deleted_and_imported(page: Page, tmp_path: Path) -> None:
    page.locator("#key input").fill("sk-not-to-be-kept")
    page.locator("#history summary").click()
    ask_about_the_sign(page)
    item = page.locator(".history-list li")
    expect(item).to_contain_text("What does the sign say?")
    expect(item).to_contain_text("image1: 760x520 px")
    expect(item.locator("img")).to_be_visible()
    assert "sk-not-to-be-kept" not in json.dumps(kept(page))
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as a file").click()
    download.value.save_as(tmp_path / "history.json")
    before = kept(page)
    assert json.loads((tmp_path / "history.json").read_text()) == before
    page.get_by_role("button", name="Delete: What does the sign say?").click()
    expect(item).to_have_count(0)
    assert kept(page)["entries"] == []
    for _ in range(2):  # what is there already is not taken twice
        page.locator("#history-file").set_input_files(tmp_path / "history.json")
        expect(item).to_have_count(1)
    assert kept(page) == before
    expect(item).to_contain_text("What does the sign say?")
    expect(item.locator("summary")).to_have_count(0)  # a file has no pictures to go on with
    page.get_by_role("button", name="Delete all").click()
    expect(page.locator("#history .history > [role=status]")).to_have_text("Nothing is kept.")


def test_a_conversation_goes_on_from_the_history_with_its_pictures_even_when_the_page_was_closed(
    bundled_page: Page,
) -> None:
    page = bundled_page
    ask_about_the_sign(page)
    page.reload()
    page.locator("#history summary").click()
    items = page.locator(".history-list > li")
    items.get_by_label("Continue: What does the sign say?").click()
    items.get_by_role("button", name="Ask").click()
    expect(items.get_by_role("status")).to_have_text("Error: write a question first")
    items.get_by_label("Next question").fill("What is the main color?")
    with page.expect_request("**/v1/chat/completions") as asked:
        items.get_by_label("Next question").press("Enter")
    expect(items).to_have_count(2, timeout=WAIT_MS)
    body: Any = asked.value.post_data_json
    first, answer, question = body["messages"]
    assert first["content"][0]["image_url"]["url"].startswith("data:image/webp;base64,")
    assert "Monday to Saturday" in answer["content"]
    assert question == {"role": "user", "content": "What is the main color?"}
    assert [entry["asked"] for entry in kept(page)["entries"]] == [question["content"], first["content"][1]["text"]]
    expect(items.first).to_be_focused()
    expect(items.first.locator(".look-answer")).not_to_be_empty()
    expect(items.first.get_by_label("Continue: What is the main color?")).to_be_visible()
    page.get_by_role("button", name="Delete all").click()
    expect(items).to_have_count(0)
    page.wait_for_function("""async () => (await (await import("/playground/bodies.js")).timesKept()).length === 0""")


@pytest.mark.parametrize(
    "content",
    [
        "{",
        '{"format": "another", "entries": []}',
        '{"format": "sightline-history-1", "entries": [{"at": "", "model": "", "asked": "", "answer": "", '
        '"pictures": ["http://evil.test/a.png"]}]}',
    ],
    ids=["no JSON", "another format", "a picture elsewhere"],
)
def test_a_file_that_is_no_history_is_refused(page: Page, tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.json").write_text(content)
    page.locator("#history summary").click()
    page.locator("#history-file").set_input_files(tmp_path / "bad.json")
    expect(page.locator("#history .history > [role=status]")).to_contain_text("Error: the file was not taken")
    assert page.evaluate("localStorage.getItem('sightline.history')") is None


def test_a_history_that_is_full_says_so_and_loses_nothing(page: Page) -> None:
    entry = {"at": "2026-01-01T00:00:00Z", "model": "m", "asked": "a", "answer": "x" * 1_999_800, "pictures": []}
    full = json.dumps({"format": "sightline-history-1", "entries": [entry]})
    page.evaluate("text => localStorage.setItem('sightline.history', text)", full)
    page.locator("#history summary").click()
    page.get_by_role("button", name="Sign").click()
    expect(page.locator("#picture img")).to_be_visible(timeout=WAIT_MS)
    page.locator("#ask").click()
    expect(page.locator("#history .history > [role=status]")).to_contain_text("The history is full", timeout=WAIT_MS)
    assert kept(page)["entries"] == [entry]

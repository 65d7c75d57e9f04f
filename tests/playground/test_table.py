from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from sightline.playground.export import Row
from sightline.playground.table import table_html

pytest.importorskip("gradio", reason="the playground extra is not installed")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Locator, Page, expect

from sightline.playground.controls import SAMPLES

WAIT_MS = 60_000
HOSTILE = "<img src=x onerror=alert(1)> ![x](http://evil.test/a.png)"


def test_what_a_table_shows_is_escaped() -> None:
    shown = table_html([Row(HOSTILE, {HOSTILE: HOSTILE}), Row("a", error=HOSTILE)], [HOSTILE])
    assert "<img" not in shown
    assert "failed: &lt;img" in shown


@pytest.mark.browser
def test_rows_make_a_schema_that_is_shown_and_used_when_asking(bundled_page: Page) -> None:
    page = bundled_page
    page.get_by_role("button", name="Receipt").click()
    expect(page.locator("#attributes textarea")).to_have_value("vendor, date, total float", timeout=WAIT_MS)
    page.get_by_role("button", name="Schema builder").click()
    page.get_by_label("Row 1: name").fill("vendor")
    page.get_by_label("Row 2: name").fill("total")
    page.get_by_label("type").nth(1).click()
    page.get_by_role("option", name="number", exact=True).click()
    page.locator("#schema-make").click()
    schema = page.locator("#schema textarea")
    expect(schema).not_to_have_value("", timeout=WAIT_MS)
    assert json.loads(schema.input_value())["properties"]["total"] == {"type": ["number", "null"]}
    page.locator("#ask").click()
    expect(page.locator("#answer")).to_contain_text("are both filled", timeout=WAIT_MS)
    page.locator("#attributes textarea").fill("")
    page.locator("#ask").click()
    expect(page.locator("#seen")).to_contain_text("answered in", timeout=WAIT_MS)
    assert json.loads(page.locator("#answer pre code").inner_text()) == {"vendor": "HARBOUR BAKERY", "total": 19.7}


@pytest.mark.browser
def test_many_pictures_become_a_table_in_which_one_that_fails_is_a_row(bundled_page: Page, tmp_path: Path) -> None:
    page = bundled_page
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    page.locator("#attributes textarea").fill("vendor, total float")
    choose(page, [SAMPLES / "receipt.webp", broken, SAMPLES / "sign.webp"])
    page.locator("#many-run").click()
    expect(page.locator("#many-progress")).to_contain_text("3 of 3, 1 failed", timeout=WAIT_MS)
    rows = page.locator("#many-table tbody tr")
    expect(rows).to_have_count(3)
    assert rows.nth(0).inner_text().split("\t") == ["receipt.webp", "HARBOUR BAKERY", "19.7"]
    assert rows.nth(1).inner_text().startswith("broken.png\tfailed: ")
    lines = [json.loads(line) for line in downloaded(page, page.locator("#many-jsonl")).splitlines()]
    assert lines[0] == {"file": "receipt.webp", "vendor": "HARBOUR BAKERY", "total": 19.7, "error": None}
    assert lines[1]["error"]
    table = list(csv.reader(io.StringIO(downloaded(page, page.locator("#many-csv")))))
    assert table[:2] == [["file", "vendor", "total", "error"], ["receipt.webp", "HARBOUR BAKERY", "19.7", ""]]


@pytest.mark.browser
def test_a_run_can_be_stopped_and_keeps_what_it_has(bundled_page: Page, tmp_path: Path) -> None:
    page = bundled_page
    pictures = [tmp_path / f"{number}.webp" for number in range(60)]
    for picture in pictures:
        picture.write_bytes((SAMPLES / "sign.webp").read_bytes())
    page.locator("#attributes textarea").fill("name")
    choose(page, pictures)
    page.locator("#many-run").click()
    expect(page.locator("#many-table tbody tr").first).to_be_visible(timeout=WAIT_MS)
    page.locator("#many-stop").click()
    expect(page.locator("#many-progress")).to_contain_text("Stopped after", timeout=WAIT_MS)
    n_rows = page.locator("#many-table tbody tr").count()
    expect(page.locator("#many-progress")).to_have_text(f"Stopped after {n_rows} of 60")
    assert 1 <= n_rows < len(pictures)
    assert len(downloaded(page, page.locator("#many-jsonl")).splitlines()) == n_rows


def choose(page: Page, files: list[Path]) -> None:
    page.get_by_role("button", name="Many pictures, one table").click()
    page.locator("#many-files input[type=file]").set_input_files(files)
    expect(page.locator("#many-files")).to_contain_text(files[-1].name.split(".")[0], timeout=WAIT_MS)
    page.wait_for_timeout(500)


def downloaded(page: Page, button: Locator) -> str:
    expect(button).to_be_enabled(timeout=WAIT_MS)
    with page.expect_download() as download:
        button.click()
    return download.value.path().read_text(encoding="utf-8")

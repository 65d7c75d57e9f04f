from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("gradio", reason="the playground extra is not installed")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Page, expect

WAIT_MS = 60_000
RUN_S = 120
TABS = {"curl": "curl", "Python requests": "requests", "OpenAI SDK": "openai"}

pytestmark = pytest.mark.browser


def code(page: Page, tab: str) -> str:
    page.locator("#copy-as").get_by_role("tab", name=tab).click()
    block = page.locator(f"#copy-{TABS[tab]} pre code")
    expect(block).to_contain_text("chat/completions" if tab != "OpenAI SDK" else "client.chat", timeout=WAIT_MS)
    return block.inner_text()


def run(program: str, tab: str, folder: Path) -> str:
    """What a program prints, run as pasted in a folder, by someone who has no key."""
    words = ["bash", "-c", program] if tab == "curl" else [sys.executable, "-c", program]
    environment = {name: value for name, value in os.environ.items() if name != "OPENAI_API_KEY"}
    done = subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, timeout=RUN_S, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_code_of_the_page_run_as_pasted_beside_the_picture_gives_the_answer_of_the_page(
    bundled_page: Page, tmp_path: Path
) -> None:
    page = bundled_page
    page.locator("#key input").fill("sk-not-to-be-shown")
    page.get_by_role("button", name="Receipt").click()
    expect(page.locator("#attributes textarea")).to_have_value("vendor, date, total float", timeout=WAIT_MS)
    page.locator("#ask").click()
    expect(page.locator("#seen")).to_contain_text("answered in", timeout=WAIT_MS)
    answered = json.loads(page.locator("#answer pre code").inner_text())
    assert answered["vendor"] == "HARBOUR BAKERY"
    page.get_by_role("button", name="Copy as code").click()
    with page.expect_download() as download:
        page.locator("#copy-picture").click()
    download.value.save_as(tmp_path / download.value.suggested_filename)
    for tab in TABS:
        program = code(page, tab)
        assert "sk-not-to-be-shown" not in program
        printed = run(program, tab, tmp_path)
        if tab == "curl":
            printed = json.loads(printed)["choices"][0]["message"]["content"]
        assert json.loads(printed) == answered


def test_the_code_is_that_of_the_controls_as_they_stand_when_it_is_opened(page: Page, site: str) -> None:
    page.get_by_role("button", name="Copy as code").click()
    expect(page.locator("#copy-curl")).to_contain_text("Error: choose a picture first", timeout=WAIT_MS)
    page.get_by_role("button", name="Sign").click()
    expect(page.locator("#picture img")).to_be_visible(timeout=WAIT_MS)
    page.locator("#instruction textarea").fill("What is on it?")
    page.locator("#low-quality input").check()
    page.locator("#copy-anew").click()
    written = code(page, "curl")
    assert f"{site}/v1/chat/completions" in written
    assert "What is on it?" in written
    assert '"detail": "low"' in written
    assert "./sign.webp" in written

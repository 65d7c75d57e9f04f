"""What axe finds on the page with an answer, its receipt and the closer look open: nothing serious."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WAIT_MS = 60_000


def _answered(page: Page, site: str) -> None:
    from playwright.sync_api import expect

    page.goto(site)
    page.wait_for_selector("#ask", timeout=WAIT_MS)
    page.get_by_role("button", name="Receipt").click()
    expect(page.locator("#picture img")).to_be_visible(timeout=WAIT_MS)
    page.locator("#ask").click()
    expect(page.locator("#look .look")).to_be_visible(timeout=WAIT_MS)
    page.locator("#look .look > summary").click()
    page.locator("#look summary", has_text="What the model saw, pixel").click()


def _findings(page: Page) -> list[str]:
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run()")
    assert len(found["passes"]) > 20, "axe looked at a page"
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical") or fault["id"] == "heading-order"
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize(
    ("scheme", "width", "height"), [("light", 1280, 860), ("dark", 390, 844)], ids=["light desktop", "dark phone"]
)
def test_everybody_can_read_and_reach_what_is_there(
    browser: Browser, bundled_site: str, scheme: str, width: int, height: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,  # for axe's own script
    )
    try:
        page = context.new_page()
        _answered(page, bundled_site)
        assert _findings(page) == []
        page.evaluate("document.querySelector('.title p').style.color = '#8a8a8a55'")
        assert any("color-contrast" in fault for fault in _findings(page)), "and it would see a fault"
    finally:
        context.close()

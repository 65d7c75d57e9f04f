"""What axe finds on the page with an answer, its receipt, the closer look and the history open: nothing serious."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

WAIT_MS = 60_000
DESKTOP: ViewportSize = {"width": 1280, "height": 860}
PHONE: ViewportSize = {"width": 390, "height": 844}


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
    page.locator("#look summary", has_text="Two models side by side").click()
    page.get_by_role("button", name="Ask both models").click()
    expect(page.locator("#look .look-columns .look-status")).to_have_count(2, timeout=WAIT_MS)
    page.locator("#history summary").click()
    expect(page.locator("#history li")).to_be_visible(timeout=WAIT_MS)


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_and_reach_what_is_there(browser: Browser, bundled_site: str, scheme: str) -> None:
    context = browser.new_context(
        viewport=DESKTOP,
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,  # for axe's own script
    )
    try:
        page = context.new_page()
        _answered(page, bundled_site)
        assert page.evaluate("document.body.classList.contains('dark')") == (scheme == "dark")
        assert _findings(page) == []
        page.set_viewport_size(PHONE)
        page.wait_for_function("document.documentElement.scrollWidth <= 390")
        assert _findings(page) == []
        page.evaluate("document.querySelector('.title p').style.color = '#8a8a8a55'")
        assert any("color-contrast" in fault for fault in _findings(page)), "and it would see a fault"
    finally:
        context.close()

"""axe-core finds nothing wrong with the page, in any state, with everything opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.page_states import states

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]
# Languages differ in words and direction alone, so that a few stand for all.
STATES = {
    name: html
    for name, html in states().items()
    if not name.startswith("in-") or name in {"in-ar", "in-de", "in-ja"}
}


@pytest.fixture(scope="module")
def axe() -> str:
    if path := os.environ.get("TEST_AXE"):
        return Path(path).read_text(encoding="utf-8")
    pytest.skip("TEST_AXE names no script; tests/fetch_axe fetches one")


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing(browser: Browser, axe: str, name: str) -> None:
    dark = len(name) % 2 == 0  # half of the states in the dark
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, color_scheme="dark" if dark else "light"
    )
    page = context.new_page()
    page.set_content(STATES[name])
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    page.evaluate(axe)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found["violations"]] == []
    context.close()

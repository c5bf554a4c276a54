"""axe-core reports no violation in any state of the page, with all details open."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.page_states import states

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]
# Languages differ only in words and direction, so a few represent all.
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


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    yield page
    page.close()


@pytest.mark.parametrize("name", STATES)
def test_a_state_has_no_violation_in_either_scheme(page: Page, axe: str, name: str) -> None:
    """In the dark scheme only the contrast is another."""
    page.set_content(STATES[name])
    page.evaluate(
        "document.querySelectorAll('details').forEach((element) => { element.open = true })"
    )
    page.evaluate(f"window.axe || (() => {{ {axe} }})()")
    page.emulate_media(color_scheme="light")
    assert violations(page, "{}") == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert violations(page, "{runOnly: ['color-contrast']}") == []


def violations(page: Page, options: str) -> list[tuple[str, str]]:
    """Each rule that is violated, with an element that does."""
    found = page.evaluate(f"axe.run({{resultTypes: ['violations'], ...{options}}})")
    return [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found["violations"]]

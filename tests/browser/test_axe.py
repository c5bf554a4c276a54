"""axe-core reports no violation in any state of the page, with all details open."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", STATES)
def test_a_state_has_no_violation(
    browser: Browser, axe: str, name: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.set_content(STATES[name])
    page.evaluate(
        "document.querySelectorAll('details').forEach((element) => { element.open = true })"
    )
    page.evaluate(axe)
    violations = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in violations] == []
    context.close()

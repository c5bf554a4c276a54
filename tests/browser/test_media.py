"""The page in forced colours, on paper, and on a screen that its hours do not fit into."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.processes import Service

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]
# The colour of an element's property, or that of the card below.
_COLOR = """([selector, property]) =>
    getComputedStyle(document.querySelector(selector)).getPropertyValue(property)"""


@pytest.fixture(scope="module")
def page(browser: Browser, service: Service) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{service.url}/Paris?lang=de")
    yield page
    page.close()


def color(page: Page, selector: str, name: str) -> str:
    return str(page.evaluate(_COLOR, [selector, name]))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_keep_clouds_bars_and_the_moon(page: Page, scheme: str) -> None:
    page.emulate_media(forced_colors="active", color_scheme="dark" if scheme == "dark" else "light")
    background, text = color(page, "body", "background-color"), color(page, "body", "color")
    assert color(page, "symbol .cloud", "fill") == text != background
    assert color(page, ".curve", "stroke") == text
    assert color(page, ".range svg", "border-top-width") == "1px"
    assert color(page, ".spans [aria-current]", "border-top-width") == "1px"
    # The lit part of the moon is lighter than the other in both schemes, and outlined.
    assert color(page, ".lit", "fill") == "rgb(244, 241, 221)"
    assert color(page, ".disc", "fill") == "rgb(59, 71, 99)"
    assert color(page, ".disc", "stroke") == text
    page.emulate_media(forced_colors="none", color_scheme="light")


def test_paper_clips_no_word(page: Page) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1046})  # A4 with margins of 1 cm
    clipped = page.evaluate("""() => [...document.querySelectorAll(
        ".strip th, .strip td, .days summary > *, dt, dd, .range span"
    )].filter((box) => box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 1)
        .map((box) => box.textContent)""")
    assert clipped == []
    assert color(page, ".search", "display") == "none"
    page.emulate_media(media="screen")


def test_hours_that_do_not_fit_have_a_shadow_at_their_end(page: Page) -> None:
    """The cover of the shadow scrolls with the content, so the last hour has none."""
    page.set_viewport_size({"width": 390, "height": 844})
    box = page.locator(".hours .scroll")
    assert box.evaluate("(box) => box.scrollWidth > box.clientWidth + 100")
    assert color(page, ".hours .scroll", "background-attachment") == "local, scroll"
    assert color(page, ".hours .scroll", "background-image").count("linear-gradient") == 2

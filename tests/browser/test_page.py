"""What a visitor of the page sees and does."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from simulator import Upstreams
from tests.processes import Service

pytestmark = [
    pytest.mark.browser,
    # The driver leaves its event loop open when a page is closed.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

ZURICH = "129.132.19.216"  # of a university


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test if it requests another host, logs an error or runs a script."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: _note_message(message.text, problems))
    page.on("request", lambda request: _note_foreign(request.url, problems))
    page.on("requestfailed", lambda request: problems.append(request.url))
    yield page
    context.close()
    assert problems == []


def _note_message(text: str, problems: list[str]) -> None:
    # The browser logs a page with status 404 as an error.
    if "status of 404" not in text:
        problems.append(text)


def _note_foreign(url: str, problems: list[str]) -> None:
    if not url.startswith("http://127.0.0.1"):
        problems.append(url)


def visit(page: Page, service: Service, path: str = "/", address: str = ZURICH) -> None:
    page.set_extra_http_headers({"X-Forwarded-For": address})
    page.goto(service.url + path)


def test_the_visitors_place_is_shown(page: Page, service: Service) -> None:
    visit(page, service)
    expect(page.locator("h1")).to_contain_text(re.compile("."))
    expect(page.locator("main")).to_contain_text("Estimated from your IP address, within about")


@pytest.mark.geoip
@pytest.mark.parametrize(
    ("address", "place"),
    [
        (ZURICH, re.compile("Z[uü]rich.*CH")),
        ("131.111.150.25", re.compile("Cambridge.*GB")),
        ("130.216.33.1", re.compile("Auckland.*NZ")),
        ("2001:620:8::1", re.compile("Z[uü]rich.*CH")),
    ],
)
def test_a_real_database_locates_real_addresses(
    page: Page, service: Service, providers: Upstreams, address: str, place: re.Pattern[str]
) -> None:
    if not os.environ.get("TEST_GEOIP_DATABASES"):
        pytest.skip("TEST_GEOIP_DATABASES names no database; tests/fetch_geoip fetches one")
    providers.reset()
    visit(page, service, address=address)
    expect(page.locator("h1")).to_contain_text(place)
    expect(page.get_by_role("link", name="IP Geolocation by DB-IP")).to_have_attribute(
        "href", "https://db-ip.com"
    )
    called = {call.provider for call in providers.calls()}
    assert not called & {"ipwhois", "geojs"}, "no address leaves the server"


def test_a_search_shows_the_place(page: Page, service: Service) -> None:
    visit(page, service)
    search = page.get_by_role("searchbox").first
    search.fill("Paris, Texas")
    search.press("Enter")
    expect(page.locator("h1")).to_contain_text("Texas")
    expect(page.locator("main")).to_contain_text("From your search")


def test_a_namesake_can_be_chosen(page: Page, service: Service) -> None:
    visit(page, service, "/Paris")
    page.get_by_role("link", name="Paris, Texas, US").click()
    expect(page).to_have_url(re.compile("lat=33.66"))
    expect(page.locator("h1")).to_be_visible()


def test_the_units_can_be_chosen(page: Page, service: Service) -> None:
    visit(page, service, "/Paris?units=metric")
    expect(page.locator("main")).to_contain_text("°C")
    page.locator(".settings summary").click()
    page.get_by_label("Units").select_option("imperial")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("main")).to_contain_text("°F")
    search = page.get_by_role("searchbox").first
    search.fill("Tokyo")
    search.press("Enter")
    expect(page.locator("main")).to_contain_text("°F")


def test_a_day_opens_to_its_details(page: Page, service: Service) -> None:
    visit(page, service, "/Paris")
    day = page.locator(".days details").nth(2)
    day.locator("summary").click()
    expect(day).to_contain_text("Sunrise")
    day.get_by_role("link", name="Every hour").click()
    opened = page.locator("#day")
    for hour in range(24):
        expect(opened.get_by_role("columnheader", name=f"{hour:02}:00")).to_be_visible()
    for unit in ("°C", "mm", "Wind km/h"):
        expect(opened.get_by_role("rowheader", name=unit)).to_be_visible()
    expect(opened).to_contain_text("Sunrise")


def test_the_hours_are_charted_for_a_day_three_days_and_all(page: Page, service: Service) -> None:
    visit(page, service, "/Paris")
    expect(page.get_by_role("heading", name="The next 24 hours")).to_be_visible()
    page.get_by_role("link", name="3 d", exact=True).click()
    expect(page.get_by_role("heading", name="The next 3 days")).to_be_visible()
    expect(page.locator(".hours .meteogram")).to_be_visible()
    page.get_by_role("link", name="16 d", exact=True).click()
    expect(page.get_by_role("heading", name="The next 16 days")).to_be_visible()
    page.get_by_role("link", name="24 h", exact=True).click()
    expect(page.locator(".hours table")).to_be_visible()


@pytest.mark.parametrize("path", ["/Paris", "/Paris?lang=de", "/Tokyo?lang=ru"])
def test_a_phone_shows_the_sentence_and_the_next_hours_first(
    browser: Browser, service: Service, path: str
) -> None:
    """Place, temperature, condition, sentence, and the chart of the hours are on its screen."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(service.url + path)
    for selector in ("h1", ".temperature", ".words b", ".outlook", ".strip thead", ".meteogram"):
        box = page.locator(f"main {selector}").first.bounding_box()
        assert box, selector
        assert box["y"] + box["height"] <= 844, selector
    context.close()


@pytest.mark.parametrize("path", ["/docs", "/problems"])
def test_pages_without_weather_have_their_style(page: Page, service: Service, path: str) -> None:
    visit(page, service, path)
    expect(page.locator("td").first).to_have_css("vertical-align", "top")
    expect(page.locator("body")).not_to_contain_text("`")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_unknown_place_keeps_the_search_field(page: Page, service: Service) -> None:
    visit(page, service, "/")
    search = page.get_by_role("searchbox").first
    search.fill("Xyzzyville")
    search.press("Enter")
    expect(page.get_by_role("searchbox").first).to_have_value("Xyzzyville")
    expect(page.locator("main")).to_contain_text("Xyzzyville")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_its_width(browser: Browser, service: Service, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"{service.url}/Paris")
    for width in (320, 768, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_keyboard_reaches_the_search(page: Page, service: Service) -> None:
    visit(page, service, "/Paris")
    reached: list[str] = []
    for _ in range(8):
        page.keyboard.press("Tab")
        reached.append(page.locator(":focus").first.inner_text() or "(field)")
    assert reached[0].startswith("Skip")
    assert "(field)" in reached
    assert "Search" in reached

"""The page's script: suggestions, geolocation, favourites, the offline page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.processes import Service

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, service: Service) -> Iterator[Page]:
    """A page at /Paris; fails the test on an error of the script or a violation of the policy."""
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: _note_violation(message.text, problems))
    page.goto(service.url + "/Paris")
    yield page
    assert problems == []


def _note_violation(text: str, problems: list[str]) -> None:
    if "Content Security Policy" in text or "Content-Security-Policy" in text:
        problems.append(text)


def test_a_suggestion_is_chosen_by_keyboard(page: Page) -> None:
    search = page.get_by_role("combobox", name="Search for a place")
    search.press_sequentially("Par")
    options = page.locator("#suggestions [role=option]")
    expect(page.locator("#suggestions")).to_have_css("position", "absolute")
    expect(options.filter(has_text="Paris, Texas, US")).to_be_visible()
    expect(search).to_have_attribute("aria-expanded", "true")
    search.press("ArrowDown")
    search.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    words = chosen.inner_text()
    expect(search).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "-")
    search.press("Enter")
    page.wait_for_url(re.compile("q=Paris"))
    expect(page.locator("h1")).to_have_text(words)


def test_a_character_of_chinese_or_japanese_suffices_for_suggestions(page: Page) -> None:
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    search = page.get_by_role("combobox", name="Search for a place")
    search.fill("To")
    with page.expect_response(re.compile("api/v1/places")) as response:
        search.fill("東京")
    assert response.value.ok
    expect(page.locator("[role=option]").first).to_contain_text("JP")
    with page.expect_response(re.compile("api/v1/places")):
        search.fill("東")
    assert not any("q=To&" in url for url in requested)


def test_a_search_without_suggestions_says_so(page: Page) -> None:
    search = page.get_by_role("combobox", name="Search for a place")
    search.fill("Xyzzyville")
    expect(page.get_by_role("status").filter(has_text="Unknown location")).to_be_visible()
    search.fill("Paris")
    expect(page.locator("[role=option]").first).to_be_visible()
    expect(page.locator("#status")).to_have_text("")


def test_places_are_added_to_a_comparison_and_removed(page: Page, service: Service) -> None:
    page.goto(service.url + "/compare?q=Paris&q=Oslo")
    field = page.get_by_role("combobox", name="Add a place")
    field.press_sequentially("Berl")
    page.locator("[role=option]").first.click()
    cards = page.locator(".places > section")
    expect(cards).to_have_count(3)
    expect(cards.nth(2)).to_contain_text("Berlin")
    rows = [card.locator("ol.short").bounding_box() for card in cards.all()]
    assert len({round(box["y"]) for box in rows if box}) == 1, "the days are in the same rows"
    expect(cards.first.locator(".falls").first).to_have_text(re.compile(r"[\d.]+ mm"))
    page.get_by_role("link", name="Remove: Oslo").click()
    expect(cards).to_have_count(2)
    expect(page.locator(".places")).not_to_contain_text("Oslo")
    field.fill("Xyzzyville")
    expect(page.locator("main").get_by_role("status")).to_have_text("Unknown location")


def test_a_comparison_fits_its_width(browser: Browser, service: Service) -> None:
    page = browser.new_page()
    page.goto(service.url + "/compare?q=Paris&q=Oslo&q=Xyzzyville&units=imperial")
    for width in (280, 320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_the_examples_of_an_error_are_links(page: Page, service: Service) -> None:
    page.goto(service.url + "/Xyzzyville?lang=de")
    page.get_by_role("link", name="Paris, US").click()
    expect(page.locator("h1")).to_contain_text("US")


def test_a_page_that_asks_for_the_place_offers_to_locate(
    browser: Browser, service: Service
) -> None:
    context = browser.new_context(
        permissions=["geolocation"], geolocation={"latitude": 59.91, "longitude": 10.75}
    )
    page = context.new_page()
    page.set_extra_http_headers({"X-Forwarded-For": "192.0.2.1"})
    page.goto(service.url + "/?ip=192.0.2.1")
    button = page.locator("main").get_by_role("button", name="Use my location")
    expect(button).to_be_visible()
    button.click()
    page.wait_for_url(re.compile(r"lat=59\.91&lon=10\.75"))
    context.close()


def test_a_suggestion_is_chosen_by_mouse_and_escape_hides_them(page: Page) -> None:
    search = page.get_by_role("combobox", name="Search for a place")
    search.press_sequentially("Berl")
    expect(page.locator("#suggestions [role=option]").first).to_be_visible()
    search.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    search.press_sequentially("in")
    page.locator("#suggestions [role=option]").first.click()
    expect(page.locator("h1")).to_contain_text("Berlin")


def test_the_hour_under_the_pointer_and_of_the_arrow_keys_is_read(
    page: Page, service: Service
) -> None:
    """In the table of 24 hours and in the longer charts; the script for it is loaded then."""
    for path, labels in (("/Paris", ("°C", "mm", "Wind km/h")), ("/Paris?hours=72", ("km/h",))):
        page.goto(service.url + path)
        reading = page.locator(".reading")
        expect(reading).to_have_text("")
        hours = page.locator(".hours .scroll")
        hours.focus()
        expect(page.locator("#more")).to_be_attached()
        page.evaluate(_READABLE)
        page.keyboard.press("ArrowRight")
        first = reading.inner_text()
        assert all(label in first for label in labels), first
        page.keyboard.press("ArrowRight")
        second = reading.inner_text()
        assert second != first
        page.keyboard.press("ArrowLeft")
        expect(reading).to_have_text(first)
        page.keyboard.press("End")
        expect(page.locator(".cursor")).to_be_attached()
        last = reading.inner_text()
        page.keyboard.press("ArrowRight")
        expect(reading).to_have_text(last)
        page.keyboard.press("Home")
        expect(reading).to_have_text(first)
        chart = page.locator(".meteogram")
        box = chart.bounding_box()
        assert box
        chart.hover(position={"x": box["width"] * 1.5 / (72 if "?" in path else 24), "y": 20})
        expect(reading).to_have_text(second)


def test_what_is_pointed_at_answers_and_says_what_its_picture_is(
    page: Page, service: Service
) -> None:
    page.goto(service.url + "/Paris")
    day = page.locator(".days summary").nth(1)
    at_rest = day.evaluate("(day) => getComputedStyle(day).backgroundColor")
    day.hover()
    expect(page.locator("#more")).to_be_attached()
    expect(day).not_to_have_css("background-color", at_rest)
    sky = page.locator(".strip td:has([aria-label])").first
    expect(sky).to_have_attribute("title", str(sky.locator("svg").get_attribute("aria-label")))
    expect(page.locator(".strip .arrow").first).to_have_attribute("title", re.compile("^from the "))


def test_the_time_axis_of_the_reading_runs_from_right_to_left_in_arabic(
    page: Page, service: Service
) -> None:
    page.goto(service.url + "/Paris?hours=72&lang=ar")
    page.locator(".hours .scroll").focus()
    page.evaluate(_READABLE)
    page.keyboard.press("Home")
    first = page.locator(".reading").inner_text()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".reading")).not_to_have_text(first)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".reading")).to_have_text(first)
    box, chart = page.locator(".cursor").bounding_box(), page.locator(".meteogram").bounding_box()
    assert box
    assert chart
    assert box["x"] > chart["x"] + chart["width"] * 0.9


def test_an_opened_day_gets_its_hours(page: Page, service: Service) -> None:
    """Those that its link leads to, with every icon that they have; the address stays."""
    days = page.locator(".days details")
    for number in (1, 5):
        day = days.nth(number)
        day.locator("summary").click()
        expect(day.get_by_role("columnheader", name="23:00")).to_be_attached()
        assert day.get_by_role("columnheader").count() == 24
        expect(day.get_by_role("link", name="Every hour")).to_have_count(0)
        expect(day).to_contain_text("Sunrise")
    missing = page.evaluate("""() => [...document.querySelectorAll(".days use")].filter(
        (use) => !document.getElementById(use.getAttribute("href").slice(1))).length""")
    assert missing == 0
    assert page.url == service.url + "/Paris"


def test_one_day_is_open_at_a_time_and_keeps_its_place(page: Page) -> None:
    """Opened again, it has its hours without another request; the page stays small."""
    summaries = page.locator(".days summary")
    first, third = page.locator(".days details").nth(1), page.locator(".days details").nth(3)
    summaries.nth(1).click()
    expect(first.get_by_role("columnheader")).to_have_count(24)
    summaries.nth(3).scroll_into_view_if_needed()
    before = summaries.nth(3).bounding_box()
    summaries.nth(3).click()
    expect(third.get_by_role("columnheader")).to_have_count(24)
    expect(first).not_to_have_attribute("open", "")
    after = summaries.nth(3).bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 2
    assert page.evaluate("document.querySelectorAll('*').length") < 1400
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    summaries.nth(1).click()
    expect(first.get_by_role("columnheader")).to_have_count(24)
    expect(third.get_by_role("columnheader")).to_have_count(0)
    assert requests == []


def test_an_opened_day_keeps_its_link_without_network(context: BrowserContext, page: Page) -> None:
    page.locator(".hours .scroll").focus()
    page.evaluate(_READABLE)
    context.set_offline(True)
    day = page.locator(".days details").nth(3)
    day.locator("summary").click()
    expect(day.get_by_role("link", name="Every hour")).to_be_visible()
    context.set_offline(False)


def test_a_page_without_hours_has_no_reading(page: Page, service: Service) -> None:
    for path in ("/Xyzzyville", "/compare?q=Paris&q=Oslo"):
        page.goto(service.url + path)
        page.get_by_role("combobox").first.focus()
        expect(page.locator("#more")).to_be_attached()
        page.wait_for_load_state("networkidle")


def test_the_browsers_coordinates_are_rounded_before_they_are_sent(
    context: BrowserContext, page: Page
) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 59.913868, "longitude": 10.752245})
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.get_by_role("button", name="Use my location").click()
    page.wait_for_url(re.compile(r"lat=59\.91&lon=10\.75$"))
    expect(page.locator("main")).to_contain_text("At these coordinates")
    assert not any("59.913" in url or "10.752" in url for url in requested)


def test_a_refused_geolocation_is_reported(browser: Browser, service: Service) -> None:
    context = browser.new_context(permissions=[])
    page = context.new_page()
    page.goto(service.url + "/Paris")
    # The behaviour of a browser whose visitor clicks "Block".
    page.evaluate(
        "() => { navigator.geolocation.getCurrentPosition = (_, refused) => refused({code: 1}) }"
    )
    page.get_by_role("button", name="Use my location").click()
    expect(page.locator("#status")).to_have_text("Your browser did not tell where you are.")
    assert page.url.endswith("/Paris")
    context.close()


def test_geolocation_is_not_requested_without_a_click(browser: Browser, service: Service) -> None:
    context = browser.new_context()
    context.add_init_script(
        "navigator.geolocation.getCurrentPosition = () => { document.title = 'asked' }"
    )
    page = context.new_page()
    page.goto(service.url + "/Paris")
    page.wait_for_load_state("networkidle")
    assert page.title() != "asked"
    context.close()


def test_units_and_language_are_saved(page: Page, service: Service) -> None:
    page.locator(".settings summary").click()
    page.get_by_label("Units").select_option("imperial")
    page.get_by_label("Language").select_option("de")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.locator("main")).to_contain_text("°F")
    page.goto(service.url + "/Tokyo")
    expect(page.get_by_role("heading", name="Die nächsten 24 Stunden")).to_be_visible()
    expect(page.locator("main")).to_contain_text("°F")


def test_each_quantity_and_the_clock_have_a_setting(page: Page, service: Service) -> None:
    page.locator(".settings summary").click()
    page.get_by_label("Units").select_option("uk")
    page.get_by_label("Wind").select_option("kn")
    page.get_by_label("Pressure").select_option("inhg")
    page.get_by_label("Clock").select_option("12")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".settings summary")).to_contain_text("°C, kn")
    expect(page.locator(".now h2 time").first).to_have_text(re.compile(r"^\d+:\d\d [AP]M$"))
    expect(page.locator("main")).to_contain_text("inHg")
    page.goto(service.url + "/Tokyo")
    page.locator(".settings summary").click()
    expect(page.get_by_label("Wind")).to_have_value("kn")
    expect(page.get_by_label("Clock")).to_have_value("12")
    expect(page.get_by_label("Precipitation")).to_have_value("")


def test_hours_of_a_clock_of_12_hours_do_not_overprint(browser: Browser, service: Service) -> None:
    page = browser.new_page()
    page.goto(service.url + "/Paris?clock=12")
    expect(page.locator(".strip thead th").first).to_have_text(re.compile(r"\d [AP]M"))
    for width in (390, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate(
            "[...document.querySelectorAll('.strip thead th')].filter(cell => {"
            "const range = document.createRange(); range.selectNodeContents(cell);"
            "return range.getBoundingClientRect().width > cell.getBoundingClientRect().width })"
            ".map(cell => cell.textContent)"
        )
        assert wide == [], width
    page.close()


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)])
@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_open_settings_push_nothing_and_fit_the_window(
    browser: Browser, service: Service, size: tuple[int, int], language: str
) -> None:
    """They are there without the script too; with it, Escape and a press elsewhere close them."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(f"{service.url}/Paris?lang={language}")
    before = page.locator("main").bounding_box()
    page.locator(".settings summary").click()
    form = page.locator(".settings form")
    box = form.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("main").bounding_box() == before
    expect(page.locator("#more")).to_be_attached()
    page.wait_for_load_state("networkidle")
    form.locator("select").first.focus()
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    page.locator(".settings summary").click()
    expect(form).to_be_visible()
    page.mouse.click(width / 2, height - 20)
    expect(form).to_be_hidden()
    context.close()


def test_favourites_are_saved_and_compared(page: Page, service: Service) -> None:
    page.get_by_role("button", name="Keep this place").click()
    expect(page.get_by_role("button", name="Forget this place")).to_be_visible()
    page.goto(service.url + "/Tokyo")
    page.get_by_role("button", name="Keep this place").click()
    page.get_by_role("link", name="Side by side").click()
    expect(page.get_by_role("link", name="Tokyo").nth(1)).to_be_visible()
    page.get_by_role("navigation", name="Your places").get_by_role("link").first.click()
    expect(page.locator("h1")).to_contain_text("Paris")
    page.get_by_role("button", name="Forget this place").click()
    expect(page.get_by_role("navigation", name="Your places").get_by_role("link")).to_have_count(1)


def test_favourites_show_their_weather_and_which_is_open(
    context: BrowserContext, page: Page, service: Service
) -> None:
    saved = "units=imperial&keep=Paris%2C+%C3%8Ele-de-France%2C+FR&keep=Oslo%2C+NO&keep=Xyzzyville"
    context.add_cookies([{"name": "kept", "value": saved, "url": service.url}])
    page.goto(service.url + "/Paris")
    places = page.get_by_role("navigation", name="Your places")
    oslo = places.get_by_role("link", name="Oslo")
    expect(oslo).to_have_text(re.compile(r"^Oslo, NO −?\d+°$"))
    icon = oslo.locator("use").get_attribute("href")
    assert icon
    expect(page.locator(f"symbol{icon}")).to_have_count(1)
    expect(places.get_by_role("link", name="Xyzzyville")).to_have_text("Xyzzyville")
    expect(places.locator("[aria-current=page]")).to_contain_text("Paris")
    shown = places.locator("[aria-current=page]").inner_text().rpartition(" ")[2]
    assert page.locator(".now .temperature").inner_text().startswith(shown.strip("°"))
    page.goto(service.url + "/Oslo")
    before = page.locator("main").bounding_box()
    expect(places.locator("[aria-current=page]")).to_contain_text("Oslo")
    expect(oslo.locator("use")).to_be_attached()
    assert page.locator("main").bounding_box() == before


def test_the_curl_command_is_copied(context: BrowserContext, page: Page, service: Service) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("#copy")).to_have_text("Copied")
    command = f"curl {service.url}/Paris"
    assert page.evaluate("navigator.clipboard.readText()") == command
    # A browser that refuses it, as one does that is set to.
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()) }")
    page.get_by_role("button", name="Copied").click()
    page.wait_for_function(f"getSelection().toString() === {command!r}")


def test_the_place_is_shared_where_the_browser_can(browser: Browser, service: Service) -> None:
    """By the URL of the place, as that of the start page is of whoever opens it."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script("navigator.share = async (data) => { window.shared = data }")
    page.goto(service.url + "/?lat=48.85&lon=2.35")
    page.get_by_role("button", name="Share").click()
    page.wait_for_function("window.shared")
    assert page.evaluate("window.shared.url").startswith(service.url + "/?q=")
    assert page.evaluate("window.shared.title") == page.title()
    context.close()
    without = browser.new_context()
    page = without.new_page()
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(service.url + "/Paris")
    expect(page.locator("#locate")).to_be_visible()
    expect(page.locator("#share")).to_be_hidden()
    without.close()


def test_the_card_is_shown_by_pages_of_other_sites_and_the_page_is_not(
    browser: Browser, service: Service
) -> None:
    context = browser.new_context()
    page = context.new_page()
    with another_site(service) as url:
        page.goto(url)
        expect(page.frame_locator("iframe").first.locator("h1")).to_contain_text("London")
        expect(page.frame_locator("iframe").nth(1).locator("h1")).not_to_contain_text("London")
    context.close()


@contextmanager
def another_site(service: Service) -> Iterator[str]:
    """The URL of a page of another origin, with the card and the page of a place in frames."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            for path in ("/embed/London", "/London"):
                self.wfile.write(f'<iframe src="{service.url}{path}"></iframe>'.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_card_fits_a_small_frame(browser: Browser, service: Service, language: str) -> None:
    context = browser.new_context(viewport={"width": 280, "height": 400})
    page = context.new_page()
    page.goto(f"{service.url}/embed/London?lang={language}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 280
    context.close()


def test_the_last_forecast_is_shown_offline_with_its_age(
    context: BrowserContext, page: Page, service: Service
) -> None:
    page.evaluate(_CACHED)
    context.set_offline(True)
    page.reload()
    expect(page.locator("#offline")).to_have_text(
        re.compile(r"You are offline\. This forecast is \d+ min old\.")
    )
    expect(page.locator("h1")).to_contain_text("Paris")
    expect(page.locator("#offline")).not_to_contain_text("Paris")
    page.goto(service.url + "/never-seen")
    expect(page.locator("h1")).to_contain_text("Paris")
    expect(page.locator("#offline")).to_contain_text("It is for Paris, Île-de-France, FR only.")
    context.set_offline(False)
    page.goto(service.url + "/Tokyo")
    expect(page.locator("#offline")).to_be_hidden()


def test_a_first_visit_transfers_at_most_14_kb(browser: Browser, service: Service) -> None:
    """All bytes received, with headers and the files of the installed page."""
    context = browser.new_context()
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    received: list[float] = []
    requested: list[str] = []
    network.on("Network.loadingFinished", lambda it: received.append(it["encodedDataLength"]))
    network.on("Network.requestWillBeSent", lambda it: requested.append(_url(it)))
    page.goto(service.url + "/Paris")
    page.wait_for_load_state("networkidle")
    assert [url for url in requested if url.startswith("http")] == [service.url + "/Paris"]
    others = [page.request.get(service.url + path) for path in ("/sw.js", "/manifest.webmanifest")]
    extra = sum(int(answer.headers["content-length"]) for answer in others)
    assert sum(received) + extra <= 14 * 1024
    context.close()


# Resolves once the page is in the cache and the service worker controls it.
_CACHED = """() => new Promise((done) => {
    const look = async () => {
        const page = await (await caches.open("pages")).match("/last");
        page && navigator.serviceWorker.controller ? done() : setTimeout(look, 50);
    };
    look();
})"""
# Resolves once the chart can be read.
_READABLE = """() => new Promise((done) => {
    const look = () =>
        document.querySelector(".meteogram").onpointermove ? done() : setTimeout(look, 20);
    look();
})"""
_LONG = "keep=Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"


def _url(event: dict[str, Any]) -> str:
    return str(event["request"]["url"])


@pytest.mark.parametrize("path", ["/Paris", "/Xyzzyville", "/compare?q=Paris&q=Oslo"])
@pytest.mark.parametrize("language", ["en", "fi", "ar", "de"])
def test_the_page_fits_320_pixels_with_long_words(
    browser: Browser, service: Service, path: str, language: str
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700})
    context.add_cookies([{"name": "kept", "value": _LONG, "url": service.url}])
    page = context.new_page()
    page.goto(f"{service.url}{path}{'&' if '?' in path else '?'}lang={language}")
    for day in page.locator("details summary").all()[:3]:
        day.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_the_keyboard_reaches_everything(page: Page) -> None:
    """Every stop is visible and has a name; the days and the sources are reached."""
    names: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        name, visible = page.evaluate(
            """(() => { const e = document.activeElement, box = e.getBoundingClientRect();
            return [(e.innerText || e.labels?.[0]?.innerText || e.ariaLabel || e.tagName).trim(),
                    box.width > 0 && box.height > 0]; })()"""
        )
        names.append(name)
        assert visible, name
    assert names[0] == "Skip to the content"
    assert any(name.startswith("Today") for name in names)
    assert "JSON" in names


def test_the_layout_does_not_shift(browser: Browser, service: Service) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach("
        "(e) => window.shift += e.value)).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(service.url + "/Paris")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shift") == 0
    context.close()

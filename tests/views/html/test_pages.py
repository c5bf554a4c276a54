"""The page, read back by a parser: what is told where, and that it is sound HTML."""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import weather
from tests import reports
from weather.core.errors import (
    InvalidLocation,
    LocationNotFound,
    UpstreamUnavailable,
    VisitorLocationUnknown,
    WeatherError,
)
from weather.core.models import (
    AirQuality,
    Coordinates,
    Credit,
    LocatedBy,
    LocatedPlace,
    Place,
    Report,
)
from weather.i18n.languages import LANGUAGES, Language
from weather.views.html import assets, comparison, pages
from weather.views.options import Units, ViewOptions
from weather.views.page_address import PageAddress
from weather.views.saved import SavedPreferences

METRIC = ViewOptions(units=Units.METRIC)
IMPERIAL = ViewOptions(units=Units.IMPERIAL)
NOT_FOUND = LocationNotFound("No place called “Nowhere” is known.")
_VOID = {"meta", "link", "input", "img"}
_RAW = {"style", "script"}
_CODE = "<script>alert('&')</script>"


class Document(HTMLParser):
    """A page's elements as (tag, attributes), and the text inside each kind of element.

    Fails on a tag that is not closed in its place.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.raw: dict[str, str] = {}
        self._open: list[tuple[str, list[str]]] = []
        self.feed(html)
        self.close()
        assert not self._open, f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), f"an attribute twice: {attrs}"
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append((self._name(tag), []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert any(tag == "svg" for tag, _ in self._open), f"only SVG closes itself: {tag}"
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        opened, words = self._open.pop()
        assert opened == self._name(tag)
        self.texts.append((opened, " ".join("".join(words).split())))

    def _name(self, tag: str) -> str:
        """A drawing has a title of its own."""
        drawn = tag == "title" and any(tag == "svg" for tag, _ in self._open)
        return "svg title" if drawn else tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] in _RAW:
            self.raw[self._open[-1][0]] = data
            return
        for _, words in self._open:
            words.append(data)

    def all(self, tag: str) -> list[str]:
        return [text for kind, text in self.texts if kind == tag]

    def one(self, tag: str) -> str:
        (text,) = self.all(tag)
        return text

    def attributes(self, tag: str, name: str) -> list[str]:
        return [has[name] or "" for kind, has in self.elements if kind == tag and name in has]

    @property
    def text(self) -> str:
        return self.one("body")

    @property
    def facts(self) -> dict[str, str]:
        """The first value under each name."""
        pairs = zip(self.all("dt"), self.all("dd"), strict=True)
        return dict(reversed(list(pairs)))

    @property
    def links(self) -> dict[str, str]:
        urls = self.attributes("a", "href")
        return dict(zip(self.all("a"), urls, strict=True))

    def row(self, name: str) -> list[str]:
        """The cells of the hours' table in the row of a name."""
        table = re.search(rf'<th scope="row">{re.escape(name)}</th>(.*?)</tr>', self.html, re.S)
        assert table, f"no row {name}"
        return Document(table[1]).all("td")

    def values(self, name: str) -> list[str]:
        """All values under a name."""
        return [v for n, v in zip(self.all("dt"), self.all("dd"), strict=True) if n == name]

    def hidden(self) -> dict[str | None, str | None]:
        inputs = [has for tag, has in self.elements if tag == "input"]
        return {has["name"]: has["value"] for has in inputs if has.get("type") == "hidden"}


WINDHAVEN = PageAddress("/Windhaven")
CHOSEN = PageAddress("/", (("q", "Windhaven"), ("units", "imperial"), ("lang", "de")))


def render(
    report: Report | None = None,
    options: ViewOptions = METRIC,
    address: PageAddress = WINDHAVEN,
    saved: SavedPreferences | None = None,
) -> str:
    options = replace(options, address=address, saved=saved or SavedPreferences())
    return pages.render(report or reports.report(), options)


def show(
    report: Report | None = None,
    options: ViewOptions = METRIC,
    address: PageAddress = WINDHAVEN,
    saved: SavedPreferences | None = None,
) -> Document:
    return Document(render(report, options, address, saved))


def fail(error: WeatherError, query: str = "", options: ViewOptions = METRIC) -> Document:
    return Document(pages.render_error(error, replace(options, query=query)))


def located(
    method: LocatedBy, source: str | None = None, place: Place = reports.WINDHAVEN
) -> Report:
    return reports.report(located=LocatedPlace(place, method, source))


STATES: dict[str, Callable[[], Document]] = {
    "a fine day": show,
    "american": lambda: show(reports.american(), IMPERIAL),
    "snow at night": lambda: show(reports.snow_night()),
    "storm": lambda: show(reports.storm()),
    "polar night": lambda: show(reports.polar_night()),
    "polar day": lambda: show(reports.polar_day()),
    "nothing told": lambda: show(reports.nothing_told()),
    "six-hourly": lambda: show(reports.six_hourly()),
    "stale": lambda: show(reports.stale()),
    "warned": lambda: show(reports.warned()),
    "sample": lambda: show(reports.sample()),
    "no hours, no days": lambda: show(reports.report(hours=(), days=())),
    "invalid": lambda: fail(InvalidLocation("The latitude must lie between -90 and 90."), "91,0"),
    "not found": lambda: fail(NOT_FOUND, "Nowhere"),
    "unknown": lambda: fail(VisitorLocationUnknown("Your address cannot be told.")),
    "side by side": lambda: Document(
        comparison.render_comparison([("A", reports.report()), ("B", NOT_FOUND)], METRIC)
    ),
    "unavailable": lambda: fail(UpstreamUnavailable("No forecast is to be had."), "Windhaven"),
}


@pytest.fixture(scope="module", params=STATES)
def document(request: pytest.FixtureRequest) -> Document:
    return STATES[request.param]()


def test_every_reference_has_its_target(document: Document) -> None:
    ids = [has["id"] for _, has in document.elements if "id" in has]
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    for tag, name in (("section", "aria-labelledby"), ("div", "aria-labelledby"), ("label", "for")):
        assert set(document.attributes(tag, name)) <= set(ids)
    references = document.attributes("a", "href") + document.attributes("use", "href")
    assert {url[1:] for url in references if url.startswith("#")} <= set(ids)
    assert set(re.findall(r"url\(#(\w+)\)", document.html)) <= set(ids)


def test_the_policy_forbids_nothing_on_it(document: Document) -> None:
    tags = {tag for tag, _ in document.elements}
    assert not tags & {"iframe", "object", "base"}
    for tag in ("style", "script"):
        digest = hashlib.sha256(document.raw[tag].encode()).digest()
        assert f"{tag}-src 'sha256-{base64.b64encode(digest).decode()}'" in assets.POLICY
    assert "unsafe" not in assets.POLICY
    names = {name for _, has in document.elements for name in has}
    assert not [name for name in names if name == "style" or name.startswith("on")]
    own = document.attributes("link", "href") + document.attributes("img", "src")
    assert all(url.startswith(("/", "data:image/svg+xml,")) for url in own)


def test_headings_are_one_outline(document: Document) -> None:
    levels = [int(tag[1]) for tag, _ in document.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_is_told_to_machines_and_screen_readers(document: Document) -> None:
    assert document.attributes("html", "lang") == ["en"]
    assert [tag for tag, _ in document.elements].count("main") == 1
    assert document.attributes("form", "role") == ["search"]
    assert "Search for a place" in document.all("label")
    assert document.attributes("a", "href")[0] == "#main"
    assert document.one("title").endswith(" · The weather where you are")
    for has in (has for tag, has in document.elements if tag == "svg"):
        assert has.get("aria-hidden") == "true" or has.get("role") == "img"
    for moment in document.attributes("time", "datetime"):
        assert date.fromisoformat(moment[:10])
        assert len(moment) == len("2026-05-15") or datetime.fromisoformat(moment).tzinfo


def test_nothing_of_the_inside_shows(document: Document) -> None:
    words = re.compile(r"\bNone\b|\bnan\b|Undefined|datetime|object at|Markup|{{|{%")
    assert not words.search(document.text), words.search(document.text)


def test_now() -> None:
    document = show()
    assert document.one("h1") == "Windhaven, Holm, DE"
    title = "Windhaven, Holm, DE: 10 °C, Mainly clear · The weather where you are"
    assert document.one("title") == title
    assert "Now 10:15 CEST, Friday 15 May" in document.all("h2")
    assert "10 °C Mainly clear Feels like 10 °C Today 4° to 14°" in document.text
    assert document.facts["Wind"] == "3 km/h from the south"
    assert dict(zip(document.all("dt")[1:9], document.all("dd")[1:9], strict=True)) == {
        "Gusts": "5 km/h",
        "Precipitation": "0.0 mm",
        "Humidity": "91 %",
        "Dew point": "6 °C",
        "Pressure": "1016 hPa",
        "Cloud cover": "30 %",
        "Visibility": "24 km",
        "UV index": "5, moderate",
    }


def test_american_units() -> None:
    document = show(reports.report(), IMPERIAL)
    assert "51 °F Mainly clear Feels like 50 °F Today 40° to 58°" in document.text
    assert document.facts["Wind"].startswith("2 mph")
    assert document.facts["Pressure"] == "30.01 inHg"
    assert document.row("in")[-1] == "0.08"
    assert document.row("°F")[0] == "51°"


def test_wind_in_metres_per_second() -> None:
    document = show(options=ViewOptions(units=Units.METRIC, wind_in_ms=True))
    assert document.facts["Gusts"] == "1 m/s"
    assert document.row("Wind m/s")[-1] == "from the northwest 5"


def test_frost_has_a_real_minus_and_calm_air_no_direction() -> None:
    document = show(reports.snow_night())
    assert "−7 °C Heavy snow Feels like −13 °C" in document.text
    assert document.facts["Wind"] == "0 km/h"
    assert document.facts["Snowfall"] == "3.1 cm"
    assert document.facts["Visibility"] == "0.3 km"
    assert not re.search(r"(?<!\w)-\d", document.text)
    assert "heavy-snow night" in render(reports.snow_night())


@pytest.mark.parametrize(
    ("method", "source", "words"),
    [
        (LocatedBy.NAME, "Open-Meteo", "The name you gave (Open-Meteo)"),
        (LocatedBy.COORDINATES, None, "The coordinates you gave"),
        (LocatedBy.ADDRESS, "ipwho.is", "The address you gave (ipwho.is)"),
        (LocatedBy.VISITOR, "ipwho.is", "Your address, give or take 25 km (ipwho.is)"),
        (
            LocatedBy.SERVER,
            "get.geojs.io",
            "The server’s own place, as you are on its network (get.geojs.io)",
        ),
        (LocatedBy.DEFAULT, None, "The operator’s default place"),
    ],
)
def test_why_this_place(method: LocatedBy, source: str | None, words: str) -> None:
    document = show(located(method, source))
    assert f"{words} · Not right? Name your place" in document.text
    assert document.links["Not right? Name your place"] == "#q"


def test_every_method_has_its_words() -> None:
    for method in LocatedBy:
        assert "· Not right? Name your place" in show(located(method)).text


def test_the_runners_up_are_a_click_away() -> None:
    paris = Place(Coordinates(33.66094, -95.55551), "Paris", "Texas", "United States", "US")
    london = Place(Coordinates(42.98339, -81.23304), "London", "Ontario", "Canada", "CA")
    found = LocatedPlace(reports.WINDHAVEN, LocatedBy.NAME, None, (paris, london))
    document = show(reports.report(located=found))
    assert "Also: Paris, Texas, US · London, Ontario, CA" in document.text
    assert document.links["Paris, Texas, US"] == "/?lat=33.6609&lon=-95.5555"
    assert "Also:" not in show(located(LocatedBy.NAME)).text


def test_what_the_visitor_chose_goes_along() -> None:
    document = show(options=IMPERIAL, address=CHOSEN)
    assert document.hidden()["units"] == "imperial"
    assert document.hidden()["lang"] == "de"
    there = parse_qs(urlsplit(document.links["New Windhaven, Jersey, US"]).query)
    assert there == {"lat": ["40.7000"], "lon": ["-74.0200"], "units": ["imperial"], "lang": ["de"]}
    assert set(show().hidden()) == {"back"}


@pytest.mark.parametrize(
    ("options", "own"),
    [
        (METRIC, "metric"),
        (ViewOptions(), "metric"),
        (ViewOptions(units=Units.METRIC, wind_in_ms=True), "ms"),
        (IMPERIAL, "imperial"),
    ],
)
def test_units_and_languages_are_offered(options: ViewOptions, own: str) -> None:
    document = show(options=options)
    offered = [has for tag, has in document.elements if tag == "option"]
    assert [has["value"] for has in offered[:3]] == ["metric", "ms", "imperial"]
    assert [has["value"] for has in offered if "selected" in has] == [own, "en"]
    assert len(offered) == 3 + len(LANGUAGES)
    names = {"metric": "°C, km/h", "ms": "°C, m/s", "imperial": "°F, mph"}
    (summary,) = [text for text in document.all("summary") if "English" in text]
    assert summary.startswith(names[own])


def test_a_choice_leads_back_to_the_page_without_what_the_url_said() -> None:
    document = show(options=IMPERIAL, address=CHOSEN)
    assert document.hidden()["back"] == "/?q=Windhaven"


def test_favourites() -> None:
    kept = SavedPreferences(places=("Windhaven, Holm, DE", "Oslo"))
    document = show(saved=kept)
    assert document.links["Oslo"] == "/?q=Oslo"
    assert document.links["Side by side"] == "/compare?q=Windhaven%2C+Holm%2C+DE&q=Oslo"
    assert "★ Forget this place" in document.all("button")
    assert "☆ Keep this place" in show().all("button")
    assert "Side by side" not in show().text


def test_side_by_side() -> None:
    found: list[tuple[str, Report | WeatherError]] = [
        ("Windhaven", reports.report()),
        ("Nowhere", NOT_FOUND),
        ("Ishavn", reports.polar_night()),
    ]
    document = Document(comparison.render_comparison(found, METRIC))
    assert document.one("h1") == "Side by side"
    assert document.links["Windhaven, Holm, DE"] == "/?q=Windhaven"
    assert "Unknown location. No place called “Nowhere” is known." in document.text
    assert document.attributes("input", "value").count("Nowhere") == 1


def test_a_comparison_carries_notices_and_credits() -> None:
    results: list[tuple[str, Report | WeatherError]] = [
        ("A", reports.stale(timedelta(hours=3))),
        ("B", reports.sample()),
        ("C", reports.warned()),
    ]
    document = Document(comparison.render_comparison(results, METRIC))
    assert "Windhaven, Holm, DE: This forecast is 3 h old." in document.text
    assert "Sample data." in document.text
    assert reports.warned().alerts[0].texts[0].event in document.text
    assert document.links["Weather data by Example Weather"] == "https://weather.example/"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_every_language_makes_a_sound_page(language: Language) -> None:
    wishes = replace(METRIC, language=language.tag)
    for document in (show(options=wishes), fail(NOT_FOUND, options=wishes)):
        assert document.attributes("html", "lang") == [language.tag]
        assert (document.attributes("html", "dir") == ["rtl"]) == language.rtl
        assert "{" not in document.text.replace("{age}", "")
    assert language.translate("The next 24 hours") in show(options=wishes).all("h2")


def test_twins_in_the_terminal_and_in_json() -> None:
    document = show(address=replace(WINDHAVEN, origin="https://weather.example"))
    assert document.one("code") == "curl https://weather.example/Windhaven"
    assert document.links["JSON"] == "/Windhaven?format=json"
    assert document.links["As plain text"] == "/Windhaven?format=text"
    assert "/Windhaven?format=json" in document.attributes("link", "href")


def test_the_terminal_line_asks_for_text_where_the_page_was_asked_for() -> None:
    document = show(address=PageAddress("/Windhaven", (("format", "html"),)))
    assert document.one("code") == "curl '/Windhaven?format=text'"


def test_the_terminal_line_is_safe_to_paste() -> None:
    address = PageAddress("/x;reboot", (("a", "1"), ("b", "$(id)")), "http://h';reboot")
    expected = """curl 'http://h'"'"';reboot/x%3Breboot?a=1&b=%24%28id%29'"""
    assert show(address=address).one("code") == expected


def test_the_next_24_hours() -> None:
    document = show()
    table = document.html.partition("<thead>")[2].partition("</thead>")[0]
    times = Document(table).all("th")
    assert len(times) == 24
    assert times[0] == "Fri 10:00"
    assert times[1] == "11:00"
    assert times[14] == "Sat 00:00"
    assert document.row("Sky")[::6] == ["Mainly clear", "Partly cloudy", "Overcast", "Light rain"]
    assert document.row("°C")[:4] == ["10°", "12°", "13°", "14°"]
    assert document.row("Precipitation")[-3:] == ["18 %", "68 %", "68 %"]
    assert document.row("mm")[-4:] == ["0.6", "0.6", "2.1", "2.1"]
    assert document.row("Wind km/h")[0] == "from the south 3"
    assert document.row("Gusts")[-1] == "31"


def test_hours_are_those_of_the_places_clock() -> None:
    document = show(reports.report(reports.HILL_TOWN))
    assert "Now 14:00 UTC+05:45, Friday 15 May" in document.all("h2")
    assert "2026-05-15T14:00+05:45" in document.attributes("time", "datetime")


def test_a_coarse_forecast_has_the_hours_that_it_has() -> None:
    whole = reports.report()
    coarse = reports.report(hours=whole.hours[::6])
    assert show(coarse).row("°C") == ["10°", "14°", "8°", "4°", "11°"]


def test_days() -> None:
    document = show()
    lines = document.all("summary")[1:]
    assert len(lines) == len(document.all("details")) - 1 == 16
    assert lines[0] == (
        "Today Snow showers 4° 14° Precipitation 39 % 1.6 mm Wind from the southeast 10 km/h"
    )
    assert lines[1].startswith("Sat 16 May Thunderstorm 4° 14°")
    assert document.values("Feels like")[0] == "4 to 14 °C"
    assert document.values("Gusts")[1] == "15 km/h"
    assert document.values("UV index")[1] == "5, moderate"
    assert document.values("Sunrise")[0] == "04:07"
    assert document.values("Sunset")[0] == "19:52"
    assert len(show(reports.six_hourly()).all("summary")) == 1 + 9


def test_a_dry_day_says_so() -> None:
    whole = reports.report()
    dry = reports.report(days=(replace(whole.days[0], precipitation=0.0),))
    assert "39 % dry" in show(dry).all("summary")[1]


def test_days_share_a_scale() -> None:
    whole = reports.report()
    cold = replace(whole.days[0], temperature_min=-10.0, temperature_max=0.0)
    warm = replace(whole.days[1], temperature_min=0.0, temperature_max=10.0)
    document = show(reports.report(days=(cold, warm)))
    bars = [has for tag, has in document.elements if has.get("fill") == "url(#warmth)"]
    assert [(has["x"], has["width"]) for has in bars] == [("0.0", "50.0"), ("50.0", "50.0")]


def test_sun_and_moon() -> None:
    document = show()
    assert document.facts["Dawn"] == "03:29"
    assert document.values("Sunrise")[-1] == "04:07"
    assert document.facts["Solar noon"] == "12:00"
    assert document.values("Sunset")[-1] == "19:52"
    assert document.facts["Dusk"] == "20:30"
    assert document.facts["Daylight"] == "15 h 45 min"
    assert document.facts["Moonrise"] == "05:05"
    assert document.facts["Moonset"] == "17:05"
    assert "New moon 1 % lit" in document.text


def test_polar_night_and_polar_day() -> None:
    night, day = show(reports.polar_night()), show(reports.polar_day())
    assert "The sun does not rise today." in night.text
    assert night.values("Sunrise")[-1] == night.facts["Dusk"] == "–"
    assert night.facts["Daylight"] == "0 h 00 min"
    assert 'href="#snow-showers-night"' in night.html.partition('id="days"')[2]
    assert 'href="#snow-showers-night"' not in day.html
    assert "The sun does not set today." in day.text
    assert day.facts["Daylight"] == "24 h 00 min"
    assert "The sun does not" not in show().text


def test_the_moon_hangs_the_other_way_in_the_south() -> None:
    place = replace(reports.WINDHAVEN, coordinates=Coordinates(-33.9, 151.2))
    mirrored = "matrix(-1 0 0 1 24 0)"
    waxing = datetime(2026, 5, 22, 8, tzinfo=UTC)
    assert mirrored not in show(reports.report(at=waxing)).html
    assert mirrored in show(reports.report(place, waxing)).html
    waning = waxing + timedelta(days=14)
    assert mirrored in show(reports.report(at=waning)).html
    assert mirrored not in show(reports.report(place, waning)).html


def test_air_quality() -> None:
    document = show()
    assert document.facts["European index"] == "11, good"
    assert document.facts["US index"] == "47, good"
    assert document.facts["PM2.5"] == "39 µg/m³"
    assert document.facts["Ragweed"] == "43"
    assert "PM2.5" not in show(reports.report(air_quality=None)).text


def test_air_without_pollen_has_no_heading_for_it() -> None:
    bare = AirQuality(reports.AT, us_aqi=47)
    document = show(reports.report(air_quality=bare))
    assert document.all("h3") == []
    assert document.values("US index") == ["47, good"]
    assert not {"European index", "PM2.5", "Ragweed"} & set(document.facts)
    assert 'class="bands"' not in document.html


def test_nothing_told_is_shown_as_nothing() -> None:
    document = show(reports.nothing_told())
    assert document.one("h1") == "54.3213,10.1349"
    assert "– °C Unknown The next 24 hours" in document.text
    assert set(document.row("°C") + document.row("Wind km/h") + document.row("Gusts")) == {"–"}
    assert set(document.row("Precipitation") + document.row("mm")) == {"–"}
    assert document.all("summary")[1] == "Today Unknown – – Precipitation – Wind –"
    assert not {"Wind", "Gusts", "Humidity", "Visibility", "Feels like"} & set(document.facts)


def test_stale_data_say_so_with_their_age() -> None:
    document = show(reports.stale(timedelta(hours=3, minutes=20)))
    assert "This forecast is 3 h old." in document.all("strong")
    assert "fetched 07:00, 3 h ago" in document.text
    assert not re.search(r"is \d+ (min|h) old", show().text)


def test_warnings_open_to_their_words() -> None:
    document = show(reports.warned())
    heat, frost = (text for text in document.all("summary") if text.startswith("⚠"))
    assert heat == "⚠ Heat Advisory (severe), until Sat 16 May 16:20"
    assert frost == "⚠ Frost (minor), until 15:20"
    assert "It freezes." in document.text
    assert "Drink water." in document.text
    german = show(reports.warned(), replace(METRIC, language="de"))
    assert "Es friert." in german.text
    assert document.text.index("Heat Advisory") < document.text.index("Windhaven, Holm")
    assert "Warnings" not in show().text


def test_sample_data_say_so_first() -> None:
    document = show(reports.sample())
    assert document.all("strong") == ["Sample data."]
    assert document.text.index("Sample data.") < document.text.index("Windhaven, Holm")
    assert "Sample data" not in show().text


def test_sources() -> None:
    document = show(located(LocatedBy.VISITOR, "DB-IP City Lite"))
    told = "Forecast by Example Weather, model example-1, issued 07:20; fetched 10:13, 7 min ago"
    assert told in document.text
    assert '<a href="https://db-ip.com">IP Geolocation by DB-IP</a>' in document.html
    assert document.links["Weather data by Example Weather"] == reports.CREDIT.url
    assert document.links["Air quality by Example Air"] == reports.AIR_CREDIT.url
    assert "GeoNames" not in document.text
    assert show().links["Place names by GeoNames"] == "https://www.geonames.org/"
    assert "DB-IP" not in show().text


def test_a_credit_is_given_once_and_an_unknown_licence_without_a_link() -> None:
    credit = Credit("Data from Example", "https://example.test/", "NLOD 2.0")
    whole = reports.report()
    assert whole.air_quality
    document = show(
        reports.report(
            provenance=replace(whole.provenance, credits=(credit,)),
            air_quality=replace(whole.air_quality, credits=(credit,)),
        )
    )
    assert document.text.count("Data from Example (NLOD 2.0)") == 1
    assert "NLOD 2.0" not in document.links


def test_what_others_wrote_stays_text() -> None:
    place = Place(Coordinates(1, 2), _CODE, _CODE, _CODE, "DE", "Europe/Berlin")
    whole = reports.report()
    report = reports.report(
        located=LocatedPlace(place, LocatedBy.NAME, _CODE, (replace(place, region="Elsewhere"),)),
        provenance=replace(
            whole.provenance,
            provider=_CODE,
            model=_CODE,
            stale=True,
            credits=(Credit(_CODE, f'https://example.test/">{_CODE}', _CODE),),
        ),
    )
    for document in (
        show(report, address=PageAddress("/x", (), f"http://{_CODE}")),
        fail(LocationNotFound(_CODE), _CODE),
    ):
        assert document.html.count("<script") == 1
        assert _CODE in document.one("title") + document.text


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_words_make_a_sound_page(words: str) -> None:
    place = replace(reports.WINDHAVEN, name=words)
    assert len(show(located(LocatedBy.NAME, words, place)).all("h1")) == 1
    document = fail(LocationNotFound(words), words)
    assert document.one("h1") == "Unknown location"
    (asked,) = [has["value"] for _, has in document.elements if has.get("id") == "q"]
    assert (asked or "").split() == words.split()


def test_errors_have_their_words_and_keep_the_question() -> None:
    document = fail(NOT_FOUND, 'Now"here')
    assert document.one("h1") == "Unknown location"
    assert "404 Unknown location No place called “Nowhere” is known." in document.text
    assert 'Now"here' in document.attributes("input", "value")
    assert document.links["The weather where you are"] == "/"


def test_who_cannot_be_found_is_asked() -> None:
    document = fail(VisitorLocationUnknown("Your address cannot be told."))
    assert document.one("h1") == "Where are you?"
    assert "Name your place, and the weather follows." in document.text


def test_an_outage_is_no_fault_of_the_visitor() -> None:
    document = fail(UpstreamUnavailable("No forecast is to be had."))
    assert "503" in document.text
    assert document.links["Try again"] == ""
    assert "Try again" not in fail(NOT_FOUND).links


def test_units_survive_an_error() -> None:
    assert fail(NOT_FOUND, options=IMPERIAL).hidden() == {"units": "imperial", "back": "/"}
    assert "units" not in fail(NOT_FOUND, options=ViewOptions()).hidden()


def test_a_first_visit_is_light() -> None:
    """What is to be had in one initial congestion window: 10 packets, some 14 kB."""
    html = render().encode()
    files = [text.encode() for name, (_, text) in assets.ASSETS.items() if "favicon" not in name]
    assert sum(len(gzip.compress(body)) for body in (html, *files)) < 14_000


def test_the_page_renders_from_a_zip(tmp_path: Path) -> None:
    package = Path(*weather.__path__)
    archive = tmp_path / "service.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for file in sorted(package.rglob("*")):
            if "__pycache__" not in file.parts:
                zipped.write(file, file.relative_to(package.parent))
    code = (
        "import weather; from weather.core.errors import *;"
        "from weather.views.html import render_error;"
        "from weather.views.options import ViewOptions; print(weather.__file__);"
        "print(render_error(LocationNotFound('Nothing.'), ViewOptions(language='de')))"
    )
    environment = {"PYTHONPATH": os.pathsep.join([str(archive), *sys.path]), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    where, _, html = done.stdout.partition("\n")
    assert where.startswith(str(archive))
    assert Document(html).one("h1") == "Unbekannter Ort"

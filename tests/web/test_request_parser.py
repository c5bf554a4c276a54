"""Requests of the application's own routes, parsed without a response."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

import pytest
from flask import Flask, request

from tests.web.clients import BROWSER, CURL, PROGRAM
from weather.core.errors import (
    InvalidLocation,
    InvalidOption,
    LocationNotFound,
    UnknownParameter,
    WeatherError,
)
from weather.core.measurement_systems import Units
from weather.core.models import Coordinates
from weather.places.query import AddressQuery, CoordinatesQuery, NameQuery, Query, VisitorQuery
from weather.views import registry
from weather.views.registry import View
from weather.views.saved import COOKIE, SavedPreferences
from weather.web import environ, request_parser
from weather.web.request import RequestOptions

SAVED = SavedPreferences("imperial", "fr", ("Oslo, NO",))
PERSONAL = {**BROWSER, "Cookie": f"{COOKIE}={SAVED}", "Accept-Language": "de"}
PARIS = NameQuery("Paris")

Parse = Callable[..., RequestOptions]


@pytest.fixture
def parse(make_app: Callable[..., Flask]) -> Parse:
    app = make_app()

    def parse(
        path: str, headers: dict[str, str] | None = None, visitor: str | None = None
    ) -> RequestOptions:
        address = ip_address(visitor) if visitor else None
        overrides = {environ.VISITOR: address}
        with app.test_request_context(path, headers=headers, environ_overrides=overrides):
            return request_parser.parse(request)

    return parse


def chosen(options: RequestOptions) -> tuple[Units | None, bool, str]:
    shown = options.view_options
    return shown.units, shown.wind_in_ms, shown.language


@pytest.mark.parametrize(
    ("query", "headers", "expected"),
    [
        ("", BROWSER, (None, False, "en")),
        ("", {**BROWSER, "Accept-Language": "de"}, (None, False, "de")),
        ("", PERSONAL, (Units.IMPERIAL, False, "fr")),
        ("?units=metric&lang=it", PERSONAL, (Units.METRIC, False, "it")),
        ("?units=metric", PERSONAL, (Units.METRIC, False, "fr")),
        ("?lang=it", PERSONAL, (Units.IMPERIAL, False, "it")),
        ("?m", PERSONAL, (Units.METRIC, False, "fr")),
        ("?M", PERSONAL, (Units.METRIC, True, "fr")),
    ],
)
def test_the_url_precedes_the_cookie_and_that_the_headers(
    parse: Parse, query: str, headers: dict[str, str], expected: tuple[Units | None, bool, str]
) -> None:
    options = parse(f"/Paris{query}", headers)
    assert chosen(options) == expected
    assert options.problem is None


@pytest.mark.parametrize("query", ["?format=json", "?format=text", "?format=3", "?A"])
def test_only_pages_read_the_cookie(parse: Parse, query: str) -> None:
    options = parse(f"/Paris{query}", PERSONAL)
    assert chosen(options) == (None, False, "de")
    assert options.view_options.saved == SavedPreferences()


def test_a_page_has_the_saved_places(parse: Parse) -> None:
    assert parse("/Paris", PERSONAL).view_options.saved == SAVED


@pytest.mark.parametrize(
    ("path", "headers", "view"),
    [
        ("/Paris", BROWSER, registry.HTML),
        ("/Paris", CURL, registry.TEXT),
        ("/Paris", {}, registry.TEXT),
        ("/Paris", PROGRAM, registry.JSON),
        ("/Paris", {**CURL, "Accept": "text/html"}, registry.HTML),
        ("/Paris", {**BROWSER, "Accept": "text/plain"}, registry.TEXT),
        ("/Paris?format=json", BROWSER, registry.JSON),
        ("/Paris?format=text", PROGRAM, registry.TEXT),
        ("/Paris?format=html", CURL, registry.HTML),
        ("/Paris?format=4", BROWSER, registry.ONE_LINE),
        ("/Paris?format=p1", BROWSER, registry.PROMETHEUS),
        ("/Paris?A", PROGRAM, registry.TEXT),
        ("/Paris?A&format=json", CURL, registry.JSON),
        ("/Paris?format=", CURL, registry.TEXT),
        ("/api/v1/weather?q=Paris&format=html", BROWSER, registry.JSON),
        ("/api/v1/none", BROWSER, registry.JSON),
        ("/preview.png?q=Paris&format=json", PROGRAM, registry.PREVIEW),
        ("/compare?q=Paris&format=json", BROWSER, registry.JSON),
    ],
)
def test_the_route_the_format_accept_and_the_client_choose_the_view_in_this_order(
    parse: Parse, path: str, headers: dict[str, str], view: View
) -> None:
    assert parse(path, headers).view is view


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/", VisitorQuery()),
        ("/Paris", PARIS),
        ("/Paris?q=Rome&lat=1&lon=2&ip=8.8.8.8", PARIS),
        ("/?q=Rome&lat=1&lon=2&ip=8.8.8.8", CoordinatesQuery(Coordinates(1, 2))),
        ("/?q=Rome&ip=8.8.8.8", AddressQuery(ip_address("8.8.8.8"))),
        ("/?q=Rome", NameQuery("Rome")),
        ("/?q=Rome&q=Oslo", NameQuery("Rome")),
        ("/8.8.8.8", AddressQuery(ip_address("8.8.8.8"))),
        ("/maps/@48.85,2.35,12z", CoordinatesQuery(Coordinates(48.85, 2.35))),
        ("/api/v1/places?q=Rome", VisitorQuery()),
    ],
)
def test_the_path_precedes_coordinates_an_address_and_a_name(
    parse: Parse, path: str, query: Query
) -> None:
    options = parse(path, CURL)
    assert (options.query, options.problem) == (query, None)


@pytest.mark.parametrize(
    ("path", "error", "message"),
    [
        ("/Paris?hours=999&units=imperial&lang=de", InvalidOption, "hours"),
        ("/Paris?format=pdf&units=imperial&lang=de", InvalidOption, "format"),
        ("/Paris?strict=maybe&units=imperial&lang=de", InvalidOption, "strict"),
        ("/Paris?format=pdf&days=99&units=imperial&lang=de", InvalidOption, "format"),
    ],
)
def test_an_impossible_option_is_the_problem_and_has_its_default(
    parse: Parse, path: str, error: type[WeatherError], message: str
) -> None:
    """So the error can be rendered in the language of the request."""
    options = parse(path, CURL)
    assert type(options.problem) is error
    assert message in options.problem.message
    assert (options.query, options.view, options.strict) == (PARIS, registry.TEXT, False)
    assert chosen(options) == (Units.IMPERIAL, False, "de")
    assert options.view_options.days is None


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/wp-login.php", LocationNotFound),
        ("/.env", LocationNotFound),
        ("/sitemap.xml", LocationNotFound),
        ("/maps/nowhere", LocationNotFound),
        ("/?lat=91&lon=0", InvalidLocation),
        ("/?lat=48.85", InvalidLocation),
        ("/?ip=8.8.8", InvalidLocation),
        ("/!!!", InvalidLocation),
    ],
)
def test_an_impossible_place_is_the_problem_and_the_query_the_visitors(
    parse: Parse, path: str, error: type[WeatherError]
) -> None:
    options = parse(path, {**BROWSER, "Accept-Language": "de"})
    assert type(options.problem) is error
    assert options.query == VisitorQuery()
    assert (options.view, options.language) == (registry.HTML, "de")


def test_undeclared_options_are_ignored_and_remain_in_the_address(parse: Parse) -> None:
    options = parse("/Paris?utm_source=x&fbclid=1&_=2", BROWSER)
    plain = parse("/Paris", BROWSER)
    assert options.problem is None
    assert options.view_options.address.options == options.options
    assert options.options == (("utm_source", "x"), ("fbclid", "1"), ("_", "2"))
    assert repr(options.view_options) == repr(plain.view_options)


def test_an_option_that_the_route_does_not_declare_is_not_validated(parse: Parse) -> None:
    """The search for places has a language, and no days, units or coordinates."""
    options = parse("/api/v1/places?q=Rome&lang=de&days=99&units=kelvin&lat=91", PROGRAM)
    assert isinstance(options.problem, UnknownParameter)
    assert options.problem.parameter == "days"
    assert options.view_options.days is None
    assert chosen(options) == (None, False, "de")
    preview = parse("/preview.png?q=Rome&days=99&lang=xyz", PROGRAM)
    assert preview.problem is None
    assert preview.view_options.days is None


@pytest.mark.parametrize(("text", "strict"), [("", False), ("?strict=1", True), ("?strict=0", 0)])
def test_strict(parse: Parse, text: str, strict: bool) -> None:
    assert parse(f"/Paris{text}", CURL).strict == strict


def test_a_line_has_its_template_and_the_place_as_written(parse: Parse) -> None:
    line = parse("/paris,+fr?format=%l:+%t", CURL).view_options
    assert (line.template, line.query) == ("%l: %t", "paris, fr")


def test_a_page_has_its_address_and_the_place_as_written(parse: Parse) -> None:
    page = parse("/?q=paris,+fr&days=3", BROWSER).view_options
    assert page.query == "paris, fr"
    assert str(page.address) == "/?q=paris%2C+fr&days=3"
    assert page.address.origin == "http://localhost"


def test_a_text_has_no_address(parse: Parse) -> None:
    """Otherwise requests that differ in undeclared options would share no response."""
    assert parse("/Paris?a=1", CURL).view_options == parse("/Paris?a=2", CURL).view_options


def test_the_visitor_and_crawlers(parse: Parse) -> None:
    crawler = parse("/Paris", {"User-Agent": "Googlebot/2.1"}, visitor="8.8.8.8")
    assert crawler.visitor == ip_address("8.8.8.8")
    assert crawler.crawler
    assert not parse("/Paris", BROWSER).crawler
    assert parse("/Paris", BROWSER).visitor is None

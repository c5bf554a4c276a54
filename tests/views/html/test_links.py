"""The links of the page: other places, other representations, and the curl command."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from tests import reports
from tests.views.html.rendering import IMPERIAL, WINDHAVEN, WITH_OPTIONS, located, report_page
from weather.core.models import Coordinates, LocatedBy, LocatedPlace, Place
from weather.views.page_address import PageAddress


def test_alternatives_are_linked_by_coordinates() -> None:
    paris = Place(Coordinates(33.66094, -95.55551), "Paris", "Texas", "United States", "US")
    london = Place(Coordinates(42.98339, -81.23304), "London", "Ontario", "Canada", "CA")
    place = LocatedPlace(reports.WINDHAVEN, LocatedBy.NAME, None, (paris, london))
    document = report_page(reports.report(located=place))
    assert "Also: Paris, Texas, US · London, Ontario, CA" in document.text
    assert document.links["Paris, Texas, US"] == "/?lat=33.6609&lon=-95.5555"
    assert "Also:" not in report_page(located(LocatedBy.NAME)).text


def test_links_and_the_search_form_repeat_units_and_language() -> None:
    document = report_page(options=IMPERIAL, address=WITH_OPTIONS)
    assert document.hidden_inputs()["units"] == "imperial"
    assert document.hidden_inputs()["lang"] == "de"
    query = parse_qs(urlsplit(document.links["New Windhaven, Jersey, US"]).query)
    assert query == {"lat": ["40.7000"], "lon": ["-74.0200"], "units": ["imperial"], "lang": ["de"]}
    assert set(report_page().hidden_inputs()) == {"back"}


def test_the_other_representations_are_linked() -> None:
    document = report_page(address=replace(WINDHAVEN, origin="https://weather.example"))
    assert document.one("code") == "curl https://weather.example/Windhaven"
    assert document.links["JSON"] == "/Windhaven?format=json"
    assert document.links["As plain text"] == "/Windhaven?format=text"
    assert "/Windhaven?format=json" in document.attributes("link", "href")


def test_the_curl_command_replaces_the_format_of_the_url() -> None:
    document = report_page(address=PageAddress("/Windhaven", (("format", "html"),)))
    assert document.one("code") == "curl '/Windhaven?format=text'"


def test_the_curl_command_is_quoted_for_a_shell() -> None:
    address = PageAddress("/x;reboot", (("a", "1"), ("b", "$(id)")), "http://h';reboot")
    command = """curl 'http://h'"'"';reboot/x%3Breboot?a=1&b=%24%28id%29'"""
    assert report_page(address=address).one("code") == command

"""The page of an error."""

from __future__ import annotations

from tests.views.html.rendering import IMPERIAL, NOT_FOUND, error_page
from weather.core.errors import UpstreamUnavailable, VisitorLocationUnknown
from weather.views.options import ViewOptions


def test_an_error_has_its_message_and_the_query_in_the_search_field() -> None:
    document = error_page(NOT_FOUND, 'Now"here')
    assert document.one("h1") == "Unknown location"
    assert "404 Unknown location No place called “Nowhere” is known." in document.text
    assert 'Now"here' in document.attributes("input", "value")
    assert document.links["The weather where you are"] == "/"


def test_an_unknown_visitor_location_asks_for_a_place() -> None:
    document = error_page(VisitorLocationUnknown("Your address is unknown."))
    assert document.one("h1") == "Where are you?"
    assert "Name your place, and the weather follows." in document.text


def test_an_upstream_error_can_be_retried() -> None:
    document = error_page(UpstreamUnavailable("No forecast is to be had."))
    assert "503" in document.text
    assert document.links["Try again"] == ""
    assert "Try again" not in error_page(NOT_FOUND).links


def test_the_search_form_of_an_error_repeats_the_units() -> None:
    hidden_inputs = error_page(NOT_FOUND, options=IMPERIAL).hidden_inputs()
    assert hidden_inputs == {"units": "imperial", "back": "/"}
    assert "units" not in error_page(NOT_FOUND, options=ViewOptions()).hidden_inputs()

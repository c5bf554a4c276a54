"""The page that compares several places."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests import reports
from tests.views.html.document import Document
from tests.views.html.rendering import METRIC, NOT_FOUND
from weather.core.errors import InvalidOption, WeatherError
from weather.core.models import ClimateFallback, Report
from weather.views.html.comparison import render_comparison


def test_a_comparison_has_reports_and_errors() -> None:
    results: list[tuple[str, Report | ClimateFallback | WeatherError]] = [
        ("Windhaven", reports.report()),
        ("Nowhere", NOT_FOUND),
        ("Ishavn", reports.polar_night()),
    ]
    document = Document(render_comparison(results, METRIC))
    assert document.one("h1") == "Side by side"
    assert document.links["Windhaven, Holm, DE"] == "/?q=Windhaven"
    assert "Unknown location. No place called “Nowhere” is known." in document.text
    assert document.attributes("input", "value").count("Nowhere") == 1


def test_a_comparison_has_notices_and_credits() -> None:
    results: list[tuple[str, Report | ClimateFallback | WeatherError]] = [
        ("A", reports.stale(timedelta(hours=3))),
        ("B", reports.sample()),
        ("C", reports.with_alerts()),
    ]
    document = Document(render_comparison(results, METRIC))
    assert "Windhaven, Holm, DE: This forecast is 3 h old." in document.text
    assert "Sample data." in document.text
    assert reports.with_alerts().alerts[0].texts[0].event in document.text
    assert document.links["Weather data by Example Weather"] == "https://weather.example/"


def test_a_comparison_has_climate_normals_where_there_is_no_forecast() -> None:
    fallback = replace(reports.climate_fallback(), alerts=reports.with_alerts().alerts, sample=True)
    document = Document(render_comparison([("A", reports.report()), ("B", fallback)], METRIC))
    assert "NO FORECAST: what is usual here." in document.text
    assert fallback.reason in document.text
    assert "about −10 °C" in document.text
    assert document.links["Windhaven, Holm, DE"] == "/?q=B"
    assert fallback.alerts[0].texts[0].event in document.text
    assert "Sample data." in document.text
    for credit in fallback.climate.credits:
        assert credit.text in document.text


def test_a_form_does_not_repeat_the_places_that_are_too_many() -> None:
    results: list[tuple[str, Report | ClimateFallback | WeatherError]] = [
        ("A", reports.report()),
        ("B", InvalidOption("At most 6 places are compared.")),
    ]
    document = Document(render_comparison(results, METRIC))
    assert "At most 6 places are compared." in document.text
    assert "A" in document.attributes("input", "value")
    assert "B" not in document.attributes("input", "value")

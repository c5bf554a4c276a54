"""The page that compares several places."""

from __future__ import annotations

from datetime import timedelta

from tests import reports
from tests.views.html.document import Document
from tests.views.html.rendering import METRIC, NOT_FOUND
from weather.core.errors import WeatherError
from weather.core.models import Report
from weather.views.html.comparison import render_comparison


def test_a_comparison_has_reports_and_errors() -> None:
    results: list[tuple[str, Report | WeatherError]] = [
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
    results: list[tuple[str, Report | WeatherError]] = [
        ("A", reports.stale(timedelta(hours=3))),
        ("B", reports.sample()),
        ("C", reports.with_alerts()),
    ]
    document = Document(render_comparison(results, METRIC))
    assert "Windhaven, Holm, DE: This forecast is 3 h old." in document.text
    assert "Sample data." in document.text
    assert reports.with_alerts().alerts[0].texts[0].event in document.text
    assert document.links["Weather data by Example Weather"] == "https://weather.example/"

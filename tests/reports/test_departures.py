"""The departure from the climate normal: on the page, in text and in JSON.

README says that the line, the metrics and the preview image have none.
"""

from __future__ import annotations

import json as standard_json
from dataclasses import replace

import pytest

from tests import reports
from tests.views.html.document import Document
from weather.core.measurement_systems import Units
from weather.views import html, json, oneline, prometheus, text
from weather.views.options import ViewOptions

METRIC = ViewOptions(units=Units.METRIC, color=False)


@pytest.mark.parametrize(
    ("departure", "units", "words", "number"),
    [
        (4.5, Units.METRIC, "5° warmer than usual", 4.5),
        (-4.5, Units.METRIC, "5° colder than usual", -4.5),
        (-4.5, Units.UK, "5° colder than usual", -4.5),
        (4.5, Units.IMPERIAL, "8° warmer than usual", 8.1),
        (-2.5, Units.FAHRENHEIT, "5° colder than usual", -4.5),
        (0.9, Units.METRIC, "as warm as usual", 0.9),
        (-0.9, Units.METRIC, "as warm as usual", -0.9),
    ],
)
def test_views_have_the_same_departure(
    departure: float, units: Units, words: str, number: float
) -> None:
    """A difference of 5 °C is one of 9 °F: the 32 degrees are no part of it."""
    report, options = reports.with_departure(departure), replace(METRIC, units=units)
    assert f", {words}\n" in text.render(report, replace(options, days=0))
    assert words in Document(html.render(report, options)).text
    climate = standard_json.loads(json.render(report, options))["climate"]
    assert climate["departure"] == number


def test_the_line_and_the_metrics_have_no_departure() -> None:
    report = reports.with_departure(9.0)
    assert "usual" not in oneline.render(report, replace(METRIC, template="%l: %c %t"))
    assert "departure" not in prometheus.render(report, METRIC)

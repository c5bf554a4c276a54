"""The comparison of today with yesterday."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests import reports
from weather.core.measurement_systems import Units
from weather.core.models import Astronomy, Day, Report
from weather.views import json as json_view
from weather.views import prose
from weather.views.html.sections import shared_parts
from weather.views.options import ViewOptions


def report(difference: float | None) -> Report:
    base = reports.report()
    today = base.days[0]
    if difference is None:
        return base
    assert today.temperature_mean is not None
    before = Day(
        today.date - timedelta(days=1),
        Astronomy(),
        temperature_max=19.5,
        temperature_min=7.5,
        temperature_mean=today.temperature_mean - difference,
    )
    return replace(base, yesterday=before)


@pytest.mark.parametrize(
    ("difference", "units", "text"),
    [
        (3.2, Units.METRIC, "3° warmer than yesterday"),
        (-1.6, Units.METRIC, "2° colder than yesterday"),
        (1.0, Units.METRIC, "1° warmer than yesterday"),
        (0.9, Units.METRIC, "as warm as yesterday"),
        (-0.9, Units.METRIC, "as warm as yesterday"),
        (5.0, Units.IMPERIAL, "9° warmer than yesterday"),
        (None, Units.METRIC, ""),
    ],
)
def test_the_text(difference: float | None, units: Units, text: str) -> None:
    case, options = report(difference), ViewOptions(units=units)
    assert shared_parts(case, options).view.than_yesterday == text
    said = f"{text[:1].upper()}{text[1:]}." in prose.render(case, options).splitlines()
    assert said == bool(text)


def test_json() -> None:
    body = json.loads(json_view.render(report(3.2), ViewOptions(units=Units.IMPERIAL)))
    assert body["yesterday"] == {
        "date": "2026-05-14",
        "temperature_max": 67.1,
        "temperature_min": 45.5,
        "temperature_mean": body["yesterday"]["temperature_mean"],
        "precipitation": None,
        "departure": 5.8,
    }
    assert json.loads(json_view.render(report(None), ViewOptions()))["yesterday"] is None

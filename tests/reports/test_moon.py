"""The moon is that of a moment: of the present one, and of local noon for a day.

Reported of Auckland at local midnight, where 49.5 % were lit instead of 38.1 %: the phase was
that of 12:00 UTC on the local date, a day later. The right values are libastro's (PyEphem 4.2.1,
geocentric, true equinox of date); that of 1992 is Meeus, Astronomical Algorithms, example 48.a.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests import reports
from weather.core.astronomy import astronomy, day_bounds, is_day
from weather.core.models import Coordinates
from weather.core.moon import moon_at
from weather.core.rounding import rounded
from weather.views.json import report as json_view
from weather.views.oneline import line
from weather.views.options import ViewOptions

AUCKLAND = Coordinates(-36.85, 174.76)
AUCKLAND_TIME = ZoneInfo("Pacific/Auckland")


@pytest.mark.parametrize(
    ("moment", "phase", "illumination"),
    [
        (datetime(1992, 4, 12, tzinfo=UTC), 0.308, 67.9),
        (datetime(2026, 2, 24, tzinfo=AUCKLAND_TIME), 0.211, 38.1),
        (datetime(2026, 2, 24, 12, tzinfo=AUCKLAND_TIME), 0.229, 43.7),
        (datetime(2026, 5, 22, 8, tzinfo=UTC), 0.211, 37.8),
        (datetime(2026, 8, 12, 17, 37, tzinfo=UTC), 0.0, 0.0),  # the eclipse
        (datetime(2026, 8, 28, 4, 18, tzinfo=UTC), 0.5, 100.0),
        (datetime(2026, 11, 26, tzinfo=ZoneInfo("Pacific/Kiritimati")), 0.531, 98.9),
        (datetime(2026, 11, 25, 23, 59, tzinfo=ZoneInfo("Pacific/Pago_Pago")), 0.572, 94.9),
    ],
)
def test_phase_and_illumination_are_those_of_the_ephemeris(
    moment: datetime, phase: float, illumination: float
) -> None:
    moon = moon_at(moment)
    assert moon.phase == pytest.approx(phase, abs=0.0011)
    assert moon.illumination == pytest.approx(illumination, abs=0.11)


def test_the_moon_of_a_day_is_that_of_local_noon() -> None:
    sky = astronomy(AUCKLAND, date(2026, 2, 24), "Pacific/Auckland")
    assert (sky.moon_phase, rounded(sky.moon_illumination, 1)) == (0.229, 43.7)


def test_current_has_the_moon_of_the_present_moment() -> None:
    at = datetime(2026, 2, 24, tzinfo=AUCKLAND_TIME).astimezone(UTC)
    made = json.loads(json_view.render(reports.report(at=at), ViewOptions()))
    assert made["current"]["moon_phase"] == 0.211
    assert made["current"]["moon_illumination"] == 38.1
    assert "moon_phase" not in made["hourly"][0]


@pytest.mark.parametrize(
    ("days", "north", "south"),
    # Since the new moon of 16 May 2026, 20:01 UTC.
    [(0, "🌑", "🌑"), (3.7, "🌒", "🌘"), (7.4, "🌓", "🌗"), (14.8, "🌕", "🌕"), (26, "🌘", "🌒")],
)
def test_the_moon_of_the_line_is_lit_on_the_side_where_it_is_seen(
    days: float, north: str, south: str
) -> None:
    at = datetime(2026, 5, 16, 20, 1, tzinfo=UTC) + timedelta(days=days)
    sydney = replace(reports.WINDHAVEN, coordinates=Coordinates(-33.9, 151.2))
    options = ViewOptions(template="%m")
    assert line.render(reports.report(at=at), options) == north
    assert line.render(reports.report(sydney, at), options) == south


@pytest.mark.parametrize(
    ("latitude", "longitude", "day", "zone"),
    [
        # The sun sets right after midnight, rises, and sets again before the next one.
        (66.0, -22.0, date(2026, 7, 16), "Atlantic/Reykjavik"),
        (69.65, 19.0, date(2026, 7, 27), "Europe/Oslo"),
        (65.7, -145.0, date(2026, 7, 17), "America/Anchorage"),
        # It rises twice.
        (66.0, -22.0, date(2026, 5, 28), "Atlantic/Reykjavik"),
        (52.5, 13.4, date(2026, 5, 1), "Europe/Berlin"),
    ],
)
def test_daylight_is_the_time_for_which_the_sun_is_up(
    latitude: float, longitude: float, day: date, zone: str
) -> None:
    """Against the sum of the minutes with the sun above the horizon."""
    place = Coordinates(latitude, longitude)
    start, end = day_bounds(day, zone)
    minutes = sum(
        is_day(place, start + timedelta(minutes=n))
        for n in range((end - start) // timedelta(minutes=1))
    )
    measured = astronomy(place, day, zone).daylight / timedelta(minutes=1)
    assert measured == pytest.approx(minutes, abs=3)

"""The daylight bar of a day."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from weather.core.models import Astronomy
from weather.views.html.daylight import Daylight

NOON = datetime(2026, 6, 20, 12, tzinfo=UTC)
OSLO = ZoneInfo("Europe/Oslo")  # two hours ahead of UTC in June


def test_daylight_is_in_minutes_of_the_local_clock() -> None:
    astronomy = Astronomy(
        dawn=NOON.replace(hour=1),
        sunrise=NOON.replace(hour=2),
        sunset=NOON.replace(hour=20),
        dusk=NOON.replace(hour=21),
    )
    daylight = Daylight.of(astronomy, NOON, OSLO)
    assert daylight == Daylight(twilight=[(180, 1380)], light=[(240, 1320)], now=840)


@pytest.mark.parametrize(
    ("astronomy", "light"),
    [
        (Astronomy(sun_is_up_at_noon=True), [(0, 1440)]),
        (Astronomy(sun_is_up_at_noon=False), []),
        (Astronomy(sunrise=NOON.replace(hour=1)), [(180, 1440)]),
        (Astronomy(sunset=NOON.replace(hour=20)), [(0, 1320)]),
        # North of the Arctic circle in May the sun sets after midnight and rises again.
        (
            Astronomy(
                sunset=NOON.replace(day=19, hour=22, minute=20),
                sunrise=NOON.replace(day=19, hour=23),
            ),
            [(0, 20), (60, 1440)],
        ),
    ],
)
def test_days_without_a_sunrise_or_a_sunset(
    astronomy: Astronomy, light: list[tuple[int, int]]
) -> None:
    assert Daylight.of(astronomy, NOON, OSLO).light == light

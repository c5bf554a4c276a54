from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from weather.core.moon import eighth_of_phase, next_phase


@pytest.mark.parametrize(
    ("phase", "eighth"),
    [(0, 0), (0.062, 0), (0.063, 1), (0.25, 2), (0.5, 4), (0.75, 6), (0.937, 7), (0.938, 0)],
)
def test_a_phase_is_named_by_the_nearest_eighth(phase: float, eighth: int) -> None:
    assert eighth_of_phase(phase) == eighth


# Full and new moons of 2026 (US Naval Observatory, https://aa.usno.navy.mil/data/MoonPhases), UTC.
@pytest.mark.parametrize(
    ("after", "phase", "expected"),
    [
        ((2026, 1, 1, 0, 0), 0.5, (2026, 1, 3, 10, 3)),
        ((2026, 1, 4, 0, 0), 0.5, (2026, 2, 1, 22, 9)),
        ((2026, 2, 2, 0, 0), 0.5, (2026, 3, 3, 11, 38)),
        ((2026, 1, 1, 0, 0), 0.0, (2026, 1, 18, 19, 52)),
        ((2026, 1, 19, 0, 0), 0.0, (2026, 2, 17, 12, 1)),
        ((2026, 2, 18, 0, 0), 0.0, (2026, 3, 19, 1, 23)),
    ],
)
def test_the_next_full_and_new_moon(
    after: tuple[int, ...], phase: float, expected: tuple[int, ...]
) -> None:
    found = next_phase(_utc(after), phase)
    assert abs(found - _utc(expected)) < timedelta(minutes=10)


def test_the_next_phase_is_after_the_moment() -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for _ in range(500):
        for phase in (0.0, 0.25, 0.5, 0.75):
            assert timedelta() < next_phase(moment, phase) - moment < timedelta(days=31)
        moment += timedelta(hours=37)


def _utc(parts: tuple[int, ...]) -> datetime:
    year, month, day, hour, minute = parts
    return datetime(year, month, day, hour, minute, tzinfo=UTC)

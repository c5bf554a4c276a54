"""Text says when its current conditions are from, in the place's local time, and marks old ones.

Reported of Oslo, where the weather of 07:45 was shown at 08:37 without a word. Scripts cut text by
line number, so that the time and the mark add no line.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from simulator import Upstreams, faults
from tests import reports
from tests.conftest import Clock
from tests.views.text.screens import flags
from tests.web.clients import CURL
from weather.core.models import Place, Report
from weather.views import oneline, text
from weather.views.options import ViewOptions

MINUTE = timedelta(minutes=1)


def lines(client: FlaskClient, path: str) -> list[str]:
    return client.get(path, headers=CURL).text.splitlines()


def test_the_weather_of_an_hour_ago_has_its_time_and_age(
    client: FlaskClient, clock: Clock, upstreams: Upstreams
) -> None:
    """An expired forecast is shown while it is refreshed."""
    clock.moment = datetime(2026, 11, 26, 6, 46, tzinfo=UTC)  # 07:46 in Oslo
    first = lines(client, "/Oslo?0T")
    assert first[0] == "Weather report: Oslo, 07:45"
    assert "old" not in first[3]
    upstreams.fail("open-meteo", faults.timeout())
    clock.advance(minutes=51)
    later = lines(client, "/Oslo?0T")
    assert later[0] == "Weather report: Oslo, 07:45"
    assert later[3].endswith("  stale: 52 min old")
    assert len(later) == len(first) == 7
    upstreams.heal()


@pytest.mark.parametrize(
    ("letters", "line", "count"),
    [
        ("T", "Weather report: Windhaven, 10:15", 40),
        ("0T", "Weather report: Windhaven, 10:15", 7),
        ("nT", "Weather report: Windhaven, 10:15", 40),
        ("qT", "Windhaven, 10:15", 39),
        ("0qFT", "Windhaven, 10:15", 7),
        ("QT", "     \\  |  /    Mainly clear, 10:15", 37),
        ("0QFT", "     \\  |  /    Mainly clear, 10:15", 5),
    ],
)
def test_every_form_has_the_time_and_its_lines(letters: str, line: str, count: int) -> None:
    rendered = text.render(reports.report(), flags(letters)).splitlines()
    assert (rendered[0], len(rendered)) == (line, count)


@pytest.mark.parametrize(
    ("place", "time"),
    [
        (reports.WINDHAVEN, "10:15"),
        (reports.NEW_WINDHAVEN, "04:15"),
        (reports.HILL_TOWN, "14:00"),  # 5:45 h ahead of UTC
    ],
)
def test_the_time_is_that_of_the_place(place: Place, time: str) -> None:
    caption = text.render(reports.report(place), ViewOptions(color=False)).splitlines()[0]
    assert caption == f"Weather report: {place.name}, {time}"


def test_the_line_has_no_time_of_its_own() -> None:
    line = oneline.render(reports.report(), ViewOptions(template="%l: %c %t"))
    assert "10:15" not in line


def aged(fetched: int, fresh: int, measured: int, *, stale: bool = False) -> Report:
    """Fetched, and with current conditions measured, so many minutes ago; fresh for so long."""
    base = reports.report()
    fetched_at = base.at - fetched * MINUTE
    provenance = replace(
        base.provenance,
        fetched_at=fetched_at,
        expires_at=fetched_at + fresh * MINUTE,
        stale=stale,
    )
    current = replace(base.current, valid_at=base.at - measured * MINUTE)
    return replace(base, provenance=provenance, current=current)


@pytest.mark.parametrize(
    ("report", "age"),
    [
        (aged(7, 15, 5), None),
        (aged(20, 15, 25), None),  # just expired
        (aged(31, 15, 31), "31 min"),
        (aged(51, 15, 52), "52 min"),
        (aged(40, 60, 20), None),  # its provider wants it to be used for an hour
        (aged(1, 15, 45), "45 min"),  # the provider is behind
        (aged(1, 15, 20), None),  # the value of the present hour, 08:00 UTC
        (aged(1, 15, 80), "80 min"),  # the hour before stands for a missing one
        (aged(1, 15, -40), None),  # or the next hour
        (aged(16, 15, 20, stale=True), "16 min"),
        (aged(7 * 60, 15, 20, stale=True), "7 h"),
    ],
)
def test_old_conditions_are_marked(report: Report, age: str | None) -> None:
    rendered = text.render(report, flags("0T")).splitlines()
    mark = [line.partition("stale: ")[2] for line in rendered if "stale" in line]
    assert mark == ([] if age is None else [f"{age} old"])


def test_a_marked_text_has_another_validator() -> None:
    earlier = aged(30, 15, 5)
    later = replace(earlier, at=earlier.at + MINUTE)
    assert (earlier.age_if_old, later.age_if_old) == (None, 31 * MINUTE)
    assert earlier.fingerprint != later.fingerprint

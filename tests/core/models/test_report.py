"""The age of a report, and its fingerprint, of which ETags are made."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests import reports
from weather.core.models import Nowcast, Report

MINUTE = timedelta(minutes=1)
BASE = reports.report()
PROVENANCE, AIR = BASE.provenance, BASE.air_quality
OLDER_AIR = replace(AIR, valid_at=AIR.valid_at - 60 * MINUTE) if AIR else None


@pytest.mark.parametrize(
    "same",
    [
        reports.report(),
        replace(BASE, at=BASE.at + 3 * MINUTE),
        replace(BASE, provenance=replace(PROVENANCE, cache_status="fwd=miss")),
        replace(BASE, provenance=replace(PROVENANCE, expires_at=PROVENANCE.expires_at + MINUTE)),
    ],
    ids=["made again", "older", "other cache status", "longer fresh"],
)
def test_a_fingerprint_does_not_change_with_age_or_cache(same: Report) -> None:
    assert same.fingerprint == BASE.fingerprint


@pytest.mark.parametrize(
    "other",
    [
        replace(BASE, located=replace(BASE.located, place=reports.HILL_TOWN)),
        replace(BASE, located=replace(BASE.located, source="Another Gazetteer")),
        replace(BASE, alerts=reports.with_alerts().alerts),
        replace(BASE, provenance=replace(PROVENANCE, provider="Another Weather")),
        replace(BASE, provenance=replace(PROVENANCE, fetched_at=PROVENANCE.fetched_at + MINUTE)),
        replace(BASE, provenance=replace(PROVENANCE, stale=True)),
        replace(BASE, air_quality=None),
        replace(BASE, air_quality=OLDER_AIR),
        replace(BASE, hours=BASE.hours[1:]),
        replace(BASE, hours=()),
        replace(BASE, current=replace(BASE.current, valid_at=BASE.current.valid_at + MINUTE)),
    ],
    ids=[
        *("place", "source", "alerts", "provider", "fetched again", "stale", "no air"),
        *("older air", "next hour", "no hours", "newer current conditions"),
    ],
)
def test_a_fingerprint_changes_with_what_the_views_present(other: Report) -> None:
    assert other.fingerprint != BASE.fingerprint


def test_what_is_said_of_the_next_shower_changes_with_its_minutes() -> None:
    nowcast = Nowcast(BASE.at.replace(minute=15), (0.0, 0.0, 0.4, 0.0))
    moments = [BASE.at + n * MINUTE for n in (0, 2, 5, 10)]
    told = [replace(BASE, at=at, nowcast=nowcast.coming(at)) for at in moments]
    assert len({report.nowcast_changes_at for report in told}) == 3
    # Of most views it is no part.
    assert {report.fingerprint for report in told} == {BASE.fingerprint}
    assert BASE.nowcast_changes_at is None


def test_a_fingerprint_is_the_same_in_every_process() -> None:
    program = "from tests import reports; print(reports.report().fingerprint)"
    printed = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert printed.stdout.strip() == BASE.fingerprint


def test_a_name_with_a_lone_surrogate_has_a_fingerprint() -> None:
    place = replace(reports.WINDHAVEN, name="Wind\ud800haven")
    located = replace(BASE.located, place=place)
    assert replace(BASE, located=located).fingerprint != BASE.fingerprint


def test_the_age_is_the_time_since_the_forecast_was_fetched() -> None:
    assert BASE.age == 7 * MINUTE
    assert replace(BASE, at=BASE.at + 3 * MINUTE).age == 10 * MINUTE


def test_a_clock_that_is_set_back_gives_no_negative_age() -> None:
    assert replace(BASE, at=PROVENANCE.fetched_at - MINUTE).age == timedelta()

"""What each view shows stays the same until the moment until which its response is kept.

Reports are composed of random forecasts as for a request, at one minute and at a later one.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from weather.cache.entry import Entry
from weather.core import daily, expiry
from weather.core.models import (
    CellForecast,
    Conditions,
    Coordinates,
    Forecast,
    LocatedBy,
    LocatedPlace,
    Nowcast,
    Place,
    Report,
)
from weather.core.models.nowcast import QUARTER
from weather.forecasts.composition import Composition
from weather.forecasts.time_zones import TimeZones
from weather.views.oneline.letters import LETTERS
from weather.views.options import ViewOptions
from weather.views.question import Question, Threshold
from weather.views.registry import ONE_LINE, VIEWS, View
from weather.web.aged_body import AgedBody
from weather.web.representations import true_until

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
START = datetime(2026, 5, 14, 12, tzinfo=UTC)
PLACE = Place(Coordinates(48.85, 2.35), "Paris", timezone="Europe/Paris")
NEPAL = Place(Coordinates(27.7, 85.3), "Kathmandu", timezone="Asia/Kathmandu")
AMOUNTS = (0.0, 0.0, 0.04, 0.6, 3.2)
SEEDS = range(*map(int, os.environ.get("TRUTH_SEEDS", "0 10").split()))
# Pictures are those of the texts.
DRAWN = tuple(view for view in VIEWS if not view.is_picture and view.name != "preview")
# Each alone, as one that shows the time makes the whole line true for a minute.
TEMPLATES = (*(f"%{letter}" for letter in LETTERS if letter != "T"), "%t@+3h", "%C@18:00")
QUESTIONS = tuple(
    Question.of(word, 24, above)
    for word, above in (
        ("rain", None), ("umbrella", None), ("frost", None),
        ("wind", Threshold(30)), ("gusts", Threshold(60)),
    )
)  # fmt: skip


class Service:
    """Composes the report of one forecast at any moment."""

    def __init__(self, entry: Entry[CellForecast], place: Place) -> None:
        self._entry, self._place = entry, place
        self.at = entry.fetched_at
        self._composition = Composition(None, TimeZones(None, None), lambda: self.at, sample=False)

    def report(self, at: datetime) -> tuple[Report, expiry.Expiry]:
        self.at = at
        with expiry.recorded() as recorded:
            expiry.record(self._entry.expires_at)
            located = LocatedPlace(self._place, LocatedBy.NAME)
            return self._composition.report(located, self._entry, None), recorded


def service(random: Random) -> Service:
    place, step = random.choice((PLACE, NEPAL)), random.choice((1, 1, 6))
    rows = tuple(
        Conditions(
            START + n * HOUR,
            temperature=random.choice((-3.0, 4.0, 21.0)),
            precipitation=random.choice(AMOUNTS),
            precipitation_probability=70.0,
            weather_code=random.choice((1, 61, 71)),
            wind_speed=random.choice((20.0, 31.0)),
            wind_gusts=60.0,
        )
        for n in range(0, 96, step)
    )
    fetched_at = START + timedelta(seconds=random.randrange(24 * 3600, 42 * 3600))
    quarter = fetched_at.replace(minute=fetched_at.minute // 15 * 15, second=0)
    amounts = random.choices((*AMOUNTS, *AMOUNTS, None), k=random.choice((0, 4, 9, 12)))
    measured = replace(random.choice(rows), valid_at=quarter - random.randrange(4) * QUARTER)
    forecast = Forecast(
        "test", (), rows,
        current=random.choice((None, measured)),
        nowcast=Nowcast(quarter, tuple(amounts)) if amounts else None,
    )  # fmt: skip
    forecast = daily.with_daylight(forecast, place.coordinates)
    days = daily.days(forecast.hours, place.coordinates, str(place.timezone))
    expires_at = fetched_at + timedelta(seconds=random.randrange(60, 3700))
    entry = Entry(CellForecast(forecast, str(place.timezone), days), fetched_at, expires_at)
    return Service(entry, place)


def kinds_of(view: View, random: Random) -> list[ViewOptions]:
    if view is ONE_LINE:
        return [ViewOptions(template=template) for template in TEMPLATES]
    options = ViewOptions(hours=random.choice((24, 72, 240)))
    is_answer = view.name.startswith("answer")
    return [replace(options, question=random.choice(QUESTIONS)) if is_answer else options]


def sent(view: View, report: Report, options: ViewOptions, age: int) -> str:
    """What is sent at an age of what was rendered of a report."""
    rendered = view.rendered(report, options)
    return AgedBody(*rendered).plain(age).decode() if isinstance(rendered, tuple) else str(rendered)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_kept_is_what_would_be_rendered_then(seed: int) -> None:
    random = Random(seed)
    composed = service(random)
    report, recorded = composed.report(composed.at + random.randrange(40) * MINUTE)
    drawn = [(view, options) for view in DRAWN for options in kinds_of(view, random)]
    for view, options in drawn:
        until = true_until(report, view, options, recorded)
        if until is None or until <= report.at:
            continue
        last = (until - timedelta.resolution).replace(second=0, microsecond=0)
        for at in {last, min(report.at + random.randrange(15) * MINUTE, last)} - {report.at}:
            then, _ = composed.report(at)
            kept = sent(view, report, options, int(then.age.total_seconds()))
            fresh = view.render(then, options)
            assert kept == fresh, (seed, view.name, options.template, report.at, at)

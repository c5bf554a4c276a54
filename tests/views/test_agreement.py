"""Sentence, chart, table, days, line, prose and JSON say the same of one forecast.

Reports are composed of random forecasts as for a request. What falls in each hour is known here by
the hour in which it falls, and each view is read as a visitor or a program reads it.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from weather.cache.entry import Entry
from weather.core import daily
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
from weather.forecasts.composition import Composition
from weather.forecasts.time_zones import TimeZones
from weather.i18n.languages import ENGLISH
from weather.views import json as json_view
from weather.views import oneline, prose
from weather.views.answers import render as render_answer
from weather.views.html.clock import Clock
from weather.views.html.day_hours import HourTable
from weather.views.html.formatter import Formatter
from weather.views.html.page_shapes.meteogram import COLUMN, Meteogram
from weather.views.html.sections import shared_parts
from weather.views.options import ViewOptions
from weather.views.question import Question, Threshold
from weather.views.units import local_units

HOUR = timedelta(hours=1)
ROWS = 96
OPTIONS = ViewOptions(hours=ROWS)
# Also those whose hours begin at a quarter of UTC's, whose clocks change by half an hour, and those
# with the first and the last day of the world.
ZONES = (
    *("UTC", "Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Auckland"),
    *("Asia/Kathmandu", "Pacific/Chatham", "Australia/Lord_Howe", "America/St_Johns"),
    *("Pacific/Kiritimati", "Pacific/Pago_Pago"),
)
# Also on the days on which clocks change, in Europe and in Oceania.
STARTS = tuple(
    datetime(2026, *day, tzinfo=UTC)
    for day in ((5, 14), (10, 24), (3, 28), (12, 30), (4, 4), (9, 26), (10, 3))
)
GALE = 62

AMOUNTS = st.sampled_from((0.0, 0.0, 0.0, 0.04, 0.05, 0.1, 0.6, 3.2, 12.0))
GUSTS = st.sampled_from((0.0, 20.0, 61.9, 62.0, 88.0, 164.0))
TEMPERATURES = st.sampled_from((-12.0, -0.6, 0.4, 4.0, 11.0, 31.5))


class Case:
    """A report, and its hours from the present one on. No dataclass: Hypothesis would write all
    values of one that fails."""

    def __init__(self, report: Report, hours: tuple[Conditions, ...]) -> None:
        self.report = report
        self.hours = hours

    def __repr__(self) -> str:
        amounts = [hour.precipitation for hour in self.hours[:30]]
        return f"{self.report.at:%d %b %H:%M} {self.report.timezone}: {amounts}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.report.timezone)

    @property
    def today(self) -> date:
        return self.local(self.report.at).date()

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    def of_day(self, number: int) -> list[Conditions]:
        """The hours of a day from now on that are still to come."""
        day = self.today + timedelta(days=number)
        return [hour for hour in self.hours if self.local(hour.valid_at).date() == day]

    @property
    def wet(self) -> list[Conditions]:
        """The hours of the next 24 in which a table shows precipitation."""
        return [hour for hour in self.hours[:24] if amount(hour) != "0.0"]


def amount(hour: Conditions) -> str:
    return f"{int((hour.precipitation or 0) * 10 + 0.5) / 10:.1f}"


def total(hours: list[Conditions]) -> float:
    return sum(hour.precipitation or 0.0 for hour in hours)


def code_of(precipitation: float, *, snow: bool) -> int:
    if snow:
        return 3 if precipitation < 0.05 else 71 if precipitation < 1 else 75
    return 3 if precipitation < 0.05 else 61 if precipitation < 1 else 65


def spell_amount(hours: list[Conditions]) -> str:
    """Fresh snow, but for so little that it would be shown as 0."""
    snow = sum(hour.snowfall or 0.0 for hour in hours)
    if snow >= 0.05:
        return f"{int(snow * 10 + 0.5 + 1e-9) / 10:.1f} cm"
    return f"{int(total(hours) * 10 + 0.5 + 1e-9) / 10:.1f} mm"


@st.composite
def cases(draw: st.DrawFn) -> Case:
    zone, midnight = draw(st.sampled_from(ZONES)), draw(st.sampled_from(STARTS))
    rain = draw(st.lists(AMOUNTS, min_size=ROWS, max_size=ROWS) | st.just([0.0] * ROWS))
    gusts = draw(st.lists(GUSTS, min_size=ROWS, max_size=ROWS) | st.just([20.0] * ROWS))
    warmth = draw(st.lists(TEMPERATURES, min_size=ROWS, max_size=ROWS))
    # Snow of which a centimetre is a millimetre of water, or hardly any.
    is_snow, depth = draw(st.sampled_from(((False, 0.0), (True, 1.0), (True, 0.001))))
    chance = draw(st.sampled_from((80.0, 20.0)))
    start = midnight - 12 * HOUR  # so that today is whole in every zone
    rows = tuple(
        Conditions(
            start + n * HOUR,
            temperature=warmth[n],
            precipitation=rain[n],
            precipitation_probability=chance if rain[n] else 5.0,
            snowfall=rain[n] * depth,
            weather_code=code_of(rain[n], snow=is_snow),
            wind_speed=gusts[n] / 2,
            wind_gusts=gusts[n],
        )
        for n in range(ROWS)
    )
    place = Place(Coordinates(52.52, 13.4), "Berlin", timezone=zone)
    at = midnight + timedelta(minutes=draw(st.integers(12 * 60, 36 * 60 - 1)))
    forecast = daily.with_daylight(Forecast("test", (), rows), place.coordinates)
    days = daily.days(forecast.hours, place.coordinates, zone)
    entry = Entry(CellForecast(forecast, zone, days), at, at + HOUR)
    composition = Composition(None, TimeZones(None, None), lambda: at, sample=False)
    report = composition.report(LocatedPlace(place, LocatedBy.NAME), entry, None)
    return Case(report, tuple(row for row in rows if row.valid_at + HOUR > at))


agreement = settings(max_examples=60, deadline=None)


def sentence(case: Case) -> str:
    return shared_parts(case.report, OPTIONS).view.outlook


def clock(case: Case, moment: datetime, *, is_end: bool = False) -> tuple[str, bool]:
    """The time, and whether it is tomorrow's; a spell that ends at midnight ends on its day."""
    day = case.local(moment - timedelta(seconds=is_end)).date()
    return f"{case.local(moment):%H:%M}", day > case.today


@agreement
@given(cases())
def test_the_sentence_begins_with_the_first_wet_hour_and_has_the_sum_of_its_spell(
    case: Case,
) -> None:
    text = sentence(case)
    if not case.wet:
        assert text.startswith("Dry for the next 24 hours.")
        return
    assert "Dry" not in text
    spell = [case.wet[0]]
    for hour in case.wet[1:]:
        if hour.valid_at - spell[-1].valid_at > 3 * HOUR:
            break
        spell.append(hour)
    first, last = spell[0].valid_at, spell[-1].valid_at
    within = [hour for hour in case.hours if first <= hour.valid_at <= last]
    mm = spell_amount(within)
    is_likely = max(hour.precipitation_probability or 0 for hour in within) >= 40
    start, starts_tomorrow = clock(case, first)
    end, ends_tomorrow = clock(case, last + HOUR, is_end=True)
    tomorrow = " tomorrow" if ends_tomorrow else ""
    if first > case.report.at:
        begin = " tomorrow" if starts_tomorrow else ""
        end_of = "" if starts_tomorrow else tomorrow
        expected = f"{begin} from about {start}, {mm} by {end}{end_of}."
        if not is_likely:
            expected = f" possible{begin} from about {start}."
    elif not is_likely:
        expected = f" possible until about {end}{tomorrow}."
    elif last == case.hours[23].valid_at:
        expected = f" for the next 24 hours, {mm}."
    else:
        expected = f" until about {end}{tomorrow}, {mm}."
    assert re.match(rf"[A-Z][a-z ]+{re.escape(expected)}", text), (text, expected)


@agreement
@given(cases())
def test_gusts_are_the_highest_of_the_table_at_their_hour(case: Case) -> None:
    text, hours = sentence(case), case.hours[:24]
    strongest = max(hour.wind_gusts or 0 for hour in hours)
    if strongest < GALE:
        assert "Gusts" not in text
        return
    moment = next(hour.valid_at for hour in hours if hour.wind_gusts == strongest)
    time, is_tomorrow = clock(case, moment)
    day = " tomorrow" if is_tomorrow else ""
    when = "now" if moment <= case.report.at else f"around {time}"
    assert f"Gusts up to {strongest:.0f} km/h{day} {when}." in text


def bars_of(path: str) -> set[int]:
    """The numbers of the hours that have a bar."""
    lefts = accumulate(int(step) for step in re.findall(r"m(\d+) ", path))
    return {left // COLUMN for left in lefts}


@agreement
@given(cases())
def test_table_chart_line_and_json_have_each_hour_at_its_begin(case: Case) -> None:
    report, hours = case.report, case.hours[:24]
    format = Formatter(ENGLISH, local_units(OPTIONS))
    table = HourTable(Clock(case.zone, ENGLISH), format).cells(list(report.next_hours))
    cells = [cell.text for cell in table.amounts]
    assert [cell.time for cell in table.times] == [
        f"{case.local(hour.valid_at):%H:%M}" for hour in hours
    ]
    for cell, hour in zip(cells, hours, strict=True):
        if amount(hour) == "0.0":
            assert cell == ("<0.1" if hour.precipitation else "0")
        else:
            assert cell == amount(hour)
    meteogram = Meteogram.of(list(report.next_hours), report.at)
    bars = bars_of(meteogram.rain) | bars_of(meteogram.snow)
    assert not bars_of(meteogram.rain) & bars_of(meteogram.snow)
    assert {n for n, hour in enumerate(hours) if amount(hour) != "0.0"} <= bars
    assert bars <= {n for n, hour in enumerate(hours) if (hour.precipitation or 0) >= 0.05}
    body = json.loads(json_view.render(report, OPTIONS))
    for row, hour in zip(body["hourly"], case.hours, strict=True):
        assert datetime.fromisoformat(row["valid_at"]) == hour.valid_at
        assert row["precipitation"] == hour.precipitation
        assert (row["wind_gusts"], row["weather_code"]) == (hour.wind_gusts, hour.weather_code)
    template = " ".join(f"%p@+{n}h" for n in range(24))
    line = oneline.render(report, ViewOptions(template=template))
    assert line.split(" ") == [f"{amount(hour)}mm" for hour in hours]


QUESTIONS = tuple(Question.of(word, 24, above) for word, above in (
    ("rain", None), ("umbrella", None), ("frost", None),
    ("wind", Threshold(30)), ("gusts", Threshold(60)),
))  # fmt: skip


def sentences(case: Case) -> list[str]:
    """The sentences of all views."""
    options = [replace(OPTIONS, question=question) for question in QUESTIONS]
    answers = [render_answer(case.report, option) for option in options]
    return [sentence(case), *prose.render(case.report, OPTIONS).splitlines(), *answers]


@agreement
@given(cases())
def test_no_sentence_has_an_amount_of_zero_or_begins_in_the_past(case: Case) -> None:
    now = f"{case.local(case.report.at):%H:%M}"
    for text in sentences(case):
        if "Precipitation 0.0 mm" not in text:  # an answer in the negative
            assert not re.search(r"\b0\.0 (mm|cm)", text), text
        for time in re.findall(r"(?<!tomorrow) (?:from about|around) (\d\d:\d\d)", text):
            assert time > now or "Wind up to" in text, (now, text)


@agreement
@given(cases())
def test_days_are_the_sums_and_maxima_of_their_hours(case: Case) -> None:
    """Those of today are the rest of it, in whatever tells what is to come."""
    report, body = case.report, json.loads(json_view.render(case.report, OPTIONS))
    lines = prose.render(report, OPTIONS).splitlines()
    for number in range(2):
        hours = case.of_day(number)
        day = report.coming_days[number]
        mm = f"{int(total(hours) * 10 + 0.5 + 1e-9) / 10:.1f}"
        assert day.precipitation is not None
        assert abs(day.precipitation - total(hours)) < 0.006
        assert day.wind_gusts == max(hour.wind_gusts or 0 for hour in hours)
        assert day.weather_code == max(hour.weather_code or 0 for hour in hours)
        told = body["rest_of_today"] if number == 0 else body["daily"][number]
        assert (told["precipitation"], told["weather_code"]) == (
            day.precipitation,
            day.weather_code,
        )
        line = oneline.render(report, ViewOptions(template=f"%p@{number}d %o@{number}d"))
        chance = max(hour.precipitation_probability or 0 for hour in hours)
        assert line == f"{mm}mm {chance:.0f}%"
        (text,) = [row for row in lines if f"{day.date:%A} {day.date.day} {day.date:%b}:" in row]
        assert (f"{mm} mm" in text) == (mm != "0.0")


@agreement
@given(cases())
def test_where_it_is_dry_all_parts_are(case: Case) -> None:
    if sentence(case).startswith("Dry"):
        rest = case.report.rest_of_today
        assert rest
        assert rest.weather_code == 3
        body = json.loads(json_view.render(case.report, OPTIONS))
        assert not any(row["precipitation"] >= 0.05 for row in body["hourly"][:24])
        bars = oneline.render(case.report, ViewOptions(template="%{p:24h:max}"))
        assert bars == "0.0mm"


@agreement
@given(cases())
def test_nothing_that_has_passed_is_in_a_forecast(case: Case) -> None:
    body = json.loads(json_view.render(case.report, OPTIONS))
    first = datetime.fromisoformat(body["hourly"][0]["valid_at"])
    assert case.report.at - HOUR < first <= case.report.at
    assert body["daily"][0]["date"] == case.today.isoformat()
    assert all(hour.valid_at < first for hour in case.report.earlier)


@agreement
@given(cases(), st.lists(st.sampled_from((0.0, 0.04, 0.05, 1.2)), min_size=4, max_size=12))
def test_the_next_two_hours_and_the_outlook_do_not_contradict_each_other(
    case: Case, amounts: list[float]
) -> None:
    at = case.report.at
    start = at.replace(minute=at.minute // 15 * 15)
    quarters = Nowcast(start, tuple(amounts)).coming(at)
    wet = Case(replace(case.report, nowcast=quarters), case.hours)
    text, outlook = shared_parts(wet.report, OPTIONS).view.nowcast, sentence(wet)
    known = amounts[:9]
    first = next((n for n, mm in enumerate(known) if mm >= 0.05), None)
    assert not text or first is not None
    assert not (outlook.startswith("Dry") and first is not None)
    if match := re.search(r"(?<!stops) in (\d+) minutes", text):
        assert first
        until = (start + first * timedelta(minutes=15) - at) / timedelta(minutes=1)
        assert int(match[1]) >= 5
        assert abs(int(match[1]) - until) <= max(2, 5 - until)
    elif text:
        assert first == 0
    body = json.loads(json_view.render(wet.report, OPTIONS))["nowcast"]
    assert [quarter["precipitation"] for quarter in body["quarters"]] == known
    assert body["text"] == (text or None)
    # What the hours say remains, but for what the quarters say better.
    for part in re.findall(r"(?:Gusts|Frost)[^.]*\.", sentence(case)):
        assert part in outlook

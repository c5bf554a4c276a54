"""The forecast in the line: times, series, and what is no such thing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import reports
from weather.core.measurement_systems import Units
from weather.core.models import Conditions, Report
from weather.views.oneline import line
from weather.views.oneline.letters import FORECAST_MEANINGS, LETTERS, TIMED
from weather.views.oneline.series import FUNCTIONS, QUANTITIES
from weather.views.options import ViewOptions

METRIC = ViewOptions(units=Units.METRIC)
HOUR = timedelta(hours=1)
FIRST = reports.AT.replace(minute=0)  # 10:00 of the local clock


def numbered(report: Report) -> Report:
    """The report with the hours' numbers as their temperatures, and likewise for other fields."""
    hours = [
        Conditions(
            report.hours[0].valid_at + n * HOUR,
            temperature=float(n),
            apparent_temperature=float(-n),
            precipitation=n / 10,
            precipitation_probability=float(n % 101),
            weather_code=61 if n >= 14 else 0,
            wind_speed=float(n),
            wind_direction=90.0,
        )
        for n in range(96)
    ]
    return replace(report, hours=hours)


REPORT = numbered(reports.report())


def render(template: str, report: Report = REPORT, options: ViewOptions = METRIC) -> str:
    return line.render(report, replace(options, template=template))


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("%t@+3h", "+3°C"),
        ("%t@ 3h", "+3°C"),  # "+" in a query string
        ("%t@3h", "+3°C"),
        ("%t@0h", "+0°C"),
        ("%t@18:00", "+8°C"),
        ("%t@10:00", "+0°C"),
        ("%t@09:00", "+23°C"),
        ("%t@00:00", "+14°C"),
        ("%t@18:20", "+8°C"),
        ("%f@+3h", "-3°C"),
        ("%p@+3h", "0.3mm"),
        ("%o@18:00", "8%"),
        ("%w@+5h", "←5km/h"),
        ("%C@+13h, %C@+14h", "Clear sky, Light rain"),
        ("%t@+95h", "+95°C"),
        ("%t@+98h", "+95°C"),  # the nearest hour within three
        ("%t@+99h", "–"),
        ("%t@+3h%o@+3h", "+3°C3%"),
        ("%t@+1h/%t@+2h", "+1°C/+2°C"),
        ("%t@+1h,%t", "+1°C,+11°C"),
    ],
)
def test_hours(template: str, expected: str) -> None:
    assert render(template) == expected


def test_days() -> None:
    tomorrow = REPORT.days[1]
    for time in ("tomorrow", "1d", "+1d", " 1d"):
        assert render(f"%H@{time} %L@{time}") == (
            f"{tomorrow.temperature_max:+.0f}°C {tomorrow.temperature_min:+.0f}°C"
        )
        assert render(f"%t@{time}") == f"{tomorrow.temperature_mean:+.0f}°C"
        assert render(f"%o@{time}") == f"{tomorrow.precipitation_probability:.0f}%"
        assert render(f"%S@{time}") != render("%S")
    assert render("%H@today|%L@0d") == render("%H|%L")
    assert render("%H@15d") != "–"
    assert render("%H@16d|%C@16d") == "–|–"


def test_means_of_a_day_are_those_of_its_hours() -> None:
    """Tomorrow has the hours 14 to 37 of the numbered report, whose mean is 25.5."""
    assert render("%f@tomorrow") == "-26°C"


def test_a_day_is_a_local_one() -> None:
    report = reports.report(reports.HILL_TOWN, datetime(2026, 5, 15, 18, 20, tzinfo=UTC))
    today, tomorrow = report.days[:2]
    assert today.date.isoformat() == "2026-05-16"
    assert render("%H@tomorrow", report) == f"{tomorrow.temperature_max:+.0f}°C"


def test_times_of_the_clock_are_right_when_the_clocks_change() -> None:
    """On 29 March 2026 the clock in Berlin goes from 02:00 to 03:00."""
    report = numbered(reports.report(at=datetime(2026, 3, 28, 22, 10, tzinfo=UTC)))
    assert render("%t@06:00", report) == "+6°C"
    assert render("%t@01:00", report) == "+2°C"


@pytest.mark.parametrize("minutes", [0, 20, 59])
def test_a_line_is_the_same_for_all_of_an_hour(minutes: int) -> None:
    """Responses are kept until it ends."""
    template = "%t@10:00 %t@10:30 %t@11:00 %t@+1h %{t:6h:spark}"
    later = replace(REPORT, at=FIRST + timedelta(minutes=minutes))
    assert render(template, later) == render(template, replace(REPORT, at=FIRST))


@pytest.mark.parametrize(
    "after",
    ["@", "@home", "@+3", "@3", "@h", "@+h", "@1day", "@tomorrows", "@24:00", "@18:60", "@1:00",
     "@18:00:30", "@-1h", "@++1h", "@3hours", "@1000h", "@example.org", "@ tomorrow"],
)  # fmt: skip
def test_what_is_no_time_stays_as_it_is(after: str) -> None:
    assert render(f"%h{after}") == render("%h") + after


@pytest.mark.parametrize("letter", sorted(set(LETTERS) - set(TIMED)))
def test_letters_without_a_forecast_leave_the_time_alone(letter: str) -> None:
    assert render(f"%{letter}@1d") == render(f"%{letter}") + "@1d"


@given(st.text(max_size=12))
def test_an_at_sign_that_follows_no_letter_stays_as_it_is(text: str) -> None:
    text = re.sub("[^ -~]|%", "", text)
    assert render(f"me@{text}3h %t me@+3h") == f"me@{text}3h {render('%t')} me@+3h"


_TIMES = st.one_of(
    st.integers(0, 999).map("+{}h".format),
    st.integers(0, 99).map("{}d".format),
    st.times().map("{:%H:%M}".format),
    st.sampled_from(["today", "tomorrow"]),
)


@settings(deadline=None)
@given(st.sampled_from(TIMED), _TIMES, st.booleans())
def test_every_letter_has_a_text_at_every_time(letter: str, time: str, known: bool) -> None:
    report = REPORT if known else reports.all_values_missing()
    text = render(f"[%{letter}@{time}]", report)
    assert text.startswith("[")
    assert text.endswith("]")
    assert len(text) > 2
    assert not re.search("None|nan|@|%[a-zA-Z]", text)


def test_without_hours_and_days_there_is_no_forecast() -> None:
    empty = replace(REPORT, hours=(), earlier=(), days=())
    assert render("%t@+1h|%t@18:00|%t@1d|%{t:24h:spark}|%{H:3d:max}", empty) == "–|–|–|–|–"


# Series


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("%{t:8h:spark}", "▁▂▃▄▅▆▇█"),
        ("%{t:2h:spark}", "▁▃"),  # a range of 4 °C at least
        ("%{o:96h:spark}", "".join("▁▂▃▄▅▆▇█"[int(n / 100 * 8)] for n in range(96))),
        ("%{t:24h:max}", "+23°C"),
        ("%{t:24h:min}", "+0°C"),
        ("%{t:24h:mean}", "+12°C"),
        ("%{p:5h:sum}", "1.0mm"),
        ("%{w:24h:max}", "23km/h"),
        ("%{t:24h:sum}", "–"),  # temperatures are not added up
        ("%{H:24h:max}", "–"),  # an hour has no maximum
        ("%{f:7d:max}", "–"),
        ("%{t:0h:max}", "–"),
        ("%t:24h:max", "+23°C"),  # as curl sends it
        ("%{t:24h:max}%{t:2h:max}", "+23°C+1°C"),
    ],
)
def test_series(template: str, expected: str) -> None:
    assert render(template) == expected


def test_series_of_days_begin_today() -> None:
    highest = max(day.temperature_max or 0 for day in REPORT.days[:7])
    assert render("%{H:7d:max}") == f"{highest:+.0f}°C"
    assert len(render("%{H:7d:spark}")) == 7
    rain = sum(day.precipitation or 0 for day in REPORT.days[:3])
    assert render("%{p:3d:sum}") == f"{rain:.1f}mm"


def test_series_are_in_the_units_of_the_line() -> None:
    imperial = ViewOptions(units=Units.IMPERIAL)
    assert render("%{t:24h:max} %{p:6h:sum}", options=imperial) == "+73°F 0.06 in"


def test_a_dry_day_is_flat_and_a_gap_is_blank() -> None:
    hours = [replace(hour, precipitation=0.0) for hour in REPORT.hours[:6]]
    hours[2] = replace(hours[2], precipitation=None)
    assert render("%{p:6h:spark}", replace(REPORT, hours=hours)) == "▁▁ ▁▁▁"


@pytest.mark.parametrize(
    "text",
    ["{t:24h:spark", "{t:24h}", "{x:24h:spark}", "{t:24:spark}", "{t:24h:sparks}", "{}", "{t}",
     "{t:-1h:max}", "{t:1000h:max}"],
)  # fmt: skip
def test_what_is_no_series_is_no_forecast(text: str) -> None:
    assert not set(render(f"%{text}")) & set("▁▂▃▄▅▆▇█°–")


@given(
    st.sampled_from(sorted(QUANTITIES)),
    st.integers(0, 999),
    st.sampled_from("hd"),
    st.sampled_from(FUNCTIONS),
    st.lists(st.none() | st.floats(-1e6, 1e6), max_size=30),
)
def test_any_series_has_a_text(
    letter: str, number: int, unit: str, function: str, temperatures: list[float | None]
) -> None:
    hours = [Conditions(FIRST + n * HOUR, value, value) for n, value in enumerate(temperatures)]
    report = replace(REPORT, hours=hours)
    for template in (
        f"%{{{letter}:{number}{unit}:{function}}}",
        f"%{letter}:{number}{unit}:{function}",
    ):
        text = render(template, report)
        assert text
        assert not re.search("None|nan|inf|%[a-zA-Z]|[{}:]", text)
        if function == "spark":
            assert set(text) <= set("▁▂▃▄▅▆▇█ –")


def test_every_example_of_the_manual_has_a_value() -> None:
    for template in FORECAST_MEANINGS:
        assert render(template) not in {template, "–"}

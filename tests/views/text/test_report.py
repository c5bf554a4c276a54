"""The terminal's view, held against whole screens, counted lines and tables of single rows."""

from __future__ import annotations

import itertools
import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import reports
from weather.core import errors
from weather.core.models import Conditions, Coordinates, LocatedBy, LocatedPlace, Place, Report
from weather.i18n.languages import LANGUAGES, Language
from weather.views import text
from weather.views.ansi import width
from weather.views.options import Units, ViewOptions
from weather.web.view_options import parse

GOLDEN = Path(__file__).parent / "golden"
PLAIN = ViewOptions(color=False)
REPORT = reports.report()
ESCAPE = re.compile(r"\x1b\[(?:38;5;\d{1,3}|0)m")
# Line numbers of the current block, from 0.
CONDITION, TEMPERATURE, WIND, VISIBILITY, PRECIPITATION = range(2, 7)


def flags(letters: str) -> ViewOptions:
    """What a visitor's `?letters` mean."""
    return parse(((letters, ""),))


def current_row(row: int, options: ViewOptions = PLAIN, **changes: Any) -> str:
    """A row of the current block, beside the drawing, with these current conditions."""
    lines = text.render(reports.with_current(REPORT, **changes), options)
    return lines.splitlines()[row][16:]


def cells(lines: list[str], row: int, day: int = 0) -> list[str]:
    """A row of a day's box, the text beside each drawing."""
    return [cell[15:].strip() for cell in lines[7 + 10 * day + 4 + row].split("│")[1:-1]]


# Whole screens


@pytest.mark.parametrize(
    ("name", "report", "options"),
    [
        ("wide", REPORT, flags("T")),
        ("narrow", REPORT, flags("2nT")),
        ("snow-night", reports.snow_night(), flags("1uT")),
        ("storm", reports.storm(), flags("0MT")),
        ("polar-night", reports.polar_night(), flags("1T")),
        ("nothing-told", reports.nothing_told(), flags("1T")),
        ("six-hourly", reports.six_hourly(), ViewOptions(color=False, days=5)),
        ("color", REPORT, flags("1n")),
    ],
)
def test_screen(name: str, report: Report, options: ViewOptions) -> None:
    expected = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert text.render(report, options) == expected


# Counted lines


@pytest.mark.parametrize("color", ["", "T"])
@pytest.mark.parametrize("footer", ["", "F"])
@pytest.mark.parametrize("header", ["", "q", "Q"])
@pytest.mark.parametrize("narrow", ["", "n"])
@pytest.mark.parametrize("days", ["0", "1", "2", "3", ""])
def test_lines_are_counted(days: str, narrow: str, header: str, footer: str, color: str) -> None:
    rendered = text.render(REPORT, flags("p" + days + narrow + header + footer + color))
    boxes = int(days or 3)
    location = 1 if boxes and not header else 0
    attribution = 2 if boxes and not footer else 0
    expected = (0 if header == "Q" else 2) + 5 + 10 * boxes + location + attribution
    assert rendered.count("\n") == expected
    assert rendered.endswith("\n")
    assert not color or "\x1b" not in rendered


def test_default_is_forty_lines_and_current_only_is_seven() -> None:
    assert text.render(REPORT, PLAIN).count("\n") == 37 + 3
    assert text.render(REPORT, flags("0")).count("\n") == 7


@pytest.mark.parametrize(("wanted", "there", "shown"), [(16, 16, 16), (16, 9, 9), (3, 0, 0)])
def test_days_are_those_there_are(wanted: int, there: int, shown: int) -> None:
    report = replace(REPORT, days=REPORT.days[:there])
    rendered = text.render(report, replace(PLAIN, days=wanted))
    assert rendered.count("\n") == 7 + 10 * shown + 3


def test_quiet_keeps_the_name_and_drops_the_caption() -> None:
    assert text.render(REPORT, flags("T")).startswith("Weather report: Windhaven\n\n")
    assert text.render(REPORT, flags("qT")).startswith("Windhaven\n\n")
    assert "Windhaven" not in text.render(REPORT, flags("QT"))


def test_location_and_credits_end_the_report() -> None:
    lines = text.render(reports.american(), PLAIN).splitlines()
    assert lines[-3:] == [
        "Location: New Windhaven, Jersey, US [40.7000,-74.0200]",
        "",
        "Weather data by Example Weather, IP Geolocation by DB-IP (CC BY 4.0)",
    ]


def test_credits_name_every_licence_once() -> None:
    other = replace(reports.CREDIT, text="Radar by Another", licence="ODbL")
    provenance = replace(REPORT.provenance, credits=(reports.CREDIT, other, reports.CREDIT))
    located = replace(REPORT.located, method=LocatedBy.COORDINATES)
    last = text.render(replace(REPORT, provenance=provenance, located=located), PLAIN).splitlines()
    assert last[-1] == "Weather data by Example Weather (CC BY 4.0); Radar by Another (ODbL)"


# What a visitor must not miss


@pytest.mark.parametrize("letters", ["T", "0T", "0qT", "0QFT", "QFT", "nQFT"])
@pytest.mark.parametrize(
    ("report", "notice"),
    [
        (reports.sample(), "SAMPLE DATA, not a real forecast"),
        (reports.stale(), "stale: 47 min old"),
        (reports.stale(timedelta(seconds=61)), "stale: 1 min old"),
        (reports.stale(timedelta(hours=7, minutes=50)), "stale: 7 h old"),
    ],
)
def test_notices_survive_every_option(report: Report, notice: str, letters: str) -> None:
    real = text.render(REPORT, flags(letters))
    rendered = text.render(report, flags(letters))
    assert rendered.count(notice) == 1
    assert rendered.count("\n") == real.count("\n")
    assert "SAMPLE" not in real
    assert "stale" not in real


# Widths


@pytest.mark.parametrize(("letters", "columns"), [("", 125), ("T", 125), ("n", 63), ("nT", 63)])
@pytest.mark.parametrize(
    "report", [REPORT, reports.storm(), reports.nothing_told(), reports.polar_day()]
)
def test_boxes_are_as_wide_as_they_are(report: Report, letters: str, columns: int) -> None:
    lines = ESCAPE.sub("", text.render(report, flags(letters))).splitlines()
    assert {len(line) for line in lines[7:37]} == {columns}


def test_colors_change_nothing_but_colors() -> None:
    colored = text.render(REPORT, ViewOptions())
    assert ESCAPE.sub("", colored) == text.render(REPORT, PLAIN)


def test_no_color_reaches_into_the_next_line() -> None:
    for line in text.render(reports.storm(), ViewOptions()).splitlines():
        kinds = ["end" if escape == "\x1b[0m" else "start" for escape in ESCAPE.findall(line)]
        assert kinds == ["start", "end"] * (len(kinds) // 2)


# The rows


@pytest.mark.parametrize(
    ("actual", "felt", "metric", "imperial"),
    [
        (9.4, 8.1, "+9(8) °C", "+49(47) °F"),
        (18.0, 18.4, "18 °C", "+64(65) °F"),
        (18.0, None, "18 °C", "64 °F"),
        (-3.0, -9.0, "-3(-9) °C", "+27(16) °F"),
        (-0.4, 2.0, "0(+2) °C", "+31(36) °F"),
        (-40.0, -40.0, "-40 °C", "-40 °F"),
        (None, 5.0, "–", "–"),
    ],
)
def test_temperature(actual: float | None, felt: float | None, metric: str, imperial: str) -> None:
    told: dict[str, Any] = {"temperature": actual, "apparent_temperature": felt}
    assert current_row(TEMPERATURE, **told) == metric
    assert current_row(TEMPERATURE, replace(PLAIN, units=Units.IMPERIAL), **told) == imperial


@pytest.mark.parametrize(
    ("letters", "speed", "gusts", "direction", "expected"),
    [
        ("T", 8.0, 20.0, 225.0, "↗ 8-20 km/h"),
        ("T", 8.0, 8.3, 225.0, "↗ 8 km/h"),
        ("T", 8.0, 3.0, 225.0, "↗ 8 km/h"),
        ("T", 8.0, None, None, "8 km/h"),
        ("T", None, 20.0, 225.0, "–"),
        ("uT", 100.0, 150.0, 0.0, "↓ 62-93 mph"),
        ("MT", 36.0, 72.0, 90.0, "← 10-20 m/s"),
        ("uMT", 36.0, None, 90.0, "← 10 m/s"),
    ],
)
def test_wind(
    letters: str,
    speed: float | None,
    gusts: float | None,
    direction: float | None,
    expected: str,
) -> None:
    told: dict[str, Any] = {"wind_speed": speed, "wind_gusts": gusts, "wind_direction": direction}
    assert current_row(WIND, flags(letters), **told) == expected


def test_wind_arrows_show_where_the_wind_blows_to() -> None:
    arrows = [current_row(WIND, wind_direction=float(degrees))[0] for degrees in range(0, 361, 15)]
    #       N    NE   E    SE   S    SW   W    NW   N
    assert "".join(arrows) == "↓↓" + "↙↙↙" + "←←←" + "↖↖↖" + "↑↑↑" + "↗↗↗" + "→→→" + "↘↘↘" + "↓↓"


@pytest.mark.parametrize(
    ("visibility", "metric", "imperial"),
    [
        (24.1, "24 km", "15 mi"),
        (0.35, "0.3 km", "0.2 mi"),
        (None, "–", "–"),
        (0.0, "0.0 km", "0.0 mi"),
    ],
)
def test_visibility(visibility: float | None, metric: str, imperial: str) -> None:
    assert current_row(VISIBILITY, visibility=visibility) == metric
    imperially = replace(PLAIN, units=Units.IMPERIAL)
    assert current_row(VISIBILITY, imperially, visibility=visibility) == imperial


@pytest.mark.parametrize(
    ("amount", "probability", "now", "cell"),
    [
        (0.0, 89.0, "0.0 mm", "0.0 mm | 89%"),
        (12.34, None, "12.3 mm", "12.3 mm"),
        (None, 40.0, "–", "– | 40%"),
        (None, None, "–", "–"),
    ],
)
def test_precipitation(
    amount: float | None, probability: float | None, now: str, cell: str
) -> None:
    told: dict[str, Any] = {"precipitation": amount, "precipitation_probability": probability}
    assert current_row(PRECIPITATION, **told) == now
    hours = [replace(hour, **told) for hour in REPORT.hours]
    lines = text.render(replace(REPORT, hours=hours), PLAIN).splitlines()
    assert cells(lines, 4, day=1) == [cell] * 4


def test_long_condition_is_cut_in_a_cell_and_whole_above() -> None:
    told: dict[str, Any] = {"weather_code": 99}
    hours = [replace(hour, **told) for hour in REPORT.hours]
    assert current_row(CONDITION, **told) == "Thunderstorm, heavy hail"
    lines = text.render(replace(REPORT, hours=hours), PLAIN).splitlines()
    assert cells(lines, 0, day=1) == ["Thunderstorm, …"] * 4


def test_nothing_told_is_a_dash() -> None:
    lines = text.render(reports.nothing_told(), PLAIN).splitlines()
    assert lines[0] == "Weather report: 54.3213,10.1349"
    assert [line[16:] for line in lines[2:7]] == ["Unknown", "–", "–", "–", "–"]
    assert "None" not in "".join(lines)


@pytest.mark.parametrize(
    ("row", "field", "values"),
    [
        (TEMPERATURE, "temperature", [-30.0, -12.0, -2.0, 3.0, 12.0, 22.0, 31.0, 41.0]),
        (WIND, "wind_speed", [3.0, 20.0, 35.0, 50.0, 70.0, 130.0]),
        (PRECIPITATION, "precipitation", [0.0, 0.4, 5.0, 20.0, 80.0]),
    ],
)
def test_color_tells_the_range(row: int, field: str, values: list[float]) -> None:
    alone: dict[str, Any] = {"apparent_temperature": None, "wind_gusts": None}
    seen = []
    for value in values:
        shown = current_row(row, ViewOptions(), **{**alone, field: value})
        seen += re.findall(r"38;5;(\d+)m[-+]?\d[\d.]*\x1b", shown)
    assert len(seen) == len(set(seen)) == len(values)


# Places and days


@pytest.mark.parametrize(
    "name",
    [
        "\x1b[31mRed\x07",
        "A\nB\r\tC",
        "\x9b2JClear",
        "a\u202egnp.exe",
        "b\u2066c\u2069",
        "\u2028x",
        "\ud800",
    ],
)
def test_foreign_names_cannot_move_the_cursor(name: str) -> None:
    place = Place(Coordinates(1, 2), name, f"Region {name}", country_code="XX")
    rendered = text.render(reports.report(located=LocatedPlace(place, LocatedBy.NAME)), PLAIN)
    assert rendered.count("\n") == 40
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", rendered)
    assert rendered.encode("utf-8")


@pytest.mark.parametrize("name", ["東京", "תל אביב", "ประเทศไทย", "Café"])
def test_foreign_scripts_are_printed(name: str) -> None:
    place = Place(Coordinates(1, 2), name)
    lines = text.render(
        reports.report(located=LocatedPlace(place, LocatedBy.NAME)), PLAIN
    ).splitlines()
    assert lines[0] == f"Weather report: {name}"
    assert lines[37] == f"Location: {name} [1.0000,2.0000]"


def test_name_of_nothing_but_controls_is_the_coordinates() -> None:
    report = reports.report(located=LocatedPlace(Place(Coordinates(1, 2), "\x07"), LocatedBy.NAME))
    assert text.render(report, PLAIN).startswith("Weather report: 1.0000,2.0000\n")


def test_dates_of_a_year_in_english() -> None:
    days = [replace(REPORT.days[0], date=date(2027, 1, 1) + timedelta(n)) for n in range(365)]
    lines = text.render(replace(REPORT, days=days), replace(PLAIN, days=365)).splitlines()
    labels = re.findall(r"┤ {2}(.{10}) ├", "\n".join(lines))
    assert labels == [f"{day.date:%a %d %b}" for day in days]


def _tells_the_time(place: Place, at: datetime, step: timedelta) -> list[list[str]]:
    """The columns of three days if every hour's temperature is its local hour, rounded."""
    zone = ZoneInfo(place.timezone or "UTC")
    first = at.replace(minute=0)
    moments = [first + n * step for n in range(-30, 120)]
    hours = []
    for moment in moments:
        local = moment.astimezone(zone)
        hours.append(Conditions(moment, temperature=local.hour + local.minute / 60))
    report = reports.report(place, at, hours=hours, earlier=())
    lines = text.render(report, PLAIN).splitlines()
    return [[cell.removesuffix(" °C") for cell in cells(lines, 1, day)] for day in range(3)]


@pytest.mark.parametrize(
    ("timezone", "day"),
    [
        ("Europe/Berlin", date(2026, 3, 28)),
        ("Europe/Berlin", date(2026, 10, 24)),
        ("America/New_York", date(2026, 3, 7)),
        ("Australia/Lord_Howe", date(2026, 10, 3)),
        ("Asia/Kolkata", date(2026, 5, 15)),
        ("Pacific/Kiritimati", date(2026, 12, 31)),
    ],
)
def test_columns_are_local_hours_also_when_clocks_change(timezone: str, day: date) -> None:
    place = replace(reports.WINDHAVEN, timezone=timezone)
    at = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(timezone)).astimezone(UTC)
    half = timedelta(minutes=30)
    assert _tells_the_time(place, at, half) == [["9", "12", "18", "22"]] * 3


def test_nearest_hour_where_no_hour_is_whole() -> None:
    """Hours of UTC are a quarter to the hour in Kathmandu: 08:45 stands for nine."""
    at = datetime(2026, 5, 15, 6, 0, tzinfo=UTC)
    nepal = _tells_the_time(reports.HILL_TOWN, at, timedelta(hours=1))
    assert nepal == [["9", "12", "18", "22"]] * 3
    six_hourly = _tells_the_time(reports.HILL_TOWN, at, timedelta(hours=6))
    assert six_hourly == [["12", "12", "18", "24"]] * 3


def test_hours_that_have_passed_are_shown_if_told() -> None:
    late = reports.report(at=datetime(2026, 5, 15, 20, 10, tzinfo=UTC))
    told = text.render(late, PLAIN).splitlines()
    untold = text.render(replace(late, earlier=()), PLAIN).splitlines()
    assert cells(told, 1) == ["9 °C", "+13(12) °C", "+13(12) °C", "+8(7) °C"]
    assert cells(untold, 1) == ["", "", "", "+8(7) °C"]
    assert cells(untold, 2)[:3] == ["–", "–", "–"]


# Errors


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (
            errors.LocationNotFound("no place is called Xyzzy."),
            "Unknown location: no place is called Xyzzy.\n",
        ),
        (
            errors.VisitorLocationUnknown("Please name a place."),
            "Where are you? Please name a place.\n",
        ),
        (errors.InvalidLocation("\x1b[2Ja\nb\x00\u202e"), "Not a location: [2Jab\n"),
        (
            errors.UpstreamUnavailable("Try again."),
            "The weather service cannot be reached: Try again.\n",
        ),
    ],
)
def test_error_is_one_plain_line(error: errors.WeatherError, expected: str) -> None:
    assert text.render_error(error, ViewOptions()) == expected


# Whatever a provider leaves out

_MOMENTS = st.integers(0, 72).map(lambda n: reports.AT + timedelta(hours=n - 12))
_VALUES: dict[Any, st.SearchStrategy[Any]] = {
    float | None: st.none() | st.floats(-1e6, 1e6),
    int | None: st.none() | st.integers(-5, 200),
    bool | None: st.none() | st.booleans(),
    datetime: _MOMENTS,
}
_HINTS = get_type_hints(Conditions)
_CONDITIONS = st.builds(
    Conditions, **{field.name: _VALUES[_HINTS[field.name]] for field in fields(Conditions)}
)
_NAMES = st.none() | st.text(max_size=40)
_PLACES = st.builds(
    Place,
    st.builds(Coordinates, st.floats(-90, 90), st.floats(-180, 180)),
    name=_NAMES,
    region=_NAMES,
    country_code=_NAMES,
)


@settings(max_examples=60, deadline=None)
@given(
    place=_PLACES,
    current=_CONDITIONS,
    hours=st.lists(_CONDITIONS, max_size=12, unique_by=lambda hour: hour.valid_at),
    options=st.builds(
        ViewOptions,
        units=st.sampled_from(Units),
        wind_in_ms=st.booleans(),
        narrow=st.booleans(),
        color=st.booleans(),
    ),
)
def test_any_report_fits_its_boxes(
    place: Place, current: Conditions, hours: list[Conditions], options: ViewOptions
) -> None:
    hours.sort(key=lambda hour: hour.valid_at)
    located = LocatedPlace(place, LocatedBy.COORDINATES)
    report = replace(REPORT, located=located, current=current, hours=hours, earlier=())
    lines = text.render(report, options).split("\n")
    assert len(lines) == 41
    assert {width(line) for line in lines[7:37]} == {63 if options.narrow else 125}
    assert not any("None" in line or "nan" in line for line in lines[2:37])


def test_every_field_of_conditions_may_be_missing() -> None:
    """One at a time, so that no absence hides behind another."""
    optional = [field.name for field in fields(Conditions) if field.name != "valid_at"]
    for name, letters in itertools.product(optional, ["T", "uT"]):
        report = reports.with_current(REPORT, **{name: None})
        lines = text.render(report, flags(letters)).splitlines()
        assert len(lines) == 40
        assert "None" not in "".join(lines)


def test_warnings_stand_beside_the_weather_and_take_no_line() -> None:
    warned = text.render(reports.warned(), flags("0T")).splitlines()
    assert len(warned) == 7
    assert warned[5].endswith("  Warnings: Heat Advisory, Frost")


# Languages


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
@pytest.mark.parametrize("letters", ["T", "nT"])
def test_the_layout_holds_in_every_language(language: Language, letters: str) -> None:
    lines = text.render(REPORT, replace(flags(letters), language=language.tag)).splitlines()
    boxes = lines[7:37]
    assert {width(line) for line in boxes} == {63 if "n" in letters else 125}
    assert len(lines) == 40
    titles = language.translate("Morning|Noon|Evening|Night").split("|")
    assert all(title in boxes[2] for title in (titles[1::2] if "n" in letters else titles))

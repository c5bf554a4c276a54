"""The one-line representation: letters, presets, notices and errors."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import reports
from weather.core import errors, weather_codes
from weather.core.measurement_systems import Units
from weather.core.models import Conditions, Coordinates, LocatedBy, LocatedPlace, Place, Report
from weather.i18n.languages import LANGUAGES, Language, get_language
from weather.views import symbols
from weather.views.oneline import line
from weather.views.oneline.letters import LETTERS
from weather.views.oneline.template import PRESETS
from weather.views.options import ViewOptions

METRIC = ViewOptions(units=Units.METRIC)
IMPERIAL = ViewOptions(units=Units.IMPERIAL)
IN_MS = replace(METRIC, wind_in_ms=True)
ALL_LETTERS = "|".join(f"%{letter}" for letter in LETTERS)
REPORT = reports.with_current(
    reports.report(),
    temperature=7.4, apparent_temperature=-0.4, dew_point=-2.6, relative_humidity=71.4,
    precipitation=12.7, precipitation_probability=60.0, weather_code=2, wind_speed=9.9,
    wind_direction=45.0, pressure_msl=1018.6, uv_index=5.2, is_day=True,
)  # fmt: skip


def render(
    template: str, report: Report = REPORT, options: ViewOptions = METRIC, **changes: Any
) -> str:
    return line.render(report, replace(options, template=template, **changes))


def render_current(template: str, options: ViewOptions = METRIC, **changes: Any) -> str:
    """The line with some current conditions replaced."""
    return render(template, reports.with_current(REPORT, **changes), options)


@pytest.mark.parametrize(
    ("preset", "expected"),
    [
        ("1", "⛅  +7°C\n"),
        ("2", "⛅  🌡️+7°C 🌬️↙10km/h\n"),
        ("3", "Windhaven: ⛅  +7°C\n"),
        ("4", "Windhaven: ⛅  🌡️+7°C 🌬️↙10km/h\n"),
    ],
)
def test_presets(preset: str, expected: str) -> None:
    assert render(PRESETS[preset], query="Windhaven") == expected


@pytest.mark.parametrize(
    ("letter", "metric", "imperial"),
    [
        ("c", "⛅ ", "⛅ "),
        ("C", "Partly cloudy", "Partly cloudy"),
        ("x", "m", "m"),
        ("i", "116", "116"),
        ("t", "+7°C", "+45°F"),
        ("f", "+0°C", "+31°F"),
        ("e", "-3°C", "+27°F"),
        ("H", "+14°C", "+58°F"),
        ("L", "+4°C", "+40°F"),
        ("w", "↙10km/h", "↙6mph"),
        ("h", "71%", "71%"),
        ("P", "1019hPa", "1019hPa"),
        ("u", "5", "5"),
        ("p", "12.7mm", "0.50 in"),
        ("o", "60%", "60%"),
        ("l", "Windhaven, Holm, DE", "Windhaven, Holm, DE"),
        ("m", "🌑", "🌑"),
        ("M", "27", "27"),
        ("D", "03:29:19", "03:29:19"),
        ("S", "04:07:19", "04:07:19"),
        ("z", "12:00:00", "12:00:00"),
        ("s", "19:52:40", "19:52:40"),
        ("d", "20:30:40", "20:30:40"),
        ("T", "10:20:00+0200", "10:20:00+0200"),
        ("Z", "Europe/Berlin", "Europe/Berlin"),
        ("q", "11", "11"),
        ("Q", "47", "47"),
        ("N", "Windhaven, Holm, DE", "Windhaven, Holm, DE"),
        ("a", "7 min", "7 min"),
    ],
)
def test_letters_in_both_unit_systems(letter: str, metric: str, imperial: str) -> None:
    assert render(f"%{letter}") == metric
    assert render(f"%{letter}", options=IMPERIAL) == imperial


def test_wind_has_an_arrow_and_a_unit() -> None:
    assert render_current("%w", IN_MS) == "↙3m/s"
    assert render_current("%w", replace(IMPERIAL, wind_in_ms=True)) == "↙3m/s"
    assert render_current("%w", wind_direction=None) == "10km/h"
    arrows = [render_current("%w", wind_direction=45.0 * n)[0] for n in range(8)]
    assert "".join(arrows) == "↓↙←↖↑↗→↘"


@pytest.mark.parametrize(
    ("celsius", "expected"), [(-0.4, "+0°C"), (0.0, "+0°C"), (-0.6, "-1°C"), (-31.2, "-31°C")]
)
def test_temperatures_have_a_sign(celsius: float, expected: str) -> None:
    assert render_current("%t", temperature=celsius) == expected


def test_a_clear_night_has_a_moon() -> None:
    assert render_current("%c", weather_code=0, is_day=False) == "🌙 "
    assert render_current("%c", weather_code=0, is_day=True) == "☀️ "
    assert render_current("%c", weather_code=0, is_day=None) == "☀️ "


@pytest.mark.parametrize("code", [None, *range(100)])
def test_every_known_condition_has_its_symbols(code: int | None) -> None:
    emoji = render_current("%c", weather_code=code)
    assert emoji.endswith(" ")
    known = weather_codes.symbol(code) is not weather_codes.Symbol.UNKNOWN
    assert (emoji.strip() != "❔") == known
    assert (render_current("%x", weather_code=code) != "?") == known
    assert bool(re.fullmatch(r"[1-3]\d\d", render_current("%i", weather_code=code))) == known


def test_moon_emoji_follow_the_phase() -> None:
    assert "".join(symbols.moon(n / 8) for n in range(9)) == "🌑🌒🌓🌔🌕🌖🌗🌘🌑"
    assert symbols.moon(0.95) == symbols.moon(0.0)


def test_other_text_is_unchanged_without_control_characters() -> None:
    assert render("%t %ffeels") == "+7°C +0°Cfeels"
    assert render("#[fg=red] %h of 100% %% %") == "#[fg=red] 71% of 100% %% %"
    assert render("%k%J%y|%t") == "|+7°C", "unknown letters"
    assert render("%t\n\t%h\n") == "+7°C\n\t71%\n"
    assert render("\x1b[31m%t\x07\u202e\r") == "[31m+7°C"


def test_the_place_is_written_as_in_the_query() -> None:
    assert render("%l", query="paris, %t") == "paris, %t"
    nameless = LocatedPlace(Place(Coordinates(1, 2), "\x1b"), LocatedBy.VISITOR)
    assert render("%l", replace(REPORT, located=nameless)) == "1.0000,2.0000"


def test_missing_values_are_dashes() -> None:
    text = render("%t|%f|%e|%H|%L|%w|%h|%P|%u|%p|%o|%S|%s|%i", reports.all_values_missing())
    assert text == "|".join("–" * 14)
    assert render("%c|%C|%x", reports.all_values_missing()) == "❔ |Unknown|?"
    assert render("%q|%Q", replace(REPORT, air_quality=None)) == "–|–"
    assert render("%H|%D|%s|%S", replace(REPORT, days=())) == "–|–|–|–"


def test_times_are_in_the_places_time_zone() -> None:
    tokyo = Place(Coordinates(35.7, 139.7), "Tokyo", timezone="Asia/Tokyo")
    report = reports.report(tokyo, datetime(2026, 5, 15, 20, 59, tzinfo=UTC))
    assert render("%T %Z %z", report) == "05:59:00+0900 Asia/Tokyo 12:00:00"


# Notices


def test_a_stale_preset_has_a_notice_and_a_custom_format_can_have_the_age() -> None:
    stale = reports.stale()
    assert render(PRESETS["1"], stale).endswith("C (stale: 47 min old)\n")
    assert re.fullmatch(r"[+-]\d+°C", render("%t", stale))
    assert render("%a", stale) == "47 min"
    assert render("%a", reports.stale(timedelta(hours=30)), language="de") == "30 Std."


def test_sample_data_have_a_notice() -> None:
    notice = "(SAMPLE DATA, not a real forecast)"
    assert render("%C", reports.sample()).endswith(f" {notice}")
    assert render("%C\n", reports.sample()).endswith(f" {notice}\n")


def test_a_place_found_offline_has_a_notice_where_a_person_reads_or_it_is_named() -> None:
    offline = replace(REPORT, located=replace(REPORT.located, offline=True))
    for template in (*PRESETS.values(), "%l %t", "%N"):
        assert "(place found offline)" in render(template, offline)
        assert "offline" not in render(template)
    assert render("%t", offline) == "+7°C"


# Errors


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (errors.LocationNotFound("No such\nplace."), "Unknown location: No suchplace.\n"),
        (errors.VisitorLocationUnknown("Name one."), "Unknown location: Name one.\n"),
        (errors.UpstreamTimeout("Wait."), "The weather service took too long: Wait.\n"),
    ],
)
def test_an_error_is_one_line(error: errors.WeatherError, expected: str) -> None:
    assert line.render_error(error, ViewOptions()) == expected


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_errors_and_numbers_are_the_same_in_every_language(language: Language) -> None:
    error = line.render_error(
        errors.VisitorLocationUnknown("Name one."), ViewOptions(language=language.tag)
    )
    assert error.startswith("Unknown location: ")
    assert error.count("\n") == 1
    numbers = re.sub("%[ClNa]", "", ALL_LETTERS)
    assert render(numbers, language=language.tag) == render(numbers)
    assert render("%C", language=language.tag) == get_language(language.tag).translate(
        "Partly cloudy"
    )


# Any conditions

_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "float | None": st.none() | st.floats(-1e6, 1e6),
    "int | None": st.none() | st.integers(-5, 200),
    "bool | None": st.none() | st.booleans(),
    "datetime": st.just(reports.AT),
}


@given(
    st.builds(Conditions, **{field.name: _VALUES[str(field.type)] for field in fields(Conditions)}),
    st.sampled_from([METRIC, IMPERIAL, IN_MS]),
    st.text(max_size=30),
)
def test_any_conditions_make_one_line(
    conditions: Conditions, options: ViewOptions, query: str
) -> None:
    report = replace(REPORT, current=conditions)
    text = render(re.sub("%[lN]", "", ALL_LETTERS), report, options, query=query)
    assert text.count("|") == len(LETTERS) - 1
    assert not re.search("None|nan|inf|%[a-zA-Z]|[+-]?-0°|\n", text)

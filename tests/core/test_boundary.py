"""The limits of every field of every record."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import reports
from tests.cache import golden_entries, strategies
from tests.providers import hostile
from weather.core import boundary
from weather.core.limits import rows
from weather.core.models import (
    CellForecast,
    Conditions,
    Coordinates,
    Credit,
    Forecast,
    Nowcast,
    Place,
)
from weather.core.models.rows import Days, Hours

RULES: dict[str, Any] = {
    "Credit": boundary.CREDIT,
    "Coordinates": boundary.COORDINATES,
    "Place": boundary.PLACE,
    "LocatorResult": boundary.LOCATOR_RESULT,
    "Conditions": boundary.CONDITIONS,
    "AirQuality": boundary.AIR_QUALITY,
    "Astronomy": boundary.ASTRONOMY,
    "Day": boundary.DAY,
    "Forecast": boundary.FORECAST,
    "CellForecast": boundary.CELL_FORECAST,
    "Alert": boundary.ALERT,
    "AlertText": boundary.ALERT_TEXT,
}
AT = datetime(2026, 5, 15, 8, tzinfo=UTC)
HOUR = Conditions(AT, temperature=9.5, weather_code=3, is_day=True)
PLACE = Place(Coordinates(47.4, 8.5), "Zürich", "ZH", "Switzerland", "CH", "Europe/Zurich", 408.0)
FORECAST = Forecast("x", (), (HOUR,))


@pytest.mark.parametrize("name", RULES)
def test_every_field_has_a_rule(name: str) -> None:
    from weather.core import models

    assert {field.name for field in fields(getattr(models, name))} == set(RULES[name].rules)


def test_ordinary_records_stay_as_they_are() -> None:
    report = reports.report()
    assert boundary.PLACE(report.place) is report.place
    assert boundary.DAY(report.days[0]) is report.days[0]
    hours = Hours.of(report.hours)
    assert boundary.hours(500)(hours) is hours
    assert boundary.alerts(reports.with_alerts().alerts) == reports.with_alerts().alerts
    for name in ("alerts", "places", "locator-result", "air-quality"):
        value = golden_entries.ENTRIES[name].value  # type: ignore[union-attr]
        rule = {
            "alerts": boundary.alerts,
            "places": boundary.SEARCH_RESULT,
            "locator-result": boundary.LOCATOR_RESULT,
            "air-quality": boundary.AIR_QUALITY,
        }[name]
        assert rule(value) == value


@pytest.mark.parametrize(
    "value",
    [True, "9", [9], {}, float("nan"), float("inf"), 1e300, 10**400, -(10**400), -274],
)
def test_a_number_of_another_type_or_size_is_missing(value: Any) -> None:
    assert boundary.CONDITIONS(replace(HOUR, temperature=value)) == replace(HOUR, temperature=None)
    hours = (HOUR, replace(HOUR, valid_at=AT + timedelta(hours=1), temperature=value))
    assert boundary.hours(9)(hours)[1].temperature is None
    assert boundary.PLACE(replace(PLACE, population=value)).population is None


@pytest.mark.parametrize("code", [3.0, True, "3", 100, -1])
def test_a_weather_code_is_a_whole_number(code: Any) -> None:
    hours = boundary.hours(9)((replace(HOUR, weather_code=code),))
    assert hours[0].weather_code is None


@pytest.mark.parametrize(
    "time",
    [
        None,
        "2026-05-15",
        0,
        date(2026, 5, 15),
        datetime(2026, 5, 15),
        datetime.min.replace(tzinfo=UTC),
        datetime.max.replace(tzinfo=timezone(-timedelta(hours=20))),
        datetime(2300, 1, 1, tzinfo=UTC),
    ],
)
def test_an_hour_without_a_plausible_time_is_left_out(time: Any) -> None:
    assert boundary.hours(9)((replace(HOUR, valid_at=time), HOUR)) == (HOUR,)


def test_hours_are_ascending_and_few() -> None:
    hours = tuple(replace(HOUR, valid_at=AT + timedelta(hours=n)) for n in range(30))
    assert boundary.hours(20)(hours) == hours[:20]
    assert boundary.hours(60)((*reversed(hours), *hours)) == hours


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "//evil.example", "https://a b", 'https://a"x', "data:text/html,x", "",
     "https://\u202eevil.example", 7],
)  # fmt: skip
def test_a_credit_links_to_the_web_only(url: Any) -> None:
    credit = Credit("Example", "https://example.org/", "CC BY 4.0", "https://example.org/l")
    assert boundary.CREDIT(credit) is credit
    assert boundary.CREDIT(replace(credit, url=url)) is None
    if url != "":
        assert boundary.CREDIT(replace(credit, licence_url=url)) is None


@pytest.mark.parametrize(
    "zone", ["../../etc/passwd", "/etc/passwd", "America", "x" * 999, "\ud800", 7]
)
def test_a_cell_needs_a_time_zone_of_this_system(zone: Any) -> None:
    cell = CellForecast(FORECAST, "Europe/Zurich", ())
    assert boundary.CELL_FORECAST(cell) is cell
    assert boundary.CELL_FORECAST(replace(cell, timezone=zone)) is None


@pytest.mark.parametrize("validator", ["a\r\nX: y", "é", " ", "x" * 999, 7])
def test_a_validator_is_the_value_of_a_header(validator: Any) -> None:
    date = "Fri, 15 May 2026 08:00:00 GMT"
    assert boundary.FORECAST(replace(FORECAST, validator=date)).validator == date
    assert boundary.FORECAST(replace(FORECAST, validator=validator)).validator is None


@settings(deadline=None, max_examples=200)
@given(strategies.VALUES)
def test_whatever_is_stored_comes_back_harmless(value: Any) -> None:
    for rule in (*RULES.values(), boundary.alerts, boundary.SEARCH_RESULT):
        allowed = rule(value)
        if allowed is not None:
            hostile.assert_harmless(allowed)
            assert rule(allowed) == allowed


@pytest.mark.parametrize("amounts", [None, 5, "0.1"])
def test_a_nowcast_without_amounts_is_missing(amounts: Any) -> None:
    bounded = boundary.FORECAST(replace(FORECAST, nowcast=Nowcast(AT, amounts)))
    assert bounded.nowcast is None
    assert bounded.hours == (HOUR,)


def test_an_item_that_is_nothing_is_left_out() -> None:
    credit = golden_entries.ENTRIES["air-quality"].value.credits[0]  # type: ignore[union-attr]
    assert rows(boundary.CREDIT, 3)((None, credit)) == (credit,)
    assert rows(boundary.CREDIT, 3)((None,)) == ()


_KINDS = ("int", "decimal", "float", "bool", "moment", "duration", "date", "any")


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_columns_pass_only_as_their_rows_would(data: st.DataObject) -> None:
    """A stored column may be of any kind, and may be missing in part or in whole."""
    days = Days.of(reports.report().days)
    columns = days.packed()
    name = data.draw(st.sampled_from(sorted(columns)))
    change = data.draw(st.sampled_from(["kind", "missing", "absent"]))
    column = columns.pop(name)
    if change == "kind":
        columns[name] = replace(column, kind=data.draw(st.sampled_from(_KINDS)))
    elif change == "missing":
        columns[name] = replace(column, missing=data.draw(st.integers(0, 1 << len(days))))
    changed = Days(columns, 0, len(days))
    if boundary.days(changed) is changed:
        assert [boundary.DAY(day) for day in changed] == list(changed)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("astronomy.sunrise", "bool"),
        ("astronomy.sunrise", "duration"),
        ("astronomy.daylight", "moment"),
        ("astronomy.sun_is_up_at_noon", "int"),
    ],
)
def test_a_column_of_another_kind_is_no_column_of_the_field(name: str, kind: str) -> None:
    days = Days.of(reports.report().days)
    columns = days.packed()
    columns[name] = replace(columns[name], kind=kind)  # type: ignore[arg-type]
    changed = Days(columns, 0, len(days))
    assert boundary.days(changed) is not changed

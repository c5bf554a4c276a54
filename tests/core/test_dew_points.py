"""Dew points are those of the formula, wherever and however they are read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from weather.core import boundary
from weather.core.dew_points import DewPoints
from weather.core.formulas import dew_point
from weather.core.models import Conditions, Hours
from weather.core.models.column import Column
from weather.core.rounding import rounded

AT = datetime(2026, 5, 15, tzinfo=UTC)
TEMPERATURES = [12.4, None, -40.0, 0.0, 31.5, 20.0]
HUMIDITIES = [81.0, 50.0, 100.0, 0.0, 12.0, None]
TIMES = Column.of([AT + timedelta(hours=number) for number in range(6)])


def exactly(temperature: float | None, humidity: float | None) -> float | None:
    exact = dew_point(temperature, humidity)
    return None if exact is None else rounded(exact, 2)


EXPECTED = list(map(exactly, TEMPERATURES, HUMIDITIES))


def hours() -> Hours:
    temperature, humidity = Column.of(TEMPERATURES), Column.of(HUMIDITIES)
    return Hours.of_packed(
        {
            "valid_at": TIMES,
            "temperature": temperature,
            "relative_humidity": humidity,
            "dew_point": DewPoints.following(temperature, humidity),
        }
    )


def test_a_dew_point_is_missing_where_temperature_or_humidity_is_or_the_air_is_dry() -> None:
    assert [value is None for value in EXPECTED] == [False, True, False, True, False, True]
    assert hours().column("dew_point") == EXPECTED


def test_rows_and_slices_have_the_dew_points_of_the_column() -> None:
    assert [hour.dew_point for hour in hours()] == EXPECTED
    assert [hours()[index].dew_point for index in range(6)] == EXPECTED
    assert hours()[2:5].column("dew_point") == EXPECTED[2:5]
    part = hours()[2:5].part("dew_point")
    assert part is not None
    assert part.values(0, 3) == EXPECTED[2:5]
    assert [hour.dew_point for hour in hours().followed_by(hours())] == EXPECTED * 2


def test_rows_with_computed_dew_points_equal_the_same_rows_with_numbers() -> None:
    rows = [
        Conditions(moment, temperature=temperature, dew_point=point, relative_humidity=humidity)
        for moment, temperature, point, humidity in zip(
            TIMES.values(0, 6), TEMPERATURES, EXPECTED, HUMIDITIES, strict=True
        )
    ]
    assert hours() == Hours.of(rows)
    assert repr(hours()) == repr(Hours.of(rows))


def test_they_pass_the_boundary_as_columns() -> None:
    checked = boundary.hours(10)(hours())
    assert isinstance(checked, Hours)
    assert isinstance(checked.packed()["dew_point"], DewPoints)


def test_another_field_may_not_follow() -> None:
    columns = hours().packed()
    other = Hours({**columns, "temperature": columns["dew_point"]}, 0, 6)
    checked = boundary.hours(10)(other)
    assert not isinstance(checked, Hours)
    assert checked is not None
    assert [hour.temperature for hour in checked] == EXPECTED


def test_columns_of_different_lengths_have_no_dew_points() -> None:
    with pytest.raises(ValueError, match="different lengths"):
        DewPoints.following(Column.of([1.0]), Column.of([1.0, 2.0]))

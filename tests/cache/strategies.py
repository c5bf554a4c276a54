"""Every record that a cache stores, with odd values."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC
from typing import Any

from hypothesis import strategies as st

from weather.cache.entry import Entry, Status
from weather.core.models import (
    AirQuality,
    Alert,
    AlertText,
    Astronomy,
    CellForecast,
    Conditions,
    Coordinates,
    Credit,
    Day,
    Forecast,
    LocatorResult,
    Nowcast,
    Place,
)

# `fold` distinguishes nothing in UTC.
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(fold=0))
TEXTS = st.text(st.characters(), max_size=20)  # surrogates and controls too
NUMBERS = st.one_of(
    st.floats(allow_nan=False), st.integers(), st.integers(-900, 900).map(lambda n: n / 10)
)
MAYBE_NUMBER = st.none() | NUMBERS
MAYBE_TEXT = st.none() | TEXTS
MAYBE_MOMENT = st.none() | MOMENTS
CREDITS = st.lists(st.builds(Credit, TEXTS, TEXTS, TEXTS), max_size=3).map(tuple)
COORDINATES = st.builds(Coordinates, st.floats(-90, 90), st.floats(-180, 180))
PLACES = st.builds(
    Place, COORDINATES, MAYBE_TEXT, MAYBE_TEXT, MAYBE_TEXT, MAYBE_TEXT, MAYBE_TEXT,
    MAYBE_NUMBER, st.none() | st.integers(), MAYBE_NUMBER,
)  # fmt: skip


def conditions(numbers: st.SearchStrategy[Any]) -> st.SearchStrategy[Conditions]:
    known = {
        field.name: numbers
        for field in fields(Conditions)
        if field.name not in {"valid_at", "weather_code", "is_day"}
    }
    codes, light = st.none() | st.integers(), st.none() | st.booleans()
    return st.builds(Conditions, MOMENTS, weather_code=codes, is_day=light, **known)


HOURS = st.one_of(
    st.lists(conditions(MAYBE_NUMBER), max_size=20),
    st.lists(conditions(st.integers(-900, 900).map(lambda n: n / 10)), max_size=20),
    st.lists(conditions(st.none()), max_size=3),
).map(tuple)
NOWCASTS = st.builds(Nowcast, MOMENTS, st.lists(MAYBE_NUMBER, max_size=13).map(tuple))
FORECASTS = st.builds(
    Forecast, TEXTS, CREDITS, HOURS, st.none() | conditions(MAYBE_NUMBER), MAYBE_TEXT,
    MAYBE_MOMENT, MAYBE_NUMBER, MAYBE_TEXT, MAYBE_TEXT, MAYBE_MOMENT, st.none() | NOWCASTS,
)  # fmt: skip
ASTRONOMY = st.builds(
    Astronomy,
    *[MAYBE_MOMENT] * 7,
    NUMBERS,
    NUMBERS,
    st.timedeltas(),
    st.booleans(),
)
DAYS = st.builds(
    Day,
    st.dates(),
    ASTRONOMY,
    st.none() | st.integers(),
    **{field.name: MAYBE_NUMBER for field in fields(Day)[3:]},
)
CELL_FORECASTS = st.builds(CellForecast, FORECASTS, TEXTS, st.lists(DAYS, max_size=2).map(tuple))
AIR = st.builds(
    AirQuality, MOMENTS, CREDITS,
    **{field.name: MAYBE_NUMBER for field in fields(AirQuality)[2:]},
)  # fmt: skip
ALERTS = st.builds(
    Alert,
    st.lists(
        st.builds(AlertText, TEXTS, TEXTS, MAYBE_TEXT, MAYBE_TEXT, MAYBE_TEXT), max_size=3
    ).map(tuple),
    st.builds(Credit, TEXTS, TEXTS, TEXTS), st.none() | st.integers(), MAYBE_MOMENT, MAYBE_MOMENT,
)  # fmt: skip
VALUES = st.one_of(
    FORECASTS,
    CELL_FORECASTS,
    AIR,
    PLACES,
    COORDINATES,
    st.builds(LocatorResult, PLACES, TEXTS, CREDITS),
    st.lists(ALERTS, max_size=3).map(tuple),
    st.lists(PLACES, max_size=3).map(tuple),
    st.none() | st.booleans(),
)
ENTRIES = st.builds(Entry, VALUES, MOMENTS, MOMENTS, st.sampled_from(Status))

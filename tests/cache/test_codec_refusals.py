"""Bytes that are no entry of this version are refused, and raise nothing else."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cache import golden_entries
from tests.providers import hostile
from weather.cache.codec import VERSION, DecodeError, decode, encode
from weather.cache.entry import Entry
from weather.cache.kinds import checked_entry
from weather.core.astronomy import astronomy
from weather.core.models import Coordinates, Forecast

FORECAST = encode(golden_entries.ENTRIES["forecast"])


def sealed(rest: bytes, version: int = VERSION, magic: bytes = b"WWYA") -> bytes:
    return struct.pack("<4sHI", magic, version, zlib.crc32(rest)) + rest


def of_header(header: object, numbers: bytes = b"") -> bytes:
    text = json.dumps(header).encode()
    body = struct.pack("<I", len(text)) + text
    return sealed(zlib.compress(body + numbers))


def entry_of(value: object) -> dict[str, object]:
    moment = {"time": "2026-05-15T08:20:00+00:00"}
    status = {"status": "hit"}
    return {
        "kind": "entry", "value": value, "fetched_at": moment, "expires_at": moment,
        "status": status,
    }  # fmt: skip


def test_the_envelope_of_these_tests_is_the_codecs() -> None:
    assert decode(of_header(entry_of(None))) == Entry(None, golden_entries.AT, golden_entries.AT)


TIMES = ["moment/1 range", 0, 3600]
TIMED = {"valid_at": TIMES}
SERIES = {"count": 2, "at": 0, "columns": TIMED}
NUMBERS = ["decimal/1 i8 i8"]
GAPS = ["decimal/1 i8 i8 gaps"]
DIFFERENCES = ["decimal/1 i8 i8", 1]
SECOND = ["decimal/10 i8 i8", 10, 15]
PREDICTED = ["decimal/1 i16 i8", ["temperature", 8192, 4096]]


def series_of(**columns: object) -> dict[str, object]:
    return forecast_of({"count": 2, "at": 0, "columns": {"valid_at": TIMES, **columns}})


def forecast_of(series: object) -> dict[str, object]:
    empty = {field.name: None for field in fields(Forecast)}
    return entry_of({**empty, "kind": "forecast", "credits": [], "provider": "x", "hours": series})


AGGREGATED = {"date": ["date i32 i32"], "temperature_max": ["follows"]}


SKY = ["follows", 52.52, 13.4]


def cell_of(
    zone: object = "UTC",
    days: object = AGGREGATED,
    count: int = 2,
    first: int = 739_751,
    **columns: object,
) -> bytes:
    """A forecast with two hours, and days from 15 May 2026 or another one on."""
    forecast = series_of(**columns)["value"]
    rows = {"count": count, "at": 0, "columns": days}
    cell = {"kind": "cell-forecast", "forecast": forecast, "timezone": zone, "days": rows}
    ordinals = range(first, first + count)
    planes = [number >> shift & 255 for shift in (0, 8, 16, 24) for number in ordinals]
    return of_header(entry_of(cell), bytes(planes))


def test_the_days_of_these_tests_are_the_codecs() -> None:
    entry = decode(cell_of())
    assert isinstance(entry, Entry)
    assert [day.date for day in entry.value.days] == [date(2026, 5, 15), date(2026, 5, 16)]
    assert entry.value.days.column("temperature_max") == [None, None]


def sky_of(sky: object = SKY, first: int = 739_751, **others: Any) -> bytes:
    return cell_of(days={"date": ["date i32 i32"], "astronomy": sky}, first=first, **others)


def test_the_sun_and_moon_of_these_tests_are_the_codecs() -> None:
    entry = decode(sky_of())
    assert isinstance(entry, Entry)
    expected = [astronomy(Coordinates(52.52, 13.4), date(2026, 5, day), "UTC") for day in (15, 16)]
    assert [day.astronomy for day in entry.value.days] == expected


@pytest.mark.parametrize(
    "data",
    [
        *(
            sky_of(sky)
            for sky in (
                *([], ["follows"], ["follows", 52.52], ["follows", 52.52, 13.4, 0.0], "follows"),
                *(["values", 52.52, 13.4], [None, 52.52, 13.4], {"at": 0}, None, 7),
                *(["follows", 90.1, 13.4], ["follows", 52.52, -180.5], ["follows", "52", "13"]),
                *(["follows", None, None], ["follows", [], []], ["follows", 10**400, 13.4]),
                *(["follows", float("nan"), 13.4], ["follows", 52.52, float("inf")]),
            )
        ),
        *(sky_of(first=first) for first in (1, 718_000, 804_000, 3_652_000, -5)),
        sky_of(zone="no/zone"),
        cell_of(days={"astronomy": SKY}),
        cell_of(days={"date": ["date i32 i32 gaps"], "astronomy": SKY}),
        cell_of(days={"date": ["int i32 i32"], "astronomy": SKY}),
        cell_of(astronomy=SKY),
    ],
)
def test_sun_and_moon_of_no_place_or_day_are_refused(data: bytes) -> None:
    with pytest.raises(DecodeError):
        decode(data)


def test_the_daylight_of_these_tests_is_the_codecs() -> None:
    entry = decode(of_header(series_of(is_day=["follows", 52.52, 13.4])))
    assert isinstance(entry, Entry)
    assert entry.value.hours.column("is_day") == [False, False]
    entry = decode(of_header(series_of(is_day=["follows", 0, 180])))
    assert isinstance(entry, Entry)
    assert entry.value.hours.column("is_day") == [True, True]


@pytest.mark.parametrize(
    "data",
    [
        *(
            of_header(series_of(is_day=form), bytes(8))
            for form in (
                *([], ["follows"], ["follows", 52.52], ["follows", 52.52, 13.4, 0.0], {"at": 0}),
                *(["follows", 90.1, 13.4], ["follows", "52", "13"], ["follows", None, None]),
                *(["follows", float("nan"), 13.4], "follows", None, 7),
            )
        ),
        of_header(series_of(valid_at=["values", 1, 2], is_day=SKY)),
        of_header(series_of(valid_at=["moment/1000000 range", 0, 3600], is_day=SKY)),
        of_header(series_of(valid_at=["moment/1 i8 i8 gaps"], is_day=SKY), b"\2\0\1"),
        of_header(forecast_of({"count": 2, "at": 0, "columns": {"is_day": SKY}})),
        of_header(forecast_of({**SERIES, "count": 529, "columns": {**TIMED, "is_day": SKY}})),
        of_header(series_of(temperature=SKY)),
        cell_of(days={"date": ["date i32 i32"], "is_day": SKY}),
    ],
)
def test_daylight_of_no_place_or_hour_is_refused(data: bytes) -> None:
    with pytest.raises(DecodeError):
        decode(data)


@pytest.mark.parametrize(
    "first",
    [
        date(1969, 1, 1),
        date(1969, 12, 31),
        date(2199, 12, 31),
        date(2200, 12, 30),
        date(2011, 12, 30),
    ],
)
@pytest.mark.parametrize("zone", ["Etc/GMT+12", "Pacific/Kiritimati", "Pacific/Apia"])
def test_sun_and_moon_are_read_within_their_limits(first: date, zone: str) -> None:
    """On the first and last days that a service accepts, some of whose moments it does not, and
    where a day did not exist."""
    read = decode(sky_of(["follows", -13.8, -171.8], first.toordinal(), zone=zone))
    assert isinstance(read, Entry)
    cell: Entry[Any] | None = checked_entry("forecast x", read)
    assert cell is not None
    hostile.assert_harmless(cell.value)
    assert len(cell.value.days) == 2


@pytest.mark.parametrize(
    "data",
    [
        cell_of(zone="no/zone"),
        cell_of(zone=None),
        cell_of(count=23),
        cell_of(days={"temperature_max": ["follows"]}),
        cell_of(days={"date": ["int i32 i32"], "temperature_max": ["follows"]}),
        cell_of(days={"date": ["date i32 i32"], "astronomy.sunrise": ["follows"]}),
        cell_of(temperature=["values", 3.0, "4"]),
        cell_of(temperature=["values", 3.0, 400.0]),
        cell_of(valid_at=["moment/1 range", 0, -3600]),
    ],
)
def test_days_that_cannot_be_aggregated_are_refused(data: bytes) -> None:
    with pytest.raises(DecodeError):
        decode(data)


def test_the_series_of_these_tests_is_the_codecs() -> None:
    entry = decode(of_header(forecast_of(SERIES)))
    assert isinstance(entry, Entry)
    hours = entry.value.hours
    assert [hour.valid_at.hour for hour in hours] == [0, 1]


@pytest.mark.parametrize(
    ("columns", "numbers", "expected"),
    [
        ({"temperature": NUMBERS}, b"\x03\xff", [3.0, -1.0]),
        ({"temperature": GAPS}, b"\x02\x03\xff", [3.0, None]),
        ({"temperature": DIFFERENCES}, b"\x03", [1.0, 4.0]),
        ({"temperature": SECOND}, b"", [1.0, 2.5]),
        ({"temperature": ["values", 7, None]}, b"", [7, None]),
        ({"temperature": NUMBERS, "dew_point": PREDICTED}, b"\x03\xff\x01\x02", [3.0, -1.0]),
    ],
)
def test_the_columns_of_these_tests_are_the_codecs(
    columns: dict[str, object], numbers: bytes, expected: list[object]
) -> None:
    entry = decode(of_header(series_of(**columns), numbers))
    assert isinstance(entry, Entry)
    assert entry.value.hours.column("temperature") == expected


def test_the_prediction_of_these_tests_is_the_codecs() -> None:
    columns = series_of(temperature=NUMBERS, dew_point=PREDICTED)
    entry = decode(of_header(columns, b"\x03\xff\x01\x02"))
    assert isinstance(entry, Entry)
    assert entry.value.hours.column("dew_point") == [8.0, 1.0]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"WWYA",
        b"rubbish" * 100,
        zlib.compress(b"a pickle of an earlier version"),
        FORECAST[:-1],
        FORECAST[: len(FORECAST) // 2],
        FORECAST + b"\0",
        bytes(len(FORECAST)),
        sealed(zlib.compress(b"{}")),
        sealed(b"no zlib"),
        sealed(zlib.compress(b"")),
        sealed(zlib.compress(bytes(20_000_000))),
        sealed(FORECAST[10:], magic=b"WWYB"),
        of_header(0),
        of_header([]),
        of_header({"kind": "credit", "text": "", "url": "", "licence": "", "licence_url": ""}),
        of_header(entry_of({"kind": "unknown"})),
        of_header(entry_of({"kind": "place"})),
        of_header(entry_of({"kind": "coordinates", "latitude": 91, "longitude": 0})),
        of_header(entry_of({"kind": "coordinates", "latitude": "1", "longitude": 0})),
        of_header(entry_of({"kind": "credit", "text": "", "url": "", "licence": "", "more": 1})),
        of_header(entry_of({"kind": ["place"]})),
        of_header(entry_of({"time": 3})),
        of_header(entry_of({"status": "unknown"})),
        of_header(forecast_of(None)),
        of_header(forecast_of({})),
        of_header(forecast_of({**SERIES, "count": 10**9})),
        of_header(forecast_of({**SERIES, "count": -1})),
        of_header(forecast_of({**SERIES, "at": -1})),
        of_header(forecast_of({**SERIES, "at": "0"})),
        of_header(forecast_of({"count": 2, "columns": {"valid_at": TIMES}})),
        of_header(forecast_of({**SERIES, "second": -1})),
        of_header(forecast_of({**SERIES, "second": "0"})),
        of_header(series_of(unknown=["values", 1, 2])),
        of_header(series_of(temperature=["values", 1])),
        *(
            of_header(series_of(valid_at=form), bytes(32))
            for form in (
                [],
                {"at": 0},
                "moment",
                ["moment/1 range"],
                ["moment/1 range", 0],
                ["moment/1 range", 0, 1, 2],
                ["moment/1 range", 10**30, 3600],
                ["moment/1 range", 10**12, 3600],
                ["moment/1 range", 0, 0],
                ["moment/1 range", "0", 3600],
                ["moment/7 range", 0, 3600],
                ["moment/-1 range", 0, 3600],
                ["moment/ range", 0, 3600],
                ["hour range", 0, 3600],
                ["any i8 i8"],
                ["date i8 i8"],
            )
        ),
        *(
            of_header(series_of(temperature=form), numbers)
            for form, numbers in (
                (NUMBERS, b"\0"),
                (GAPS, bytes(2)),
                (["decimal/1 i8 i16"], bytes(3)),
                (["decimal/1 i9 i8"], bytes(8)),
                (["decimal/0 i8 i8"], bytes(8)),
                (["decimal/20 i8 i8"], bytes(8)),
                (["decimal/1 i8"], bytes(8)),
                (["decimal/1 i8 i8 i8"], bytes(8)),
                (["decimal/1 i8 i8 gaps gaps"], bytes(8)),
                (["decimal/1"], bytes(8)),
                (["float i8 i8"], bytes(16)),
                (["decimal/1 f64 f64"], bytes(16)),
                (["float f64 i8"], bytes(16)),
                ([1], bytes(8)),
                ([None], bytes(8)),
                ([["decimal/1 i8 i8"]], bytes(8)),
                (["decimal/1 i8 i8", 128], bytes(8)),
                (["decimal/1 i8 i8", 100], b"\x7f"),
                (["decimal/1 i8 i8", 1.5], bytes(8)),
                (["decimal/1 i8 i8", "1"], bytes(8)),
                (["decimal/1 i8 i8", None], bytes(8)),
                (["decimal/1 i8 i8", 10**30], bytes(8)),
                (["decimal/1 i8 i8", 1, 1, 1], bytes(8)),
                (["decimal/1 i8 i8", ["wind_speed", 256, 0]], bytes(8)),
                (["decimal/1 i8 i8", ["temperature", 256, 0]], bytes(8)),
                (["decimal/1 i8 i8", ["valid_at", 256, 0]], bytes(8)),
                (["decimal/1 i8 i8", ["row", 256, 0]], bytes(8)),
                (["decimal/1 i8 i8", []], bytes(8)),
                (["decimal/1 i8 i8", ["formula"]], bytes(8)),
                (["decimal/1 i8 i8", ["hours"]], bytes(8)),
                (["decimal/1 i8 i8", ["else"]], bytes(8)),
                (["follows"], bytes(8)),
            )
        ),
        *(
            of_header(series_of(temperature=NUMBERS, dew_point=form), bytes(8))
            for form in (
                ["follows"],
                ["decimal/1 i8 i8", ["temperature", 256]],
                ["decimal/1 i8 i8", ["temperature", 1.5, 0]],
                ["decimal/1 i8 i8", ["temperature", "1", 0]],
                ["decimal/1 i8 i8", ["temperature", 256, 10**30]],
                ["decimal/1 i8 i8", ["temperature", None, 0]],
                ["decimal/1 i8 i8", [["temperature"], 256, 0]],
            )
        ),
    ],
)
def test_bytes_that_are_no_entry_are_refused(data: bytes) -> None:
    with pytest.raises(DecodeError):
        decode(data)


def test_another_version_is_refused() -> None:
    for version in (VERSION - 1, VERSION + 1, 0):
        with pytest.raises(DecodeError, match=f"version {version}"):
            decode(sealed(FORECAST[10:], version))


@settings(deadline=None, max_examples=300)
@given(st.integers(0, len(FORECAST) - 1), st.integers(1, 255))
def test_a_changed_byte_is_noticed(position: int, change: int) -> None:
    damaged = bytearray(FORECAST)
    damaged[position] ^= change
    with pytest.raises(DecodeError):
        decode(bytes(damaged))


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_and_raise_nothing_else(data: bytes) -> None:
    for tried in (data, sealed(data), sealed(zlib.compress(data))):
        with pytest.raises(DecodeError):
            decode(tried)

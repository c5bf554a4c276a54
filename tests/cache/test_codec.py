"""The stored form: what is written is read back, and what is not ours is refused."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from dataclasses import astuple, fields, is_dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cache import golden_entries
from weather.cache import records
from weather.cache.codec import VERSION, DecodeError, decode, encode
from weather.cache.entry import Entry, Failure, Status
from weather.core.errors import CallSkipped, UpstreamError, UpstreamTimeout, UpstreamUnavailable
from weather.core.models import (
    AirQuality,
    Alert,
    AlertText,
    Conditions,
    Coordinates,
    Credit,
    Forecast,
    LocatorResult,
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
FORECASTS = st.builds(
    Forecast, TEXTS, CREDITS, HOURS, st.none() | conditions(MAYBE_NUMBER), MAYBE_TEXT,
    MAYBE_MOMENT, MAYBE_NUMBER, MAYBE_TEXT, MAYBE_TEXT, MAYBE_MOMENT,
)  # fmt: skip
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
    AIR,
    PLACES,
    COORDINATES,
    st.builds(LocatorResult, PLACES, TEXTS, CREDITS),
    st.lists(ALERTS, max_size=3).map(tuple),
    st.lists(PLACES, max_size=3).map(tuple),
    st.none() | st.booleans(),
)
ENTRIES = st.builds(Entry, VALUES, MOMENTS, MOMENTS, st.sampled_from(Status))


def exact(value: Any) -> Any:
    """Distinguishes what `==` does not: 1, 1.0 and True; 0.0 and -0.0."""
    return repr(value)


@settings(deadline=None, max_examples=300)
@given(ENTRIES)
def test_no_value_changes_by_being_stored(entry: Entry[Any]) -> None:
    read = decode(encode(entry))
    assert read == entry
    assert exact(read) == exact(entry)


def failure_read_back(failure: Failure) -> Failure:
    read = decode(encode(failure))
    assert isinstance(read, Failure)
    return read


@settings(deadline=None)
@given(st.sampled_from([UpstreamError, UpstreamTimeout]), TEXTS, MOMENTS, st.floats(0, 1e12))
def test_a_failure_is_read_back(
    error: type[UpstreamError], message: str, at: datetime, written: float
) -> None:
    read = failure_read_back(Failure(error(message), at, written))
    assert (type(read.error), read.error.message) == (error, message)
    assert (read.at, read.written) == (at, written)


@pytest.mark.parametrize("error", [UpstreamUnavailable, CallSkipped])
def test_a_failure_that_says_when_to_retry_is_read_back(error: type[UpstreamUnavailable]) -> None:
    read = failure_read_back(Failure(error("down", 17), golden_entries.AT, 0.0)).error
    assert isinstance(read, UpstreamUnavailable)
    assert (type(read), read.message, read.retry_after) == (error, "down", 17)


def test_an_error_of_a_derived_class_is_read_back_as_the_nearest_that_has_a_kind() -> None:
    class Refused(UpstreamUnavailable):
        pass

    read = failure_read_back(Failure(Refused("no", 3), golden_entries.AT, 0.0)).error
    assert isinstance(read, UpstreamUnavailable)
    assert (type(read), read.message, read.retry_after) == (UpstreamUnavailable, "no", 3)


def test_not_a_number_and_infinities_are_read_back() -> None:
    odd = (float("nan"), float("inf"), float("-inf"), -0.0, 0.0, 5e-324, 1.7976931348623157e308)
    hours = tuple(
        Conditions(golden_entries.AT + timedelta(hours=n), temperature=value)
        for n, value in enumerate(odd)
    )
    entry = Entry(Forecast("x", (), hours), golden_entries.AT, golden_entries.AT)
    assert exact(decode(encode(entry))) == exact(entry)


def test_a_moment_with_another_offset_is_the_same_moment() -> None:
    moment = golden_entries.AT.astimezone(timezone(timedelta(hours=5, minutes=45)))
    hours = (Conditions(moment), Conditions(moment + timedelta(hours=2)))
    entry = Entry(Forecast("x", (), hours), moment, moment)
    assert decode(encode(entry)) == entry


def test_a_value_without_a_kind_cannot_be_stored() -> None:
    with pytest.raises(TypeError, match="object has no kind"):
        encode(Entry(object(), golden_entries.AT, golden_entries.AT))


FORECAST = encode(golden_entries.ENTRIES["forecast"])


def sealed(rest: bytes, version: int = VERSION, magic: bytes = b"WWYA") -> bytes:
    return struct.pack("<4sHI", magic, version, zlib.crc32(rest)) + rest


def of_header(header: object, numbers: bytes = b"") -> bytes:
    text = json.dumps(header).encode()
    body = struct.pack("<I", len(text)) + text
    return sealed(zlib.compress(body + bytes(-len(body) % 8) + numbers))


def entry_of(value: object) -> dict[str, object]:
    moment = {"time": "2026-05-15T08:20:00+00:00"}
    status = {"status": "hit"}
    return {
        "kind": "entry", "value": value, "fetched_at": moment, "expires_at": moment,
        "status": status,
    }  # fmt: skip


def test_the_envelope_of_these_tests_is_the_codecs() -> None:
    assert decode(of_header(entry_of(None))) == Entry(None, golden_entries.AT, golden_entries.AT)


SERIES = {"count": 2, "times": {"start": 0, "step": 3_600_000_000}, "columns": {}}


def forecast_of(series: object) -> dict[str, object]:
    empty = {field.name: None for field in fields(Forecast)}
    return entry_of({**empty, "kind": "forecast", "credits": [], "provider": "x", "hours": series})


def test_the_series_of_these_tests_is_the_codecs() -> None:
    entry = decode(of_header(forecast_of(SERIES)))
    assert isinstance(entry, Entry)
    hours = entry.value.hours
    assert [hour.valid_at.hour for hour in hours] == [0, 1]


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
        of_header(forecast_of({**SERIES, "times": {"at": 0}})),
        of_header(forecast_of({**SERIES, "times": {"start": 10**30, "step": 1}})),
        of_header(forecast_of({**SERIES, "columns": {"unknown": {"values": [1, 2]}}})),
        of_header(forecast_of({**SERIES, "columns": {"temperature": {"values": [1]}}})),
        of_header(forecast_of({**SERIES, "columns": {"temperature": {"type": "i8", "at": 0}}})),
        of_header(forecast_of({**SERIES, "columns": {"temperature": {"type": "i9", "at": 0}}})),
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


@pytest.mark.parametrize("name", golden_entries.ENTRIES)
def test_the_files_of_this_version_are_read(name: str) -> None:
    """What a release has stored, the next one of the same version reads."""
    read, expected = decode(golden_entries.path(name).read_bytes()), golden_entries.ENTRIES[name]
    if isinstance(expected, Failure):
        assert isinstance(read, Failure)
        assert isinstance(read.error, UpstreamUnavailable)
        assert (read.error.message, read.error.retry_after) == (expected.error.message, 17)
        assert (read.at, read.written) == (expected.at, expected.written)
    else:
        assert exact(read) == exact(expected)


def test_the_files_of_every_version_are_read_or_refused() -> None:
    for file in golden_entries.FOLDER.iterdir():
        try:
            decode(file.read_bytes())
        except DecodeError:
            assert not file.name.endswith(f".v{VERSION}")


def test_the_hours_of_the_golden_forecast_are_numbers_of_the_resolution_that_is_shown() -> None:
    """A later form may read them without an object for each hour."""
    body = zlib.decompress(golden_entries.path("forecast").read_bytes()[10:])
    (length,) = struct.unpack_from("<I", body)
    columns = json.loads(body[4 : 4 + length])["value"]["hours"]["columns"]
    assert columns["temperature"] == {
        "type": "i8",
        "scale": 10,
        "at": columns["temperature"]["at"],
    }
    assert columns["weather_code"]["type"] == "i8"
    assert columns["is_day"]["type"] == "bool"
    assert columns["uv_index"]["type"] == "f64"
    assert "missing" in columns["precipitation_probability"]
    assert "visibility" not in columns


def test_a_record_whose_fields_change_has_a_new_version() -> None:
    """After a change of the fields: count VERSION up, add the golden files of the new version
    (`python -m tests.cache.golden_entries`), and write the new hash here."""
    forms = [
        (kind, [(field.name, str(field.type)) for field in fields(record)])
        for kind, record in sorted(records.KINDS.items())
    ]
    form = hashlib.blake2b(repr(forms).encode(), digest_size=6).hexdigest()
    assert (VERSION, form) == (6, "bcaabb3a7e3c")


def test_every_record_within_a_stored_record_has_a_kind() -> None:
    def walk(value: Any) -> None:
        if is_dataclass(value):
            assert type(value) in records.KINDS.values()
            for field in fields(value):
                walk(getattr(value, field.name))
        elif isinstance(value, tuple):
            for item in value:
                walk(item)

    for value in golden_entries.ENTRIES.values():
        walk(value)
        assert not isinstance(value, Entry) or astuple(value)

"""The stored form: every value is read back as it was written, also by a later release."""

from __future__ import annotations

import hashlib
import json
import math
import struct
import zlib
from dataclasses import astuple, fields, is_dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cache import golden_entries
from tests.cache.strategies import ENTRIES, MOMENTS, TEXTS
from weather.cache import records
from weather.cache.codec import VERSION, DecodeError, decode, encode
from weather.cache.dictionary import DICTIONARY
from weather.cache.entry import Entry, Failure
from weather.core.errors import CallSkipped, UpstreamError, UpstreamTimeout, UpstreamUnavailable
from weather.core.models import Conditions, Forecast, Hours


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
    inflate = zlib.decompressobj(zdict=DICTIONARY)
    body = inflate.decompress(golden_entries.path("forecast").read_bytes()[10:])
    (length,) = struct.unpack_from("<I", body)
    value = json.loads(body[4 : 4 + length])["value"]
    columns = value["forecast"]["hours"]["columns"]
    assert columns["temperature"] == ["decimal/10 i8 i8", 124, -1]
    assert columns["weather_code"] == ["int i8 i8"]
    assert columns["is_day"] == ["bool i8 i8"]
    assert columns["uv_index"] == ["float f64 f64"]
    assert columns["precipitation_probability"] == ["decimal/1 i8 i8 gaps"]
    assert "visibility" not in columns
    start = int(golden_entries.AT.replace(minute=0).timestamp())
    assert columns["valid_at"] == ["moment/1 range", start, 3600]
    days = value["days"]["columns"]
    assert days["date"] == ["date i32 i32"]
    assert days["astronomy.sunrise"][0].startswith("moment")
    assert "snowfall" not in days


def test_of_the_golden_days_the_place_and_the_dates_are_stored_alone() -> None:
    inflate = zlib.decompressobj(zdict=DICTIONARY)
    body = inflate.decompress(golden_entries.path("days").read_bytes()[10:])
    (length,) = struct.unpack_from("<I", body)
    columns = json.loads(body[4 : 4 + length])["value"]["days"]["columns"]
    assert columns.pop("date") == ["date i32 i32"]
    assert columns.pop("astronomy") == ["follows", 54.32, 10.13]
    assert set(map(tuple, columns.values())) == {("follows",)}


def smooth(count: int, gaps: int = 10**9) -> Forecast:
    """Temperatures that change little by little, those of every n-th hour missing."""
    hours = (
        Conditions(
            golden_entries.AT + timedelta(hours=n),
            temperature=None if n % gaps == 1 else round(20 * math.sin(n / 9), 1),
            pressure_msl=round(1013 + 30 * math.sin(n / 50), 1),
            visibility=round(250 + 249 * math.sin(n / 12), 2),
        )
        for n in range(count)
    )
    return Forecast("x", (), tuple(hours))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 100, 384])
@pytest.mark.parametrize("gaps", [2, 7, 10**9])
def test_smooth_columns_are_read_back_from_their_differences(count: int, gaps: int) -> None:
    entry = Entry(smooth(count, gaps), golden_entries.AT, golden_entries.AT)
    assert exact(decode(encode(entry))) == exact(entry)


def windy(count: int, gaps: int = 10**9) -> Forecast:
    """Hours whose fields depend on each other, as those of real forecasts do."""
    hours = (
        Conditions(
            golden_entries.AT + timedelta(hours=n),
            temperature=round(10 + 8 * math.sin(n / 4), 1),
            apparent_temperature=None if n % gaps == 2 else round(8 + 9 * math.sin(n / 4), 1),
            relative_humidity=None if n % gaps == 1 else float(60 + n * 7 % 40),
            wind_speed=round(20 + 19 * math.sin(n / 7), 1),
            wind_gusts=round(34 + 30 * math.sin(n / 7) + n % 3, 1),
            visibility=round(90 - n * 7 % 40 * 0.8, 2),
            shortwave_radiation=round(max(0, 800 * math.sin(n / 4)), 1),
            diffuse_radiation=round(max(0, 300 * math.sin(n / 4)) + n % 5, 1),
        )
        for n in range(count)
    )
    return Forecast("x", (), tuple(hours))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 100, 384])
@pytest.mark.parametrize("gaps", [3, 10**9])
def test_columns_that_others_predict_are_read_back(count: int, gaps: int) -> None:
    entry = Entry(windy(count, gaps), golden_entries.AT, golden_entries.AT)
    assert exact(decode(encode(entry))) == exact(entry)


@pytest.mark.parametrize("missing", ["temperature", "relative_humidity", "wind_speed"])
def test_columns_are_read_back_without_the_one_that_would_predict_them(missing: str) -> None:
    forecast = windy(48)
    hours = Hours.of(forecast.hours).with_columns(**{missing: [None] * 48})
    entry = Entry(replace(forecast, hours=hours), golden_entries.AT, golden_entries.AT)
    assert exact(decode(encode(entry))) == exact(entry)


def test_a_column_is_read_back_whose_predictions_exceed_its_numbers() -> None:
    """The steps from one to the next need more bits than the numbers."""
    speeds = [0.0, 500.0, 0.0, 500.0, 0.1] * 3
    hours = tuple(
        Conditions(golden_entries.AT + timedelta(hours=n), wind_speed=speed, wind_gusts=500 - speed)
        for n, speed in enumerate(speeds)
    )
    entry = Entry(Forecast("x", (), hours), golden_entries.AT, golden_entries.AT)
    assert exact(decode(encode(entry))) == exact(entry)


def test_differences_take_less_than_the_numbers() -> None:
    """384 hours of a smooth column, which take 768 bytes as numbers."""
    one, two = (
        encode(Entry(forecast, golden_entries.AT, golden_entries.AT))
        for forecast in (smooth(384), replace(smooth(384), hours=()))
    )
    assert len(one) - len(two) < 5 * 384 / 2


def test_a_typical_header_is_mostly_in_the_dictionary() -> None:
    header = json.dumps(
        json.loads(DICTIONARY)[-1] | {"fetched_at": {"time": "2031-01-02T03:04:05+00:00"}},
        separators=(",", ":"),
    ).encode()
    deflate = zlib.compressobj(6, zdict=DICTIONARY)
    assert len(deflate.compress(header) + deflate.flush()) < 100


def test_an_entry_of_another_dictionary_is_refused() -> None:
    deflate = zlib.compressobj(zdict=b"another")
    rest = deflate.compress(b"x" * 100) + deflate.flush()
    envelope = struct.pack("<4sHI", b"WWYA", VERSION, zlib.crc32(rest))
    with pytest.raises(DecodeError):
        decode(envelope + rest)


def test_a_record_whose_fields_change_has_a_new_version() -> None:
    """After a change of the fields: count VERSION up, add the golden files of the new version
    (`python -m tests.cache.golden_entries`), and write the new hash here."""
    forms = [
        (kind, [(field.name, str(field.type)) for field in fields(record)])
        for kind, record in sorted(records.KINDS.items())
    ]
    form = hashlib.blake2b(repr(forms).encode(), digest_size=6).hexdigest()
    assert (VERSION, form) == (14, "a21958038403")


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

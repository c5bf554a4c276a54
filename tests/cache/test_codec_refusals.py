"""Bytes that are no entry of this version are refused, and raise nothing else."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cache import golden_entries
from weather.cache.codec import VERSION, DecodeError, decode, encode
from weather.cache.entry import Entry
from weather.core.models import Forecast

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


TIMES = {"quantity": "moment", "scale": 1, "start": 0, "step": 3600}
SERIES = {"count": 2, "columns": {"valid_at": TIMES}}


# Differences, of two numbers from 1 on.
SUMS = {"type": "i8", "scale": 1, "sums": "i8", "first": 1, "at": 0}


def series_of(**columns: object) -> dict[str, object]:
    return forecast_of({"count": 2, "columns": {"valid_at": TIMES, **columns}})


def forecast_of(series: object) -> dict[str, object]:
    empty = {field.name: None for field in fields(Forecast)}
    return entry_of({**empty, "kind": "forecast", "credits": [], "provider": "x", "hours": series})


def test_the_series_of_these_tests_is_the_codecs() -> None:
    entry = decode(of_header(forecast_of(SERIES)))
    assert isinstance(entry, Entry)
    hours = entry.value.hours
    assert [hour.valid_at.hour for hour in hours] == [0, 1]


def test_the_differences_of_these_tests_are_the_codecs() -> None:
    entry = decode(of_header(series_of(temperature=SUMS), b"\x03"))
    assert isinstance(entry, Entry)
    assert [hour.temperature for hour in entry.value.hours] == [1.0, 4.0]


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
        of_header(series_of(valid_at={"at": 0})),
        of_header(series_of(valid_at={**TIMES, "start": 10**30})),
        of_header(series_of(valid_at={**TIMES, "start": 10**12})),
        of_header(series_of(valid_at={**TIMES, "step": 0})),
        of_header(series_of(valid_at={**TIMES, "scale": 7})),
        of_header(series_of(valid_at={**TIMES, "quantity": "hour"})),
        of_header(series_of(unknown={"values": [1, 2]})),
        of_header(series_of(temperature={"values": [1]})),
        of_header(series_of(temperature={"type": "i8", "at": 0})),
        of_header(series_of(temperature={"type": "i9", "at": 0})),
        of_header(series_of(temperature={"type": "i8", "scale": 0, "at": 0})),
        of_header(series_of(temperature={"type": "i8"})),
        *(
            of_header(series_of(temperature={**SUMS, **other}), bytes(8))
            for other in (
                {"sums": "f64"},
                {"sums": "bool"},
                {"sums": "i9"},
                {"sums": ["i8"]},
                {"type": "f64"},
                {"first": 1.5},
                {"first": "1"},
                {"first": None},
                {"first": 128},
                {"first": 10**30},
                {"first": 100, "stride": 100},
                {"stride": 1.5},
                {"at": 8},
                {"at": "0"},
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

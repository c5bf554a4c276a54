"""Whoever writes to the store can compute a checksum: no record, of whatever types and under
whatever key, is more than a miss or a wrong value."""

from __future__ import annotations

import copy
import json
import random
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from tests.cache import golden_entries
from tests.cache.test_codec_refusals import of_header
from tests.conftest import Clock
from tests.providers import hostile
from weather.cache import kinds
from weather.cache.cache import Cache
from weather.cache.codec import DecodeError, decode, encode
from weather.cache.dictionary import DICTIONARY
from weather.cache.entries import PREFIX, Entries
from weather.cache.entry import Entry, Failure
from weather.core.errors import UpstreamUnavailable
from weather.stores.memory import Memory

AT = golden_entries.AT
TRIES = 150
VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 3, 1e300, 10**400, float("nan"), float("inf"), "", "x", "<b>", "\ud800"),
    *("x" * 5000, "\u202e\x1b[2J", "javascript:alert(1)", "9999-12-31T23:59:59+00:00"),
    *([], [[]], {}, [None], {"time": "2026-05-15T08:20:00"}, {"time": "0001-01-01T00:00:00+00:00"}),
    *({"time": "9999-12-31T23:59:59+00:00"}, {"date": "0001-01-01"}, {"microseconds": -(10**17)}),
    *({"status": "hit"}, {"kind": "upstream-error", "message": 7}),
    {"kind": "coordinates", "latitude": 1, "longitude": 2},
    {"kind": "credit", "text": "a", "url": "javascript:a", "licence": "", "licence_url": ""},
)
PATHS = (
    *("/47.37,8.54?format=json", "/47.37,8.54?format=text", "/47.37,8.54?format=3", "/47.37,8.54"),
    *("/Paris?format=json", "/52.5,13.4", "/?format=text", "/readyz", "/api/v1/places?q=Paris"),
    "/preview.png?q=Paris",
)


class Recording(Memory):
    """The keys that are written; `change` stands between what is written and what is read."""

    def __init__(self) -> None:
        super().__init__(10_000, 100_000_000)
        self.written: dict[str, bytes] = {}
        self.change: Callable[[str, bytes], bytes] = lambda key, data: data

    def set(self, key: str, value: bytes, timeout: Any = None) -> bool:
        self.written[key] = value
        return super().set(key, value, timeout)

    def get(self, key: str) -> bytes | None:
        data = super().get(key)
        return None if data is None else self.change(key, data)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Recording:
    recording = Recording()
    monkeypatch.setattr("weather.factory.open_store", lambda *_, **__: recording)
    return recording


def visit(make_app: Callable[..., Flask]) -> list[int]:
    client = make_app(rate_limit=0).test_client()
    return [client.get(path).status_code for path in PATHS]


def test_every_key_of_the_service_has_a_kind(
    make_app: Callable[..., Flask], store: Recording
) -> None:
    visit(make_app)
    words = {key.split(" ")[2] for key in store.written if key.startswith(PREFIX)}
    assert words - {"failed"} == set(kinds.VALUES)


def header_and_numbers(data: bytes) -> tuple[Any, bytes]:
    body = zlib.decompressobj(zdict=DICTIONARY).decompress(data[10:])
    (length,) = struct.unpack_from("<I", body)
    start = 4 + length
    return json.loads(body[4:start]), body[start + -start % 8 :]


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    keys: Iterable[Any] = value if isinstance(value, dict) else ()
    if isinstance(value, list):
        keys = range(len(value[:2]))
    for key in keys:
        yield from paths(value[key], (*path, key))


def changed(data: bytes, chance: random.Random) -> bytes:
    """An entry with one or two fields of another type, and a valid checksum."""
    header, numbers = header_and_numbers(data)
    for _ in range(chance.choice((1, 1, 2))):
        path = chance.choice([path for path in paths(header) if path])
        new = copy.deepcopy(chance.choice(VALUES))
        holder = header
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = new
    return of_header(header, numbers)


def test_wrong_types_with_a_valid_checksum_are_no_error(
    make_app: Callable[..., Flask],
    store: Recording,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Of every stored kind, read by another process: an answer, and never status 500."""
    visit(make_app)
    chance = random.Random(8)
    for number in range(TRIES // 10):
        store.change = lambda key, data: _changed_or_not(data, chance)
        statuses = visit(make_app)
        assert 500 not in statuses, number
        clock.advance(minutes=chance.choice((1, 20)))
    assert "Traceback" not in caplog.text


def _changed_or_not(data: bytes, chance: random.Random) -> bytes:
    try:
        decode(data)
    except DecodeError:  # a count
        return data
    return changed(data, chance) if chance.random() < 0.7 else data


def test_an_entry_under_a_key_of_another_kind_is_no_error(
    make_app: Callable[..., Flask], store: Recording, caplog: pytest.LogCaptureFixture
) -> None:
    visit(make_app)
    chance = random.Random(9)
    entries = [data for data in store.written.values() if data.startswith(b"WWYA")]
    for _ in range(TRIES // 10):
        store.change = lambda key, data: (
            chance.choice(entries) if data.startswith(b"WWYA") else data
        )
        assert 500 not in visit(make_app)
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("name", golden_entries.ENTRIES)
def test_whatever_is_read_is_within_the_limits(name: str, clock: Clock) -> None:
    chance = random.Random(name)
    words = {"air-quality": "air", "places": "name", "locator-result": "address"}
    word = {**words, "days": "forecast"}.get(name, name)
    data = encode(golden_entries.ENTRIES[name])
    entries = Entries(Memory(), clock)
    for number in range(TRIES):
        key = f"{word} {number}"
        entries._store.set(PREFIX + key, changed(data, chance), 60)
        if entry := entries.load(key):
            hostile.assert_harmless(entry.value)
        entries._store.set(f"{PREFIX}failed {key}", changed(data, chance), 60)
        if failure := entries.failure(key):
            hostile.assert_plain(failure.error.message)
            assert abs(failure.at - AT) < timedelta(days=400_000)


@pytest.mark.parametrize("position", range(0, 4000, 97))
def test_a_changed_bit_with_a_valid_checksum_is_no_error(position: int, clock: Clock) -> None:
    """The bytes behind the envelope, and those that they are compressed from."""
    data = encode(golden_entries.ENTRIES["forecast"])
    rest = bytearray(data[10:])
    rest[position % len(rest)] ^= 1 << position % 8
    body = bytearray(zlib.decompressobj(zdict=DICTIONARY).decompress(data[10:]))
    body[position % len(body)] ^= 1 << position % 8
    entries = Entries(Memory(), clock)
    for damaged in (bytes(rest), zlib.compress(bytes(body))):
        sealed = data[:6] + struct.pack("<I", zlib.crc32(damaged)) + damaged
        entries._store.set(f"{PREFIX}forecast x", sealed, 60)
        if entry := entries.load("forecast x"):
            hostile.assert_harmless(entry.value)


@pytest.mark.parametrize(
    "moment", [datetime(2026, 5, 15), datetime.min.replace(tzinfo=AT.tzinfo), AT.date(), 7, None]
)
def test_an_entry_needs_its_times(moment: Any) -> None:
    entry: Entry[object] = Entry(True, AT, AT)
    assert kinds.checked_entry("health x", entry) == entry
    assert kinds.checked_entry("health x", replace(entry, fetched_at=moment)) is None
    assert kinds.checked_entry("health x", replace(entry, expires_at=moment)) is None


def test_a_failure_says_when_to_retry_in_seconds() -> None:
    failure = Failure(UpstreamUnavailable("down", 17), AT, 1.0)
    assert kinds.checked_failure(failure) is not None
    for seconds in ("17\r\nX: y", -1, 1e300, True, None, 10**400):
        wrong: Any = UpstreamUnavailable("down", seconds)  # type: ignore[arg-type]
        assert kinds.checked_failure(replace(failure, error=wrong)) is None


def test_a_value_of_an_older_release_is_shortened(clock: Clock) -> None:
    """As an answer that is stored for 30 days."""
    store = Memory()
    place = replace(golden_entries.PLACE, name="Par\ud83dis " * 10_000, region="\u202e")
    store.set(f"{PREFIX}name en x", encode(Entry((place,), clock(), clock() + timedelta(1))), 60)
    entry = Cache(store, clock).last("name en x")
    assert entry
    hostile.assert_harmless(entry.value)
    assert entry.value[0].name.startswith("Paris Paris")
    assert len(entry.value[0].name) <= 100


def test_what_a_store_holds_writes_no_lines_into_the_log(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    header = {"kind": "upstream-error", "message": "x", "a\nFAKE: line\x1b[31m" + "y" * 5000: 1}
    entries = Entries(Memory(), clock)
    entries._store.set(f"{PREFIX}air x", of_header(header), 60)
    assert entries.load("air x") is None
    (message,) = caplog.messages
    hostile.assert_plain(message, 300)
    assert "\n" not in message

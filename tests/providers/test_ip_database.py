"""IP geolocation from databases of both layouts, intact, damaged and replaced."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.mmdb import mmdb
from tests.providers.test_ip_records import FLAT, FLAT_PLACE, NESTED, NESTED_PLACE
from weather.core.deadline import Deadline
from weather.core.models import Place
from weather.providers.ip_database import IPDatabase


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def write(records: Mapping[str, object], name: str = "city.mmdb", **options: Any) -> Path:
        path = tmp_path / name
        path.write_bytes(mmdb(records, **options))
        return path

    return write


def locate(database: IPDatabase, address: str) -> Place | None:
    return database.locate(ip_address(address), Deadline(1))


@pytest.mark.parametrize("record_size", [24, 28, 32])
@pytest.mark.parametrize("ip_version", [4, 6])
def test_a_nested_record_is_a_place(write: Any, record_size: int, ip_version: int) -> None:
    path = write({"192.0.2.0/25": NESTED}, record_size=record_size, ip_version=ip_version)
    database = IPDatabase([path])
    assert locate(database, "192.0.2.1") == NESTED_PLACE
    assert locate(database, "192.0.2.127") == NESTED_PLACE
    assert locate(database, "192.0.2.128") is None
    assert locate(database, "2001:db8::1") is None


def test_one_file_holds_both_families(write: Any) -> None:
    other = NESTED | {"city": {"names": {"en": "Sixton"}}}
    database = IPDatabase([write({"192.0.2.0/24": NESTED, "2001:db8::/32": other})])
    assert locate(database, "192.0.2.1") == NESTED_PLACE
    found = locate(database, "2001:db8::1")
    assert found is not None
    assert found.name == "Sixton"


@pytest.mark.parametrize("order", [1, -1])
def test_each_family_has_a_file_of_its_own(write: Any, order: int) -> None:
    four = write({"192.0.2.0/24": FLAT}, "dbip-city-ipv4.mmdb", ip_version=4)
    six = write({"2001:db8::/32": FLAT | {"city": "Sixton"}}, "dbip-city-ipv6.mmdb")
    database = IPDatabase([four, six][::order])
    assert locate(database, "192.0.2.1") == FLAT_PLACE
    found = locate(database, "2001:db8::1")
    assert found is not None
    assert found.name == "Sixton"
    assert locate(database, "198.51.100.1") is None
    assert locate(database, "2001:db9::1") is None


def test_a_file_does_not_know_the_servers_own_place(write: Any) -> None:
    database = IPDatabase([write({"192.0.2.0/24": NESTED})])
    assert database.locate(None, Deadline(1)) is None
    assert (database.name, database.local) == ("database", True)


@pytest.mark.parametrize(
    ("name", "options", "source", "licences"),
    [
        ("a.mmdb", {"database_type": "DBIP-City-Lite"}, "DB-IP City Lite", ["CC BY 4.0"]),
        ("a.mmdb", {"database_type": "GeoLite2-City"}, "GeoLite2 City", ["GeoLite EULA"]),
        (
            "a.mmdb",
            {"database_type": "City", "description": {"en": "DB-IP IP to City"}},
            "DB-IP City Lite",
            ["CC BY 4.0"],
        ),
        ("dbip-city-ipv4.mmdb", {"database_type": "city"}, "DB-IP City Lite", ["CC BY 4.0"]),
        ("geolite2.mmdb", {"database_type": "city ipv6"}, "GeoLite2 City", ["GeoLite EULA"]),
        ("dbip.mmdb", {"database_type": "GeoLite2-City"}, "GeoLite2 City", ["GeoLite EULA"]),
        ("a.mmdb", {"database_type": "Hill-City"}, "Hill-City", []),
    ],
)
def test_the_source_and_its_licence_are_recognised(
    write: Any, name: str, options: dict[str, Any], source: str, licences: list[str]
) -> None:
    database = IPDatabase([write({"192.0.2.0/24": NESTED}, name, **options)])
    assert database.source == source
    assert [credit.licence for credit in database.credits] == licences


def test_two_files_are_credited_once_or_both(write: Any) -> None:
    lite = {"ip_version": 4, "database_type": "DBIP-City-Lite", "build_epoch": 1_700_000_000}
    one = write({"192.0.2.0/24": NESTED}, "one.mmdb", **lite)
    same = write({"192.0.2.0/24": NESTED}, "same.mmdb", **lite | {"build_epoch": 1_600_000_000})
    other = write({"192.0.2.0/24": NESTED}, "other.mmdb")
    assert IPDatabase([one, same]).source == "DB-IP City Lite"
    assert len(IPDatabase([one, same]).credits) == 1
    assert IPDatabase([one, other]).source == "DB-IP City Lite and GeoLite2 City"
    assert len(IPDatabase([one, other]).credits) == 2
    assert IPDatabase([one, same]).built_at == datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)


COUNTRY = {"country": {"iso_code": "XE", "names": {"en": "Exampland"}}}


@pytest.mark.parametrize("layout", [COUNTRY, {"country_code": "XE"}, NESTED | {"city": {}}])
def test_a_database_without_cities_is_refused(write: Any, layout: dict[str, Any]) -> None:
    path = write({"192.0.2.0/24": layout}, "land.mmdb", database_type="Land-Lite")
    with pytest.raises(ValueError, match=r"land\.mmdb \(Land-Lite\) is no city database"):
        IPDatabase([path])


def test_a_city_deep_in_the_address_space_is_found(write: Any) -> None:
    empty: dict[str, object] = {f"192.0.{third}.0/24": COUNTRY for third in range(200)}
    database = IPDatabase([write({**empty, "2001:db8:ffff:ffff::/64": NESTED})])
    assert locate(database, "2001:db8:ffff:ffff::1") == NESTED_PLACE


def test_a_database_needs_a_file() -> None:
    with pytest.raises(ValueError, match="at least one file"):
        IPDatabase([])


def test_a_file_of_another_format_is_refused(tmp_path: Path, write: Any) -> None:
    good = write({"192.0.2.0/24": NESTED})
    (tmp_path / "empty.mmdb").touch()
    (tmp_path / "text.mmdb").write_text("<!DOCTYPE html>" * 1000)
    (tmp_path / "folder.mmdb").mkdir()
    (tmp_path / "void.mmdb").write_bytes(mmdb({}))
    for name in ("empty", "text", "folder", "void", "missing"):
        with pytest.raises(ValueError, match=rf"{name}\.mmdb.+\.$"):
            IPDatabase([good, tmp_path / f"{name}.mmdb"])


def test_a_file_cut_short_anywhere_is_refused(write: Any) -> None:
    path = write({"192.0.2.0/24": NESTED, "2001:db8::/32": FLAT})
    whole = path.read_bytes()
    for length in range(0, len(whole) - 1, 7):
        path.write_bytes(whole[:length])
        with pytest.raises(ValueError, match=r"city\.mmdb"):
            IPDatabase([path])


ADDRESSES = [
    "192.0.2.1",
    "192.0.2.200",
    "8.8.8.8",
    "255.255.255.255",
    "2001:db8::1",
    "::",
    "fe80::",
]


@settings(
    max_examples=400,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_damage_is_refused_or_gives_a_place_or_none(write: Any, data: st.DataObject) -> None:
    """In tree, data or metadata: `ValueError` at opening, else a place or None."""
    ip_version = data.draw(st.sampled_from([4, 6]))
    path = write(
        {"192.0.2.0/25": NESTED, "192.0.2.192/26": FLAT},
        ip_version=ip_version,
        record_size=data.draw(st.sampled_from([24, 28, 32])),
    )
    content = bytearray(path.read_bytes())
    where = st.integers(0, len(content) - 1)
    for position, byte in data.draw(
        st.dictionaries(where, st.integers(0, 255), max_size=4)
    ).items():
        content[position] = byte
    path.unlink()  # an open database is never written over
    path.write_bytes(content)
    with suppress(ValueError):
        _look_everything_up(IPDatabase([path]))


def _look_everything_up(database: IPDatabase) -> None:
    assert isinstance(database.source, str)
    assert database.built_at.tzinfo is UTC
    for address in ADDRESSES:
        try:
            assert isinstance(locate(database, address), Place | None)
        except ValueError as error:
            raise AssertionError(address) from error  # at a look-up nothing may be raised


def test_damaged_records_are_logged_once(write: Any, caplog: pytest.LogCaptureFixture) -> None:
    path = write({"192.0.2.0/24": FLAT, "198.51.100.0/24": {"city": "Brokenham"}}, ip_version=4)
    path.write_bytes(path.read_bytes().replace(b"Brokenham", b"\xff" * 9))
    database = IPDatabase([path])
    with caplog.at_level(logging.WARNING):
        assert [locate(database, "198.51.100.1") for _ in range(5)] == [None] * 5
    assert locate(database, "192.0.2.1") == FLAT_PLACE
    assert [record.message for record in caplog.records] == [
        f"{path} is damaged: some addresses cannot be looked up"
    ]


class Clock:
    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def replace(write: Any, tmp_path: Path) -> Any:
    def replace(path: Path, content: bytes) -> None:
        fresh = tmp_path / "fresh"
        fresh.write_bytes(content)
        os.replace(fresh, path)

    return replace


def test_a_replaced_file_is_used_within_a_minute(
    write: Any, replace: Any, caplog: pytest.LogCaptureFixture
) -> None:
    path, clock = write({"192.0.2.0/24": NESTED}), Clock()
    database = IPDatabase([path], clock=clock)
    newer = mmdb({"192.0.2.0/24": FLAT}, database_type="DBIP-City-Lite", build_epoch=1_795_000_000)
    replace(path, newer)
    clock.seconds += 59
    assert locate(database, "192.0.2.1") == NESTED_PLACE
    clock.seconds += 1
    with caplog.at_level(logging.INFO):
        assert locate(database, "192.0.2.1") == FLAT_PLACE
    assert database.source == "DB-IP City Lite"
    assert database.built_at == datetime.fromtimestamp(1_795_000_000, UTC)
    assert len(caplog.records) == 1


def test_a_damaged_replacement_is_not_used(
    write: Any, replace: Any, caplog: pytest.LogCaptureFixture
) -> None:
    path, clock = write({"192.0.2.0/24": NESTED}), Clock()
    database = IPDatabase([path], clock=clock)
    for bad in (b"", b"no database", mmdb({"192.0.2.0/24": COUNTRY})):
        caplog.clear()
        replace(path, bad)
        for _ in range(3):  # logged once, not every minute
            clock.seconds += 60
            assert locate(database, "192.0.2.1") == NESTED_PLACE
        assert len(caplog.records) == 1
        assert "city.mmdb" in caplog.text
    path.unlink()
    clock.seconds += 60
    assert locate(database, "192.0.2.1") == NESTED_PLACE
    replace(path, mmdb({"192.0.2.0/24": FLAT}))
    clock.seconds += 60
    assert locate(database, "192.0.2.1") == FLAT_PLACE


def test_the_file_is_checked_once_a_minute(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path, clock = write({"192.0.2.0/24": NESTED}), Clock()
    database = IPDatabase([path], clock=clock)
    looks: list[Path] = []

    def look(path: Path, stat: Any = os.stat) -> Any:
        looks.append(path)
        return stat(path)

    monkeypatch.setattr("weather.providers.ip_file.os.stat", look)
    for _ in range(100):
        locate(database, "192.0.2.1")
    assert looks == []
    clock.seconds += 60
    for _ in range(100):
        locate(database, "192.0.2.1")
    assert looks == [path]


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # other tests' threads
def test_forked_workers_read_a_file_opened_before_the_fork(write: Any) -> None:
    database = IPDatabase([write({"192.0.2.0/24": NESTED})])
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover
        os.write(writing, b"1" if locate(database, "192.0.2.1") == NESTED_PLACE else b"0")
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        assert pipe.read() == b"1"
    assert os.waitpid(child, 0)[1] == 0
    assert locate(database, "192.0.2.1") == NESTED_PLACE

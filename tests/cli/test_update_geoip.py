"""update-geoip against a real server: the old file is replaced only by a usable newer one."""

from __future__ import annotations

import gzip
import io
import os
import resource
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from simulator import Upstreams, faults
from tests.mmdb import mmdb
from tests.providers.test_ip_records import NESTED
from weather.cli import update_geoip
from weather.cli.update_geoip import update
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError, UpstreamTimeout, UpstreamUnavailable, WeatherError
from weather.providers.ip_database import IPDatabase
from weather.upstream.download import Download, fetch, with_progress

NOVEMBER = date(2026, 11, 9)


def edition(built_at: datetime, city: str = "Hillford", **options: Any) -> bytes:
    """A database with random records, so that its compressed form needs several chunks."""
    noise = {f"10.{number}.0.0/16": {"noise": os.urandom(64).hex()} for number in range(256)}
    return mmdb(
        {"192.0.2.0/24": NESTED | {"city": {"names": {"en": city}}}, **noise},
        build_epoch=int(built_at.timestamp()),
        database_type="DBIP-City-Lite",
        **options,
    )


OCTOBER_EDITION = edition(datetime(2026, 10, 1, 2, tzinfo=UTC), "Oldham Parva")
NOVEMBER_EDITION = edition(datetime(2026, 11, 1, 2, tzinfo=UTC))
PACKED = gzip.compress(NOVEMBER_EDITION)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "geoip" / "city.mmdb"


@pytest.fixture
def run(upstreams: Upstreams, target: Path) -> Callable[..., str]:
    def run(now: date = NOVEMBER, silence_timeout: float = 5, **options: Any) -> str:
        out = io.StringIO()
        url = upstreams.environment()["GEOIP_DOWNLOAD_URL"]
        fetcher = partial(fetch, user_agent="tests", silence_timeout=silence_timeout)
        update(url, target, now=now, out=out, fetch=fetcher, **options)
        return out.getvalue()

    return run


@pytest.fixture
def old(target: Path) -> Iterator[bytes]:
    """An October edition on disk, which must be unchanged, without other files, after the test."""
    target.parent.mkdir()
    target.write_bytes(OCTOBER_EDITION)
    yield OCTOBER_EDITION
    assert target.read_bytes() == OCTOBER_EDITION
    assert os.listdir(target.parent) == [target.name]


def city(path: Path) -> str | None:
    place = IPDatabase([path]).locate(ip_address("192.0.2.1"), Deadline(1))
    return place.name if place else None


def test_this_months_edition_is_installed(
    run: Callable[..., str], upstreams: Upstreams, target: Path
) -> None:
    upstreams.world.databases["2026-11"] = PACKED
    output = run()
    assert target.read_bytes() == NOVEMBER_EDITION
    assert city(target) == "Hillford"
    assert target.stat().st_mode & 0o777 == 0o644
    assert os.listdir(target.parent) == [target.name]
    assert "Fetching the edition of 2026-11." in output
    assert "100 %" in output
    assert "DB-IP City Lite, made on 2026-11-01." in output
    assert "IP Geolocation by DB-IP, https://db-ip.com, CC BY 4.0" in output
    assert "\r" not in output
    [call] = upstreams.calls("db-ip")
    assert call.headers["user-agent"] == "tests"
    assert call.headers["accept-encoding"] == "identity"


def test_last_months_edition_is_installed_before_this_months_is_published(
    run: Callable[..., str], upstreams: Upstreams, target: Path
) -> None:
    upstreams.world.databases["2026-12"] = gzip.compress(OCTOBER_EDITION)
    output = run(now=date(2027, 1, 1))
    assert "There is no edition of 2027-01 yet." in output
    assert target.read_bytes() == OCTOBER_EDITION
    assert [call.path[-15:] for call in upstreams.calls("db-ip")] == [
        "2027-01.mmdb.gz",
        "2026-12.mmdb.gz",
    ]


def test_no_edition_of_either_month_is_an_error(
    run: Callable[..., str], upstreams: Upstreams, old: bytes
) -> None:
    upstreams.world.databases["2026-09"] = PACKED
    with pytest.raises(UpstreamUnavailable, match="this month nor of the last"):
        run(now=date(2026, 12, 31))


def test_an_old_edition_is_replaced(
    run: Callable[..., str], upstreams: Upstreams, target: Path
) -> None:
    target.parent.mkdir()
    target.write_bytes(OCTOBER_EDITION)
    serving = IPDatabase([target])
    upstreams.world.databases["2026-11"] = PACKED
    run()
    assert city(target) == "Hillford"
    place = serving.locate(ip_address("192.0.2.1"), Deadline(1))
    assert place is not None
    assert place.name == "Oldham Parva"  # an open file is not replaced


@pytest.mark.parametrize(
    "built_at", [datetime(2026, 11, 1, 2, tzinfo=UTC), datetime(2026, 10, 31, 22, tzinfo=UTC)]
)
def test_an_installed_edition_is_not_downloaded_again(
    run: Callable[..., str], upstreams: Upstreams, target: Path, built_at: datetime
) -> None:
    target.parent.mkdir()
    target.write_bytes(edition(built_at))
    upstreams.world.databases["2026-11"] = PACKED
    assert run() == f"{target} holds the edition of 2026-11 already.\n"
    assert upstreams.calls("db-ip") == []
    run(force=True)
    assert target.read_bytes() == NOVEMBER_EDITION


def test_last_months_installed_edition_is_not_downloaded_again(
    run: Callable[..., str], upstreams: Upstreams, old: bytes
) -> None:
    upstreams.world.databases["2026-10"] = PACKED
    output = run()
    assert "There is no edition of 2026-11 yet." in output
    assert "holds the edition of 2026-10 already" in output
    assert len(upstreams.calls("db-ip")) == 1


@pytest.mark.parametrize("damaged", [b"", b"no database", OCTOBER_EDITION[:-1000]])
def test_a_damaged_file_on_disk_is_replaced(
    run: Callable[..., str], upstreams: Upstreams, target: Path, damaged: bytes
) -> None:
    target.parent.mkdir()
    target.write_bytes(damaged)
    upstreams.world.databases["2026-11"] = PACKED
    run()
    assert target.read_bytes() == NOVEMBER_EDITION


CHECKSUM = -6  # index of one of its bytes; the length follows it
DAMAGED = bytes([*PACKED[:CHECKSUM], PACKED[CHECKSUM] ^ 1, *PACKED[CHECKSUM + 1 :]])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (PACKED[:-1], "broke off"),
        (PACKED[:5000], "broke off"),
        (PACKED[:5], "broke off"),
        (b"", "broke off"),
        (DAMAGED, "no gzip file, or damaged"),
        (PACKED[:3000] + bytes(100) + PACKED[3100:], "no gzip file, or damaged"),
        (NOVEMBER_EDITION, "no gzip file, or damaged"),
        (b"<!DOCTYPE html>", "no gzip file, or damaged"),
        (gzip.compress(b"no database"), "no IP database in MaxMind's format"),
        (gzip.compress(b""), "no IP database in MaxMind's format|cannot be opened"),
        (gzip.compress(NOVEMBER_EDITION[:-500]), "no IP database in MaxMind's format"),
        (gzip.compress(mmdb({"192.0.2.0/24": {"country_code": "XE"}})), "is no city database"),
    ],
    ids=lambda value: f"{len(value)} bytes" if isinstance(value, bytes) else None,
)
def test_an_unusable_download_is_refused(
    run: Callable[..., str], upstreams: Upstreams, old: bytes, content: bytes, message: str
) -> None:
    upstreams.world.databases["2026-11"] = content
    with pytest.raises(UpstreamError, match=message):
        run()


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (faults.limit_data(4000), (UpstreamError, "broke off")),
        (faults.reset_peer(), (UpstreamUnavailable, "cannot be reached")),
        (faults.down(), (UpstreamUnavailable, "cannot be reached")),
        (faults.server_error(), (UpstreamUnavailable, "out of order")),
        (faults.overloaded(), (UpstreamUnavailable, "out of order")),
        (faults.rate_limited(), (UpstreamUnavailable, "out of order")),
        (faults.status(403), (UpstreamError, "something else")),
        (faults.status(204, ""), (UpstreamError, "something else")),
        (faults.redirect(), (UpstreamError, "something else")),
        (faults.redirect("/db-ip/free/dbip-city-lite-2026-10.mmdb.gz"), (UpstreamError, "else")),
        (faults.html_200(), (UpstreamError, "no gzip file")),
        (faults.endless(), (UpstreamError, "no gzip file")),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_fault_of_the_server_is_an_error(
    run: Callable[..., str],
    upstreams: Upstreams,
    old: bytes,
    fault: faults.Fault,
    expected: tuple[type[UpstreamError], str],
) -> None:
    upstreams.world.databases["2026-11"] = PACKED
    upstreams.world.databases["2026-10"] = PACKED
    upstreams.fail("db-ip", fault)
    kind, message = expected
    with pytest.raises(UpstreamError, match=message) as caught:
        run()
    assert type(caught.value) is kind
    assert len(upstreams.calls("db-ip")) == 1


def test_a_refused_connection_is_an_error(
    run: Callable[..., str], upstreams: Upstreams, old: bytes
) -> None:
    upstreams.refuse()
    with pytest.raises(UpstreamUnavailable, match=r"127\.0\.0\.1 cannot be reached"):
        run()


def test_a_silent_server_times_out(
    run: Callable[..., str], upstreams: Upstreams, old: bytes
) -> None:
    upstreams.world.databases["2026-11"] = PACKED
    upstreams.fail("db-ip", faults.timeout())
    with pytest.raises(UpstreamTimeout, match="stopped answering"):
        run(silence_timeout=0.1)


def test_a_server_that_stops_sending_times_out(
    run: Callable[..., str], upstreams: Upstreams, old: bytes
) -> None:
    upstreams.world.databases["2026-11"] = PACKED
    upstreams.fail("db-ip", faults.slicer(size=4000, pause=60))
    with pytest.raises(UpstreamTimeout, match="stopped answering"):
        run(silence_timeout=0.1)
    upstreams.heal()


def test_a_slow_download_has_a_time_limit(
    run: Callable[..., str], upstreams: Upstreams, old: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("weather.upstream.download._LONGEST", 0.0)
    upstreams.world.databases["2026-11"] = PACKED
    upstreams.fail("db-ip", faults.slicer(size=100))
    with pytest.raises(UpstreamTimeout, match="takes too long"):
        run()


def test_a_download_without_a_length(
    run: Callable[..., str], upstreams: Upstreams, target: Path
) -> None:
    upstreams.world.databases["2026-11"] = PACKED
    upstreams.fail("db-ip", faults.slow_close(0))
    assert "0.0 MB\n" in run()
    assert target.read_bytes() == NOVEMBER_EDITION


def test_a_download_in_small_pieces(
    run: Callable[..., str], upstreams: Upstreams, target: Path
) -> None:
    upstreams.world.databases["2026-11"] = PACKED
    upstreams.fail("db-ip", faults.slicer(size=512, pause=0))
    run()
    assert target.read_bytes() == NOVEMBER_EDITION


def test_a_decompression_bomb_is_refused(
    run: Callable[..., str], upstreams: Upstreams, old: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update_geoip, "_MAX_SIZE", 1 << 20)
    upstreams.world.databases["2026-11"] = gzip.compress(bytes(2 << 20))
    with pytest.raises(UpstreamError, match="far too large"):
        run()


def test_an_unwritable_folder_is_an_error(upstreams: Upstreams, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    upstreams.world.databases["2026-11"] = PACKED
    url = upstreams.environment()["GEOIP_DOWNLOAD_URL"]
    fetcher, target = partial(fetch, user_agent="tests"), tmp_path / "file" / "city.mmdb"
    with pytest.raises(WeatherError, match=r"city\.mmdb cannot be written") as caught:
        update(url, target, now=NOVEMBER, out=io.StringIO(), fetch=fetcher)
    assert not isinstance(caught.value, UpstreamError)


def test_a_target_that_is_a_folder_is_an_error(
    run: Callable[..., str], upstreams: Upstreams, target: Path
) -> None:
    target.mkdir(parents=True)
    upstreams.world.databases["2026-11"] = PACKED
    with pytest.raises(WeatherError, match="cannot be written: Is a directory"):
        run()
    assert os.listdir(target.parent) == [target.name]


def test_a_full_disk_is_an_error(run: Callable[..., str], upstreams: Upstreams, old: bytes) -> None:
    upstreams.world.databases["2026-11"] = PACKED
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(NOVEMBER_EDITION) // 2, limits[1]))
    try:
        with pytest.raises(WeatherError, match="cannot be written: File too large"):
            run()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_progress_bar() -> None:
    out = Terminal()
    chunks = [bytes(500_000)] * 10
    assert list(with_progress(Download(5_000_000, iter(chunks)), out)) == chunks
    lines = out.getvalue().split("\r")
    assert lines[5] == f"[{'=' * 20}{' ' * 20}]  50 % of 5.0 MB"
    assert lines[-1] == f"[{'=' * 40}] 100 % of 5.0 MB\n"
    assert len({len(line.rstrip("\n")) for line in lines[1:]}) == 1


def test_the_progress_bar_ends_its_line_after_an_error() -> None:
    def broken() -> Iterator[bytes]:
        yield bytes(500_000)
        raise UpstreamError("broken")

    out = Terminal()
    with pytest.raises(UpstreamError):
        list(with_progress(Download(None, broken()), out))
    assert out.getvalue() == "\r0.5 MB\n"


def test_other_outputs_get_lines() -> None:
    out = io.StringIO()
    list(with_progress(Download(4_000_000, iter([bytes(10_000)] * 500)), out))
    shares = [line.split(" %")[0].strip() for line in out.getvalue().splitlines()]
    assert shares == ["0", "25", "50", "75", "100"]


def test_a_missing_ca_bundle_is_an_error() -> None:
    with (
        pytest.raises(UpstreamUnavailable, match="/nonexistent"),
        fetch("https://127.0.0.1/", user_agent="tests", ca_bundle="/nonexistent"),
    ):
        pass


def test_no_proxy_of_the_environment_is_used(
    run: Callable[..., str], upstreams: Upstreams, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    upstreams.world.databases["2026-11"] = PACKED
    run()
    assert target.read_bytes() == NOVEMBER_EDITION

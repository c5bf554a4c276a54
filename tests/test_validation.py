"""What is wrong with settings, before the service starts."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from simulator import Upstreams, faults
from tests.processes import run
from weather import validation
from weather.settings import Settings


def problems(upstreams: Upstreams, **environment: str) -> list[str]:
    settings = Settings.from_environment({**upstreams.environment(), **environment})
    return list(validation.problems(settings))


def test_all_bad_settings_are_reported_at_once(upstreams: Upstreams, tmp_path: Path) -> None:
    """Those that cannot be read, and those that point to nothing."""
    (tmp_path / "file").touch()
    bad = {
        "PORT": "http",
        "CONTACT": "me",
        "TRUSTED_PROXIES": "everybody",
        "SSL_CERT_FILE": "/no/such/bundle.pem",
        "CACHE_URL": str(tmp_path / "file"),
        "GEOIP_DATABASE": "/no/such/file.mmdb",
        "DEFAULT_LOCATION": "Nowhere at all",
        "METRICS": "127.0.0.1:8000",
    }
    for command in ((), ("forecast", "Paris")):
        done = run("app.py", *command, **{**upstreams.environment(), **bad})
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        for variable in bad:
            assert sum(variable in line for line in done.stderr.splitlines()) >= 1, variable
    code = "import app"
    done = run("-c", code, **{**upstreams.environment(), **bad})
    assert all(variable in done.stderr for variable in bad)


def test_a_default_location_that_the_atlas_has_needs_no_call(upstreams: Upstreams) -> None:
    assert problems(upstreams, DEFAULT_LOCATION="Bergen") == []
    assert problems(upstreams, DEFAULT_LOCATION="60.4,5.3") == []
    assert upstreams.calls() == []


def test_a_default_location_is_searched_for_where_the_atlas_has_it_not(
    upstreams: Upstreams,
) -> None:
    before = set(threading.enumerate())
    found = problems(upstreams, DEFAULT_LOCATION="Nowhere at all")
    assert found == ["DEFAULT_LOCATION: no place is called Nowhere at all."]
    assert len(upstreams.calls("geocoding")) > 1, "the second one over the same connection"
    assert "watchdog" not in {thread.name for thread in set(threading.enumerate()) - before}, (
        "the service forks without threads"
    )


def test_a_default_location_may_be_right_while_nothing_can_be_searched(
    upstreams: Upstreams,
) -> None:
    upstreams.fail("*", faults.down())
    assert problems(upstreams, DEFAULT_LOCATION="Hinterzarten") == []


@pytest.mark.parametrize("name", ["/etc/passwd", "redis://host:port/0", "redis://host:99999/0"])
def test_a_cache_that_is_none_is_refused(upstreams: Upstreams, name: str) -> None:
    (found,) = problems(upstreams, CACHE_URL=name)
    assert found.startswith("CACHE_URL: ")


def test_settings_that_are_right_have_no_problems(upstreams: Upstreams, tmp_path: Path) -> None:
    for url in ("", "memory", str(tmp_path), str(tmp_path / "new"), "redis://127.0.0.1:1/0"):
        assert problems(upstreams, CACHE_URL=url) == []


def test_without_the_libraries_a_command_says_what_to_do() -> None:
    """As with the system's Python, outside of the virtual environment."""
    code = (
        "import sys; sys.modules['requests'] = None; from weather.cli.main import main; "
        "sys.exit(main(['update-geoip']))"
    )
    done = run("-c", code)
    assert done.returncode == 2
    assert "make run" in done.stderr
    assert "Traceback" not in done.stderr

"""Fixtures: the simulated providers on a real socket, and the service in front of them."""

from __future__ import annotations

import gettext
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from simulator import Upstreams
from weather import create_app
from weather.i18n.catalogues import load_catalogue
from weather.i18n.languages import ENGLISH, LANGUAGES
from weather.settings import Settings

# On a busy machine, examples take long to draw and to try.
hypothesis_settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("any machine")

# So long that what a response holds does not follow from how busy the machine is.
_DEADLINE = "60"


class Clock:
    """A clock that the service and its providers share, and that tests set and advance."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 5, 15, 8, 20, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **duration: float) -> None:
        self.moment += timedelta(**duration)


def until(condition: Callable[[], Any]) -> None:
    """Waits until the condition holds in another thread or process: for a minute, which is far
    more than anything takes on a busy machine."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "the condition did not come to hold within a minute"
        time.sleep(0.005)


class _Missing(gettext.NullTranslations):
    """Behind each catalogue: the messages that it lacks."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: set[str] = set()

    def gettext(self, message: str) -> str:
        self.messages.add(message)
        return message


MISSING = _Missing()


@pytest.fixture(autouse=True, scope="session")
def _watched_catalogues() -> None:
    for language in LANGUAGES:
        if language is not ENGLISH:
            load_catalogue(language.tag).add_fallback(MISSING)


@pytest.fixture(autouse=True)
def _translated() -> Iterator[None]:
    """Refuses a text in English for a visitor with another language: `python -m translations`
    collects the messages that are constants where they are translated, and no others."""
    yield
    messages = sorted(MISSING.messages)
    MISSING.messages.clear()
    assert messages == [], "these messages have no translation"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Removes the proxies and the CA bundle of this machine."""
    for scheme in ("http", "https", "all", "no"):
        monkeypatch.delenv(f"{scheme}_proxy", raising=False)
        monkeypatch.delenv(f"{scheme}_proxy".upper(), raising=False)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def upstreams(clock: Clock) -> Iterator[Upstreams]:
    with Upstreams() as server:
        server.now = clock
        yield server


@pytest.fixture
def settings(upstreams: Upstreams) -> Settings:
    defaults = {"SAMPLE_DATA": "0", "CACHE_URL": "memory", "DEADLINE": _DEADLINE}
    return Settings.from_environment(upstreams.environment() | defaults)


@pytest.fixture
def make_app(settings: Settings, clock: Clock) -> Callable[..., Flask]:
    """The service in front of the simulated providers, with some settings changed."""

    def make(**changes: Any) -> Flask:
        return create_app(replace(settings, **changes), now=clock)

    return make


@pytest.fixture
def client(make_app: Callable[..., Flask]) -> FlaskClient:
    """A client from the server's own network that sends no headers of a browser."""
    return make_app().test_client()


def pytest_terminal_summary(terminalreporter: Any, exitstatus: int, config: pytest.Config) -> None:
    """With NOTHING_SKIPPED=1, as in CI, a skipped test is a failure, except for those that need the
    recordings, which are not part of the project."""
    if os.environ.get("NOTHING_SKIPPED") != "1":
        return
    skipped = terminalreporter.stats.get("skipped", [])
    missed = [report for report in skipped if "recordings" not in str(report.longrepr)]
    for report in missed:
        terminalreporter.write_line(f"skipped: {report.nodeid}", red=True)
    if missed:
        pytest.exit("Tests were skipped where none may be.", returncode=1)

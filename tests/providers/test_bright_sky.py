"""Warnings of Germany's weather service by Bright Sky; the values of `status` are those of CAP 1.2,
section 3.2.1, in lower case. What holds for every provider is in test_registry.py."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from simulator import Upstreams, faults
from simulator.bright_sky import FROST
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Alert, AlertText, Coordinates
from weather.providers.bright_sky import CREDIT, BrightSky
from weather.upstream.client import Upstream

BERLIN, COLOGNE = Coordinates(52.52, 13.41), Coordinates(50.94, 6.96)


@pytest.fixture
def provider(upstreams: Upstreams) -> BrightSky:
    return BrightSky(Upstream("tests"), upstreams.url("bright-sky"))


def sent(upstreams: Upstreams, *warnings: dict[str, object]) -> None:
    alerts = [FROST | warning for warning in warnings]
    upstreams.fail("bright-sky", faults.text(json.dumps({"alerts": alerts})))


def test_the_fields_of_a_warning(provider: BrightSky) -> None:
    assert provider.alerts(BERLIN, Deadline(5)) == (
        Alert(
            texts=(
                AlertText(
                    language="de",
                    event="Frost",
                    headline="Simulierte WARNUNG vor FROST",
                    description="Simuliert: Es besteht die Gefahr von Frost.",
                    instruction="Empfindliches schützen.",
                ),
                AlertText(
                    language="en",
                    event="Frost",
                    headline="Simulated WARNING of FROST",
                    description="Simulated: there is a risk of frost.",
                    instruction="Protect what freezes.",
                ),
            ),
            credit=CREDIT,
            severity=1,
            starts_at=datetime(2026, 5, 15, 8, tzinfo=UTC),
            ends_at=datetime(2026, 5, 15, 16, tzinfo=UTC),
        ),
    )


def test_the_point_is_sent(provider: BrightSky, upstreams: Upstreams) -> None:
    assert provider.alerts(COLOGNE, Deadline(5)) == (), "the simulated frost is in the east"
    (call,) = upstreams.calls()
    assert call.query == {"lat": "50.94", "lon": "6.96"}


@pytest.mark.parametrize("status", ["test", "exercise", "system", "draft", None])
def test_only_an_actual_message_is_a_warning(
    provider: BrightSky, upstreams: Upstreams, status: str | None
) -> None:
    sent(upstreams, {"status": status}, {"event_en": "gale"})
    (alert,) = provider.alerts(BERLIN, Deadline(5))
    assert alert.text("en").event == "Gale"


@pytest.mark.parametrize(
    ("event", "written"),
    [
        ("STURMBÖEN", "Sturmböen"),
        ("DAUERREGEN", "Dauerregen"),
        ("thunderstorms with heavy rain", "Thunderstorms with heavy rain"),
        ("heavy rain in Berlin", "Heavy rain in Berlin"),
    ],
)
def test_an_event_begins_with_a_capital_and_is_not_all_capitals(
    provider: BrightSky, upstreams: Upstreams, event: str, written: str
) -> None:
    sent(upstreams, {"event_de": event})
    (alert,) = provider.alerts(BERLIN, Deadline(5))
    assert alert.text("de").event == written


@pytest.mark.parametrize(("missing", "language"), [("event_de", "en"), ("event_en", "de")])
def test_a_language_without_an_event_has_no_text(
    provider: BrightSky, upstreams: Upstreams, missing: str, language: str
) -> None:
    sent(upstreams, {missing: " "})
    (alert,) = provider.alerts(BERLIN, Deadline(5))
    assert [text.language for text in alert.texts] == [language]


def test_a_warning_without_an_event_in_any_language_is_left_out(
    provider: BrightSky, upstreams: Upstreams
) -> None:
    sent(upstreams, {"event_de": None, "event_en": ""})
    assert provider.alerts(BERLIN, Deadline(5)) == ()


def test_a_warning_starts_at_its_onset_and_else_when_it_takes_effect(
    provider: BrightSky, upstreams: Upstreams
) -> None:
    times: dict[str, object] = {
        "effective": "2026-05-15T06:00:00+02:00",
        "onset": "2026-05-15T20:00:00+02:00",
        "expires": None,
    }
    sent(upstreams, times, times | {"onset": None})
    announced, immediate = provider.alerts(BERLIN, Deadline(5))
    assert announced.starts_at == datetime(2026, 5, 15, 18, tzinfo=UTC)
    assert immediate.starts_at == datetime(2026, 5, 15, 4, tzinfo=UTC)
    assert announced.ends_at is None, "until further notice"


@pytest.mark.parametrize(
    ("word", "severity"),
    [("minor", 1), ("moderate", 2), ("severe", 3), ("extreme", 4), ("unknown", None)],
)
def test_the_severity(
    provider: BrightSky, upstreams: Upstreams, word: str, severity: int | None
) -> None:
    sent(upstreams, {"severity": word})
    (alert,) = provider.alerts(BERLIN, Deadline(5))
    assert alert.severity == severity


def test_a_refusal_is_an_error_and_no_absence_of_warnings(
    provider: BrightSky, upstreams: Upstreams
) -> None:
    upstreams.fail("bright-sky", faults.status(403))
    with pytest.raises(UpstreamError):
        provider.alerts(BERLIN, Deadline(5))

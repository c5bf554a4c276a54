"""Warnings of the US National Weather Service; the values of `status` and `messageType` are those
of CAP 1.2, section 3.2.1. What holds for every provider is in test_registry.py."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from simulator import Upstreams, faults
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Alert, AlertText, Coordinates
from weather.providers.nws import CREDIT, NWS
from weather.upstream.client import Upstream

PHOENIX, NEW_YORK = Coordinates(33.45, -112.07), Coordinates(40.71, -74.01)
OF_A_WARNING = {
    "event": "Flood Warning",
    "severity": "Severe",
    "status": "Actual",
    "messageType": "Alert",
}


@pytest.fixture
def provider(upstreams: Upstreams) -> NWS:
    return NWS(Upstream("tests"), upstreams.url("nws"))


def sent(upstreams: Upstreams, *warnings: dict[str, object]) -> None:
    features = [{"properties": OF_A_WARNING | warning} for warning in warnings]
    upstreams.fail("nws", faults.text(json.dumps({"features": features})))


def test_the_fields_of_a_warning(provider: NWS) -> None:
    assert provider.alerts(PHOENIX, Deadline(5)) == (
        Alert(
            texts=(
                AlertText(
                    language="en",
                    event="Heat Advisory",
                    headline="Heat Advisory issued May 15 at 08:00AM UTC",
                    description=(
                        "Simulated: dangerously hot conditions, made up for demonstration."
                    ),
                ),
            ),
            credit=CREDIT,
            severity=2,
            starts_at=datetime(2026, 5, 15, 8, tzinfo=UTC),
            ends_at=datetime(2026, 5, 16, 20, tzinfo=UTC),
        ),
    )


def test_the_point_is_sent_with_four_digits(provider: NWS, upstreams: Upstreams) -> None:
    provider.alerts(Coordinates(33.4484123, -112.07), Deadline(5))
    (call,) = upstreams.calls()
    assert call.query == {"point": "33.4484,-112.0700"}
    assert call.headers["accept"] == "application/geo+json"


def test_a_test_message_is_left_out(provider: NWS, upstreams: Upstreams) -> None:
    """The simulated service has a test of a tsunami warning everywhere, and here nothing else."""
    assert provider.alerts(NEW_YORK, Deadline(5)) == ()
    assert len(upstreams.calls()) == 1


@pytest.mark.parametrize("status", ["Exercise", "System", "Test", "Draft", None])
def test_only_an_actual_message_is_a_warning(
    provider: NWS, upstreams: Upstreams, status: str | None
) -> None:
    sent(upstreams, {"status": status}, {"event": "Wind Advisory"})
    (alert,) = provider.alerts(PHOENIX, Deadline(5))
    assert alert.texts[0].event == "Wind Advisory"


@pytest.mark.parametrize(("message_type", "count"), [("Cancel", 0), ("Alert", 1), ("Update", 1)])
def test_a_cancelled_warning_is_left_out_and_an_updated_one_is_not(
    provider: NWS, upstreams: Upstreams, message_type: str, count: int
) -> None:
    sent(upstreams, {"messageType": message_type})
    assert len(provider.alerts(PHOENIX, Deadline(5))) == count


def test_a_warning_lasts_from_its_onset_to_the_end_of_its_event(
    provider: NWS, upstreams: Upstreams
) -> None:
    """Not from when the message was issued to when it is replaced."""
    times: dict[str, object] = {
        "effective": "2026-05-15T01:00:00-07:00",
        "onset": "2026-05-15T10:00:00-07:00",
        "expires": "2026-05-15T09:00:00-07:00",
        "ends": "2026-05-17T20:00:00-07:00",
    }
    sent(upstreams, times, times | {"onset": None, "ends": None})
    exact, issued = provider.alerts(PHOENIX, Deadline(5))
    assert exact.starts_at == datetime(2026, 5, 15, 17, tzinfo=UTC)
    assert exact.ends_at == datetime(2026, 5, 18, 3, tzinfo=UTC)
    assert issued.starts_at == datetime(2026, 5, 15, 8, tzinfo=UTC)
    assert issued.ends_at == datetime(2026, 5, 15, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("word", "severity"),
    [("Minor", 1), ("Moderate", 2), ("Severe", 3), ("Extreme", 4), ("Unknown", None), (3, None)],
)
def test_the_severity(
    provider: NWS, upstreams: Upstreams, word: object, severity: int | None
) -> None:
    sent(upstreams, {"severity": word})
    (alert,) = provider.alerts(PHOENIX, Deadline(5))
    assert alert.severity == severity


def test_a_field_of_another_type_is_missing(provider: NWS, upstreams: Upstreams) -> None:
    sent(upstreams, {"headline": 3, "instruction": " Stay inside. ", "expires": "tomorrow"})
    (alert,) = provider.alerts(PHOENIX, Deadline(5))
    (text,) = alert.texts
    assert (text.headline, text.description) == (None, None)
    assert text.instruction == "Stay inside."
    assert alert.ends_at is None


@pytest.mark.parametrize("status", [400, 404])
def test_a_point_that_the_service_does_not_cover_has_no_warning(
    provider: NWS, upstreams: Upstreams, status: int
) -> None:
    upstreams.fail("nws", faults.status(status))
    assert provider.alerts(PHOENIX, Deadline(5)) == ()


def test_another_refusal_is_an_error_and_no_absence_of_warnings(
    provider: NWS, upstreams: Upstreams
) -> None:
    upstreams.fail("nws", faults.status(403))
    with pytest.raises(UpstreamError):
        provider.alerts(PHOENIX, Deadline(5))

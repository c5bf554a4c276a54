"""MeteoAlarm's feeds: which warnings are those of a place."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from simulator import Upstreams, faults
from tests.conftest import Clock
from tests.simulator.recordings import MISSING, SAMPLES
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Alert, Coordinates, Place
from weather.core.threads import ThreadPool
from weather.providers.meteoalarm import _FEEDS, PROVIDER, MeteoAlarm
from weather.upstream.client import Upstream

AMSTERDAM = Coordinates(52.37, 4.9)
GRONINGEN = Coordinates(53.22, 6.57)
EINDHOVEN = Coordinates(51.44, 5.48)
ISTANBUL = Coordinates(41.01, 28.95)
ATLANTIC = Coordinates(45.0, -30.0)


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def provider(upstreams: Upstreams, seconds: Seconds) -> MeteoAlarm:
    return MeteoAlarm(Upstream("tests"), upstreams.url("meteoalarm"), seconds)


def alerts(provider: MeteoAlarm, where: Coordinates) -> tuple[Alert, ...]:
    return provider.alerts(where, Deadline(5))


def entry(**changes: Any) -> dict[str, Any]:
    """A yellow warning of the province of Groningen, in Dutch and English."""
    info = {
        "event": "wind warning",
        "headline": "Wind",
        "severity": "Moderate",
        "onset": "2026-05-15T08:00:00+02:00",
        "expires": "2026-05-15T20:00:00+02:00",
        "parameter": [{"valueName": "awareness_level", "value": "2; yellow; Moderate"}],
        "area": [{"areaDesc": "Groningen", "geocode": [{"valueName": "EMMA_ID", "value": "NL1"}]}],
    }
    alert = {
        "identifier": "a",
        "sent": "2026-05-15T07:00:00+02:00",
        "status": "Actual",
        "msgType": "Alert",
    }
    of_alert = {name: value for name, value in changes.items() if name in {*alert, "references"}}
    of_info = {name: value for name, value in changes.items() if name not in of_alert}
    infos = [info | {"language": tag} | of_info for tag in ("en-GB", "nl-NL")]
    return {"alert": alert | of_alert | {"info": infos}}


def answered(
    provider: MeteoAlarm, upstreams: Upstreams, *entries: object, where: Coordinates = GRONINGEN
) -> tuple[Alert, ...]:
    upstreams.fail("meteoalarm", faults.text(json.dumps({"warnings": entries})))
    return alerts(provider, where)


def test_the_warning_of_a_region_in_its_languages(provider: MeteoAlarm, clock: Clock) -> None:
    """Neither the green one, nor one that has ended, nor one that has been replaced."""
    (alert,) = alerts(provider, AMSTERDAM)
    assert [text.language for text in alert.texts] == ["nl", "en"]
    assert alert.texts[1].event == "Yellow wind warning"
    assert alert.severity == 2
    assert alert.starts_at
    assert alert.ends_at
    assert alert.starts_at < clock() < alert.ends_at
    assert alert.credit.text == "Warnings: EUMETNET – MeteoAlarm"
    assert alerts(provider, EINDHOVEN) == ()


def test_one_call_serves_all_places_of_a_country_for_minutes(
    provider: MeteoAlarm, upstreams: Upstreams, seconds: Seconds
) -> None:
    for where in (GRONINGEN, EINDHOVEN, GRONINGEN):
        alerts(provider, where)
    assert [call.path for call in upstreams.calls()] == ["/api/v1/warnings/feeds-netherlands"]
    seconds.now = 301
    alerts(provider, EINDHOVEN)
    assert len(upstreams.calls()) == 2


def test_threads_that_need_a_feed_at_once_wait_for_one_call(
    provider: MeteoAlarm, upstreams: Upstreams
) -> None:
    threads = ThreadPool(8, "test")
    pending = [threads.submit(alerts, provider, where) for where in [AMSTERDAM, EINDHOVEN] * 4]
    assert [len(result.result(timeout=60)) for result in pending] == [1, 0] * 4
    assert len(upstreams.calls()) == 1


@pytest.mark.parametrize("where", [ISTANBUL, ATLANTIC])
def test_a_place_without_a_feed_costs_no_call(
    provider: MeteoAlarm, upstreams: Upstreams, where: Coordinates
) -> None:
    assert alerts(provider, where) == ()
    assert upstreams.calls() == []


@pytest.mark.parametrize(
    ("name", "where"),
    [
        *(("Noord-Brabant", EINDHOVEN), ("North Brabant", EINDHOVEN), ("Eindhoven", EINDHOVEN)),
        *(("Friesland, Groningen", GRONINGEN), ("Nederland", EINDHOVEN)),
        ("Lombardia", Coordinates(45.46, 9.19)),
        ("Île-de-France", Coordinates(48.86, 2.35)),
        ("Kanton Bern", Coordinates(46.95, 7.45)),
        ("Hlavní město Praha", Coordinates(50.08, 14.43)),
        ("Wien", Coordinates(48.21, 16.37)),
    ],
)
def test_an_area_is_that_of_a_place_by_its_name_in_any_language(
    provider: MeteoAlarm, upstreams: Upstreams, name: str, where: Coordinates
) -> None:
    warning = entry(area=[{"areaDesc": name}])
    assert len(answered(provider, upstreams, warning, where=where)) == 1


@pytest.mark.parametrize(
    "area",
    [
        *({}, {"areaDesc": ""}, {"areaDesc": 5}, {"areaDesc": "Zeeland"}, {"areaDesc": "9712"}),
        *({"areaDesc": "IJsselmeer"}, {"areaDesc": "Lower Saxony"}, {"areaDesc": "Waddeneilanden"}),
        {"areaDesc": "Groningen", "polygon": "0,0 0,1 1,1 0,0"},
        {"geocode": [{"valueName": "EMMA_ID", "value": "NL018"}]},
    ],
)
def test_a_warning_whose_area_is_another_or_unknown_is_left_out(
    provider: MeteoAlarm, upstreams: Upstreams, area: dict[str, object]
) -> None:
    assert answered(provider, upstreams, entry(area=[area])) == ()


@pytest.mark.parametrize(
    "polygon",
    [
        "53,6 53,7 54,7 54,6 53,6",
        ["0,0 0,1 1,1 0,0", "53,6 53,7 54,7 54,6 53,6"],
    ],
)
def test_an_outline_decides_before_a_name(
    provider: MeteoAlarm, upstreams: Upstreams, polygon: object
) -> None:
    area = {"areaDesc": "Marine area 5", "polygon": polygon}
    assert len(answered(provider, upstreams, entry(area=[area]))) == 1
    assert answered(provider, upstreams, entry(area=[area]), where=EINDHOVEN) == ()


@pytest.mark.parametrize(
    "changes",
    [
        *({"status": "Test"}, {"status": "Exercise"}, {"msgType": "Cancel"}, {"msgType": "Ack"}),
        {"parameter": [{"valueName": "awareness_level", "value": "1; green; Minor"}]},
        {"expires": "2026-05-15T06:59:00+02:00"},  # before the feed was written
        {"event": None},
    ],
)
def test_what_warns_of_nothing_is_left_out(
    provider: MeteoAlarm, upstreams: Upstreams, changes: dict[str, object]
) -> None:
    assert answered(provider, upstreams, entry(**changes)) == ()


@pytest.mark.parametrize("kind", ["Update", "Cancel"])
def test_a_warning_that_another_names_is_replaced_or_over(
    provider: MeteoAlarm, upstreams: Upstreams, kind: str
) -> None:
    other = entry(
        identifier="b",
        msgType=kind,
        headline="Newer",
        references="x@example.org,z,2026-05-15T07:00:00+02:00 x@example.org,a,2026-05-15T07:00:00",
    )
    found = answered(provider, upstreams, entry(), other)
    assert [alert.texts[0].headline for alert in found] == (["Newer"] if kind == "Update" else [])


@pytest.mark.parametrize(
    ("level", "severity"),
    [("2; yellow; Moderate", 2), ("3; orange; Severe", 3), ("4; red; Extreme", 4), ("?", 2)],
)
def test_the_severity_is_that_of_the_colour_else_of_cap(
    provider: MeteoAlarm, upstreams: Upstreams, level: str, severity: int
) -> None:
    parameter = [{"valueName": "awareness_level", "value": level}]
    (alert,) = answered(provider, upstreams, entry(parameter=parameter))
    assert alert.severity == severity


def test_entries_of_several_areas_are_one_warning(
    provider: MeteoAlarm, upstreams: Upstreams
) -> None:
    twice = (entry(), entry(identifier="b", area=[{"areaDesc": "Nederland"}]))
    assert len(answered(provider, upstreams, *twice)) == 1


@pytest.mark.parametrize("body", ["[]", "{}", '{"warnings": {}}', "null", "<html>", "x"])
def test_another_form_is_an_error_and_is_not_kept(
    provider: MeteoAlarm, upstreams: Upstreams, body: str
) -> None:
    upstreams.fail("meteoalarm", faults.text(body), first=1)
    with pytest.raises(UpstreamError):
        alerts(provider, GRONINGEN)
    assert len(alerts(provider, AMSTERDAM)) == 1


@pytest.mark.parametrize(
    "odd", [1, None, {}, {"alert": []}, {"alert": {"info": 5}}, {"alert": {"info": [{"area": 3}]}}]
)
def test_odd_entries_are_left_out(provider: MeteoAlarm, upstreams: Upstreams, odd: object) -> None:
    assert len(answered(provider, upstreams, odd, entry())) == 1


def test_a_feed_may_be_larger_than_other_responses(
    provider: MeteoAlarm, upstreams: Upstreams
) -> None:
    large = [entry(description="x" * 3000, identifier=str(n)) for n in range(300)]
    assert len(json.dumps(large)) > 1 << 20
    assert len(answered(provider, upstreams, *large)) == 1
    endless = entry(description="x" * (5 << 20))
    other = MeteoAlarm(Upstream("tests"), upstreams.url("meteoalarm"))
    with pytest.raises(UpstreamError):
        answered(other, upstreams, endless)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=MISSING)
def test_a_recorded_feed_warns_of_nothing(provider: MeteoAlarm, upstreams: Upstreams) -> None:
    recorded = (Path(SAMPLES) / "meteoalarm_netherlands.json").read_text()
    upstreams.fail("meteoalarm", faults.text(recorded))
    assert alerts(provider, GRONINGEN) == ()
    yellow = recorded.replace("1; green; Minor", "2; yellow; Moderate")
    upstreams.fail("meteoalarm", faults.text(yellow))
    other = MeteoAlarm(Upstream("tests"), upstreams.url("meteoalarm"))
    (alert,) = alerts(other, Coordinates(52.99, 6.56))  # Assen, in Drenthe
    assert alert.texts[0].headline == "Windstoten - Geen waarschuwingen voor Drenthe - Nederland"
    assert alert.starts_at == datetime(2026, 3, 6, 23, tzinfo=UTC)


def test_the_declared_area_is_europe_by_country() -> None:
    area = PROVIDER.area
    assert area
    assert area.covers(Place(GRONINGEN, country_code="NL"))
    assert area.covers(Place(GRONINGEN))
    assert not area.covers(Place(Coordinates(40.7, -74.0), country_code="US"))


def test_the_simulator_has_a_feed_of_every_country(upstreams: Upstreams) -> None:
    for name in _FEEDS.values():
        url = f"{upstreams.url('meteoalarm')}/api/v1/warnings/feeds-{name}"
        assert requests.get(url, timeout=5).status_code == 200


def test_a_country_without_a_feed_has_no_warnings(
    provider: MeteoAlarm, upstreams: Upstreams
) -> None:
    upstreams.fail("meteoalarm", faults.status(404, "Not Found"))
    assert alerts(provider, AMSTERDAM) == ()

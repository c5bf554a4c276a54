"""Warnings of Environment Canada; what holds for every provider is in test_registry.py."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from simulator import Upstreams, faults
from tests.conftest import Clock
from weather.core.deadline import Deadline
from weather.core.models import Coordinates, Place
from weather.providers.environment_canada import EnvironmentCanada
from weather.upstream.client import Upstream

MONTREAL = Coordinates(45.51, -73.59)
TORONTO = Coordinates(43.71, -79.4)
SQUARE = [[-80, 43], [-79, 43], [-79, 44], [-80, 44], [-80, 43]]
HOLE = [[-79.5, 43.6], [-79.3, 43.6], [-79.3, 43.8], [-79.5, 43.8], [-79.5, 43.6]]
FAR = [[-70, 43], [-69, 43], [-69, 44], [-70, 44], [-70, 43]]


@pytest.fixture
def provider(upstreams: Upstreams) -> EnvironmentCanada:
    return EnvironmentCanada(Upstream("tests"), upstreams.url("environment-canada"))


def sent(upstreams: Upstreams, *features: dict[str, Any]) -> None:
    upstreams.fail("environment-canada", faults.text(json.dumps({"features": features})))


def feature(geometry: object = None, **properties: object) -> dict[str, Any]:
    return {"geometry": geometry, "properties": {"alert_name_en": "wind warning", **properties}}


def test_a_warning_is_given_in_both_languages(provider: EnvironmentCanada, clock: Clock) -> None:
    (alert,) = provider.alerts(MONTREAL, Deadline(5))
    assert [(text.language, text.event) for text in alert.texts] == [
        ("en", "Snow squall warning"),
        ("fr", "Avertissement de bourrasques de neige"),
    ]
    assert alert.texts[0].headline == "Montreal"
    assert alert.severity == 3
    assert alert.starts_at
    assert alert.ends_at
    assert alert.ends_at - alert.starts_at == timedelta(hours=6)
    assert alert.starts_at <= clock()


def test_ended_warnings_and_those_of_the_next_region_are_left_out(
    provider: EnvironmentCanada, upstreams: Upstreams
) -> None:
    assert provider.alerts(TORONTO, Deadline(5)) == ()
    (call,) = upstreams.calls()
    assert call.query == {"f": "json", "bbox": "-79.41,43.70,-79.39,43.72"}


@pytest.mark.parametrize(
    ("geometry", "covers"),
    [
        ({"type": "Polygon", "coordinates": [SQUARE]}, True),
        ({"type": "Polygon", "coordinates": [SQUARE, HOLE]}, False),
        ({"type": "Polygon", "coordinates": [FAR]}, False),
        ({"type": "MultiPolygon", "coordinates": [[FAR], [SQUARE]]}, True),
        ({"type": "MultiPolygon", "coordinates": [[FAR], [SQUARE, HOLE]]}, False),
        (None, True),
        ({"type": "Point", "coordinates": [-79.4, 43.7]}, True),
        ({"type": "Polygon", "coordinates": [[["x", 1e308], [], 3]]}, True),
    ],
)
def test_a_warning_counts_where_its_polygon_holds_the_point(
    provider: EnvironmentCanada, upstreams: Upstreams, geometry: object, covers: bool
) -> None:
    sent(upstreams, feature(geometry))
    assert bool(provider.alerts(TORONTO, Deadline(5))) == covers


@pytest.mark.parametrize(
    ("properties", "severity"),
    [
        ({"risk_colour_en": "Red", "alert_type": "warning"}, 4),
        ({"risk_colour_en": "yellow", "alert_type": "warning"}, 2),
        ({"risk_colour_en": None, "alert_type": "warning"}, 3),
        ({"alert_type": "watch"}, 2),
        ({"alert_type": "statement"}, 1),
        ({}, None),
    ],
)
def test_the_colour_gives_the_severity_and_else_the_type(
    provider: EnvironmentCanada, upstreams: Upstreams, properties: Any, severity: int | None
) -> None:
    sent(upstreams, feature(**properties))
    (alert,) = provider.alerts(TORONTO, Deadline(5))
    assert alert.severity == severity


def test_a_warning_of_several_regions_is_given_once(
    provider: EnvironmentCanada, upstreams: Upstreams
) -> None:
    sent(upstreams, feature(), feature(), feature(status_en="Ended"), feature(alert_name_en=" "))
    assert len(provider.alerts(TORONTO, Deadline(5))) == 1


def test_it_covers_canada(provider: EnvironmentCanada) -> None:
    assert provider.covers(Place(TORONTO, country_code="CA"))
    assert not provider.covers(Place(Coordinates(42.36, -71.06), country_code="US"))
    assert provider.covers(Place(Coordinates(70, -95))), "no city is near"

"""The table of time zones against published borders, and its decoding."""

from __future__ import annotations

import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weather.atlas import container, zones
from weather.atlas.container import CorruptAtlas
from weather.core.models import Coordinates


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (38.88, -7.16, "Europe/Lisbon"),  # Elvas, 10 km from Badajoz in Spain
        (65.84, 24.14, "Europe/Stockholm"),  # Haparanda, beside Tornio in Finland
        (65.85, 24.20, "Europe/Helsinki"),
        (47.37, 8.55, "Europe/Zurich"),
        (36.17, -5.35, "Europe/Madrid"),
        (27.70, 85.32, "Asia/Kathmandu"),
        (31.00, 75.00, "Asia/Kolkata"),
        (39.47, 75.99, "Asia/Urumqi"),
        (-45.57, -72.07, "America/Coyhaique"),
        (36.90, -111.46, "America/Phoenix"),
        (37.20, -112.50, "America/Denver"),
        (-31.95, 141.45, "Australia/Broken_Hill"),
        (1.87, -157.43, "Pacific/Kiritimati"),
        (-90, 0, "Antarctica/McMurdo"),
        (71, 180, "Asia/Anadyr"),
        (40, -40, None),
        (-48.9, -123.4, None),
        (90, 180, None),
    ],
)
def test_a_point_has_the_time_zone_of_its_side_of_the_border(
    latitude: float, longitude: float, zone: str | None
) -> None:
    assert zones.zone_at(Coordinates(latitude, longitude)) == zone


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_point_has_a_zone_or_is_at_sea(latitude: float, longitude: float) -> None:
    name = zones.zone_at(Coordinates(latitude, longitude))
    assert name is None or name in zones.load().names


def test_the_shipped_table_is_as_exact_and_as_small_as_the_documentation_says() -> None:
    facts = container.read("zones").facts
    assert facts["time zones"]["foreign"] < 0.3


def test_nearly_all_names_are_known_to_this_system() -> None:
    missing = []
    for name in zones.load().names[1:]:
        try:
            ZoneInfo(name)
        except (LookupError, ValueError):
            missing.append(name)
    assert len(missing) <= 3


def test_a_file_without_a_section_or_with_a_shorter_one_is_refused() -> None:
    whole = container.read("zones")
    for title, raw in whole.sections.items():
        for rest in ({}, {title: raw[: len(raw) // 2]}):
            sections = {key: part for key, part in whole.sections.items() if key != title} | rest
            with pytest.raises(CorruptAtlas):
                zones.decode(container.Container(whole.date, sections))


def test_a_lookup_decodes_one_band() -> None:
    zones.load()
    started = time.perf_counter()
    zones.zone_at(Coordinates(52.1, 13.1))
    assert time.perf_counter() - started < 0.1

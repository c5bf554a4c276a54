"""The texts that several views share."""

from __future__ import annotations

from datetime import timedelta

import pytest

from weather.i18n.languages import ENGLISH, get_language
from weather.providers import registry
from weather.providers.declaration import Role
from weather.views import wording


@pytest.mark.parametrize(
    ("direction", "name"),
    [
        (0, "from the north"),
        (22.4, "from the north"),
        (22.5, "from the northeast"),
        (90, "from the east"),
        (180, "from the south"),
        (247.5, "from the west"),
        (337.5, "from the north"),
        (360, "from the north"),
    ],
)
def test_wind_directions(direction: float, name: str) -> None:
    assert wording.wind_direction(ENGLISH, direction) == name


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (timedelta(), "0 min"),
        (timedelta(minutes=1, seconds=59), "1 min"),
        (timedelta(minutes=119), "119 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=47), "47 h"),
        (timedelta(days=2, hours=5), "2 d"),
    ],
)
def test_ages(duration: timedelta, text: str) -> None:
    assert wording.age(ENGLISH, duration) == text


def test_every_provider_of_forecasts_has_a_name_for_people() -> None:
    providers = [provider for provider in registry.PROVIDERS if provider.role is Role.FORECAST]
    assert providers
    for provider in providers:
        assert wording.provider(provider.key) == provider.name


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        ("4", "14 °C", "4 to 14 °C"),
        ("−10", "−10 °C", "−10 °C"),
        ("1", "10 °C", "1 to 10 °C"),
        ("4°", "4°", "4°"),
        ("–", "4 °C", "– to 4 °C"),
    ],
)
def test_a_range_of_one_value_has_it_once(low: str, high: str, text: str) -> None:
    assert wording.span(get_language("en"), low, high) == text

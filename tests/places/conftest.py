from __future__ import annotations

import pytest

from simulator import Upstreams
from tests.conftest import Clock
from tests.places.locating import make_locator
from weather.places.locator import PlaceLocator


@pytest.fixture
def locator(upstreams: Upstreams, clock: Clock) -> PlaceLocator:
    return make_locator(upstreams, clock)

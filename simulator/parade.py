"""Kinds of weather, and a fictional place where every kind occurs, for an hour each.

Over the island Kaleidoscope all 28 WMO codes of Open-Meteo and all 41 symbols of MET Norway come
in turn, so that a test can reach every one of them.
"""

from dataclasses import dataclass
from typing import Literal

Falling = Literal["rain", "sleet", "snow"]
KALEIDOSCOPE = (-30.0, -15.0)


@dataclass(frozen=True)
class State:
    """A kind of weather. A `forced` state sets cloud (%), rate (mm/h) and warmth (°C)."""

    falling: Falling = "rain"
    showers: bool = False
    thunder: bool = False
    hail: int = 0
    freezing: bool = False
    grains: bool = False
    fog: bool = False
    forced: bool = False
    cloud: float = 100
    rate: float = 0
    warmth: float = 12

    @staticmethod
    def of_nature(showers: bool, warmth: float, rate: float, cape: float, air: float) -> "State":
        """The state derived from °C, mm/h, CAPE and air mass: snow below -0.2 °C, sleet to 1.8 °C;
        freezing rain where warm air lies over frost."""
        freezing = -4 < warmth < 0 and air > 0.55 and rate > 0
        cold: Falling = "sleet" if warmth > -0.2 else "snow"
        falling: Falling = "rain" if warmth > 1.8 or freezing else cold
        return State(falling, showers, rate > 1.5 and cape > 600, freezing=freezing)


def _states() -> list[State]:
    dry = [State(cloud=cloud, forced=True) for cloud in (5, 30, 65, 100)]
    fogs = [State(fog=True, warmth=warmth, forced=True) for warmth in (6, -4)]
    warmths: dict[Falling, float] = {"rain": 14.0, "sleet": 0.8, "snow": -3.0}
    wet = [
        State(falling, showers, thunder, rate=rate, warmth=warmth, forced=True)
        for falling, warmth in warmths.items()
        for showers in (False, True)
        for thunder in (False, True)
        for rate in (1.4, 4.0, 9.0)
    ]
    drizzle = [State(rate=rate, forced=True) for rate in (0.2, 0.7, 1.1)]
    ice = [State(rate=rate, warmth=-1, freezing=True, forced=True) for rate in (0.2, 1.1, 1.6, 5.0)]
    grains = [State("snow", grains=True, rate=0.1, warmth=-5, forced=True)]
    hail = [State(showers=True, thunder=True, hail=n, rate=6, forced=True) for n in (1, 2)]
    return [*dry, *fogs, *wet, *drizzle, *ice, *grains, *hail]


STATES = _states()


def parade_state(latitude: float, longitude: float, time: float) -> State | None:
    """The state at a Unix time, if the place is Kaleidoscope (within about 5 km).

    A state lasts for an hour including its end, because Open-Meteo stamps sums with the end.
    """
    if max(abs(latitude - KALEIDOSCOPE[0]), abs(longitude - KALEIDOSCOPE[1])) > 0.05:
        return None
    return STATES[int((time - 1) // 3600) % len(STATES)]

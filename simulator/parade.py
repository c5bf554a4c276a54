"""What kind of weather it is, and the one place where every kind passes by, an hour each.

Over the fictional island Kaleidoscope all 28 WMO codes of Open-Meteo and all 41 symbols of
MET Norway come in turn, so that each is reachable without waiting for nature.
"""

from dataclasses import dataclass
from typing import Literal

Falling = Literal["rain", "sleet", "snow"]
KALEIDOSCOPE = (-30.0, -15.0)


@dataclass(frozen=True)
class State:
    """The kind of weather. `forced` states carry their own cloud (%), rate (mm/h) and °C."""

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
        """Snow below -0.2 °C, sleet to 1.8 °C; freezing rain where warm air slides over frost."""
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


def marching(latitude: float, longitude: float, time: float) -> State | None:
    """The state on parade, if the place is Kaleidoscope (to about 5 km).

    A state belongs to the hour up to and with its full end, because that is how Open-Meteo
    stamps sums; the small step back makes the end belong to it.
    """
    if max(abs(latitude - KALEIDOSCOPE[0]), abs(longitude - KALEIDOSCOPE[1])) > 0.05:
        return None
    return STATES[int((time - 1) // 3600) % len(STATES)]

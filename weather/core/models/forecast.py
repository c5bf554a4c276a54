"""Forecasts, and the air."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from weather.core.dataclass import dataclass
from weather.core.models.conditions import Conditions
from weather.core.models.credit import Credit
from weather.core.models.day import Day
from weather.core.models.nowcast import Nowcast
from weather.core.models.rows import Days, Hours


@dataclass(frozen=True, slots=True)
class Forecast:
    """One provider's forecast for one point, as the provider gives it: `hours` ascending. They
    may be made of any sequence, and are `Hours` afterwards."""

    provider: str
    credits: tuple[Credit, ...]
    hours: Sequence[Conditions]
    current: Conditions | None = None  # measured or analysed
    model: str | None = None
    issued_at: datetime | None = None  # when the provider made it
    elevation: float | None = None  # m, of the model's point
    timezone: str | None = None
    validator: str | None = None  # Last-Modified, for a conditional request
    expires_at: datetime | None = None  # until when the provider wants it to be used
    nowcast: Nowcast | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "hours", Hours.of(self.hours))


@dataclass(frozen=True, slots=True)
class CellForecast:
    """A forecast with what follows from its cell alone, whichever place was requested: daylight
    in the hours, and the days of the cell's own time zone."""

    forecast: Forecast
    timezone: str  # IANA
    days: Sequence[Day]  # `Days`, of whatever sequence they are made

    def __post_init__(self) -> None:
        object.__setattr__(self, "days", Days.of(self.days))


@dataclass(frozen=True, slots=True)
class AirQuality:
    """Air at a moment. Concentrations in µg/m³, pollen in grains/m³ (Europe only)."""

    valid_at: datetime
    credits: tuple[Credit, ...] = ()
    european_aqi: float | None = None
    us_aqi: float | None = None
    pm2_5: float | None = None
    pm10: float | None = None
    ozone: float | None = None
    nitrogen_dioxide: float | None = None
    alder_pollen: float | None = None
    birch_pollen: float | None = None
    grass_pollen: float | None = None
    mugwort_pollen: float | None = None
    olive_pollen: float | None = None
    ragweed_pollen: float | None = None

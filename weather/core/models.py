"""The words of the house: places, conditions, forecasts and the report made of them.

Units are metric throughout: °C, km/h, mm, hPa, km, cm of snow, degrees for directions, per
cent for shares. Every moment is an aware `datetime` in UTC; a `timezone` is an IANA name.
`None` always means that the provider does not tell.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from weather.core.errors import InvalidLocation


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A point in WGS84 decimal degrees. Raises `InvalidLocation` outside the globe."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        for name, value, limit in (
            ("latitude", self.latitude, 90),
            ("longitude", self.longitude, 180),
        ):
            if not math.isfinite(value) or abs(value) > limit:
                raise InvalidLocation(f"The {name} must lie between -{limit} and {limit} degrees.")

    def rounded(self, digits: int = 2) -> Coordinates:
        """The cell that a point belongs to; 2 digits are about 1.1 km."""
        # Adding zero turns -0.0 into 0.0, so that both sides of the equator share a cell.
        return Coordinates(round(self.latitude, digits) + 0.0, round(self.longitude, digits) + 0.0)

    def __str__(self) -> str:
        return f"{self.latitude:.4f},{self.longitude:.4f}"


@dataclass(frozen=True, slots=True)
class Place:
    coordinates: Coordinates
    name: str | None = None
    region: str | None = None
    country: str | None = None
    country_code: str | None = None  # ISO 3166-1 alpha-2
    timezone: str | None = None  # IANA
    elevation: float | None = None  # m
    population: int | None = None
    distance: float | None = None  # km, where the name is that of the nearest city

    @property
    def label(self) -> str:
        """The name with what tells it from its namesakes: "Paris, Texas, US"."""
        if not self.name:
            return str(self.coordinates)
        return self.full_name if self.distance is None else f"near {self.full_name}"

    @property
    def full_name(self) -> str:
        region = self.region if self.region != self.name else None
        return ", ".join(part for part in (self.name, region, self.country_code) if part)


class LocatedBy(StrEnum):
    """How a place was found."""

    NAME = "name"  # the visitor named it
    COORDINATES = "coordinates"  # the visitor gave them
    ADDRESS = "address"  # somebody gave an IP address
    VISITOR = "visitor"  # the visitor's own IP address
    SERVER = "server"  # the visitor is on the server's network, so: where the server is
    DEFAULT = "default"  # the operator's DEFAULT_LOCATION


@dataclass(frozen=True, slots=True)
class LocatedPlace:
    """A place, how it was found, who told so, and the runners-up of an ambiguous name."""

    place: Place
    method: LocatedBy
    source: str | None = None
    alternatives: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Credit:
    """Whose data it is: the words a licence asks for, the link, the licence and its text."""

    text: str
    url: str
    licence: str
    licence_url: str = ""  # empty where the licence has no page of its own


@dataclass(frozen=True, slots=True)
class Conditions:
    """The weather at a moment; sums and maxima are those of the hour before `valid_at`."""

    valid_at: datetime
    temperature: float | None = None  # °C at 2 m
    apparent_temperature: float | None = None  # °C
    dew_point: float | None = None  # °C
    relative_humidity: float | None = None  # %
    precipitation: float | None = None  # mm, sum
    precipitation_probability: float | None = None  # %
    snowfall: float | None = None  # cm, sum
    weather_code: int | None = None  # WMO 4677
    wind_speed: float | None = None  # km/h at 10 m
    wind_gusts: float | None = None  # km/h, maximum
    wind_direction: float | None = None  # degrees, where it blows from
    pressure_msl: float | None = None  # hPa at sea level
    cloud_cover: float | None = None  # %
    visibility: float | None = None  # km
    uv_index: float | None = None
    is_day: bool | None = None


@dataclass(frozen=True, slots=True)
class Astronomy:
    """Sun and moon of one local day. `None`: it does not happen on that day (polar day or
    night, or a moon that rises just after midnight)."""

    dawn: datetime | None = None  # civil, sun at -6°
    sunrise: datetime | None = None
    solar_noon: datetime | None = None
    sunset: datetime | None = None
    dusk: datetime | None = None  # civil
    moonrise: datetime | None = None
    moonset: datetime | None = None
    moon_phase: float = 0.0  # 0 new, 0.25 first quarter, 0.5 full, up to 1
    moon_illumination: float = 0.0  # % of the disc
    daylight: timedelta = timedelta()
    sun_is_up_at_noon: bool = True  # tells polar day from polar night where nothing rises


@dataclass(frozen=True, slots=True)
class Day:
    """One local calendar day, summed up from its hours."""

    date: date
    astronomy: Astronomy
    weather_code: int | None = None  # the most severe of the day
    temperature_max: float | None = None  # °C
    temperature_min: float | None = None
    temperature_mean: float | None = None
    apparent_temperature_max: float | None = None
    apparent_temperature_min: float | None = None
    precipitation: float | None = None  # mm
    precipitation_probability: float | None = None  # %, highest
    snowfall: float | None = None  # cm
    wind_speed: float | None = None  # km/h, highest
    wind_gusts: float | None = None
    wind_direction: float | None = None  # degrees, mean of the wind's vectors
    uv_index: float | None = None  # highest
    relative_humidity: float | None = None  # %, mean
    pressure_msl: float | None = None  # hPa, mean
    cloud_cover: float | None = None  # %, mean


@dataclass(frozen=True, slots=True)
class Forecast:
    """What one provider says of one point: `hours` ascending, `current` if it tells."""

    provider: str
    credits: tuple[Credit, ...]
    hours: tuple[Conditions, ...]
    current: Conditions | None = None
    days: tuple[Day, ...] = ()
    model: str | None = None
    issued_at: datetime | None = None  # when the provider made it, if it tells
    elevation: float | None = None  # m, of the model's point
    timezone: str | None = None
    validator: str | None = None  # Last-Modified, to ask again with
    expires_at: datetime | None = None  # until when the provider wants it to be used


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


@dataclass(frozen=True, slots=True)
class ClimateNormal:
    """What is usual at a place on a day of the year.

    `relief` (°C) is how far the annual mean differs around there: in mountains and on steep
    coasts a town's own normal may differ from its cell's by as much.
    """

    temperature: float  # °C, mean of the day
    precipitation: float  # mm a day
    relief: float  # °C
    period: str  # "2000–2025"


@dataclass(frozen=True, slots=True)
class Climate:
    """What is usual today, and how much warmer (or, negative, colder) it is forecast to be."""

    normal: ClimateNormal
    credits: tuple[Credit, ...]
    departure: float | None = None  # °C, of the day's mean

    @property
    def is_telling(self) -> bool:
        """Whether the departure is more than the hills around could make up."""
        return self.departure is not None and abs(self.departure) >= self.normal.relief


@dataclass(frozen=True, slots=True)
class AlertText:
    """A warning's words in one language."""

    language: str  # ISO 639-1
    event: str  # what is warned of, in a few words
    headline: str | None = None
    description: str | None = None
    instruction: str | None = None  # what to do


@dataclass(frozen=True, slots=True)
class Alert:
    """An official warning, in every language that it is given in, the country's own first."""

    texts: tuple[AlertText, ...]
    credit: Credit
    severity: int | None = None  # 1 minor, 2 moderate, 3 severe, 4 extreme (CAP 1.2)
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def text(self, language: str) -> AlertText:
        """In a language if it is given in that, else in English, else in the country's own."""
        by_language = {each.language: each for each in reversed(self.texts)}
        return by_language.get(language) or by_language.get("en") or self.texts[0]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a forecast comes from and how old it is."""

    provider: str
    credits: tuple[Credit, ...]
    fetched_at: datetime
    expires_at: datetime
    model: str | None = None
    issued_at: datetime | None = None
    stale: bool = False  # past its freshness, because the provider could not be reached
    cache_status: str = "hit"  # how it was come by, in the words of RFC 9211
    sample: bool = False  # made up by a simulated provider


@dataclass(frozen=True)  # without slots: it keeps its fingerprint
class Report:
    """The answer: a place and its weather as of the moment `at`.

    `hours` starts with the hour that `at` lies in and `days` with the local today; `earlier`
    holds the hours of today that have passed.
    """

    at: datetime
    located: LocatedPlace
    timezone: str
    current: Conditions
    hours: Sequence[Conditions]
    days: Sequence[Day]
    provenance: Provenance
    air_quality: AirQuality | None = None
    earlier: Sequence[Conditions] = ()
    climate: Climate | None = None
    alerts: tuple[Alert, ...] = ()

    @property
    def place(self) -> Place:
        return self.located.place

    @property
    def age(self) -> timedelta:
        return max(self.at - self.provenance.fetched_at, timedelta())

    @cached_property
    def fingerprint(self) -> str:
        """What it means but for its age, hashed: the same in all processes."""
        told = self.provenance
        air = self.air_quality.valid_at if self.air_quality else None
        parts = (
            *(self.located, self.alerts, told.provider, told.fetched_at, told.stale, air),
            # The hour moves what is next, and measured values give way to the hour's.
            *(self.hours[0].valid_at if self.hours else None, self.current.valid_at),
        )
        return hashlib.blake2b(repr(parts).encode(errors="replace"), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class ClimateFallback:
    """The answer while no forecast can be had: what is usual at a place on the local today.
    It is no forecast, and every view must say so."""

    at: datetime
    located: LocatedPlace
    timezone: str
    date: date
    climate: Climate
    astronomy: Astronomy
    reason: str  # why there is no forecast, for the visitor
    retry_after: int  # seconds
    sample: bool = False

    @property
    def place(self) -> Place:
        return self.located.place

"""Metrics in the text format of Prometheus, by the names of wttr.in's `format=p1`.

https://prometheus.io/docs/instrumenting/exposition_formats/
Values have the units of their names whatever the request chooses; descriptions are English.
A value that the provider lacks has no sample.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from weather.core import weather_codes
from weather.core.dataclass import dataclass
from weather.core.errors import WeatherError
from weather.core.models import Conditions, Credit, Report
from weather.core.moon import eighth_of_phase
from weather.core.rounding import rounded
from weather.views.credits import forecast_credits
from weather.views.options import ViewOptions
from weather.views.wwo import vocabulary
from weather.views.wwo.days import DayView
from weather.views.wwo.values import Series
from weather.views.wwo.vocabulary import PHASES, compass_point

_DAYS = 3  # as wttr.in has


@dataclass(frozen=True, slots=True)
class _Sample:
    """One value, or one description, whose sample then has the value 1."""

    name: str
    help: str
    value: float | str | None
    forecast: str = "current"  # or "0d", "1d", "2d"

    def __str__(self) -> str:
        if isinstance(self.value, str):
            return f'{self.name}{{forecast="{self.forecast}", description="{self.value}"}} 1'
        value = "NaN" if self.value is None else f"{rounded(self.value, 2):g}"
        return f'{self.name}{{forecast="{self.forecast}"}} {value}'


def render(report: Report, options: ViewOptions) -> str:
    """The metrics of the current conditions and of three days."""
    del options
    zone = ZoneInfo(report.timezone)
    samples = list(_current(report.current))
    series = Series(report)
    for number, day in enumerate(report.days[:_DAYS]):
        samples += _day(DayView(day, series, zone), f"{number}d")
    return "".join((*_notices(report), *_families(samples)))


def render_error(error: WeatherError, options: ViewOptions) -> str:
    """A comment with the problem."""
    del options
    return f"# {error.title}: {' '.join(error.message.split())}\n"


def _notices(report: Report) -> Iterator[str]:
    if report.provenance.sample:
        yield "# SAMPLE DATA, not a real forecast\n"
    if report.located.offline:
        yield "# place found offline\n"
    if report.provenance.stale:
        yield f"# stale: {report.age.total_seconds():.0f} s old\n"
    for credit in forecast_credits(report):
        yield _credit(credit)


def _credit(credit: Credit) -> str:
    return f"# {credit.text} ({credit.licence}) {credit.url}\n"


def _families(samples: Iterable[_Sample]) -> Iterator[str]:
    """The samples by metric, as the format demands, each metric with its help and type."""
    families: dict[str, list[_Sample]] = {}
    for sample in samples:
        if sample.value is not None:
            families.setdefault(sample.name, []).append(sample)
    for name, family in families.items():
        yield f"# HELP {name} {family[0].help}\n# TYPE {name} gauge\n"
        yield from (f"{sample}\n" for sample in family)


def _current(now: Conditions) -> Iterator[_Sample]:
    direction, observed = now.wind_direction, now.valid_at.astimezone(UTC)
    point = None if direction is None else compass_point(direction)
    yield _Sample("temperature_feels_like_celsius", "Feels like, °C", now.apparent_temperature)
    yield _Sample(
        "temperature_feels_like_fahrenheit", "Feels like, °F", _fahrenheit(now.apparent_temperature)
    )
    yield _Sample("cloudcover_percentage", "Cloud cover, %", now.cloud_cover)
    yield _Sample("humidity_percentage", "Relative humidity, %", now.relative_humidity)
    yield _Sample("precipitation_mm", "Precipitation of the hour, mm", now.precipitation)
    yield _Sample("pressure_hpa", "Air pressure at sea level, hPa", now.pressure_msl)
    yield _Sample("temperature_celsius", "Temperature, °C", now.temperature)
    yield _Sample("temperature_fahrenheit", "Temperature, °F", _fahrenheit(now.temperature))
    yield _Sample("uv_index", "UV index", now.uv_index)
    yield _Sample("visibility", "Visibility, km", now.visibility)
    yield _Sample("weather_code", "World Weather Online's code", _wwo_code(now))
    yield _Sample("winddir_degree", "Where the wind comes from, degrees", direction)
    yield _Sample("windspeed_kmph", "Wind speed, km/h", now.wind_speed)
    yield _Sample("windspeed_mph", "Wind speed, mph", _scaled(now.wind_speed, 1 / 1.609344))
    yield _Sample(
        "observation_time", "Minutes since midnight, UTC", observed.hour * 60 + observed.minute
    )
    yield _Sample("weather_desc", "Condition", weather_codes.condition(now.weather_code))
    yield _Sample("winddir_16_point", "Where the wind comes from", point)


def _wwo_code(now: Conditions) -> int | None:
    return vocabulary.code(now.weather_code)


def _day(view: DayView, forecast: str) -> Iterator[_Sample]:
    day, sky = view.day, view.day.astronomy
    sunshine = None if day.cloud_cover is None else view.sunshine

    def sample(name: str, help: str, value: float | str | None) -> _Sample:
        return _Sample(name, help, value, forecast)

    yield sample("uv_index", "UV index", day.uv_index)
    yield sample("temperature_celsius", "Temperature, °C", day.temperature_mean)
    yield sample("temperature_fahrenheit", "Temperature, °F", _fahrenheit(day.temperature_mean))
    yield sample("temperature_celsius_maximum", "Highest of the day, °C", day.temperature_max)
    yield sample("temperature_celsius_minimum", "Lowest of the day, °C", day.temperature_min)
    yield sample("temperature_fahrenheit_maximum", "Highest, °F", _fahrenheit(day.temperature_max))
    yield sample("temperature_fahrenheit_minimum", "Lowest, °F", _fahrenheit(day.temperature_min))
    yield sample("sun_hour", "Hours of daylight without clouds", _scaled(sunshine, 1))
    yield sample("snowfall_cm", "Snowfall of the day, cm", day.snowfall)
    yield sample("astronomy_moon_illumination", "Lit part, %", rounded(sky.moon_illumination, 1))
    yield sample("astronomy_moon_phase", "Moon phase", PHASES[eighth_of_phase(sky.moon_phase)])
    minutes = _minutes_in(view.zone)
    for name in ("astronomy_{}_min", "{}_minutes"):  # of wttr.in's older and newer server
        for event in ("moonrise", "moonset", "sunrise", "sunset"):
            value = minutes(getattr(sky, event))
            yield sample(name.format(event), "Minutes since local midnight", value)


def _minutes_in(zone: ZoneInfo) -> Callable[[datetime | None], float | None]:
    def minutes(moment: datetime | None) -> float | None:
        local = moment.astimezone(zone) if moment else None
        return local.hour * 60 + local.minute if local else None

    return minutes


def _fahrenheit(celsius: float | None) -> float | None:
    return None if celsius is None else rounded(celsius * 9 / 5 + 32, 1)


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else rounded(value * factor, 1)

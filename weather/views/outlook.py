"""What changes in the next 24 hours, in a sentence or two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from weather.core import weather_codes
from weather.core.models import Conditions, Report
from weather.i18n.languages import Language
from weather.views.units import UnitSystem
from weather.views.wording import minus

_WET = 0.1  # mm in an hour: less wets nothing
_PAUSE = 2  # hours without rain that do not end it
_LIKELY = 40  # %: below that, rain is only possible
_GALE = 62  # km/h: Beaufort 8

# The word for a spell is that of a WMO code.
_WORDS = {
    weather_codes.Symbol.DRIZZLE: 53,
    weather_codes.Symbol.SHOWERS: 81,
    weather_codes.Symbol.FREEZING_RAIN: 67,
    weather_codes.Symbol.SNOW: 73,
    weather_codes.Symbol.HEAVY_SNOW: 73,
    weather_codes.Symbol.SNOW_SHOWERS: 85,
    weather_codes.Symbol.THUNDERSTORM: 95,
}
_RAIN, _SNOW = 63, 73

Time = Callable[[datetime], str]


@dataclass(frozen=True, slots=True)
class _Spell:
    """Hours of rain or snow, from the moment it begins to the one it has ended by."""

    start: datetime
    hours: Sequence[Conditions]

    @property
    def end(self) -> datetime:
        return self.hours[-1].valid_at

    @property
    def code(self) -> int:
        codes = [hour.weather_code for hour in self.hours if hour.weather_code is not None]
        symbol = (
            weather_codes.symbol(weather_codes.most_severe(codes))
            if codes
            else weather_codes.Symbol.UNKNOWN
        )
        return _WORDS.get(symbol, _SNOW if _sum(self.hours, "snowfall") else _RAIN)

    @property
    def likely(self) -> bool:
        told = [hour.precipitation_probability for hour in self.hours]
        return max((chance for chance in told if chance is not None), default=100) >= _LIKELY

    def amount(self, units: UnitSystem) -> str:
        snow = _sum(self.hours, "snowfall") if self.code in {_SNOW, 85} else 0.0
        if snow:
            return units.snowfall.text(snow)
        return units.precipitation.text(_sum(self.hours, "precipitation"))


def outlook(report: Report, language: Language, units: UnitSystem, time: Time) -> str:
    """ "Rain from about 16:00, 3 mm by 22:00. Gusts up to 80 km/h around 18:00." """
    hours = [hour for hour in report.hours if hour.valid_at <= report.at + timedelta(days=1)]
    told = (
        _rain(hours, language, units, time),
        _storm(hours, language, units, time),
        _frost(report.current, hours, language, units, time),
    )
    return " ".join(filter(None, told))


def _rain(hours: Sequence[Conditions], language: Language, units: UnitSystem, time: Time) -> str:
    spell = _first_spell(hours)
    if spell is None:
        known = any(hour.precipitation is not None for hour in hours[1:])
        return language.translate("Dry for the next 24 hours.") if known else ""
    what = language.translate(weather_codes.condition(spell.code))
    if not spell.likely:
        return language.translate(
            "{what} possible from about {time}.", what=what, time=time(spell.start)
        )
    amount = spell.amount(units)
    if spell.start > hours[0].valid_at:
        start, end = time(spell.start), time(spell.end)
        return language.translate(
            "{what} from about {time}, {amount} by {end}.",
            what=what, time=start, amount=amount, end=end,
        )  # fmt: skip
    if spell.end == hours[-1].valid_at:
        return language.translate(
            "{what} for the next 24 hours, {amount}.", what=what, amount=amount
        )
    return language.translate(
        "{what} until about {time}, {amount}.", what=what, time=time(spell.end), amount=amount
    )


def _first_spell(hours: Sequence[Conditions]) -> _Spell | None:
    """The sums of an hour are those of the time before it, so the first hour's are past."""
    wet = [n for n, hour in enumerate(hours) if n and (hour.precipitation or 0) >= _WET]
    if not wet:
        return None
    last = wet[0]
    for n in wet:
        if n - last > _PAUSE + 1:
            break
        last = n
    return _Spell(hours[wet[0] - 1].valid_at, hours[wet[0] : last + 1])


def _storm(hours: Sequence[Conditions], language: Language, units: UnitSystem, time: Time) -> str:
    gusts = [(hour.wind_gusts, hour.valid_at) for hour in hours if hour.wind_gusts is not None]
    most, when = max(gusts, default=(0.0, None))
    if when is None or most < _GALE:
        return ""
    speed = units.speed.text(most)
    return language.translate("Gusts up to {speed} around {time}.", speed=speed, time=time(when))


def _frost(
    now: Conditions, hours: Sequence[Conditions], language: Language, units: UnitSystem, time: Time
) -> str:
    """Told where the temperature falls below freezing, not where it lies there already."""
    below = [hour for hour in hours if hour.temperature is not None and hour.temperature < -0.5]
    if not below or now.temperature is None or now.temperature < 0.5:
        return ""
    lowest = min(hour.temperature for hour in below if hour.temperature is not None)
    temperature = minus(units.temperature.text(lowest))
    start = time(below[0].valid_at)
    return language.translate(
        "Frost from about {time}, down to {temperature}.", time=start, temperature=temperature
    )


def _sum(hours: Sequence[Conditions], name: str) -> float:
    return sum(getattr(hour, name) or 0.0 for hour in hours)

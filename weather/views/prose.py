"""The report in sentences, without drawings, colours or emoji: for speech and for messages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from weather.core.models import Conditions, Day, Report
from weather.i18n.languages import Language, get_language
from weather.views import wording
from weather.views.ansi import strip_controls
from weather.views.climate_text import departure, than_yesterday
from weather.views.clock import time_text
from weather.views.credits import forecast_credits
from weather.views.disagreement import otherwise_text
from weather.views.nowcast import nowcast
from weather.views.options import ViewOptions
from weather.views.outlook import outlook
from weather.views.precipitation_spell import is_wet
from weather.views.text.report import notices, warnings
from weather.views.units import UnitSystem, local_units

_DAYS = 3


def render(report: Report, options: ViewOptions) -> str:
    """A line for the place, for now, for the next 24 hours, for each day, and for the credits."""
    language, units = get_language(options.language), local_units(options)
    zone = ZoneInfo(report.timezone)

    def clock(moment: datetime) -> str:
        return time_text(moment.astimezone(zone), twelve_hours=options.twelve_hours)

    lines = [
        _sentence(notices(report, language)),
        _sentence(strip_controls(wording.place(language, report.place))) if options.city else "",
        " ".join(_now(report.current, language, units)),
        _sentence(_departure(report, language, units)),
        _sentence(than_yesterday(report, language, units)),
        nowcast(report, language),
        outlook(report, language, units, clock),
        _sentence(warnings(report, options)),
    ]
    days = report.coming_days[: _DAYS if options.days is None else options.days]
    otherwise = {item.date: item for item in reversed(report.disagreements)}
    for day in days:
        lines.append(_sentence(_day(day, language, units)))
        if other := otherwise.get(day.date):
            lines.append(_sentence(otherwise_text(other, language, units)))
    if options.footer:
        lines.append(_sentence(", ".join(credit.text for credit in forecast_credits(report))))
    return "\n".join(filter(None, lines)) + "\n"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}." if text else ""


def _now(now: Conditions, language: Language, units: UnitSystem) -> Iterator[str]:
    """ "Light rain, 9 °C." "Feels like 6 °C." "Wind from the south, 12 km/h." """
    temperature = units.temperature.text(now.temperature, "")
    condition = wording.condition(language, now.weather_code)
    yield _sentence(", ".join(filter(None, (condition, temperature))))
    felt = units.temperature.text(now.apparent_temperature, "")
    if felt and felt != temperature:
        yield _sentence(f"{language.translate('Feels like')} {felt}")
    speed = units.speed.text(now.wind_speed, "")
    if speed and units.has_direction(now.wind_speed, now.wind_direction):
        direction = wording.wind_direction(language, now.wind_direction or 0.0)
        yield _sentence(f"{language.translate('Wind')} {direction}, {speed}")
    elif speed:
        yield _sentence(f"{language.translate('Wind')} {speed}")


def _departure(report: Report, language: Language, units: UnitSystem) -> str:
    return departure(report.climate, language, units) if report.climate else ""


def _day(day: Day, language: Language, units: UnitSystem) -> str:
    """ "Friday 15 May: rain, 4 °C to 14 °C, 2.1 mm" """
    parts = [wording.condition(language, day.weather_code)]
    if day.temperature_min is not None and day.temperature_max is not None:
        low = units.temperature.number(day.temperature_min)
        high = units.temperature.text(day.temperature_max)
        parts.append(wording.span(language, low, high))
    if day.precipitation is not None and is_wet(day.precipitation, units):
        parts.append(units.precipitation.text(day.precipitation))
    return f"{language.date(day.date, long=True)}: {', '.join(parts)}"

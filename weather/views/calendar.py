"""The days as a calendar: iCalendar (RFC 5545), one all-day event a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta

from weather.core.models import Day, Report
from weather.i18n.languages import Language, get_language
from weather.views import symbols, wording
from weather.views.ansi import strip_controls
from weather.views.credits import forecast_credits
from weather.views.options import ViewOptions
from weather.views.precipitation_spell import is_wet
from weather.views.text.report import notices
from weather.views.units import UnitSystem, local_units

_LINE = 75  # octets, without the line break (RFC 5545, 3.1)
_REFRESH = "PT3H"  # how often a calendar program should fetch it again


def render(report: Report, options: ViewOptions) -> str:
    """The calendar of all days, or of as many as the options choose."""
    language, units = get_language(options.language), local_units(options)
    name = strip_controls(wording.place(language, report.place))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//The weather where you are//forecast//EN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{_REFRESH}",
        f"X-PUBLISHED-TTL:{_REFRESH}",
    ]
    for day in report.coming_days[: options.days]:
        lines += _event(day, report, name, language, units)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(
    day: Day, report: Report, name: str, language: Language, units: UnitSystem
) -> Iterator[str]:
    where = report.place.coordinates
    after = day.date + timedelta(days=1)
    yield "BEGIN:VEVENT"
    yield f"UID:{day.date:%Y%m%d}-{where.latitude:.2f}-{where.longitude:.2f}@weather"
    yield f"DTSTAMP:{report.provenance.fetched_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day.date:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{after:%Y%m%d}"
    yield f"SUMMARY:{_text(_summary(day, language, units))}"
    yield f"LOCATION:{_text(name)}"
    yield f"GEO:{where.latitude:.4f};{where.longitude:.4f}"
    yield f"DESCRIPTION:{_text(_description(day, report, language, units))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _summary(day: Day, language: Language, units: UnitSystem) -> str:
    """ "🌧️ 4–14 °C" """
    emoji = symbols.emoji(day.weather_code, night=False)
    low = units.temperature.number(day.temperature_min)
    return f"{emoji} {low} – {units.temperature.text(day.temperature_max)}"


def _description(day: Day, report: Report, language: Language, units: UnitSystem) -> str:
    """The condition, precipitation and wind of the day, notices, and whose data it is."""
    translate = language.translate
    lines = [wording.condition(language, day.weather_code)]
    if day.precipitation is not None and is_wet(day.precipitation, units):
        lines.append(f"{translate('Precipitation')}: {units.precipitation.text(day.precipitation)}")
    if day.wind_speed is not None:
        lines.append(f"{translate('Wind')}: {units.speed.text(day.wind_speed)}")
    lines.append(notices(report, language))
    lines += [credit.text for credit in forecast_credits(report)]
    return "\n".join(filter(None, lines))


def _text(value: str) -> str:
    """A value of type TEXT (RFC 5545, 3.3.11)."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most `_LINE` octets, none of which splits a character."""
    part, size = "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _LINE:
            yield part
            part, size = " ", 1
        part += char
        size += octets
    yield part

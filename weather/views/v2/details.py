"""The lines below the charts: conditions, time, sun and place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from weather.core.models import Astronomy, Report
from weather.core.rounding import rounded_to_int
from weather.i18n.languages import Language
from weather.views import wording
from weather.views.ansi import pad_or_truncate, width
from weather.views.clock import time_text
from weather.views.credits import forecast_credits
from weather.views.options import ViewOptions
from weather.views.text.direction import isolated
from weather.views.text.footer import footer
from weather.views.text.report import NOTICE_COLOR, notices, warnings
from weather.views.text.rows import ConditionsText

_VALUE_COLUMNS = 14
_TWELVE_HOUR_COLUMNS = 17


def lines(report: Report, options: ViewOptions, text: ConditionsText, sign: str) -> Iterator[str]:
    """Conditions now, the time zone, two lines of the sun, place and credits; notices before."""
    language = text.language
    for notice in (notices(report, language), warnings(report, options)):
        if notice:
            yield text.colorize(notice, NOTICE_COLOR)
    labelled = f"{language.translate('Weather')}:", f"{language.translate('Time zone')}:"
    columns = max(map(width, labelled)) + 1
    labels = [isolated(pad_or_truncate(label, columns), language) for label in labelled]
    yield f"{labels[0]}{sign} {_current(report, text)}"
    yield labels[1] + report.timezone
    yield from _sun(report, language, twelve_hours=options.twelve_hours)
    yield from footer(report, options, language, forecast_credits(report))


def _current(report: Report, text: ConditionsText) -> str:
    """ "Light rain, +9 °C, 71 %, ↗ 8 km/h, 1016 hPa" """
    now, units = report.current, text.units
    parts = [
        wording.condition(text.language, now.weather_code),
        units.temperature.text(now.temperature),
        "–"
        if now.relative_humidity is None
        else wording.percent(text.language, rounded_to_int(now.relative_humidity)),
        " ".join(
            filter(
                None,
                (
                    wording.wind_arrow(units, now.wind_speed, now.wind_direction),
                    units.speed.text(now.wind_speed),
                ),
            )
        ),
        units.pressure.text(now.pressure_msl),
    ]
    return ", ".join(isolated(part, text.language) for part in parts)


def _sun(report: Report, language: Language, *, twelve_hours: bool) -> Iterator[str]:
    """Two lines of three times; an event that does not happen is "–"."""
    zone = ZoneInfo(report.timezone)
    sky = report.days[0].astronomy if report.days else Astronomy()

    def at(moment: datetime | None) -> str:
        return clock(moment) if moment else "–"

    def clock(moment: datetime) -> str:
        return time_text(moment.astimezone(zone), twelve_hours=twelve_hours, seconds=True)

    gap, room = (" ", _TWELVE_HOUR_COLUMNS) if twelve_hours else ("", _VALUE_COLUMNS)
    now = f"{clock(report.at)}{gap}{report.at.astimezone(zone):%z}"
    table = (
        (("Now", now), ("Dawn", at(sky.dawn)), ("Sunrise", at(sky.sunrise))),
        (("Solar noon", at(sky.solar_noon)), ("Sunset", at(sky.sunset)), ("Dusk", at(sky.dusk))),
    )
    labels = [[f"{language.translate(name)}:" for name, _ in row] for row in table]
    columns = [max(width(row[i]) for row in labels) + 1 for i in range(3)]
    for row, names in zip(table, labels, strict=True):
        cells = [
            isolated(pad_or_truncate(name, columns[i]), language) + pad_or_truncate(value, room)
            for i, (name, (_, value)) in enumerate(zip(names, row, strict=True))
        ]
        yield "│ ".join(cells).rstrip()

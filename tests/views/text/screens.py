"""Reports as lines of text: options, the current conditions and the tables of the days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests import reports
from weather.atlas import COPERNICUS
from weather.core.attribution import DB_IP, GEONAMES, OPENSTREETMAP
from weather.core.models import Coordinates, Place, Report
from weather.providers import open_meteo
from weather.views import text
from weather.views.options import ViewOptions
from weather.web.view_options import parse

PLAIN = ViewOptions(color=False)
REPORT = reports.report()
# Line numbers of the current conditions, from 0.
CONDITION, TEMPERATURE, WIND, VISIBILITY, PRECIPITATION = range(2, 7)


def flags(letters: str) -> ViewOptions:
    """The options of `?letters`."""
    return parse(((letters, ""),))


def current_row(row: int, options: ViewOptions = PLAIN, **changes: Any) -> str:
    """A row of the current conditions, beside the drawing, with some of them replaced."""
    lines = text.render(reports.with_current(REPORT, **changes), options)
    return lines.splitlines()[row][16:]


def cells(lines: list[str], row: int, day: int = 0) -> list[str]:
    """A row of a day's table: the text beside each drawing."""
    return [cell[15:].strip() for cell in lines[7 + 10 * day + 4 + row].split("│")[1:-1]]


LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch near the Menai Strait"
PLACE = Place(
    Coordinates(53.2231, -4.2094), LONG, "Ynys Môn and the County of Gwynedd", "Wales", "GB"
)
OTHERS = tuple(replace(PLACE, region=f"Region {n} of the World") for n in range(6))
CREDITS = (open_meteo.CREDIT, GEONAMES, DB_IP, OPENSTREETMAP)


def crowded() -> Report:
    """Everything at once: a long name, namesakes, notices, warnings, climate, many credits."""
    report = reports.with_departure(4)
    located = replace(
        report.located, place=PLACE, offline=True, alternatives=OTHERS, credits=CREDITS[1:]
    )
    stale = reports.stale(timedelta(hours=7)).provenance
    provenance = replace(stale, sample=True, credits=CREDITS[:1])
    assert report.climate
    climate = replace(report.climate, credits=(COPERNICUS,))
    alerts = reports.with_alerts().alerts
    return replace(
        report, located=located, provenance=provenance, climate=climate, alerts=alerts * 3
    )

"""The values that the letters of a %-format are formatted from."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from weather.core.dataclass import dataclass
from weather.core.models import Conditions, Day, Report
from weather.core.rounding import rounded_to_int
from weather.i18n.languages import Language
from weather.views import wording
from weather.views.clock import time_text
from weather.views.symbols import Glyphs
from weather.views.units import Unit, UnitSystem


@dataclass(frozen=True, slots=True)
class Values:
    """A report with the options of its line."""

    report: Report
    moment: datetime  # of the conditions, and of the moon
    conditions: Conditions
    day: Day | None  # that the moment lies in
    language: Language
    units: UnitSystem
    pressure: Unit  # hPa, as wttr.in has it in all unit systems, unless the options set another
    query: str
    now: datetime  # of the request
    twelve_hours: bool = False
    glyphs: Glyphs = Glyphs.EMOJI

    @property
    def age(self) -> str:
        """ "12 min", of the forecast"""
        return wording.age(self.language, self.report.age)

    def degrees(self, celsius: float | None) -> str | None:
        """ "+7°C"; None for None."""
        unit = self.units.temperature
        return None if celsius is None else f"{unit.convert(celsius):+.0f}{unit.symbol}"

    def local(self, moment: datetime) -> datetime:
        """The moment in the place's time zone."""
        return moment.astimezone(ZoneInfo(self.report.timezone))

    def clock(self, moment: datetime) -> str:
        """ "05:22:10", local"""
        return time_text(self.local(moment), twelve_hours=self.twelve_hours, seconds=True)

    def amount(self, millimetres: float | None) -> str | None:
        """ "0.4mm", but "0.02 in", as wttr.in writes them; None for None."""
        unit = self.units.precipitation
        return with_unit(unit, millimetres, " " if unit.symbol == "in" else "")


def with_unit(unit: Unit, value: float | None, gap: str = "") -> str | None:
    """ "10km/h", from a metric value; None for None."""
    return None if value is None else f"{unit.number(value)}{gap}{unit.symbol}"


def whole(value: float | None, symbol: str = "") -> str | None:
    """ "71%", without conversion; None for None."""
    return None if value is None else f"{rounded_to_int(value)}{symbol}"

"""The signs of conditions, every three hours, in a set of glyphs."""

from __future__ import annotations

from weather.core.dataclass import dataclass
from weather.core.models import Conditions
from weather.views import symbols
from weather.views.symbols import Glyphs


@dataclass(frozen=True, slots=True)
class Signs:
    """The glyphs, and whether they are those of the night; None: as it is at the hour."""

    glyphs: Glyphs
    night: bool | None = None

    def of(self, conditions: Conditions) -> str:
        """The sign of an hour, of at most two columns, so that it ends before the next one."""
        night = conditions.is_day is False if self.night is None else self.night
        sign = symbols.sign(conditions.weather_code, night=night, glyphs=self.glyphs)
        return sign[:2] if self.glyphs is Glyphs.PLAIN else sign

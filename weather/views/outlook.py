"""The outlook: precipitation, gales and frost in the next 24 hours, in one to three sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from weather.core import weather_codes
from weather.core.models import Conditions, Hours, Report
from weather.i18n.languages import Language
from weather.views.precipitation_spell import PrecipitationSpell, first_spell
from weather.views.units import UnitSystem
from weather.views.wording import minus

_GALE = 62  # km/h: Beaufort 8
_FROST, _NO_FROST = -0.5, 0.5  # °C; what is between them is rounded to 0

FormatTime = Callable[[datetime], str]


def outlook(report: Report, language: Language, units: UnitSystem, format_time: FormatTime) -> str:
    """ "Rain from about 16:00, 3 mm by 22:00. Gusts up to 80 km/h around 18:00."

    Empty if the forecast has no precipitation and neither gale nor frost is expected.
    """
    tomorrow = report.at + timedelta(days=1)
    coming = Hours.of(report.hours)
    hours = list(coming[: coming.count_until(tomorrow)])
    sentences = _Sentences(language, units, format_time)
    return " ".join(
        filter(
            None,
            (
                sentences.precipitation(hours),
                sentences.gusts(hours),
                sentences.frost(report.current, hours),
            ),
        )
    )


@dataclass(frozen=True, slots=True)
class _Sentences:
    """Sentences in a language and units; an empty text where there is nothing to say."""

    language: Language
    units: UnitSystem
    format_time: FormatTime

    def precipitation(self, hours: Sequence[Conditions]) -> str:
        spell = first_spell(hours)
        if spell:
            return self._spell(spell, hours)
        if any(hour.precipitation is not None for hour in hours[1:]):
            return self.language.translate("Dry for the next 24 hours.")
        return ""

    def _spell(self, spell: PrecipitationSpell, hours: Sequence[Conditions]) -> str:
        translate = self.language.translate
        what = translate(weather_codes.condition(spell.weather_code))
        start, end = self.format_time(spell.start), self.format_time(spell.end)
        amount = spell.amount(self.units)
        if not spell.is_likely:
            return translate("{what} possible from about {time}.", what=what, time=start)
        if spell.start > hours[0].valid_at:
            return translate(
                "{what} from about {time}, {amount} by {end}.",
                what=what, time=start, amount=amount, end=end,
            )  # fmt: skip
        if spell.end == hours[-1].valid_at:
            return translate("{what} for the next 24 hours, {amount}.", what=what, amount=amount)
        return translate("{what} until about {time}, {amount}.", what=what, time=end, amount=amount)

    def gusts(self, hours: Sequence[Conditions]) -> str:
        gusts = [(hour.wind_gusts, hour.valid_at) for hour in hours if hour.wind_gusts is not None]
        strongest, moment = max(gusts, default=(0.0, None))
        if moment is None or strongest < _GALE:
            return ""
        return self.language.translate(
            "Gusts up to {speed} around {time}.",
            speed=self.units.speed.text(strongest),
            time=self.format_time(moment),
        )

    def frost(self, current: Conditions, hours: Sequence[Conditions]) -> str:
        """Empty also if it is freezing already."""
        freezing = [
            (hour.temperature, hour.valid_at)
            for hour in hours
            if hour.temperature is not None and hour.temperature <= _FROST
        ]
        if not freezing or current.temperature is None or current.temperature < _NO_FROST:
            return ""
        lowest = min(temperature for temperature, _ in freezing)
        return self.language.translate(
            "Frost from about {time}, down to {temperature}.",
            time=self.format_time(freezing[0][1]),
            temperature=minus(self.units.temperature.text(lowest)),
        )

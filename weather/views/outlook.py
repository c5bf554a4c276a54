"""The outlook: precipitation, gales and frost in the next 24 hours, in one to three sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo

from weather.core import weather_codes
from weather.core.dataclass import dataclass
from weather.core.models import Conditions, Report, nowcast
from weather.i18n.languages import Language
from weather.views import precipitation_kinds as kinds
from weather.views.after_nowcast import joined, later_hours
from weather.views.episode_text import FormatTime, episode_text, possible_text
from weather.views.nowcast import hours_of
from weather.views.precipitation_spell import (
    HOUR,
    MAX_PAUSE,
    Episode,
    PrecipitationSpell,
    is_wet,
    spells,
)
from weather.views.units import UnitSystem
from weather.views.wording import minus

_GALE = 62  # km/h: Beaufort 8
_FROST, _NO_FROST = -0.5, 0.5  # °C; what is between them is rounded to 0
_HOURS = 24
_MOST = 3  # spells, as of snow that turns into freezing rain and that into rain
_MUCH = 1.0  # mm: a later spell of so much is not left out after a shower


def outlook(
    report: Report,
    language: Language,
    units: UnitSystem,
    format_time: FormatTime,
    hours: Sequence[Conditions] | None = None,
) -> str:
    """ "Rain from about 16:00, 3 mm by 22:00. Gusts up to 80 km/h tomorrow around 8:00."

    Of the hours that the chart and the table show, which may be given: `report.next_hours`. Empty
    if the forecast has no precipitation and neither gale nor frost is expected.
    """
    hours = list(report.next_hours) if hours is None else hours
    sentences = _Sentences(report, language, units, format_time)
    return " ".join(
        filter(
            None,
            (sentences.precipitation(hours), sentences.gusts(hours), sentences.frost(hours)),
        )
    )


@dataclass(frozen=True, slots=True)
class _Sentences:
    """Sentences in a language and units; an empty text where there is nothing to say."""

    report: Report
    language: Language
    units: UnitSystem
    format_time: FormatTime

    def precipitation(self, hours: Sequence[Conditions]) -> str:
        """What the next two hours have in quarters of an hour is the nowcast's to say, and also
        from when on something is possible."""
        of_quarters = nowcast.first_spell(self.report.nowcast)
        before: list[Episode] = []
        if of_quarters and of_quarters.ends_at:
            before = hours_of(of_quarters, self.report).episodes
        sentences = []
        for spell in _mentioned(*later_hours(self.report, hours, of_quarters)):
            left, whole, episodes = joined(before, spell, hours)
            sentences += self._episodes(left)
            if not self._is_stated(whole, of_quarters):
                sentences.append(self._spell(whole, hours))
            sentences += self._episodes(
                episode for episode in episodes if not self._is_stated(episode, of_quarters)
            )
            before = []
        sentences += self._episodes(before)
        is_wet_now = weather_codes.is_wet(self.report.current.weather_code)
        if sentences or is_wet_now or of_quarters or any(spells(hours)):
            return " ".join(sentences)
        # Nothing is dry of which nothing is known.
        if self._is_whole(hours) and all(hour.precipitation is not None for hour in hours):
            return self.language.translate("Dry for the next 24 hours.")
        return ""

    def _is_stated(self, span: Episode | PrecipitationSpell, spell: nowcast.Spell | None) -> bool:
        """Whether the nowcast says of its spell from when on it is possible, or that it comes, if
        there is no amount to add to that."""
        if not spell or not self.report.at < spell.starts_at == span.start:
            return False
        if not self._is_possible(span):
            return False
        code = hours_of(spell, self.report).weather_code
        return kinds.family(code) == kinds.family(span.weather_code)

    def _episodes(self, episodes: Iterable[Episode]) -> list[str]:
        at, language, format_time = self.report.at, self.language, self.format_time
        return [
            episode_text(episode, language, at, format_time, self._is_tomorrow)
            for episode in episodes
        ]

    def _is_possible(self, span: Episode | PrecipitationSpell) -> bool:
        """Whether it is named without an amount: it is not likely, or the amount would be 0."""
        if isinstance(span, Episode):
            return not span.is_likely
        return not span.is_likely or not is_wet(span.precipitation, self.units)

    def _spell(self, spell: PrecipitationSpell, hours: Sequence[Conditions]) -> str:
        language, at, format_time = self.language, self.report.at, self.format_time
        if self._is_possible(spell):
            return possible_text(spell, language, at, format_time, self._is_tomorrow)
        what = language.translate(weather_codes.condition(spell.weather_code))
        # A spell that ends at midnight ends today.
        ends_tomorrow = self._is_tomorrow(spell.end - timedelta.resolution)
        translate, amount = language.translate, spell.amount(self.units)
        start, end = format_time(spell.start), format_time(spell.end)
        if spell.start > at:
            return translate(
                (
                    "{what} tomorrow from about {time}, {amount} by {end}."
                    if self._is_tomorrow(spell.start)
                    else "{what} from about {time}, {amount} by {end} tomorrow."
                    if ends_tomorrow
                    else "{what} from about {time}, {amount} by {end}."
                ),
                what=what, time=start, amount=amount, end=end,
            )  # fmt: skip
        if spell.hours[-1] is hours[-1] and self._is_whole(hours):
            return translate("{what} for the next 24 hours, {amount}.", what=what, amount=amount)
        return translate(
            (
                "{what} until about {time} tomorrow, {amount}."
                if ends_tomorrow
                else "{what} until about {time}, {amount}."
            ),
            what=what, time=end, amount=amount,
        )  # fmt: skip

    def gusts(self, hours: Sequence[Conditions]) -> str:
        gusts = [(hour.wind_gusts, hour.valid_at) for hour in hours if hour.wind_gusts is not None]
        strongest = max((speed for speed, _ in gusts), default=0.0)
        if strongest < _GALE:
            return ""
        moment = next(moment for speed, moment in gusts if speed == strongest)
        speed, time = self.units.speed.text(strongest), self.format_time(moment)
        if moment <= self.report.at:  # the present hour, whose begin has passed
            return self.language.translate("Gusts up to {speed} now.", speed=speed)
        if self._is_tomorrow(moment):
            return self.language.translate(
                "Gusts up to {speed} tomorrow around {time}.", speed=speed, time=time
            )
        return self.language.translate("Gusts up to {speed} around {time}.", speed=speed, time=time)

    def frost(self, hours: Sequence[Conditions]) -> str:
        """Empty also if it is freezing already. Of the present hour the current value is known."""
        current = self.report.current.temperature
        freezing = [
            (hour.temperature, hour.valid_at)
            for hour in hours
            if hour.temperature is not None
            and hour.temperature <= _FROST
            and hour.valid_at > self.report.at
        ]
        if not freezing or current is None or current < _NO_FROST:
            return ""
        lowest = min(temperature for temperature, _ in freezing)
        _, first = freezing[0]
        time = self.format_time(first)
        temperature = minus(self.units.temperature.text(lowest))
        if self._is_tomorrow(first):
            return self.language.translate(
                "Frost tomorrow from about {time}, down to {temperature}.",
                time=time, temperature=temperature,
            )  # fmt: skip
        return self.language.translate(
            "Frost from about {time}, down to {temperature}.", time=time, temperature=temperature
        )

    def _is_whole(self, hours: Sequence[Conditions]) -> bool:
        """Whether they are the present hour and the 23 that follow it, none missing."""
        if len(hours) != _HOURS or hours[0].valid_at > self.report.at:
            return False
        return hours[-1].valid_at - hours[0].valid_at == (_HOURS - 1) * HOUR

    def _is_tomorrow(self, moment: datetime) -> bool:
        zone = ZoneInfo(self.report.timezone)
        return moment.astimezone(zone).date() > self.report.at.astimezone(zone).date()


def _mentioned(
    hours: Sequence[Conditions], begins: Mapping[datetime, datetime]
) -> list[PrecipitationSpell]:
    """The first spell, those that it turns into, as rain into snow, and a later one that matters
    much more."""
    candidates = list(spells(hours, begins=begins))
    pauses = (other.hours[0].valid_at - one.end for one, other in pairwise(candidates))
    turns = sum(1 for _ in takewhile(lambda pause: pause <= MAX_PAUSE, pauses))
    count = 1 + min(turns, _MOST - 1)
    mentioned, later = candidates[:count], candidates[count:]
    likely = [spell for spell in later if spell.is_likely]
    if likely:
        known = sum(spell.precipitation for spell in mentioned if spell.is_likely)
        heaviest = max(likely, key=lambda spell: spell.precipitation)
        if heaviest.precipitation >= max(_MUCH, 2 * known):
            return [*mentioned[: _MOST - 1], heaviest]
    return mentioned

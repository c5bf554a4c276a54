"""A sentence on the precipitation of the next two hours, in quarters of an hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from weather.core import weather_codes
from weather.core.models import Conditions, Hours, Report
from weather.core.models.nowcast import QUARTER, RANGE, Quarter, Spell, first_spell
from weather.i18n.languages import Language
from weather.views import precipitation_kinds as kinds
from weather.views.precipitation_spell import HOUR, PrecipitationSpell, spells

# The choice of words for a duration, by its number of quarters of an hour; of others the last.
_DURATIONS = {1: 0, 2: 1, 3: 2, 4: 3, 5: 3}
_LONGEST = 4


def nowcast(report: Report, language: Language) -> str:
    """ "Rain in 20 minutes, for about half an hour."; "Snow for another 35 minutes."

    Empty in dry weather, where the provider has no quarters of an hour, and where it rains on
    without an end that is known and not for two hours either.
    """
    spell = first_spell(report.nowcast)
    if spell is None:
        return ""
    of_hours = hours_of(spell, report)
    what = language.translate(weather_codes.condition(of_hours.weather_code))
    if spell.minutes_to_start(report.at):
        return _begin(spell, report, language, what, is_likely=_is_likely(of_hours, spell, report))
    end = spell.minutes_to_end(report.at)
    if end is not None:
        return language.translate("{what} for another {count} minutes.", what=what, count=end)
    if spell.known_until >= report.at + RANGE:
        return language.translate("{what} for the next two hours.", what=what)
    return ""


def _is_likely(of_hours: PrecipitationSpell, spell: Spell, report: Report) -> bool:
    """Of a spell that goes on, as the outlook has it: as a whole."""
    if of_hours.is_likely or spell.ends_at:
        return of_hours.is_likely
    family = kinds.family(of_hours.weather_code)
    return any(
        other.is_likely and kinds.family(other.weather_code) == family
        for other in spells(report.next_hours)
        if other.start <= spell.starts_at < other.end
    )


def _begin(spell: Spell, report: Report, language: Language, what: str, *, is_likely: bool) -> str:
    count = spell.minutes_to_start(report.at)
    if not is_likely:
        return language.translate("{what} possible in {count} minutes.", what=what, count=count)
    if spell.ends_at is None:
        return language.translate("{what} in {count} minutes.", what=what, count=count)
    quarters = (spell.ends_at - spell.starts_at) // QUARTER
    duration = language.choice(
        "a quarter of an hour|half an hour|three quarters of an hour|an hour|an hour and a half",
        _DURATIONS.get(quarters, _LONGEST),
    )
    return language.translate(
        "{what} in {count} minutes, for about {duration}.",
        what=what, count=count, duration=duration,
    )  # fmt: skip


def hours_of(spell: Spell, report: Report) -> PrecipitationSpell:
    """The hours that the spell is in: they know what falls, and how likely that is."""
    hours = Hours.of(report.hours)
    # The quarter that reaches beyond the two hours does not bring the hour after them in.
    end = spell.ends_at or min(spell.known_until, report.at + RANGE) - QUARTER
    end = max(end, spell.starts_at + timedelta.resolution)
    rows = hours.between(spell.starts_at - HOUR + timedelta.resolution, end)
    starts = {row.valid_at: wet_from(row, report.nowcast, spell.starts_at) for row in rows}
    begins = {hour: start for hour, start in starts.items() if start > max(hour, report.at)}
    return PrecipitationSpell(rows, begins, spell.ends_at)


def wet_from(hour: Conditions, quarters: Sequence[Quarter], begin: datetime) -> datetime:
    """The first moment from `begin` on at which an hour may be wet."""
    within = [quarter for quarter in quarters_of(hour, quarters) if quarter.starts_at >= begin]
    wet = (quarter.starts_at for quarter in within if quarter.is_wet)
    end = within[-1].ends_at if within else hour.valid_at
    return next(wet, end if end < hour.valid_at + HOUR else hour.valid_at)


def quarters_of(hour: Conditions, quarters: Sequence[Quarter]) -> list[Quarter]:
    """Those that lie in an hour."""
    end = hour.valid_at + HOUR
    return [quarter for quarter in quarters if hour.valid_at <= quarter.starts_at < end]

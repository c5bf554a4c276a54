"""What falls after the spell of which the nowcast's sentence speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from weather.core.models import Conditions, Hours, Report
from weather.core.models.nowcast import Quarter, Spell
from weather.views import precipitation_kinds as kinds
from weather.views.precipitation_spell import HOUR, Episode, PrecipitationSpell, is_wet_hour


def later_hours(
    report: Report, hours: Sequence[Conditions], spell: Spell | None
) -> tuple[list[Conditions], datetime | None]:
    """The hours with what falls after `spell`, the first of the nowcast's quarters, and until when
    they are known to be dry. All hours of a spell without an end, as they know when it ends."""
    quarters = report.nowcast
    if not quarters or not hours:
        return list(hours), None
    if spell and not spell.ends_at:
        rows = [hour for hour in hours if hour.valid_at + HOUR > spell.starts_at]
        has_begun = not rows or rows[0].valid_at <= report.at
        return rows, None if has_begun else spell.starts_at
    known_until = quarters[-1].ends_at
    if not spell and known_until < hours[0].valid_at + HOUR:
        return list(hours), None  # it may have rained in the present hour
    begin = spell.ends_at if spell and spell.ends_at else hours[0].valid_at
    later = [quarter for quarter in quarters if quarter.starts_at >= begin]
    wet = (quarter.starts_at for quarter in later if quarter.is_wet)
    return list(_rest(hours, later, begin, known_until)), next(wet, known_until)


def _rest(
    hours: Sequence[Conditions], quarters: Sequence[Quarter], begin: datetime, known_until: datetime
) -> Iterator[Conditions]:
    """The hours from `begin` on without those that the quarters know to be dry; of the hour that it
    lies in what the quarters have."""
    for hour in hours:
        end = hour.valid_at + HOUR
        within = [quarter for quarter in quarters if hour.valid_at <= quarter.starts_at < end]
        amount = sum(quarter.precipitation for quarter in within)
        if hour.valid_at >= begin:
            if end > known_until or is_wet_hour(amount):
                yield hour
        elif any(quarter.is_wet for quarter in within):
            part = amount / hour.precipitation if hour.precipitation else 0.0
            snowfall = hour.snowfall and hour.snowfall * min(part, 1.0)
            yield replace(hour, precipitation=amount, snowfall=snowfall)


def joined(
    episodes: Sequence[Episode], spell: PrecipitationSpell, hours: Sequence[Conditions]
) -> tuple[list[Episode], PrecipitationSpell, list[Episode]]:
    """What is left of the `episodes` before a spell, the spell, and its own episodes. One that goes
    on in the spell, or in an episode of it, is a part of that. `hours`: of the forecast."""
    left: list[Episode] = []
    own = {episode.weather_code: episode for episode in spell.episodes}
    begin = spell.hours[0].valid_at
    for episode in episodes:
        code, other = episode.weather_code, own.get(episode.weather_code)
        if code == kinds.family(spell.weather_code) and episode.end >= begin:
            start = _last_run(episode.hours)
            if start:
                left.append(Episode(code, episode.hours[:start]))
            first = episode.hours[start].valid_at
            spell = PrecipitationSpell(Hours.of(hours).between(first, spell.end))
        elif other and episode.end >= other.hours[0].valid_at:
            before = [hour for hour in episode.hours if hour.valid_at < other.hours[0].valid_at]
            own[code] = Episode(code, [*before, *other.hours])
        else:
            left.append(episode)
    return left, spell, list(own.values())


def _last_run(hours: Sequence[Conditions]) -> int:
    """Where the hours begin that follow each other up to the last one."""
    last = len(hours) - 1
    while last and hours[last].valid_at - hours[last - 1].valid_at == HOUR:
        last -= 1
    return last

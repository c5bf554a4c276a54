"""What falls after the spell of which the nowcast's sentence speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from weather.core.models import Conditions, Hours, Report
from weather.core.models.nowcast import Quarter, Spell
from weather.views import precipitation_kinds as kinds
from weather.views.precipitation_spell import HOUR, Episode, PrecipitationSpell, is_wet_hour

# mm, by which an hour may differ from its quarters, as each is rounded to 0.1 mm.
_MAX_ROUNDING = 0.2


def later_hours(
    report: Report, hours: Sequence[Conditions], spell: Spell | None
) -> tuple[list[Conditions], dict[datetime, datetime]]:
    """The hours with what falls after `spell`, the first of the nowcast's quarters; all hours of a
    spell without an end, as they know when it ends. Then for hours that do not begin to be wet at
    their `valid_at`, when they do."""
    quarters = report.nowcast
    is_known = quarters and hours and quarters[-1].ends_at >= hours[0].valid_at + HOUR
    if not spell and not is_known:
        return list(hours), {}  # it may have rained in the present hour
    begin = _begin(spell, hours)
    rows, begins = [], {}
    for hour in hours:
        if row := _rest(hour, quarters, begin):
            rows.append(row)
            start = _first_wet(hour, quarters, begin)
            has_begun = begin <= hour.valid_at <= report.at  # of which nothing is told but its end
            if not has_begun and start > hour.valid_at:
                begins[hour.valid_at] = start
    return rows, begins


def _begin(spell: Spell | None, hours: Sequence[Conditions]) -> datetime:
    """From when on the hours say what falls."""
    if spell and spell.ends_at:
        return spell.ends_at
    before = [hour.valid_at for hour in hours if spell and hour.valid_at <= spell.starts_at]
    return before[-1] if before else hours[0].valid_at


def _rest(hour: Conditions, quarters: Sequence[Quarter], begin: datetime) -> Conditions | None:
    """What falls in an hour from `begin` on; None if the quarters know that nothing does."""
    within = _within(hour, quarters)
    amounts = [quarter.precipitation for quarter in within if quarter.starts_at >= begin]
    is_known = quarters[-1].ends_at >= hour.valid_at + HOUR
    if hour.valid_at >= begin:
        return hour if not is_known or is_wet_hour(sum(amounts)) else None
    if not is_known and within and within[0].starts_at == hour.valid_at:
        rest = (hour.precipitation or 0.0) - sum(quarter.precipitation for quarter in within)
        if rest >= _MAX_ROUNDING:
            amounts.append(rest)
    return _part(hour, sum(amounts)) if is_wet_hour(max(amounts, default=0.0)) else None


def _first_wet(hour: Conditions, quarters: Sequence[Quarter], begin: datetime) -> datetime:
    """The first moment from `begin` on at which an hour may be wet."""
    within = [quarter for quarter in _within(hour, quarters) if quarter.starts_at >= begin]
    wet = (quarter.starts_at for quarter in within if quarter.is_wet)
    end = within[-1].ends_at if within else hour.valid_at
    return next(wet, end if end < hour.valid_at + HOUR else hour.valid_at)


def _within(hour: Conditions, quarters: Sequence[Quarter]) -> list[Quarter]:
    end = hour.valid_at + HOUR
    return [quarter for quarter in quarters if hour.valid_at <= quarter.starts_at < end]


def _part(hour: Conditions, precipitation: float) -> Conditions:
    """The hour with a part of what falls in it."""
    share = precipitation / hour.precipitation if hour.precipitation else 0.0
    snowfall = hour.snowfall and hour.snowfall * min(share, 1.0)
    return replace(hour, precipitation=precipitation, snowfall=snowfall)


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

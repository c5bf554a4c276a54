"""What falls after the spell of which the nowcast's sentence speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from weather.core.models import Conditions, Hours, Report
from weather.core.models.nowcast import Quarter, Spell
from weather.views import precipitation_kinds as kinds
from weather.views.nowcast import quarters_of, wet_from
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
    # The quarters say nothing of the hours that begin later.
    known_until = max(begin, quarters[-1].ends_at)
    near = [hour for hour in hours if hour.valid_at < known_until]
    rows, begins = [], {}
    for hour in near:
        if row := _rest(hour, quarters, begin, is_after_spell=spell is not None):
            rows.append(row)
            start = wet_from(hour, quarters, begin)
            has_begun = begin <= hour.valid_at <= report.at  # of which only the end is named
            if not has_begun and start > hour.valid_at:
                begins[hour.valid_at] = start
    return [*rows, *hours[len(near) :]], begins


def _begin(spell: Spell | None, hours: Sequence[Conditions]) -> datetime:
    """From when on the hours say what falls."""
    if spell and spell.ends_at:
        return spell.ends_at
    before = [hour.valid_at for hour in hours if spell and hour.valid_at <= spell.starts_at]
    return before[-1] if before else hours[0].valid_at


def _rest(
    hour: Conditions, quarters: Sequence[Quarter], begin: datetime, *, is_after_spell: bool
) -> Conditions | None:
    """What falls in an hour from `begin` on; None if the quarters know that nothing does."""
    within = quarters_of(hour, quarters)
    is_known = quarters[-1].ends_at >= hour.valid_at + HOUR
    if hour.valid_at >= begin:
        # Quarters of 0.04 mm are an hour of 0.2 mm, and after a spell the end of it.
        amount = 0.0 if is_after_spell else sum(quarter.precipitation for quarter in within)
        is_wet = is_wet_hour(amount) or any(quarter.is_wet for quarter in within)
        return hour if is_wet or not is_known else None
    start = max(begin, wet_from(hour, quarters, begin))
    amounts = [quarter.precipitation for quarter in within if quarter.starts_at >= start]
    if not is_known and within and within[0].starts_at == hour.valid_at:
        rest = (hour.precipitation or 0.0) - sum(quarter.precipitation for quarter in within)
        if rest >= _MAX_ROUNDING:
            amounts.append(rest)
    return _part(hour, sum(amounts)) if is_wet_hour(max(amounts, default=0.0)) else None


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
        next_hour = episode.hours[-1].valid_at + HOUR
        if code == kinds.family(spell.weather_code) and next_hour >= begin:
            start = _last_run(episode.hours)
            if start:
                left.append(Episode(code, episode.hours[:start], episode.begins))
            rows = Hours.of(hours).between(episode.hours[start].valid_at, spell.end)
            spell = PrecipitationSpell(rows, episode.begins)
        elif other and next_hour >= other.hours[0].valid_at:
            before = [hour for hour in episode.hours if hour.valid_at < other.hours[0].valid_at]
            own[code] = Episode(code, [*before, *other.hours], episode.begins)
        else:
            left.append(episode)
    return left, spell, list(own.values())


def _last_run(hours: Sequence[Conditions]) -> int:
    """Where the hours begin that follow each other up to the last one."""
    last = len(hours) - 1
    while last and hours[last].valid_at - hours[last - 1].valid_at == HOUR:
        last -= 1
    return last

"""What falls for a part of a spell, in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from weather.core import weather_codes
from weather.i18n.languages import Language
from weather.views.precipitation_spell import Episode

FormatTime = Callable[[datetime], str]
IsTomorrow = Callable[[datetime], bool]


def episode_text(
    episode: Episode,
    language: Language,
    at: datetime,
    format_time: FormatTime,
    is_tomorrow: IsTomorrow,
) -> str:
    """ "Thunderstorm around 22:00."; "Freezing rain at times tomorrow from about 03:00 to 06:00."

    `is_tomorrow`: of a moment, whether it must be said that it is on the day after that of `at`.
    """
    what = language.translate(weather_codes.condition(episode.weather_code))
    start, end = format_time(episode.start), format_time(episode.end)
    starts_tomorrow = is_tomorrow(episode.start)
    ends_tomorrow = is_tomorrow(episode.end - timedelta.resolution)  # midnight is today's
    if episode.start <= at:
        message = _until(likely=episode.is_likely, tomorrow=ends_tomorrow)
        return language.translate(message, what=what, time=end)
    if not episode.is_likely:
        message = (
            "{what} possible tomorrow from about {time}."
            if starts_tomorrow
            else "{what} possible from about {time}."
        )
        return language.translate(message, what=what, time=start)
    if len(episode.hours) == 1:
        message = "{what} tomorrow around {time}." if starts_tomorrow else "{what} around {time}."
        return language.translate(message, what=what, time=start)
    if starts_tomorrow:
        message = "{what} at times tomorrow from about {time} to {end}."
    elif ends_tomorrow:
        message = "{what} at times from about {time} to {end} tomorrow."
    else:
        message = "{what} at times from about {time} to {end}."
    return language.translate(message, what=what, time=start, end=end)


def _until(*, likely: bool, tomorrow: bool) -> str:
    if likely:
        return (
            "{what} at times until about {time} tomorrow."
            if tomorrow
            else "{what} at times until about {time}."
        )
    return (
        "{what} possible until about {time} tomorrow."
        if tomorrow
        else "{what} possible until about {time}."
    )

"""What falls for a part of a spell, and what may fall, in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from weather.core import weather_codes
from weather.i18n.languages import Language
from weather.views.precipitation_spell import Episode, PrecipitationSpell

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

    "At times" only with hours of something else in between. `is_tomorrow`: of a moment, whether it
    must be said that it is on the day after that of `at`.
    """
    if not episode.is_likely:
        return possible_text(episode, language, at, format_time, is_tomorrow)
    translate = language.translate
    what = translate(weather_codes.condition(episode.weather_code))
    start, end = format_time(episode.start), format_time(episode.end)
    starts_tomorrow = is_tomorrow(episode.start)
    ends_tomorrow = is_tomorrow(episode.end - timedelta.resolution)  # midnight is today's
    if episode.start <= at and episode.is_unbroken:
        return translate(
            (
                "{what} until about {time} tomorrow."
                if ends_tomorrow
                else "{what} until about {time}."
            ),
            what=what, time=end,
        )  # fmt: skip
    if episode.start <= at:
        return translate(
            (
                "{what} at times until about {time} tomorrow."
                if ends_tomorrow
                else "{what} at times until about {time}."
            ),
            what=what, time=end,
        )  # fmt: skip
    if len(episode.hours) == 1:
        return translate(
            "{what} tomorrow around {time}." if starts_tomorrow else "{what} around {time}.",
            what=what, time=start,
        )  # fmt: skip
    if episode.is_unbroken:
        return translate(
            (
                "{what} tomorrow from about {time} to {end}."
                if starts_tomorrow
                else "{what} from about {time} to {end} tomorrow."
                if ends_tomorrow
                else "{what} from about {time} to {end}."
            ),
            what=what, time=start, end=end,
        )  # fmt: skip
    return translate(
        (
            "{what} at times tomorrow from about {time} to {end}."
            if starts_tomorrow
            else "{what} at times from about {time} to {end} tomorrow."
            if ends_tomorrow
            else "{what} at times from about {time} to {end}."
        ),
        what=what, time=start, end=end,
    )  # fmt: skip


def possible_text(
    span: Episode | PrecipitationSpell,
    language: Language,
    at: datetime,
    format_time: FormatTime,
    is_tomorrow: IsTomorrow,
) -> str:
    """Of what is not likely: until when, if it has begun; else from when on."""
    what = language.translate(weather_codes.condition(span.weather_code))
    if span.start <= at:
        return language.translate(
            (
                "{what} possible until about {time} tomorrow."
                if is_tomorrow(span.end - timedelta.resolution)
                else "{what} possible until about {time}."
            ),
            what=what, time=format_time(span.end),
        )  # fmt: skip
    return language.translate(
        (
            "{what} possible tomorrow from about {time}."
            if is_tomorrow(span.start)
            else "{what} possible from about {time}."
        ),
        what=what, time=format_time(span.start),
    )  # fmt: skip

"""What falls for a part of a spell, in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from weather.core import weather_codes
from weather.i18n.languages import Language
from weather.views.precipitation_spell import Episode

FormatTime = Callable[[datetime], str]


def episode_text(
    episode: Episode, language: Language, at: datetime, format_time: FormatTime, *, tomorrow: bool
) -> str:
    """ "Thunderstorm around 22:00."; "Freezing rain at times tomorrow from about 03:00 to 06:00."

    `tomorrow`: whether it begins on the day after that of `at`, and the times do not say so.
    """
    translate = language.translate
    what = translate(weather_codes.condition(episode.weather_code))
    start, end = format_time(episode.start), format_time(episode.end)
    if episode.start <= at and not episode.is_likely:
        return translate("{what} possible until about {time}.", what=what, time=end)
    if episode.start <= at:
        return translate("{what} at times until about {time}.", what=what, time=end)
    if not episode.is_likely:
        return translate(
            (
                "{what} possible tomorrow from about {time}."
                if tomorrow
                else "{what} possible from about {time}."
            ),
            what=what, time=start,
        )  # fmt: skip
    if len(episode.hours) == 1:
        return translate(
            "{what} tomorrow around {time}." if tomorrow else "{what} around {time}.",
            what=what, time=start,
        )  # fmt: skip
    return translate(
        (
            "{what} at times tomorrow from about {time} to {end}."
            if tomorrow
            else "{what} at times from about {time} to {end}."
        ),
        what=what, time=start, end=end,
    )  # fmt: skip

"""The texts of errors in the visitor's language.

Errors are written in English where they arise, and some come back from the cache as text. The
sentences that visitors meet most are known here by their form; of others only the
kind is named.
"""

from __future__ import annotations

import re
from functools import cache

from weather.core.errors import InvalidLocation, InvalidOption, WeatherError
from weather.core.models import ClimateFallback
from weather.i18n.languages import ENGLISH, Language


def _translate(message: str) -> str:
    """The message itself: its translation is looked up when its values are known."""
    return message


_SENTENCES = (
    _translate("No place called “{name}” is known."),
    _translate("{provider} cannot be reached."),
    _translate("{provider} did not answer in time."),
    _translate("The latitude must lie between -90 and 90 degrees."),
    _translate("The longitude must lie between -180 and 180 degrees."),
    _translate("A place's name has at most {count} characters."),
)

# What messages call a provider that is not known: no name, so that it stays in no translation.
_UNNAMED = "The weather service"


def title(language: Language, error: WeatherError) -> str:
    """What has happened, in a few words; in other languages than English that of the error's
    class, of which an error may have a name of its own."""
    return error.title if language is ENGLISH else language.translate(type(error).title)


def explanation(language: Language, error: WeatherError) -> str:
    """The error's message; in other languages than English its translation, else the error's kind,
    with the name of the parameter that it is of."""
    if language is ENGLISH:
        return error.message
    if sentence := _translated(language, error.message):
        return sentence
    kind = language.translate(error.kind)
    if isinstance(error, InvalidLocation | InvalidOption) and error.parameter:
        return f"{kind} ({error.parameter})"
    return kind


def reason(language: Language, fallback: ClimateFallback) -> str:
    """Why there is no forecast: what has happened, in other languages than English its kind where
    there is no translation."""
    if language is ENGLISH:
        return fallback.reason
    kind = language.translate("The weather service cannot be reached")
    return _translated(language, fallback.reason) or f"{kind}."


def _translated(language: Language, message: str) -> str:
    """The sentence in the language; empty if it is of no known form, or has no translation."""
    for sentence in _SENTENCES:
        match = _pattern(sentence).fullmatch(message)
        if (
            match
            and _UNNAMED not in match.groups()
            and (text := language.translate(sentence)) != sentence
        ):
            return text.format(**match.groupdict())
    return ""


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    """What matches the sentence with any values in place of its placeholders."""
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(sentence)), re.DOTALL)

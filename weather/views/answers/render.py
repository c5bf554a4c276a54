"""An answer as a line of text and as JSON.

The line begins with `yes` or `no` in all languages, since programs read it; the rest is in the
visitor's language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from weather.core import weather_codes
from weather.core.models import Report
from weather.core.rounding import rounded
from weather.i18n.languages import Language, get_language
from weather.views import wording
from weather.views.ansi import strip_controls
from weather.views.answers.verdict import Verdict, judge, question_of, speed_unit
from weather.views.episode_text import episode_text, possible_text
from weather.views.json.rows import dumps
from weather.views.json.sections import alert
from weather.views.json.sources import located, provenance
from weather.views.json.times import local_time
from weather.views.options import ViewOptions
from weather.views.precipitation_spell import PrecipitationSpell, is_wet
from weather.views.question import Question
from weather.views.text.direction import isolated
from weather.views.text.report import notices
from weather.views.units import UnitSystem, local_units, unit_system
from weather.views.warning_period import moment_text

_DIGITS = {"rain": 2, "umbrella": 2}  # decimals in JSON; else 1

Clock = Callable[[datetime], str]


def render(report: Report, options: ViewOptions) -> str:
    """ "no: London, England, GB: 4 to 9 °C, until 11:00"; `options.question` must be set."""
    return _line(report, options, judge(report, options)) + "\n"


def render_json(report: Report, options: ViewOptions) -> str:
    """The answer with its reasons as a JSON object."""
    question, units = question_of(options), unit_system(options)
    verdict = judge(report, options)
    zone, language = ZoneInfo(report.timezone), get_language(options.language)
    return (
        dumps(
            {
                "question": question.word,
                "answer": verdict.answer,
                "text": _line(report, options, verdict),
                "from": local_time(verdict.window.start, zone),
                "until": local_time(verdict.window.end, zone),
                "starts_at": local_time(verdict.starts_at, zone),
                **_values(question, verdict, units),
                "place": located(report.located, report.timezone),
                "alerts": [alert(item, language, zone) for item in report.alerts],
                "provenance": provenance(report, zone),
            }
        )
        + "\n"
    )


def _values(question: Question, verdict: Verdict, units: UnitSystem) -> dict[str, Any]:
    unit = units.precipitation
    threshold: float | None = None
    if question.word == "frost":
        unit, threshold = units.temperature, units.temperature.exact(0)
    elif question.above:
        unit, threshold = speed_unit(question, units), question.above.number
    digits = _DIGITS.get(question.word, 1)
    return {
        "value": None if verdict.value is None else rounded(unit.exact(verdict.value), digits),
        "threshold": threshold,
        "unit": unit.symbol,
        "probability": verdict.probability,
    }


def _line(report: Report, options: ViewOptions, verdict: Verdict) -> str:
    language, question = get_language(options.language), question_of(options)
    zone = ZoneInfo(report.timezone)

    def clock(moment: datetime) -> str:
        return moment_text(moment, report.at, zone, language, twelve_hours=options.twelve_hours)

    fact = _FACTS[question.word](question, verdict, language, local_units(options), clock)
    name = strip_controls(wording.place(language, report.place)) if options.city else ""
    answer = {True: "yes", False: "no", None: "unknown"}[verdict.answer]
    doubts = notices(report, language)
    parts = (isolated(part, language) for part in (name, fact) if part)
    return ": ".join((answer, *parts)) + (f" ({doubts})" if doubts else "")


def _until(verdict: Verdict, language: Language, clock: Clock) -> str:
    return language.translate("until {time}", time=clock(verdict.window.end))


def _precipitation(
    question: Question, verdict: Verdict, language: Language, units: UnitSystem, clock: Clock
) -> str:
    """ "Rain from about 16:00, 3 mm by 22:00."; "Rain until about 18:00, 1.2 mm."; "Light drizzle"
    where no hour of the forecast has what falls now; "Precipitation 0.0 mm, until 11:00" """
    spell, likely = verdict.spell, verdict.spell is not None and verdict.spell.is_likely
    falling = ""
    if verdict.falling is not None and not (likely and verdict.is_now):
        falling = wording.condition(language, verdict.falling)
    if falling and not likely:
        return falling
    if spell is None:
        amount = units.precipitation.text(verdict.value)
        label = language.translate("Precipitation")
        return f"{label} {amount}, {_until(verdict, language, clock)}"
    at = verdict.window.start

    def is_unnamed_day(_: datetime) -> bool:
        return False  # the clock names the day of each time

    sentence = (
        _spell(spell, language, units, clock, is_now=verdict.is_now)
        if spell.is_likely and is_wet(spell.precipitation, units)
        else possible_text(spell, language, at, clock, is_unnamed_day)
    )
    episodes = (episode_text(part, language, at, clock, is_unnamed_day) for part in spell.episodes)
    sentence = " ".join((sentence, *episodes))
    return f"{falling}. {sentence}" if falling else sentence


def _spell(
    spell: PrecipitationSpell, language: Language, units: UnitSystem, clock: Clock, *, is_now: bool
) -> str:
    translate = language.translate
    what = translate(weather_codes.condition(spell.weather_code))
    start, end, amount = clock(spell.start), clock(spell.end), spell.amount(units)
    if is_now:
        return translate("{what} until about {time}, {amount}.", what=what, time=end, amount=amount)
    return translate(
        "{what} from about {time}, {amount} by {end}.",
        what=what, time=start, amount=amount, end=end,
    )  # fmt: skip


def _temperature(
    question: Question, verdict: Verdict, language: Language, units: UnitSystem, clock: Clock
) -> str:
    """ "Frost from about 03:00, down to −2.1 °C."; "4.2 to 9.0 °C, until 11:00" """
    unit = replace(units.temperature, digits=1)
    if verdict.is_now:
        temperature = wording.minus(unit.text(verdict.value))
        return language.translate("Frost now, down to {temperature}.", temperature=temperature)
    if verdict.starts_at:
        return language.translate(
            "Frost from about {time}, down to {temperature}.",
            time=clock(verdict.starts_at),
            temperature=wording.minus(unit.text(verdict.value)),
        )
    low, high = unit.number(verdict.value), unit.text(verdict.highest)
    span = wording.span(language, wording.minus(low), wording.minus(high))
    return f"{span}, {_until(verdict, language, clock)}"


def _speed(
    question: Question, verdict: Verdict, language: Language, units: UnitSystem, clock: Clock
) -> str:
    """ "Wind up to 55 km/h around 18:00." """
    unit = speed_unit(question, units)
    if not unit.bounds:
        unit = replace(unit, digits=1)
    values = {
        "speed": unit.text(verdict.value),
        "time": clock(verdict.value_at) if verdict.value_at else "–",
    }
    if question.word == "gusts" and verdict.is_now:
        return language.translate("Gusts up to {speed} now.", speed=values["speed"])
    if question.word == "gusts":
        return language.translate("Gusts up to {speed} around {time}.", **values)
    return language.translate("Wind up to {speed} around {time}.", **values)


_FACTS = {
    "rain": _precipitation,
    "umbrella": _precipitation,
    "frost": _temperature,
    "wind": _speed,
    "gusts": _speed,
}

"""Judges a question by a report: yes, no, or unknown where the forecast does not cover it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from weather.core import weather_codes
from weather.core.dataclass import dataclass
from weather.core.errors import InvalidOption
from weather.core.models import Conditions, Report
from weather.core.rounding import rounded
from weather.core.weather_codes import Symbol
from weather.views.answers.window import HOUR, WIDEST_GAP, Value, Window
from weather.views.options import ViewOptions
from weather.views.precipitation_spell import PrecipitationSpell, spells
from weather.views.question import Question
from weather.views.units import QUANTITY_WORDS, Unit, UnitSystem, unit_system

_LEAST, _UMBRELLA = 0.1, 0.5  # mm, in an hour and in all
_STRONGEST = 12  # Beaufort
# Of a conversion that is exact on paper: 50.4 km/h are 14 m/s, and in binary a little more.
_DIGITS = 6
_RAIN = frozenset(
    {
        *(Symbol.DRIZZLE, Symbol.RAIN, Symbol.HEAVY_RAIN, Symbol.FREEZING_RAIN),
        *(Symbol.SHOWERS, Symbol.THUNDERSTORM),
    }
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`answer` is None if it is unknown. Values are metric: the sum of precipitation, the lowest
    temperature, the highest speed."""

    answer: bool | None
    window: Window
    value: float | None = None
    value_at: datetime | None = None  # of the lowest or highest value
    highest: float | None = None  # of the temperatures
    starts_at: datetime | None = None  # of what was asked for
    probability: float | None = None  # %, the highest
    spell: PrecipitationSpell | None = None  # the first likely one, else the first
    falling: int | None = None  # WMO 4677, of the rain that falls now
    is_now: bool = False  # whether the spell, the frost or the highest speed is of the present hour


def judge(report: Report, options: ViewOptions) -> Verdict:
    """The verdict on `options.question`, which must be set. Raises `InvalidOption` for a speed
    that the visitor's unit does not have."""
    question = question_of(options)
    return _JUDGES[question.word](report, question, unit_system(options))


def question_of(options: ViewOptions) -> Question:
    """Raises `ValueError` if there is none."""
    if options.question is None:
        raise ValueError("an answer needs a question")
    return options.question


def speed_unit(question: Question, units: UnitSystem) -> Unit:
    """The unit of the threshold: that of the request, else the visitor's."""
    word = question.above.unit if question.above else ""
    return QUANTITY_WORDS[word][1] if word else units.speed


def _rain(report: Report, question: Question, units: UnitSystem) -> Verdict:
    window = Window.of(report, question.hours)
    rows = window.spans(report)
    return _wet(report, window, rows, _without_snow, 0.0)


def _umbrella(report: Report, question: Question, units: UnitSystem) -> Verdict:
    window = Window.of(report, question.hours)
    rows = window.spans(report)
    return _wet(report, window, rows, list, _UMBRELLA)


def _wet(
    report: Report,
    window: Window,
    rows: Sequence[Conditions],
    count: Callable[[Sequence[Conditions]], list[Conditions]],
    least: float,
) -> Verdict:
    """Of the precipitation that is left when it was `count`ed, of which the likely one must be
    `least` mm."""
    counted = count(rows)
    candidates = list(spells(counted, _LEAST))
    likely = [spell for spell in candidates if spell.is_likely]
    amounts = [row.precipitation for row in counted if row.precipitation is not None]
    chances = (row.precipitation_probability for row in rows)
    code = report.current.weather_code
    falling = code if weather_codes.symbol(code) in _RAIN else None
    enough = bool(likely) and rounded(sum(spell.precipitation for spell in likely), 2) >= least
    spell = next(iter(likely or candidates), None)
    yes = enough or falling is not None
    start = max(spell.start, window.start) if spell and yes else None
    covered = window.covers_spans(rows, "precipitation", HOUR)
    return Verdict(
        _answer(yes, covered=covered),
        window,
        value=rounded(sum(amounts), 2) if amounts else None,
        starts_at=start if falling is None else window.start,
        probability=max((chance for chance in chances if chance is not None), default=None),
        spell=spell and _whole(spell, count(report.hours)),
        falling=falling,
        is_now=spell is not None and spell.start <= report.at,
    )


def _whole(spell: PrecipitationSpell, hours: Sequence[Conditions]) -> PrecipitationSpell:
    """The spell with the hours after the window, where it goes on."""
    around = (other for other in spells(hours, _LEAST) if other.start <= spell.start < other.end)
    whole = next(around, spell)
    rows = [hour for hour in whole.hours if hour.valid_at >= spell.start]
    goes_on = whole.is_likely == spell.is_likely and whole.end > spell.end
    return PrecipitationSpell(rows) if goes_on else spell


def _without_snow(rows: Sequence[Conditions]) -> list[Conditions]:
    return [replace(row, precipitation=0.0) if _is_snow(row) else row for row in rows]


def _is_snow(row: Conditions) -> bool:
    if row.weather_code is None:
        return bool(row.snowfall)
    return weather_codes.is_snow(row.weather_code)


def _frost(report: Report, question: Question, units: UnitSystem) -> Verdict:
    window = Window.of(report, question.hours)
    values, covered = window.moments(report, "temperature")
    freezing = [time for time, value in values if value < 0]
    if not values:
        return Verdict(None, window)
    lowest = min(values, key=lambda item: item[1])
    return Verdict(
        _answer(bool(freezing), covered=covered),
        window,
        value=lowest[1],
        value_at=lowest[0],
        highest=max(value for _, value in values),
        starts_at=next(iter(freezing), None),
        is_now=bool(freezing) and freezing[0] <= report.at,
    )


def _wind(report: Report, question: Question, units: UnitSystem) -> Verdict:
    window = Window.of(report, question.hours)
    values, covered = window.moments(report, "wind_speed")
    return _speed(report, window, values, question, units, covered=covered)


def _gusts(report: Report, question: Question, units: UnitSystem) -> Verdict:
    """Gusts are the strongest of the hour that begins at their time, the present one included."""
    window = Window.of(report, question.hours)
    rows = window.spans(report)
    values = [(row.valid_at, row.wind_gusts) for row in rows if row.wind_gusts is not None]
    covered = window.covers_spans(rows, "wind_gusts", WIDEST_GAP)
    return _speed(report, window, values, question, units, covered=covered)


def _speed(
    report: Report,
    window: Window,
    values: list[Value],
    question: Question,
    units: UnitSystem,
    *,
    covered: bool,
) -> Verdict:
    unit = speed_unit(question, units)
    above = question.above.number if question.above else 0.0
    if unit.bounds and above > _STRONGEST:
        raise InvalidOption(f"above must be a number from 0 to {_STRONGEST} in Beaufort.", "above")
    if not values:
        return Verdict(None, window)
    over = [time for time, value in values if rounded(unit.exact(value), _DIGITS) > above]
    strongest = max(values, key=lambda item: item[1])
    return Verdict(
        _answer(bool(over), covered=covered),
        window,
        value=strongest[1],
        value_at=strongest[0],
        starts_at=next(iter(over), None),
        is_now=strongest[0] <= report.at,
    )


def _answer(yes: bool, *, covered: bool) -> bool | None:
    """What is expected in a part of the window is expected; what is not, may be in the rest."""
    return True if yes else False if covered else None


_JUDGES: Mapping[str, Callable[[Report, Question, UnitSystem], Verdict]] = {
    "rain": _rain,
    "umbrella": _umbrella,
    "frost": _frost,
    "wind": _wind,
    "gusts": _gusts,
}

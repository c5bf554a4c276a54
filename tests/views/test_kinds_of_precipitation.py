"""What a sentence calls precipitation is what the table shows in each of its hours.

Drizzle, rain and showers are one family, snow and snow showers another; freezing rain and a
thunderstorm stand for themselves. A sentence on a spell names a family of its hours, and what else
falls in some of them has a sentence of its own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import reports
from weather.core.measurement_systems import Units
from weather.core.models import Conditions, Hours, Nowcast, Report
from weather.i18n.languages import ENGLISH
from weather.views import prose
from weather.views.answers import render as render_answer
from weather.views.html.clock import Clock
from weather.views.html.day_hours import HourTable
from weather.views.html.formatter import Formatter
from weather.views.html.sections import shared_parts
from weather.views.options import ViewOptions
from weather.views.question import Question
from weather.views.units import local_units

AT = datetime(2026, 5, 15, 14, 20, tzinfo=UTC)
FIRST = AT.replace(minute=0)
HOUR = timedelta(hours=1)
OPTIONS = ViewOptions()
DRY = 3
CODES = {
    "rain": (51, 53, 55, 61, 63, 65, 80, 81, 82),
    "snow": (71, 73, 75, 77, 85, 86),
    "freezing rain": (56, 57, 66, 67),
    "thunderstorm": (95, 96, 99),
}


def family_of(words: str) -> str:
    """The family of the words of a table or a sentence."""
    lower = words.lower()
    names = {"thunder": "thunderstorm", "freezing": "freezing rain", "snow": "snow"}
    return next((family for word, family in names.items() if word in lower), "rain")


def report(*codes: int, chance: float = 80.0, quarters: tuple[float, ...] = ()) -> Report:
    """Hours from 14:00 on, of which those with a code of precipitation have a millimetre."""
    rows = [
        Conditions(
            FIRST + n * HOUR,
            temperature=4.0,
            precipitation=1.0 if code >= 50 else 0.0,
            snowfall=0.7 if family_of_code(code) == "snow" else 0.0,
            precipitation_probability=chance,
            weather_code=code,
        )
        for n, code in enumerate((*codes, *[DRY] * (48 - len(codes))))
    ]
    nowcast = Nowcast(FIRST + timedelta(minutes=15), quarters).coming(AT)
    base = replace(reports.report(), at=AT, nowcast=nowcast, timezone="UTC", earlier=())
    return replace(base, hours=Hours.of(rows), current=rows[0])


def family_of_code(code: int) -> str:
    return next((family for family, codes in CODES.items() if code in codes), "")


def sentences(case: Report) -> str:
    view = shared_parts(case, OPTIONS).view
    return f"{view.nowcast} {view.outlook}".strip()


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        # The example of a thunderstorm over hours of drizzle, and its relatives.
        (
            (53, 53, 53, 53, 95, 53, 53),
            "Drizzle until about 21:00, 7.0 mm. Thunderstorm around 18:00.",
        ),
        (
            (61, 63, 95, 96, 65, 80, 53),
            "Rain until about 21:00, 7.0 mm. Thunderstorm from about 16:00 to 18:00.",
        ),
        (
            (95, 61, 61, 61),
            "Rain until about 18:00, 4.0 mm. Thunderstorm until about 15:00.",
        ),
        # "At times" is what has hours of something else in between.
        (
            (95, 95, 61, 61),
            "Rain until about 18:00, 4.0 mm. Thunderstorm until about 16:00.",
        ),
        (
            (61, 95, 61, 95, 61),
            "Rain until about 19:00, 5.0 mm. Thunderstorm at times from about 15:00 to 18:00.",
        ),
        (
            (61, 95, DRY, 95, 61),
            "Rain until about 19:00, 4.0 mm. Thunderstorm at times from about 15:00 to 18:00.",
        ),
        (
            (*[DRY] * 8, 61, 95, 95, 61, 61),
            "Rain from about 22:00, 5.0 mm by 03:00 tomorrow."
            " Thunderstorm from about 23:00 to 01:00 tomorrow.",
        ),
        (
            (*[95] * 11, *[61] * 13),
            "Rain for the next 24 hours, 24.0 mm. Thunderstorm until about 01:00 tomorrow.",
        ),
        ((95, 96, 99), "Thunderstorm until about 17:00, 3.0 mm."),
        ((95, DRY, 95), "Thunderstorm until about 17:00, 2.0 mm."),
        (
            (*[DRY] * 9, 61, 61, 95, 61),
            "Rain from about 23:00, 4.0 mm by 03:00 tomorrow. Thunderstorm tomorrow around 01:00.",
        ),
        (
            (*[DRY] * 9, 61, 61, 95, 95, 61),
            "Rain from about 23:00, 5.0 mm by 04:00 tomorrow."
            " Thunderstorm tomorrow from about 01:00 to 03:00.",
        ),
        # Rain that turns into snow, and the other way round.
        (
            (DRY, 61, 61, 63, 73, 73),
            "Rain from about 15:00, 3.0 mm by 18:00. Snow from about 18:00, 1.4 cm by 20:00.",
        ),
        ((75, 73, 61), "Snow until about 16:00, 1.4 cm. Rain from about 16:00, 1.0 mm by 17:00."),
        ((61, DRY, 73), "Rain until about 15:00, 1.0 mm. Snow from about 16:00, 0.7 cm by 17:00."),
        (
            (61, 66, 66),
            "Rain until about 15:00, 1.0 mm. Freezing rain from about 15:00, 2.0 mm by 17:00.",
        ),
        # What changes more often is named after most of it.
        (
            (DRY, 61, 73, 61, 61),
            "Rain from about 15:00, 4.0 mm by 19:00. Snow around 16:00.",
        ),
        (
            (DRY, 61, 66, 61, 67, 61),
            "Rain from about 15:00, 5.0 mm by 20:00."
            " Freezing rain at times from about 16:00 to 19:00.",
        ),
        ((71, 95, 73), "Snow until about 17:00, 1.4 cm. Thunderstorm around 15:00."),
        (
            (DRY, 73, DRY, DRY, 61, 61, 61, 61, 73, 73, 73, 61, 73),
            "Snow from about 15:00, 3.5 cm by 03:00 tomorrow."
            " Rain at times from about 18:00 to 02:00 tomorrow.",
        ),
        # What begins is what falls first, and what lasts to the end is what falls last.
        (
            (73, 73, 73, 73, 73, 66, *[61] * 7),
            "Snow until about 19:00, 3.5 cm. Freezing rain from about 19:00, 1.0 mm by 20:00."
            " Rain from about 20:00, 7.0 mm by 03:00 tomorrow.",
        ),
        (
            (DRY, DRY, *[61] * 5, 66, *[73] * 6),
            "Rain from about 16:00, 5.0 mm by 21:00."
            " Freezing rain from about 21:00, 1.0 mm by 22:00."
            " Snow from about 22:00, 4.2 cm by 04:00 tomorrow.",
        ),
        (
            (61, 61, 61, 73, 61, *[73] * 5),
            "Rain until about 19:00, 5.0 mm. Snow around 17:00."
            " Snow from about 19:00, 3.5 cm by 00:00.",
        ),
        (
            (*[95] * 11, *[73] * 5),
            "Thunderstorm until about 01:00 tomorrow, 11.0 mm."
            " Snow tomorrow from about 01:00, 3.5 cm by 06:00.",
        ),
        # An end on the next day is named as such.
        (
            (95, *[61] * 18, 95, 61),
            "Rain until about 11:00 tomorrow, 21.0 mm."
            " Thunderstorm at times until about 10:00 tomorrow.",
        ),
        (
            (61, 95, *[61] * 12, 95, 61),
            "Rain until about 06:00 tomorrow, 16.0 mm."
            " Thunderstorm at times from about 15:00 to 05:00 tomorrow.",
        ),
        # Of one family.
        ((53, 53, 61), "Drizzle until about 17:00, 3.0 mm."),
        ((53, 61), "Rain until about 16:00, 2.0 mm."),
        ((80, 81, 53), "Showers until about 17:00, 3.0 mm."),
        ((85, 85, 73), "Snow showers until about 17:00, 2.1 cm."),
        ((85, 73), "Snow until about 16:00, 1.4 cm."),
        # Hours whose code has no precipitation take the name of the others.
        ((81, 81), "Showers until about 16:00, 2.0 mm."),
    ],
)
def test_a_spell_has_the_name_of_its_hours(codes: tuple[int, ...], text: str) -> None:
    assert sentences(report(*codes)) == text


def test_drizzle_is_the_name_only_of_what_is_most_of_the_amount() -> None:
    rows = [*report(53, 53, 53, 65).hours]
    rows[3] = replace(rows[3], precipitation=12.0)
    case = replace(report(), hours=Hours.of(rows))
    assert sentences(case) == "Rain until about 18:00, 15.0 mm."


def test_what_is_not_likely_is_possible() -> None:
    case = report(DRY, 61, 95, 61, chance=30.0)
    assert (
        sentences(case) == "Rain possible from about 15:00. Thunderstorm possible from about 16:00."
    )
    case = report(95, 61, chance=30.0)
    assert sentences(case) == (
        "Rain possible until about 16:00. Thunderstorm possible until about 15:00."
    )


def test_the_next_two_hours_do_not_hide_a_thunderstorm() -> None:
    wet = (0.4,) * 5
    case = report(61, 95, quarters=(*wet, 0.0, 0.0, 0.0, 0.0))
    assert sentences(case) == "Rain for another 70 minutes. Thunderstorm around 15:00."
    assert "Thunderstorm around 15:00." in prose.render(case, OPTIONS)
    alone = report(95, 95, quarters=(*wet, 0.0, 0.0, 0.0, 0.0))
    assert sentences(alone) == "Thunderstorm for another 70 minutes."


WET, NONE = 0.4, 0.0
RAIN_LATER = "Rain in 70 minutes. Rain from about 15:30, 2.0 mm by 17:00."


@pytest.mark.parametrize(
    ("codes", "quarters", "text"),
    [
        # What goes on after the nowcast's spell is one spell, from where it begins.
        *(
            (
                (61, code, code, code),
                (*[WET] * 6, NONE),
                f"Rain for another 85 minutes. {what} from about 15:00, {amount} by 18:00.",
            )
            for code, what, amount in (
                (95, "Thunderstorm", "3.0 mm"),
                (67, "Freezing rain", "3.0 mm"),
                (75, "Snow", "2.1 cm"),
                (85, "Snow showers", "2.1 cm"),
            )
        ),
        *(
            (
                (73, 73, code, code, code),
                (*[WET] * 8, NONE),
                f"Snow for another 115 minutes. {what} from about 16:00, 3.0 mm by 19:00.",
            )
            for code, what in (
                (63, "Rain"),
                (53, "Drizzle"),
                (80, "Showers"),
                (66, "Freezing rain"),
            )
        ),
        # … or one part of two spells,
        (
            (61, 95, 95, 61, 61),
            (*[WET] * 6, NONE),
            "Rain for another 85 minutes. Rain from about 16:00, 3.0 mm by 19:00."
            " Thunderstorm from about 15:00 to 17:00.",
        ),
        # … and what has ended before is none.
        (
            (61, 95, DRY, DRY, 95),
            (*[WET] * 5, NONE, NONE),
            "Rain for another 70 minutes. Thunderstorm around 15:00."
            " Thunderstorm from about 18:00, 1.0 mm by 19:00.",
        ),
        (
            (95, 61, 95, 95),
            (*[WET] * 8, NONE),
            "Rain for another 115 minutes. Thunderstorm until about 15:00."
            " Thunderstorm from about 16:00, 2.0 mm by 18:00.",
        ),
        # A second spell within the two hours begins and ends with its quarters.
        (
            (61, 61),
            (*[WET] * 4, NONE, NONE, WET, NONE, NONE),
            "Rain for another 55 minutes. Rain from about 15:45, 0.4 mm by 16:00.",
        ),
        (
            (61, 61, 61),
            (*[WET] * 3, *[NONE] * 5, WET),
            "Rain for another 40 minutes. Rain from about 16:15, 1.0 mm by 17:00.",
        ),
        (
            (61, 73),
            (*[WET] * 4, NONE, NONE, WET, NONE, NONE),
            "Rain for another 55 minutes. Snow from about 15:00, 0.7 cm by 16:00.",
        ),
        # What is left of an hour after the last quarter, as far as it is not due to rounding.
        (
            (61, 61),
            (*[0.2] * 4, NONE, NONE),
            "Rain for another 55 minutes. Rain from about 15:45, 0.8 mm by 16:00.",
        ),
        ((61, 61), (*[0.2] * 3, 0.9, NONE, NONE), "Rain for another 55 minutes."),
        # A part begins and ends with the quarters' spell.
        (
            (61, 95, 95),
            (*[WET] * 7, 0.9, NONE),
            "Rain for another 115 minutes. Thunderstorm from about 15:00 to 16:15.",
        ),
        (
            (95, 61),
            (NONE, NONE, *[WET] * 4, *[NONE] * 3),
            "Rain in 25 minutes, for about an hour. Thunderstorm around 14:45.",
        ),
        # Of two kinds the first names it.
        (
            (73, 61),
            (*[WET] * 5, *[NONE] * 4),
            "Snow for another 70 minutes. Rain around 15:00.",
        ),
        # The drops after a spell are the end of it.
        ((61, 61), (*[WET] * 3, *[0.04] * 4, NONE, NONE), "Rain for another 40 minutes."),
        # Of hours that they cover the quarters know which are dry, and of others up to when.
        ((DRY, 61, DRY, 61), (NONE,) * 9, "Rain from about 17:00, 1.0 mm by 18:00."),
        ((DRY, DRY, 61, 61), (NONE,) * 9, "Rain from about 16:30, 2.0 mm by 18:00."),
        ((DRY, 95, 61, 61), (*[NONE] * 4, *[0.01] * 5), "Rain from about 16:30, 2.0 mm by 18:00."),
        ((61, 61, 61), (*[NONE] * 5, *[WET] * 4), RAIN_LATER),
    ],
)
def test_what_follows_the_nowcast_is_stated_once_from_its_begin(
    codes: tuple[int, ...], quarters: tuple[float, ...], text: str
) -> None:
    assert sentences(report(*codes, quarters=quarters)) == text


def test_the_nowcast_says_once_from_when_on_something_is_possible() -> None:
    later = (*[NONE] * 5, *[WET] * 4)
    case = report(DRY, 61, 61, chance=30.0, quarters=later)
    assert sentences(case) == "Rain possible in 70 minutes."
    case = report(DRY, 61, 95, DRY, 61, chance=30.0, quarters=later)
    assert sentences(case) == (
        "Rain possible in 70 minutes. Thunderstorm possible from about 16:00."
    )
    case = report(DRY, 95, 61, 61, chance=30.0, quarters=later[:7])
    assert sentences(case) == (
        "Thunderstorm possible in 70 minutes. Rain possible from about 15:30."
    )
    case = report(61, 61, 61, chance=30.0, quarters=(WET,) * 9)
    assert sentences(case) == "Rain for the next two hours. Rain possible until about 17:00."


def test_what_the_nowcast_says_is_not_said_to_be_possible_where_its_amount_is_shown_as_0() -> None:
    rows = [*report(DRY, DRY, 61).hours]
    rows[2] = replace(rows[2], precipitation=0.1)
    case = replace(report(quarters=(*[NONE] * 8, 0.1)), hours=Hours.of(rows))
    view = shared_parts(case, replace(OPTIONS, units=Units.IMPERIAL)).view
    assert (view.nowcast, view.outlook) == ("Rain in 115 minutes.", "")


def test_a_spell_that_the_outlook_calls_likely_begins_as_likely() -> None:
    """Its first hours alone may be less likely than the whole."""
    case = report(DRY, 61, 61, 61, chance=30.0, quarters=(*[NONE] * 5, *[WET] * 4))
    rows = [*case.hours]
    rows[3] = replace(rows[3], precipitation_probability=80.0)
    case = replace(case, hours=Hours.of(rows))
    assert sentences(case) == "Rain in 70 minutes. Rain from about 15:30, 3.0 mm by 18:00."


def test_an_answer_names_it_too() -> None:
    options = replace(OPTIONS, question=Question.of("umbrella", 24, None), city=False)
    assert render_answer(report(53, 53, 95, 53), options).startswith(
        "yes: Drizzle until about 18:00, 4.0 mm. Thunderstorm around 16:00."
    )
    assert render_answer(report(95, 53, 53, 53), options).startswith(
        "yes: Drizzle until about 18:00, 4.0 mm. Thunderstorm until about 15:00."
    )
    assert render_answer(report(95, 53, 95, 53), options).startswith(
        "yes: Drizzle until about 18:00, 4.0 mm. Thunderstorm at times until about 17:00."
    )
    assert render_answer(report(DRY, 53, 95, 96, 53), options).startswith(
        "yes: Drizzle from about 15:00, 4.0 mm by 19:00. Thunderstorm from about 16:00 to 18:00."
    )


def test_an_answer_has_no_amount_that_would_be_shown_as_0() -> None:
    rows = [*report(DRY, 53).hours]
    rows[1] = replace(rows[1], precipitation=0.12)
    case = replace(report(), hours=Hours.of(rows))
    options = replace(OPTIONS, question=Question.of("rain", 24, None), city=False)
    inches = replace(options, units=Units.IMPERIAL)
    assert "Drizzle from about 15:00, 0.1 mm by 16:00." in render_answer(case, options)
    assert "yes: Drizzle possible from about 15:00." in render_answer(case, inches)


class Named(NamedTuple):
    """What a sentence says of the hours from `first` to `last`, counted from the present one."""

    family: str
    first: int
    last: int
    is_whole: bool  # it names the spell, not a part


_SENTENCE = re.compile(
    r"([A-Z][a-z ]+?)( at times)?( tomorrow)?(?: from about (\d\d:\d\d)| around (\d\d:\d\d))?"
    r"(?: for the next 24 hours)?(?: until about (\d\d:\d\d))?( tomorrow)?"
    r"(, [\d.]+ (?:mm|cm))?(?: (?:by|to) (\d\d:\d\d))?( tomorrow)?\.(?: |$)"
)


def number_of(clock: str) -> int:
    """The number of the hour that begins at a time within 24 hours."""
    return (int(clock[:2]) - FIRST.hour) % 24


def named(text: str) -> list[Named]:
    found, position = [], 0
    for match in _SENTENCE.finditer(text):
        assert match.start() == position, text
        position = match.end()
        what, at_times, _, start, around, until, _, amount, end, _ = match.groups()
        if at_times:
            assert not amount, text
        if around:
            found.append(Named(family_of(what), number_of(around), number_of(around), False))
            continue
        first = number_of(start) if start else 0
        last = (number_of(end or until) - 1) % 24 if end or until else 23
        found.append(Named(family_of(what), first, last, bool(amount)))
    assert position == len(text), text
    return found


codes = st.one_of(
    st.lists(st.sampled_from((DRY, DRY, 51, 63, 80, 95, 99, 71, 85, 66)), min_size=24, max_size=24),
    # Weather that lasts, with a turn.
    st.tuples(*[st.sampled_from((DRY, 53, 61, 81, 95, 73, 86, 67))] * 4).flatmap(
        lambda kinds: st.tuples(*[st.integers(1, 6)] * 4).map(
            lambda lengths: [
                kind for kind, length in zip(kinds, lengths, strict=True) for _ in range(length)
            ][:24]
        )
    ),
)


@settings(max_examples=150, deadline=None)
@given(codes)
def test_in_each_hour_that_a_sentence_names_the_table_shows_its_kind(codes: list[int]) -> None:
    case = report(*codes)
    format = Formatter(ENGLISH, local_units(OPTIONS))
    table = HourTable(Clock(ZoneInfo("UTC"), ENGLISH), format).cells(list(case.next_hours))
    shown = {
        n: family_of(sky.condition)
        for n, (sky, amount) in enumerate(zip(table.skies, table.amounts, strict=True))
        if amount.text != "0"
    }
    text = sentences(case)
    if not shown:
        assert text == "Dry for the next 24 hours."
        return
    parts = named(text)
    assert parts[0].is_whole
    spells = [part for part in parts if part.is_whole]
    others = [part for part in parts if not part.is_whole]
    assert len(spells) <= 3
    for part in parts:  # begins and ends with what it names
        if not part.is_whole:
            assert shown[part.first] == shown[part.last] == part.family, text
    for n, family in shown.items():
        within = [part for part in spells if part.first <= n <= part.last]
        assert len(within) <= 1, text
        if within and within[0].family != family:
            assert any(part.family == family and part.first <= n <= part.last for part in others), (
                text,
                n,
                family,
            )
    for spell in spells:
        hours = [shown[n] for n in range(spell.first, spell.last + 1) if n in shown]
        assert spell.family in hours, text
        if spell.family == "thunderstorm":
            assert set(hours) == {"thunderstorm"}, text

"""The sentences on precipitation, read back: of random quarters and hours each time that they name
is one at which that kind begins or ends, each amount is that of the time named, everything that
falls is stated once, and nothing dry is called wet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests import reports
from tests.conftest import MISSING
from weather.core.models import Conditions, Hours, Nowcast, Report
from weather.views import prose
from weather.views.html.sections import shared_parts
from weather.views.options import ViewOptions

HOUR, QUARTER, FIVE = timedelta(hours=1), timedelta(minutes=15), timedelta(minutes=5)
PAUSE = 2 * HOUR  # within one spell
ROUNDING = 0.2  # mm, by which an hour may differ from its quarters
LEAST = 0.05  # mm, of which a view shows 0.1
OPTIONS = ViewOptions(footer=False)
ZONES = ("UTC", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Chatham", "America/St_Johns")
# Days on which clocks change among them.
DAYS = tuple(datetime(2026, *day, tzinfo=UTC) for day in ((5, 15), (10, 24), (3, 28), (4, 4)))
FAMILIES = {
    "rain": (51, 61, 65, 80),
    "snow": (71, 75, 85),
    "freezing rain": (66, 56),
    "thunderstorm": (95, 99),
    "": (3, None),  # an amount without its kind
}
DURATIONS = {
    "a quarter of an hour": 1,
    "half an hour": 2,
    "three quarters of an hour": 3,
    "an hour": 4,
    "an hour and a half": 6,
}


def family_of_code(code: int | None) -> str:
    return next((family for family, codes in FAMILIES.items() if code in codes), "")


def family_of_words(words: str) -> str:
    lower = words.lower()
    names = {"thunder": "thunderstorm", "freezing": "freezing rain", "snow": "snow"}
    return next((family for word, family in names.items() if word in lower), "rain")


class Case:
    """A report with what is known of it here. No dataclass: Hypothesis would write all values."""

    def __init__(self, report: Report, quarters: tuple[float, ...]) -> None:
        self.report = report
        self.at = report.at
        self.zone = ZoneInfo(report.timezone)
        self.hours = {hour.valid_at: hour for hour in report.next_hours}
        self.first_quarter = report.quarter
        self.quarters = {
            self.first_quarter + n * QUARTER: amount for n, amount in enumerate(quarters)
        }
        self.known_until = self.first_quarter + len(quarters) * QUARTER

    def __repr__(self) -> str:
        hours = [(hour.weather_code, hour.precipitation) for hour in self.hours.values()]
        amounts = list(self.quarters.values())
        return f"{self.at:%d %b %H:%M} {self.zone}: {hours} {amounts}"

    def text(self) -> str:
        view = shared_parts(self.report, OPTIONS).view
        return f"{view.nowcast} {view.outlook}".strip()

    def hour_at(self, moment: datetime) -> Conditions | None:
        """The hour that a moment lies in."""
        return next((h for t, h in self.hours.items() if t <= moment < t + HOUR), None)

    def is_wet(self, moment: datetime) -> bool:
        """Of a quarter of an hour: as its own amount says, else as what is left of its hour's."""
        if moment in self.quarters:
            return self.quarters[moment] >= LEAST
        hour = self.hour_at(moment)
        if hour is None:
            return False
        known = [a for t, a in self.quarters.items() if hour.valid_at <= t < hour.valid_at + HOUR]
        rest = (hour.precipitation or 0) - sum(known)
        return rest >= (ROUNDING if known else LEAST)

    def family(self, moment: datetime) -> str:
        hour = self.hour_at(moment)
        return family_of_code(hour.weather_code) if hour else ""

    def has_wet_quarter(self, hour: datetime) -> bool:
        """Else it is wet only as a whole, as by four times 0.04 mm."""
        return any(self.is_wet(hour + n * QUARTER) for n in range(4))

    def is_of(self, moment: datetime, statement: Statement) -> bool:
        """Whether it is of the kind that a sentence names."""
        return self.is_wet(moment) and self.family(moment) == statement.family

    def can_be(self, moment: datetime, statement: Statement) -> bool:
        """Whether the sentence may name it: rain and snow may come with thunder."""
        thunder = {"thunderstorm"} if statement.family in {"rain", "snow"} else set()
        return self.family(moment) in {statement.family, "", *thunder}

    def moments(self, clock: str, *, tomorrow: bool, is_end: bool = False) -> list[datetime]:
        """Those that a clock's time may mean: two where clocks go back."""
        today = self.at.astimezone(self.zone).date()
        every = (self.first_quarter + n * QUARTER for n in range(-4, 4 * 26))
        return [
            moment
            for moment in every
            if f"{moment.astimezone(self.zone):%H:%M}" == clock
            and ((moment - is_end * timedelta.resolution).astimezone(self.zone).date() > today)
            == tomorrow
        ]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    at = draw(st.sampled_from(DAYS)) + timedelta(minutes=draw(st.integers(0, 36 * 60)))
    local = at.astimezone(zone)
    first = at - timedelta(minutes=local.minute)
    kinds = draw(
        st.lists(
            st.tuples(
                st.sampled_from([code for codes in FAMILIES.values() for code in codes]),
                st.integers(1, 5),
                st.sampled_from((0.0, 0.0, 0.08, 0.4, 2.0)),
            ),
            min_size=3,
            max_size=16,
        )
    )
    spans = [(code, amount) for code, length, amount in kinds for _ in range(length)]
    spans += [(3, 0.0)] * (30 - len(spans))
    pattern = draw(st.lists(st.sampled_from((0, 0, 0, 1, 1, 1, 0.5)), min_size=16, max_size=16))
    fine = [
        round(spans[n // 4][1] * part, 2) for n, part in enumerate(pattern)
    ]  # of four hours, by quarters
    chance = draw(st.sampled_from((None, 20.0, 80.0, 80.0)))
    rows = []
    for n, (code, coarse) in enumerate(spans[:30]):
        amount = sum(fine[4 * n : 4 * n + 4]) if n < 4 else coarse
        kind = code if amount >= LEAST or code is None else 3
        rows.append(
            Conditions(
                first + n * HOUR,
                temperature=9.0,
                precipitation=amount,
                snowfall=0.7 * amount if family_of_code(kind) == "snow" else 0.0,
                precipitation_probability=chance,
                weather_code=kind,
            )
        )
    begun = (at - first) // QUARTER
    count = draw(st.sampled_from((0, 9, 9, 9, 4)))
    quarters = tuple(fine[begun : begun + count])
    lost = draw(st.sets(st.integers(5, 25), max_size=2))
    unknown = draw(st.sets(st.integers(5, 25), max_size=2))
    remaining = [
        replace(row, precipitation=None) if n in unknown else row
        for n, row in enumerate(rows)
        if n not in lost
    ]
    base = replace(reports.report(), at=at, timezone=zone.key, earlier=(), alerts=())
    nowcast = Nowcast(first + begun * QUARTER, quarters).coming(at)
    current = replace(rows[0], weather_code=3)
    report = replace(base, hours=Hours.of(remaining), current=current, nowcast=nowcast)
    return Case(report, quarters)


class Statement(NamedTuple):
    """What a sentence of the outlook says. `begin` is None for what has begun."""

    family: str
    begin: tuple[datetime, ...]
    end: tuple[datetime, ...]
    amount: str
    possible: bool
    interrupted: bool


_OUTLOOK = re.compile(
    r"(?P<what>[A-Z][a-z ]+?)(?P<possible> possible)?(?P<times> at times)?(?P<day> tomorrow)?"
    r"(?: (?P<word>from about|around) (?P<begin>\d\d:\d\d))?(?P<all> for the next 24 hours)?"
    r"(?: until about (?P<until>\d\d:\d\d)(?P<until_day> tomorrow)?)?"
    r"(?:, (?P<amount>[\d.]+ [mc]m))?"
    r"(?: (?:by|to) (?P<end>\d\d:\d\d)(?P<end_day> tomorrow)?)?\.(?: |$)"
)
_NOWCAST = re.compile(
    r"(?P<what>[A-Z][a-z ]+?)(?P<possible> possible)?"
    r"(?: in (?P<begin>\d+) minutes(?:, for about (?P<duration>[a-z ]+))?"
    r"| for another (?P<end>\d+) minutes| for the (?P<all>next two hours))\.(?: |$)"
)


def read_outlook(text: str, case: Case) -> list[Statement]:
    """The statements of the outlook; every character must be of one."""
    statements, position = [], 0
    for match in _OUTLOOK.finditer(text):
        assert match.start() == position, text
        position = match.end()
        begin: Sequence[datetime] = ()
        if match["begin"]:
            begin = case.moments(match["begin"], tomorrow=bool(match["day"]))
            assert begin, text
        end: Sequence[datetime] = ()
        if clock := match["until"] or match["end"]:
            day = match["day"] or match["until_day"] or match["end_day"]
            end = case.moments(clock, tomorrow=bool(day), is_end=True)
            assert end, text
        elif match["word"] == "around":
            end = [hour.valid_at + HOUR for hour in map(case.hour_at, begin) if hour]
        elif match["all"]:
            end = [max(case.hours) + HOUR]
        statements.append(
            Statement(
                family_of_words(match["what"]),
                tuple(begin),
                tuple(end),
                match["amount"] or "",
                bool(match["possible"]),
                bool(match["times"]),
            )
        )
    assert position == len(text), text
    return statements


class Span(NamedTuple):
    """What a sentence says, with its moments."""

    statement: Statement
    begin: datetime
    end: datetime

    @property
    def is_whole(self) -> bool:
        """Whether it names a spell, not a part of one."""
        return bool(self.statement.amount)

    def holds(self, moment: datetime) -> bool:
        return self.begin <= moment < self.end


def spans_of(case: Case, statements: Sequence[Statement]) -> list[Span]:
    """Of two moments with the same clock's time those at which it begins and ends to be wet: no
    spell begins within one that is stated before, and a part begins with what it names."""
    spans: list[Span] = []
    for statement in statements:
        is_part = not statement.amount and not statement.possible
        whole = [span for span in spans if span.is_whole and not is_part]
        begins: Sequence[datetime] = [min(case.hours)]
        if statement.begin:
            begins = [
                moment
                for moment in statement.begin
                if case.is_wet(moment)
                and (case.is_of if is_part else case.can_be)(moment, statement)
                and not case.is_of(moment - QUARTER, statement)
                and not any(span.holds(moment) for span in whole)
            ] or statement.begin
        spans.append(span_from(begins[0], case, statement))
    return spans


def span_from(begin: datetime, case: Case, statement: Statement) -> Span:
    ends = [moment for moment in statement.end if moment > begin]
    if not ends:
        assert statement.possible, statement
        assert statement.begin, statement
        return Span(statement, begin, begin + QUARTER)
    turns = (
        end
        for end in ends
        if case.is_wet(end - QUARTER) and not (case.is_wet(end) and case.can_be(end, statement))
    )
    return Span(statement, begin, next(turns, ends[0]))


def written(amount: float, unit: str) -> str:
    return f"{int(amount * 10 + 0.5 + 1e-9) / 10:.1f} {unit}"


def amounts_of(case: Case, span: Span) -> set[str]:
    """How its amount may be written: of the table's hours, the first of which may have a part."""
    rows = rows_of(case, span)
    first = rows[0]
    whole, end = first.precipitation or 0.0, first.valid_at + HOUR
    of_hour = {time: a for time, a in case.quarters.items() if first.valid_at <= time < end}
    after = sum(amount for time, amount in of_hour.items() if time >= span.begin)
    parts = {1.0}
    if whole and first.valid_at < span.begin:
        parts.add(min(after / whole, 1.0))
        if case.known_until < end:
            parts.add((after + whole - sum(of_hour.values())) / whole)
    texts = set()
    for unit, field in (("mm", "precipitation"), ("cm", "snowfall")):
        own = getattr(first, field) or 0.0
        rest = sum(getattr(row, field) or 0.0 for row in rows[1:])
        texts |= {written(own * part + rest, unit) for part in parts}
    return texts


def check_nowcast(text: str, case: Case, quarters: Quarters) -> None:
    if not text:
        begun_without_end = quarters.begin and quarters.begin <= case.at and quarters.is_open
        assert not quarters.begin or (begun_without_end and case.known_until < case.at + 2 * HOUR)
        return
    match = _NOWCAST.fullmatch(text)
    assert match, text
    assert quarters.begin, text
    rounding = timedelta(minutes=2, seconds=30)
    hours = [
        case.family(quarters.begin + n * QUARTER)
        for n in range((quarters.end - quarters.begin) // QUARTER)
    ]
    family = family_of_words(match["what"])
    assert family in hours or (family in {"rain", "snow"} and "" in hours), text
    if match["begin"]:
        stated = timedelta(minutes=int(match["begin"]))
        assert abs(case.at + max(quarters.begin - case.at, FIVE) - (case.at + stated)) <= rounding
        if match["duration"]:
            assert not quarters.is_open
            count = (quarters.end - quarters.begin) // QUARTER
            assert abs(count - DURATIONS[match["duration"]]) <= 1, text
    elif match["end"]:
        stated = timedelta(minutes=int(match["end"]))
        assert quarters.begin <= case.at
        assert not quarters.is_open
        assert abs(max(quarters.end - case.at, FIVE) - stated) <= rounding, text
    else:
        assert quarters.begin <= case.at
        assert quarters.end >= case.at + 2 * HOUR


class Quarters(NamedTuple):
    """The first spell in quarters of an hour, which may have a pause of one."""

    begin: datetime | None
    end: datetime
    is_open: bool

    @classmethod
    def of(cls, case: Case) -> Quarters:
        wet = [time for time in case.quarters if case.is_wet(time)]
        if not wet:
            return cls(None, case.first_quarter, False)
        last = wet[0]
        for time in wet:
            if time - last > 2 * QUARTER:
                break
            last = time
        end = last + QUARTER
        return cls(wet[0], end, end == case.known_until)


def check_moments(span: Span, case: Case, quarters: Quarters, text: str) -> None:
    """Where it begins and ends, that kind does."""
    statement = span.statement
    if statement.begin:
        first = case.hour_at(span.begin)
        assert first, text
        assert case.can_be(span.begin, statement), text
        assert case.is_wet(span.begin) or not case.has_wet_quarter(first.valid_at), text
        assert span.begin > case.at
        assert not case.is_of(span.begin - QUARTER, statement), text
    else:
        present = case.hours[min(case.hours)]
        assert case.can_be(present.valid_at, statement), text
        # Also of quarters that have 0.0 mm each and 0.1 mm together.
        is_known = len(case.quarters) >= 4
        assert not is_known or sum(list(case.quarters.values())[:4]) >= LEAST, text
    if statement.end:
        last = case.hour_at(span.end - QUARTER)
        assert last, text
        assert (last.precipitation or 0) >= LEAST, text
        assert case.can_be(span.end - QUARTER, statement), text
        assert not case.is_of(span.end, statement), text
    is_part = not span.is_whole and span.end - span.begin > HOUR
    if is_part and span.begin < quarters.end < span.end and not quarters.is_open:
        # A part of the nowcast's spell goes on after it only where it is wet again.
        count = (span.end - quarters.end) // QUARTER
        assert any(case.is_wet(quarters.end + n * QUARTER) for n in range(count)), text


def check_hours(span: Span, case: Case, text: str) -> None:
    """It is wet all the time but for pauses; "at times" is what has other hours in between."""
    rows = rows_of(case, span)
    wet = [row.valid_at for row in rows if (row.precipitation or 0) >= LEAST]
    assert wet[0] <= span.begin or not span.statement.begin, text
    assert all(other - one - HOUR <= PAUSE for one, other in pairwise(wet)), text
    if not span.is_whole:
        families = [case.family(time) for time in wet]
        is_unbroken = (
            set(families) == {span.statement.family} and len(wet) * HOUR >= span.end - wet[0]
        )
        assert is_unbroken != span.statement.interrupted, text


def check_once(spans: Sequence[Span], text: str) -> None:
    """No spell is stated twice, nor a part of one."""
    for n, one in enumerate(spans):
        for other in spans[:n]:
            apart = one.begin > other.end or other.begin > one.end
            if one.is_whole and other.is_whole:
                assert apart or (
                    one.begin == other.end and one.statement.family != other.statement.family
                ), text
            elif one.statement.family == other.statement.family:
                assert apart, text


def check_all(spans: Sequence[Span], case: Case, since: datetime, text: str) -> None:
    """What falls after `since` is stated, unless it is far less than what is stated before."""
    whole = [span for span in spans if span.is_whole]
    count = (max(case.hours) + HOUR - case.first_quarter) // QUARTER
    moments = (case.first_quarter + n * QUARTER for n in range(count))
    wet = [moment for moment in moments if moment >= since and case.is_wet(moment)]
    assert whole or not wet, text
    omitted: list[datetime] = []
    for n, moment in enumerate(wet):
        within = next((span for span in whole if span.holds(moment)), None)
        family = case.family(moment)
        if within is None:
            assert moment >= whole[0].end, text
            # After a pause, or the fourth kind without one.
            before = max([whole[0].end, *(other + QUARTER for other in wet[:n])])
            assert moment - before > PAUSE or omitted or len(whole) >= 2, text
            omitted.append(moment)
        elif family not in {"", within.statement.family}:
            parts = (
                span for span in spans if span.statement.family == family and not span.is_whole
            )
            assert any(span.holds(moment) for span in parts), text
    check_omitted(omitted, [sum_of(case, span) for span in whole], case, text)


def rows_of(case: Case, span: Span) -> list[Conditions]:
    """The hours that it is in."""
    return [row for time, row in case.hours.items() if time + HOUR > span.begin and time < span.end]


def sum_of(case: Case, span: Span) -> float:
    return sum(row.precipitation or 0.0 for row in rows_of(case, span))


def check_omitted(
    omitted: Sequence[datetime], stated: Sequence[float], case: Case, text: str
) -> None:
    """Hours of one kind in a row have less than twice of what is stated, or than a millimetre."""
    row: list[Conditions] = []
    for time, hour in case.hours.items():
        follows = row and time - row[-1].valid_at == HOUR
        if not follows or hour.weather_code != row[-1].weather_code:
            row = []
        if time in omitted:
            row.append(hour)
            amount = sum(hour.precipitation or 0.0 for hour in row)
            assert amount < max(1.0, 2 * sum(stated)) or amount <= max(stated) + 1e-9, text


def night_of_25_hours(*kinds: tuple[int, int]) -> Case:
    """From 22:00 on, so many hours of each weather code; clocks are set back from 3:00 to 2:00."""
    at = datetime(2026, 10, 24, 20, tzinfo=UTC)
    codes = [code for code, count in kinds for _ in range(count)]
    rows = [
        Conditions(
            at + n * HOUR,
            temperature=9.0,
            precipitation=0.0 if code == 3 else 0.08,
            snowfall=0.06 if code == 71 else 0.0,
            weather_code=code,
        )
        for n, code in enumerate((*codes, *[3] * (30 - len(codes))))
    ]
    base = replace(reports.report(), at=at, timezone="Europe/Berlin", earlier=(), alerts=())
    current = replace(rows[0], weather_code=3)
    return Case(replace(base, hours=Hours.of(rows), current=current, nowcast=()), ())


def hour_of_drops() -> Case:
    """An hour that is wet, and none of its quarters."""
    base = night_of_25_hours((61, 1)).report
    quarters = (0.04, 0.0, 0.04, 0.0, *[0.0] * 5)
    nowcast = Nowcast(base.at, quarters).coming(base.at)
    return Case(replace(base, nowcast=nowcast), quarters)


@example(hour_of_drops())
# Snow begins at the second 02:00, after thunder.
@example(night_of_25_hours((3, 1), (51, 2), (95, 2), (71, 1), (51, 1)))
@example(night_of_25_hours((3, 1), (95, 4), (71, 1)))
@settings(max_examples=150)
@given(cases())
def test_what_is_read_back_is_the_forecast(case: Case) -> None:
    view = shared_parts(case.report, OPTIONS).view
    text = f"{case}: {view.nowcast} / {view.outlook}"
    quarters = Quarters.of(case)
    check_nowcast(view.nowcast, case, quarters)
    lines = prose.render(case.report, OPTIONS).splitlines()
    assert not view.outlook or view.outlook in lines
    assert not view.nowcast or view.nowcast in lines
    if view.outlook == "Dry for the next 24 hours.":
        rows = list(case.hours.values())
        assert len(rows) == 24
        assert not any(map(case.is_wet, case.quarters)), text
        assert all(row.precipitation is not None for row in rows), text
        assert all((row.precipitation or 0) < LEAST for row in rows[1:]), text
        return
    spans = spans_of(case, read_outlook(view.outlook, case))
    for span in spans:
        check_moments(span, case, quarters, text)
        if span.statement.possible:
            continue
        check_hours(span, case, text)
        if span.is_whole:
            assert span.statement.amount in amounts_of(case, span), text
    if " possible in " in view.nowcast or any(span.statement.possible for span in spans):
        named = [(span.statement.family, span.begin) for span in spans]
        if " possible in " in view.nowcast:
            named.append((family_of_words(view.nowcast), quarters.begin or case.at))
        assert len(named) == len(set(named)), text
        return
    check_once(spans, text)
    since = quarters.begin if quarters.is_open else quarters.end
    check_all(spans, case, since or case.at, text)


@settings(max_examples=100)
@given(cases())
def test_every_sentence_is_in_every_catalogue(case: Case) -> None:
    """All have the same messages (tests/i18n): one language stands for the others."""
    shared_parts(case.report, replace(OPTIONS, language="de"))
    assert MISSING.messages == set()

"""The next two hours on the page: the sentence and its chart."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests import reports
from tests.views.html.rendering import report_page
from weather.core.models import Report
from weather.core.models.nowcast import QUARTER, Quarter
from weather.views.html.page_shapes.minutes import HEIGHT, WIDTH, minute_bars

AT = datetime(2026, 5, 15, 8, 20, tzinfo=UTC)
FIRST = AT - timedelta(minutes=5)  # the present quarter has begun


def quarters(*amounts: float) -> tuple[Quarter, ...]:
    return tuple(Quarter(FIRST + n * QUARTER, amount) for n, amount in enumerate(amounts))


def rain_in_minutes() -> Report:
    amounts = (0.0, 0.0, 0.3, 0.6, 0.0, 0.0, 0.0, 0.0, 0.0)
    return replace(reports.report(at=AT), nowcast=quarters(*amounts))


def test_a_bar_stands_where_its_quarter_is() -> None:
    assert minute_bars(quarters(0, 0, 0.75), AT) == "m25 30v-30h14v30z"
    assert minute_bars(quarters(0, 0, 0.375), AT) == "m25 30v-15h14v15z"


def test_the_present_quarter_begins_now_and_the_last_ends_with_the_chart() -> None:
    assert minute_bars(quarters(0.75), AT) == "m0 30v-30h9v30z"
    last = minute_bars(quarters(*[0.0] * 8, 1.0), AT)
    left, width = map(int, re.findall(r"[mh](\d+)", last))
    assert left + width == WIDTH - 1


def test_bars_of_a_cloudburst_stay_within_the_chart_and_traces_have_none() -> None:
    path = minute_bars(quarters(0.04, 20.0, 0.06), AT)
    assert [int(height) for height in re.findall(r"v-(\d+)", path)] == [HEIGHT, 3]


def test_the_sentence_stands_before_that_of_the_day_with_its_chart() -> None:
    document = report_page(rain_in_minutes())
    sentence = re.search("(Rain|Showers|Drizzle).* in 25 minutes[^.]*\\.", document.text)
    assert sentence, document.text[:600]
    assert document.html.count("class=outlook") >= 1
    assert "class=minutes" in document.html
    assert document.html.index("class=minutes") < document.html.index("id=hours")
    assert "Now 1 h 2 h" in document.text.replace("Now1 h2 h", "Now 1 h 2 h")


def test_without_rain_or_without_quarters_nothing_is_drawn() -> None:
    dry = replace(reports.report(at=AT), nowcast=quarters(*[0.0] * 9))
    for report in (dry, reports.report()):
        assert "class=minutes" not in report_page(report).html

"""A warning that begins later says from when to when, wherever warnings are shown.

Reported of a warning that began in 30 hours and was shown like one in force. CAP 1.2 has the
begin of the danger in `onset` and its end in `ends` or `expires`.
"""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests import reports
from tests.views.html.rendering import report_page
from weather.core.models import Alert, AlertText, Report
from weather.views.json import report as json_view
from weather.views.options import ViewOptions
from weather.views.text import report as text_view

# The fictional present is Friday, 15 May 2026, 10:20 in Windhaven.


def with_warning(starts_in: float | None, ends_in: float | None) -> Report:
    start, end = (
        None if hours is None else reports.AT + timedelta(hours=hours)
        for hours in (starts_in, ends_in)
    )
    texts = (AlertText("en", "Frost"),)
    return reports.report(alerts=(Alert(texts, reports.CREDIT, 2, start, end),))


@pytest.mark.parametrize(
    ("starts_in", "ends_in", "period"),
    [
        (30, 33, "from Sat 16 May 16:20 until 19:20"),
        (5, 8, "from 15:20 until 18:20"),
        (5, 30, "from 15:20 until Sat 16 May 16:20"),
        (30, None, "from Sat 16 May 16:20"),
        (-1, 5, ""),
        (0, 5, ""),
        (None, 5, ""),
    ],
)
def test_a_warning_for_later_has_its_begin_and_its_end(
    starts_in: float | None, ends_in: float | None, period: str
) -> None:
    report = with_warning(starts_in, ends_in)
    (summary,) = (text for text in report_page(report).all("summary") if text.startswith("⚠"))
    in_force = ", until 15:20"
    assert summary == "⚠ Frost (moderate)" + (f", {period}" if period else in_force)
    text = text_view.render(report, ViewOptions(color=False))
    assert ("Warnings: Frost" + (f" ({period})" if period else "") + "\n") in text
    (alert,) = json.loads(json_view.render(report, ViewOptions()))["alerts"]
    assert (alert["starts_at"] is None) == (starts_in is None)


def test_the_lines_of_the_text_remain_seven_for_the_current_conditions() -> None:
    report = with_warning(30, 33)
    assert len(text_view.render(report, ViewOptions(days=0)).splitlines()) == 7

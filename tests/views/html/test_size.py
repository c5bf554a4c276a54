"""The number of elements of a page, which is what a browser's work on it grows with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import reports
from tests.views.html.rendering import METRIC, report_page
from tests.views.html.states import STATES
from weather.core.models import Report
from weather.views.saved import SavedPreferences

MOST = 1400  # from which on Lighthouse 6 to 12 warns
SAVED = SavedPreferences(places=tuple(f"Place {n}" for n in range(8)))


@pytest.mark.parametrize("state", STATES)
def test_a_page_has_few_elements(state: str) -> None:
    assert len(STATES[state]().elements) < MOST - 200


@pytest.mark.parametrize("report", [reports.report(), reports.storm(), reports.with_alerts()])
@pytest.mark.parametrize("number", [0, 3, 15])
def test_a_page_with_an_opened_day_warnings_and_favourites_has_few_elements(
    report: Report, number: int
) -> None:
    options = replace(METRIC, day=report.days[number].date)
    assert len(report_page(report, options, saved=SAVED).elements) < MOST


def test_a_chart_of_all_days_has_fewer_elements_than_a_table_of_a_day() -> None:
    chart = report_page(options=replace(METRIC, hours=384))
    assert len(chart.elements) < len(report_page().elements)

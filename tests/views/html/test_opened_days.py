"""The hours of an opened day, the charts of longer spans, and the days that are only a trend."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests import reports
from tests.views.html.document import Document
from tests.views.html.rendering import IMPERIAL, METRIC, report_page
from weather.core.models import Report
from weather.views.options import ViewOptions
from weather.views.page_address import PageAddress

OPENED = replace(METRIC, day=date(2026, 5, 17))
SEARCH = PageAddress("/", (("q", "Windhaven"), ("units", "metric")))


def table(document: Document) -> Document:
    """The table of the opened day."""
    opened = document.html.partition("id=day")[2].partition("</table>")[0]
    return Document("<table" + opened.partition("<table")[2] + "</table>")


def day_links(document: Document) -> list[str]:
    return [url for url in document.attributes("a", "href") if "#day" in url and "day=" in url]


def test_an_opened_day_has_every_hour_with_units() -> None:
    hours = table(report_page(options=OPENED))
    times = [text for text in hours.all("th") if ":" in text]
    assert times == ["Sun 00:00", *(f"{hour:02}:00" for hour in range(1, 24))]
    rows = ["Sky", "°C", "Precipitation", "mm", "Wind km/h", "Gusts"]
    assert [text for text in hours.all("th") if ":" not in text] == rows
    assert all(len(hours.row(row)) == 24 for row in rows)
    american = table(report_page(reports.report(), replace(IMPERIAL, day=date(2026, 5, 17))))
    assert len(american.row("°F")) == len(american.row("Wind mph")) == 24


def test_today_has_the_hours_that_are_still_to_come() -> None:
    hours = table(report_page(options=replace(METRIC, day=date(2026, 5, 15))))
    assert len(hours.row("°C")) == 14


def test_only_the_requested_day_is_open() -> None:
    assert report_page(options=OPENED).html.count("<details id=day open>") == 1
    for options in (METRIC, replace(METRIC, day=date(2020, 1, 1))):
        assert " open>" not in report_page(options=options).html


def test_each_day_links_to_its_hours_on_the_same_page() -> None:
    links = day_links(report_page(address=SEARCH))
    assert len(links) == 16
    assert links[2] == "/?q=Windhaven&units=metric&day=2026-05-17#day"
    address = PageAddress("/Windhaven", (("day", "2026-05-17"),))
    links = day_links(report_page(options=OPENED, address=address))
    assert len(links) == 15, "the opened day needs none"
    assert links[0] == "/Windhaven?day=2026-05-15#day"


def test_the_chart_is_of_a_day_three_days_or_all() -> None:
    document = report_page(address=SEARCH)
    links = document.links
    assert [links[name] for name in ("24 h", "3 d", "16 d")] == [
        f"/?q=Windhaven&units=metric&hours={hours}#hours" for hours in (24, 72, 384)
    ]
    assert "The next 24 hours" in document.all("h2")


@pytest.mark.parametrize(("hours", "days"), [(72, 3), (384, 16)])
def test_a_longer_chart_has_a_reading_for_every_hour(hours: int, days: int) -> None:
    document = report_page(options=replace(METRIC, hours=hours))
    assert f"The next {days} days" in document.all("h2")
    (readings,) = document.attributes("div", "data-readings")
    texts = readings.split("|")
    assert len(texts) == hours
    assert texts[0] == "Fri 15 May 10:00 · Mainly clear · 11° · 5 % · 0 mm · 3 km/h (5)"
    (lefts,) = document.attributes("div", "data-lefts")
    assert lefts.split() == [str(n) for n in range(hours)]


def test_a_longer_chart_labels_the_extremes_of_each_day() -> None:
    labels = report_page(options=replace(METRIC, hours=72)).all("text")
    assert [label for label in labels if "May" in label] == [
        *("Fri 15 May", "Sat 16 May", "Sun 17 May")
    ], "the last has no room"
    assert [label for label in labels if "°" in label] == [
        *("14°", "14°", "4°", "15°", "5°", "10°", "5°")
    ], "none where the curve goes on beyond it on the next day"


def test_the_hours_of_a_coarse_forecast_are_as_wide_as_they_last() -> None:
    document = report_page(reports.six_hourly(), replace(METRIC, hours=384))
    (lefts,) = document.attributes("div", "data-lefts")
    last = [int(left) for left in lefts.split()][-3:]
    assert [after - before for before, after in pairwise(last)] == [6, 6]


def test_a_chart_with_missing_values_or_of_nothing_is_drawn() -> None:
    options = replace(METRIC, hours=384)
    missing = report_page(reports.all_values_missing(), options)
    assert 'class=curve vector-effect=non-scaling-stroke d=""' in missing.html
    assert "The provider tells no hours." in report_page(reports.report(hours=()), options).text


def test_the_days_after_a_week_are_a_trend() -> None:
    before, _, after = report_page().html.partition("<h3>A trend</h3>")
    assert before.count("<summary>") == 1 + 7
    assert after.count("<summary>") == 9
    short = reports.report(days=reports.report().days[:7])
    assert "A trend" not in report_page(short).text


@pytest.mark.parametrize(
    "options", [METRIC, OPENED, replace(METRIC, hours=72), replace(METRIC, hours=384)]
)
@pytest.mark.parametrize("report", [reports.report, reports.storm, reports.with_alerts])
def test_a_page_has_few_elements(options: ViewOptions, report: Callable[[], Report]) -> None:
    """An opened day has a fifth of them."""
    document = report_page(report(), options)
    assert len(document.elements) < (1400 if options.day else 1200)


def test_small_amounts_are_no_zero() -> None:
    complete = reports.report()
    hour = replace(complete.hours[0], precipitation=0.03)
    day = replace(complete.days[0], precipitation=0.03)
    drizzle = reports.report(hours=(hour, *complete.hours[1:]), days=(day, *complete.days[1:]))
    document = report_page(drizzle)
    assert document.row("mm")[0] == "<0.1"
    assert "39 % <0.1 mm" in document.all("summary")[1]
    assert report_page(drizzle, IMPERIAL).row("in")[0] == "<0.01"
    german = report_page(drizzle, replace(METRIC, language="de"))
    assert german.row("mm")[0] == "<0,1"


def test_cells_say_how_strong_the_wind_is_and_that_nothing_falls() -> None:
    document = report_page(reports.storm())
    assert re.search(r"<td class=f10>.*?112<", document.html)
    assert "<td class=f12>164<" in document.html
    assert "<td class=nil>0<" in report_page().html


def test_the_sky_is_that_of_the_time_of_day() -> None:
    complete = reports.report()
    astronomy = complete.days[0].astronomy
    assert astronomy.sunrise
    assert astronomy.sunset
    for moment, sky in (
        (astronomy.sunrise - timedelta(minutes=10), "clear dawn"),
        (astronomy.sunset - timedelta(minutes=10), "clear dusk"),
        (astronomy.sunset + timedelta(hours=3), "clear night"),
        (astronomy.sunrise + timedelta(hours=5), "clear"),
    ):
        is_day = astronomy.sunrise <= moment < astronomy.sunset
        current = replace(complete.current, valid_at=moment, is_day=is_day)
        document = report_page(replace(complete, current=current))
        assert f'<section class="now {sky}"' in document.html

"""The next two hours in a sentence, in JSON and in the line."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests import reports
from weather.core.models import Conditions, Hours, Nowcast, Report
from weather.i18n.languages import ENGLISH
from weather.views import json as json_view
from weather.views import oneline, prose
from weather.views.html.sections import shared_parts
from weather.views.nowcast import nowcast
from weather.views.options import ViewOptions

AT = reports.AT  # 8:20
FIRST = AT.replace(minute=0)
WET, DRY = 0.4, 0.0


def report(*amounts: float, minute: int = 20, rain: tuple[int, ...] = (), **changes: Any) -> Report:
    """Quarters of an hour from 8:15 on, and hours from 8:00 on, some with 1 mm of rain."""
    at = FIRST + timedelta(minutes=minute)
    rows = [
        Conditions(
            FIRST + timedelta(hours=n),
            temperature=12.0,
            precipitation=1.0 if n in rain else 0.0,
            weather_code=changes.get("code", 61) if n in rain else 3,
            precipitation_probability=changes.get("chance"),
        )
        for n in range(48)
    ]
    quarters = Nowcast(FIRST + timedelta(minutes=15), amounts).coming(at)
    base = replace(reports.report(), at=at, nowcast=quarters, timezone="UTC")
    return replace(base, hours=Hours.of(rows), current=rows[0], earlier=())


@pytest.mark.parametrize(
    ("case", "text"),
    [
        (report(DRY, DRY, WET, WET, DRY), "Rain in 25 minutes, for about half an hour."),
        (report(DRY, WET, DRY), "Rain in 10 minutes, for about a quarter of an hour."),
        (
            report(DRY, WET, WET, WET, DRY),
            "Rain in 10 minutes, for about three quarters of an hour.",
        ),
        (report(DRY, *[WET] * 4, DRY), "Rain in 10 minutes, for about an hour."),
        (report(DRY, *[WET] * 6, DRY), "Rain in 10 minutes, for about an hour and a half."),
        (report(DRY, DRY, WET, WET), "Rain in 25 minutes."),
        (report(WET, WET, DRY), "Rain for another 25 minutes."),
        (report(WET, WET, DRY, minute=44), "Rain for another 5 minutes."),
        (report(*[WET] * 9), "Rain for the next two hours."),
        (report(*[WET] * 9, minute=15, rain=(2,), code=95), "Rain for the next two hours."),
        (report(*[DRY] * 7, WET, rain=(2,), code=95), "Thunderstorm in 100 minutes."),
        (report(*[WET] * 4), ""),  # no end is known
        (report(*[DRY] * 9), ""),
        (report(), ""),
        (
            report(DRY, WET, DRY, rain=(0,), code=71),
            "Snow in 10 minutes, for about a quarter of an hour.",
        ),
        (
            report(DRY, DRY, DRY, WET, DRY, rain=(0,), code=71),
            "Rain in 40 minutes, for about a quarter of an hour.",
        ),
        (report(DRY, DRY, WET, DRY, rain=(0, 1), chance=20.0), "Rain possible in 25 minutes."),
    ],
)
def test_the_sentence(case: Report, text: str) -> None:
    assert nowcast(case, ENGLISH) == text


def outlook(case: Report) -> str:
    return shared_parts(case, ViewOptions()).view.outlook


@pytest.mark.parametrize(
    ("case", "text"),
    [
        (report(DRY, WET, DRY), ""),  # the hours know nothing of the shower
        (report(*[DRY] * 9), "Dry for the next 24 hours."),
        (report(DRY, WET, DRY, rain=(0,)), ""),  # the nowcast has said it
        (report(DRY, WET, DRY, rain=(0, 8)), "Rain from about 16:00, 1.0 mm by 17:00."),
        (report(DRY, WET, rain=(0, 1)), "Rain until about 10:00, 2.0 mm."),
        # What of the hour has fallen is not forecast.
        (report(*[DRY] * 9, rain=(0,)), ""),
        (report(*[DRY] * 9, rain=(0, 8)), "Rain from about 16:00, 1.0 mm by 17:00."),
        (report(DRY, DRY, rain=(0,)), "Rain until about 09:00, 1.0 mm."),  # until 8:45
    ],
)
def test_the_outlook_does_not_contradict_it(case: Report, text: str) -> None:
    assert outlook(case) == text


def test_json_has_the_sentence_and_the_quarters() -> None:
    case = report(DRY, WET, WET, DRY)
    body = json.loads(json_view.render(case, ViewOptions()))["nowcast"]
    assert body["text"] == "Rain in 10 minutes, for about half an hour."
    assert (body["starts_at"], body["ends_at"]) == (
        "2026-05-15T08:30:00+00:00",
        "2026-05-15T09:00:00+00:00",
    )
    assert body["quarters"][:2] == [
        {"valid_at": "2026-05-15T08:15:00+00:00", "precipitation": 0.0},
        {"valid_at": "2026-05-15T08:30:00+00:00", "precipitation": 0.4},
    ]
    dry = json.loads(json_view.render(report(*[DRY] * 9), ViewOptions()))["nowcast"]
    assert (dry["text"], dry["starts_at"], len(dry["quarters"])) == (None, None, 9)
    assert json.loads(json_view.render(report(), ViewOptions()))["nowcast"] is None


def test_the_line_has_the_sentence_and_bars() -> None:
    case = report(DRY, 0.3, 0.625, DRY)
    assert oneline.render(case, ViewOptions(template="%n|%r")) == (
        "Rain in 10 minutes, for about half an hour.|▁▄█▁"
    )
    assert oneline.render(report(), ViewOptions(template="%n|%r")) == "|–"
    assert oneline.render(report(*[DRY] * 9), ViewOptions(template="%n|%r")) == "|▁▁▁▁▁▁▁▁▁"
    assert oneline.shows_time(ViewOptions(template="%n"))


def test_prose_and_page_have_the_sentence() -> None:
    case = report(DRY, WET, DRY)
    text = "Rain in 10 minutes, for about a quarter of an hour."
    assert text in prose.render(case, ViewOptions()).splitlines()
    assert shared_parts(case, ViewOptions()).view.nowcast == text

"""The icons: every name has a drawing."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from tests import reports
from weather.core.models import Conditions
from weather.core.weather_codes import Symbol
from weather.views.html import pages
from weather.views.html.icons import drawing, icon
from weather.views.options import ViewOptions

NOON = datetime(2026, 6, 20, 12, tzinfo=UTC)


def test_symbols_that_show_the_sky_have_an_icon_for_the_night() -> None:
    assert icon(0, is_day=True) == icon(0, is_day=None) == "clear"
    assert icon(0, is_day=False) == "clear-night"
    assert icon(1, is_day=False) == "mainly-clear-night"
    assert icon(3, is_day=False) == "overcast"
    assert icon(12345, is_day=False) == icon(None) == "unknown"


def test_conditions_that_differ_to_the_eye_have_icons_of_their_own() -> None:
    names = [icon(code) for code in (0, 1, 2, 3, 51, 53, 55)]
    assert len(set(names)) == len(names)
    assert len({drawing(name) for name in names}) == len(names)


def test_every_icon_of_a_page_is_drawn_on_it() -> None:
    codes = [*range(100), None]
    names = {icon(code, is_day) for code in codes for is_day in (True, False)}
    assert {name.removesuffix("-night") for name in names} == {
        *Symbol, "mainly-clear", "light-drizzle", "dense-drizzle"
    }  # fmt: skip
    skies = [
        Conditions(NOON, weather_code=code, is_day=is_day)
        for is_day in (True, False)
        for code in range(100)
    ]
    # A page shows 24 hours.
    for part in (skies[n : n + 24] for n in range(0, len(skies), 24)):
        html = pages.render(reports.report(at=NOON, hours=part), ViewOptions())
        drawn = set(re.findall(r'<symbol id="([\w-]+)" viewBox="0 0 32 32"><', html))
        assert {icon(sky.weather_code, sky.is_day) for sky in part} <= drawn

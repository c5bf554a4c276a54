"""The last lines of the text representation."""

from __future__ import annotations

from dataclasses import replace

from tests import reports
from tests.views.text.screens import PLAIN, REPORT
from weather.core.models import LocatedBy
from weather.views import text


def test_location_and_credits_are_the_last_lines() -> None:
    lines = text.render(reports.american(), PLAIN).splitlines()
    assert lines[-3:] == [
        "Location: New Windhaven, Jersey, US [40.7000,-74.0200]",
        "",
        "Weather data by Example Weather, IP Geolocation by DB-IP (CC BY 4.0)",
    ]


def test_credits_name_every_licence_once() -> None:
    other = replace(reports.CREDIT, text="Radar by Another", licence="ODbL")
    provenance = replace(REPORT.provenance, credits=(reports.CREDIT, other, reports.CREDIT))
    located = replace(REPORT.located, method=LocatedBy.COORDINATES, credits=())
    last = text.render(replace(REPORT, provenance=provenance, located=located), PLAIN).splitlines()
    assert last[-1] == "Weather data by Example Weather (CC BY 4.0); Radar by Another (ODbL)"

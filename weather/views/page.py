"""The page for browsers: one document that works without scripts and asks no other host.

The templates say what stands where; `page_facts` finds the words, `page_shapes` the shapes.
"""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from importlib import resources
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode, urlsplit
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from weather import wmo
from weather.domain import Coordinates, Report, Usual
from weather.errors import LocationUnknown, UpstreamError, WeatherError
from weather.preferences import Preferences, Units
from weather.views import page_facts as facts
from weather.views import page_shapes as shapes
from weather.views.climate_words import departure
from weather.views.credits import report_credits, usual_credits
from weather.views.units import unit_system

Link = Callable[[Mapping[str, str]], str]
Options = list[tuple[str, str]]

ASSETS: Mapping[str, bytes] = MappingProxyType(
    {
        name: resources.files("weather").joinpath("static", name).read_bytes()
        for name in ("style.css", "favicon.svg")
    }
)
"""The static files by name."""


def asset_url(name: str) -> str:
    """Where a static file is; the URL changes with the content, so it can be kept for ever."""
    return f"/static/{name}?v={hashlib.sha256(ASSETS[name]).hexdigest()[:8]}"


def render(report: Report, preferences: Preferences, link: Link, origin: str = "") -> str:
    """The page of a report.

    `link` gives the relative URL of this same page with some options changed; with none, the
    page's own. `origin` ("https://weather.example") completes it in the curl command.
    """
    hours = [hour for hour in report.hours[:24] if hour.valid_at < report.at + timedelta(days=1)]
    said = _said(link({}))
    units = unit_system(preferences)
    today = report.days[0] if report.days else None
    zone = ZoneInfo(report.timezone)
    return _REPORT.render(
        report=report,
        place=report.place,
        now=report.current,
        today=today,
        hours=hours,
        chart=shapes.Chart.of(hours),
        scale=shapes.days_scale(report.days),
        daylight=shapes.Daylight.of(today.astronomy, report.at, zone) if today else None,
        icons=shapes.icons(report, hours),
        units=units,
        degrees=partial(facts.degrees, units.temperature),
        clock=_Clock(zone),
        others=[(p.label, _place_url(p.coordinates, said)) for p in report.located.alternatives],
        choices=_choices(preferences, link),
        said=said,
        query="",
        link=link,
        curl=_curl(link, origin),
        credits=report_credits(report),
        departure=departure(report.climate, units) if report.climate else "",
    )


def render_usual(usual: Usual, preferences: Preferences, link: Link) -> str:
    """The page that tells what is usual, as there is no forecast."""
    zone = ZoneInfo(usual.timezone)
    return _USUAL.render(
        usual=usual,
        place=usual.place,
        today=usual,
        daylight=shapes.Daylight.of(usual.astronomy, usual.at, zone),
        units=unit_system(preferences),
        clock=_Clock(zone),
        said=_said(link({})),
        query="",
        credits=usual_credits(usual),
    )


def error(error: WeatherError, preferences: Preferences, query: str = "") -> str:
    """The page that tells what went wrong, with the search box to ask again."""
    return _ERROR.render(
        error=error,
        asks=isinstance(error, LocationUnknown),
        upstream=isinstance(error, UpstreamError),
        query=query,
        said=[("units", str(preferences.units))] if preferences.units else [],
    )


def _said(url: str) -> Options:
    """What the visitor chose in this URL and takes along to the next place."""
    return [(k, v) for k, v in parse_qsl(urlsplit(url).query) if k in {"units", "lang"}]


def _place_url(point: Coordinates, said: Options) -> str:
    here = [("lat", f"{point.latitude:.4f}"), ("lon", f"{point.longitude:.4f}")]
    return f"/?{urlencode(here + said)}"


def _choices(preferences: Preferences, link: Link) -> list[tuple[str, str, bool]]:
    """Each choice of units: its name, its URL and whether it is the page's own."""
    imperial = preferences.units is Units.IMPERIAL
    own = "imperial" if imperial else "ms" if preferences.wind_in_ms else "metric"
    names = {"metric": "°C, km/h", "ms": "°C, m/s", "imperial": "°F, mph"}
    return [(name, link({"units": key}), key == own) for key, name in names.items()]


def _curl(link: Link, origin: str) -> str:
    """The command that shows the same in a terminal."""
    own = link({})
    asks_for_html = "format" in dict(parse_qsl(urlsplit(own).query))
    return f"curl {shlex.quote(origin + (link({'format': 'text'}) if asks_for_html else own))}"


class _Clock:
    """Moments as the place's own clocks show them."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def time(self, moment: datetime) -> Markup:
        """14:05"""
        local = moment.astimezone(self._zone)
        return _time(local.isoformat(timespec="minutes"), f"{local:%H:%M}")

    def day(self, moment: datetime) -> Markup:
        """Friday 15 May"""
        local = moment.astimezone(self._zone)
        return _time(local.date().isoformat(), f"{local:%A} {local.day} {local:%B}")

    def weekday(self, moment: datetime, *, anyway: bool) -> str:
        """Fri, in the first hour of a day or anyway."""
        local = moment.astimezone(self._zone)
        return f"{local:%a}" if anyway or local.hour == 0 else ""

    def zone(self, moment: datetime) -> str:
        """CEST, or UTC+05:45 where the zone has no letters."""
        local = moment.astimezone(self._zone)
        name = local.tzname() or ""
        return name if name.isalpha() else f"UTC{local.isoformat()[-6:]}"


def _date(day: date, words: str = "") -> Markup:
    """Fri 15 May, unless there are other words for it."""
    return _time(day.isoformat(), words or f"{day:%a} {day.day} {day:%b}")


def _time(machine: str, human: str) -> Markup:
    return Markup('<time datetime="%s">%s</time>') % (machine, human)


_templates = Environment(
    loader=PackageLoader("weather"),
    autoescape=True,
    undefined=StrictUndefined,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.globals.update(
    asset_url=asset_url, condition=wmo.condition, date=_date, facts=facts, icon=shapes.icon
)
_templates.filters.update(minus=facts.minus, duration=facts.duration)
_REPORT = _templates.get_template("report.html")
_USUAL = _templates.get_template("usual.html")
_ERROR = _templates.get_template("error.html")

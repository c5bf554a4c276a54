"""The page for browsers: one document that works without its script and asks no other host.

The templates say what stands where; `page_facts` finds the words, `page_shapes` the shapes,
`page_assets` the style, the script and the policy.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from weather.core.errors import UpstreamError, VisitorLocationUnknown, WeatherError
from weather.core.models import ClimateFallback, Coordinates, Place, Report
from weather.i18n.languages import LANGUAGES, get_language
from weather.views import index_bands, wording
from weather.views.climate_text import departure, usual_values
from weather.views.credits import report_credits, usual_credits
from weather.views.html import assets
from weather.views.html import charts as shapes
from weather.views.html.clock import Clock
from weather.views.html.facts import Facts
from weather.views.outlook import outlook
from weather.views.preferences import Preferences, Units
from weather.views.saved import SavedPreferences
from weather.views.units import local_units

Link = Callable[[Mapping[str, str]], str]
Options = list[tuple[str, str]]

_NOTHING = SavedPreferences()
_UNITS = ("metric", "ms", "imperial")


def render(
    report: Report,
    preferences: Preferences,
    link: Link,
    origin: str = "",
    kept: SavedPreferences = _NOTHING,
) -> str:
    """The page of a report.

    `link` gives the relative URL of this same page with some options changed; with none, the
    page's own. `origin` ("https://weather.example") completes it in the curl command.
    """
    hours = [hour for hour in report.hours[:24] if hour.valid_at < report.at + timedelta(days=1)]
    own = link({})
    said = _said(own)
    today = report.days[0] if report.days else None
    language = get_language(preferences.language)
    seen = _seen(report, preferences)
    return _REPORT.render(
        **_around(preferences, kept, own, said),
        **seen,
        today=today,
        hours=hours,
        chart=shapes.Chart.of(hours),
        scale=shapes.days_scale(report.days),
        thirds=shapes.every_third_hour(report, ZoneInfo(report.timezone)),
        daylight=shapes.Daylight.of(today.astronomy, report.at, ZoneInfo(report.timezone))
        if today
        else None,
        icons=shapes.icons(report, hours),
        others=[
            (wording.place(language, p), _place_url(p.coordinates, said))
            for p in report.located.alternatives
        ],
        link=link,
        curl=_curl(link, origin),
        address=origin + own,
        preview=f"{origin}/preview.png?{urlencode(_preview(report.place, preferences))}",
        credits=report_credits(report),
    )


def render_usual(
    usual: ClimateFallback, preferences: Preferences, link: Link, kept: SavedPreferences = _NOTHING
) -> str:
    """The page that tells what is usual, as there is no forecast."""
    language, zone = get_language(preferences.language), ZoneInfo(usual.timezone)
    own = link({})
    return _USUAL.render(
        **_around(preferences, kept, own, _said(own)),
        usual=usual,
        place=usual.place,
        name=wording.place(language, usual.place),
        values=usual_values(usual, language, local_units(preferences)),
        today=usual,
        daylight=shapes.Daylight.of(usual.astronomy, usual.at, zone),
        clock=Clock(zone, language),
        credits=usual_credits(usual),
    )


def compare(
    found: Sequence[tuple[str, Report | WeatherError]], preferences: Preferences, own: str,
    kept: SavedPreferences = _NOTHING,
) -> str:  # fmt: skip
    """Several places side by side; each is what was asked for, with its report or its error."""
    told = [(query, report) for query, report in found if isinstance(report, Report)]
    days = [day for _, report in told for day in report.days[:5]]
    return _COMPARE.render(
        **_around(preferences, kept, own, _said(own)),
        seen=[(query, _seen(report, preferences)) for query, report in told],
        missed=[(query, error) for query, error in found if isinstance(error, WeatherError)],
        asked=[query for query, _ in found],
        scale=shapes.days_scale(days),
        icons=sorted({name for _, report in told for name in shapes.icons(report, ())}),
        explanation=wording.explanation,
    )


def error(
    error: WeatherError,
    preferences: Preferences,
    query: str = "",
    kept: SavedPreferences = _NOTHING,
) -> str:
    """The page that tells what went wrong, with the search box to ask again."""
    said = [("units", str(preferences.units))] if preferences.units else []
    return _ERROR.render(
        **{**_around(preferences, kept, "/", said), "query": query},
        error=error,
        explanation=wording.explanation(get_language(preferences.language), error),
        asks=isinstance(error, VisitorLocationUnknown),
        upstream=isinstance(error, UpstreamError),
    )


def _around(
    preferences: Preferences, kept: SavedPreferences, own: str, said: Options
) -> dict[str, Any]:
    """What every page needs, whatever it shows."""
    language = get_language(preferences.language)
    units = local_units(preferences)
    return {
        "language": language,
        "translate": language.translate,
        "units": units,
        "facts": Facts(language, units),
        "index_bands": index_bands,
        "kept": kept,
        "favourites": [(place, _query_url(place, said)) for place in kept.places],
        "side_by_side": "/compare?" + urlencode([("q", p) for p in kept.places] + said),
        "languages": LANGUAGES,
        "choices": _choices(preferences),
        "back": _without(own, {"units", "lang"}),
        "said": said,
        "query": "",
    }


def _seen(report: Report, preferences: Preferences) -> dict[str, Any]:
    """A report and what is told of its moment."""
    language, units = get_language(preferences.language), local_units(preferences)
    clock = Clock(ZoneInfo(report.timezone), language)
    return {
        "report": report,
        "place": report.place,
        "name": wording.place(language, report.place),
        "favourite": _query_of(report.place),
        "now": report.current,
        "clock": clock,
        "departure": departure(report.climate, language, units) if report.climate else "",
        "outlook": outlook(report, language, units, clock.plain),
    }


def _choices(preferences: Preferences) -> list[tuple[str, str, bool]]:
    """Each choice of units: its key, its name and whether it is the page's own."""
    imperial = preferences.units is Units.IMPERIAL
    own = "imperial" if imperial else "ms" if preferences.wind_in_ms else "metric"
    return [(key, _units_in_words(preferences, key), key == own) for key in _UNITS]


def _units_in_words(preferences: Preferences, key: str) -> str:
    """ "°C, km/h" """
    system = Units.IMPERIAL if key == "imperial" else Units.METRIC
    units = local_units(replace(preferences, units=system, wind_in_ms=key == "ms"))
    return f"{units.temperature.mark}{units.temperature.symbol}, {units.speed.symbol}"


def _said(url: str) -> Options:
    """What the visitor chose in this URL and takes along to the next place."""
    return [(k, v) for k, v in parse_qsl(urlsplit(url).query) if k in {"units", "lang"}]


def _without(url: str, names: set[str]) -> str:
    parts = urlsplit(url)
    options = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([(name, value) for name, value in options if name not in names])
    return parts.path + (f"?{query}" if query else "")


def _query_of(place: Place) -> str:
    """The search that finds a place again; one that is only near a city has no name."""
    named = place.name and place.distance is None
    return place.label if named else str(place.coordinates)


def _preview(place: Place, preferences: Preferences) -> Options:
    units = [("units", str(preferences.units))] if preferences.units else []
    return [("q", _query_of(place)), *units]


def _place_url(point: Coordinates, said: Options) -> str:
    here = [("lat", f"{point.latitude:.4f}"), ("lon", f"{point.longitude:.4f}")]
    return f"/?{urlencode(here + said)}"


def _query_url(query: str, said: Options) -> str:
    return f"/?{urlencode([('q', query), *said])}"


def _curl(link: Link, origin: str) -> str:
    """The command that shows the same in a terminal."""
    own = link({})
    asks_for_html = "format" in dict(parse_qsl(urlsplit(own).query))
    return f"curl {shlex.quote(origin + (link({'format': 'text'}) if asks_for_html else own))}"


_templates = Environment(
    loader=PackageLoader("weather.views.html"),
    autoescape=True,
    undefined=StrictUndefined,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.globals.update(
    icon=shapes.icon,
    icon_url=assets.ICON_URL,
    style=Markup(assets.STYLE),  # noqa: S704  # our own file
    script=Markup(assets.SCRIPT),  # noqa: S704
)
_templates.filters["minus"] = wording.minus
_USUAL = _templates.get_template("usual.html")
_REPORT = _templates.get_template("report.html")
_COMPARE = _templates.get_template("compare.html")
_ERROR = _templates.get_template("error.html")

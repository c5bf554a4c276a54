"""The registry of views. A new view is one file and one entry in `VIEWS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from weather.core.dataclass import dataclass
from weather.core.errors import WeatherError
from weather.core.models import ClimateFallback, Report
from weather.views import (
    answers,
    calendar,
    html,
    image,
    json,
    oneline,
    picture,
    prometheus,
    prose,
    text,
    v2,
    wwo,
)
from weather.views.options import ViewOptions

Rendered = str | bytes


def _never(options: ViewOptions) -> bool:
    return False


def _always(options: ViewOptions) -> bool:
    return True


def _that_language(language: str) -> str:
    return language


def _english(language: str) -> str:
    return "en"


@dataclass(frozen=True, slots=True)
class View:
    """One representation of a report. Renderers are pure functions."""

    name: str
    content_type: str
    render: Callable[[Report, ViewOptions], Rendered]
    # None: programs read it, which would take climate normals for a forecast.
    render_fallback: Callable[[ClimateFallback, ViewOptions], Rendered] | None
    render_error: Callable[[WeatherError, ViewOptions], Rendered]
    problem_type: str = ""  # content type of errors, if it differs
    media_types: tuple[str, ...] = ()  # of an Accept header that selects the view
    by_format: bool = False  # whether `format=` with its name selects the view
    personal: bool = False  # whether it shows its URL and the visitor's saved preferences
    text_errors: bool = False  # whether errors are a line of text unless JSON is accepted
    shows_query: bool = False  # whether it shows the place as written in the request
    # What is before and after the age of the forecast in seconds, if its output has that.
    around_age: Callable[[str], str | tuple[str, str]] | None = None
    # Whether it says what falls in the next minutes, or shows the present moment to a quarter of an
    # hour.
    shows_present: bool = False
    # Whether it shows the air quality and official warnings, which are not fetched otherwise.
    shows_air_quality: Callable[[ViewOptions], bool] = _always
    shows_warnings: bool = True
    # ISO 639-1, of the names of places, for a language of the request.
    place_language: Callable[[str], str] = _that_language
    # Whether it shows the time of day, so that the output is valid for one minute.
    shows_time: Callable[[ViewOptions], bool] = _never
    # Whether it shows the time of the request, so that the output is valid for no other.
    shows_seconds: Callable[[ViewOptions], bool] = _never

    def rendered(self, report: Report, options: ViewOptions) -> Rendered | tuple[str, str]:
        """The report, in two parts if there is an age between them."""
        rendered = self.render(report, options)
        if self.around_age is None or isinstance(rendered, bytes):
            return rendered
        return self.around_age(rendered)

    @property
    def is_picture(self) -> bool:
        """Whether it is the picture of a text."""
        return self.name.endswith((".png", ".svg"))

    @property
    def error_content_type(self) -> str:
        """The content type of an error."""
        return self.problem_type or self.content_type


HTML = View(
    "html", "text/html; charset=utf-8", html.render, html.render_fallback, html.render_error,
    media_types=("text/html", "application/xhtml+xml"), by_format=True, personal=True,
    shows_present=True,
)  # fmt: skip
TEXT = View(
    "text", "text/plain; charset=utf-8", text.render, text.render_fallback, text.render_error,
    media_types=("text/plain",), by_format=True,
)  # fmt: skip
JSON = View(
    "json", "application/json", json.render, json.render_fallback, json.render_error,
    problem_type="application/problem+json", by_format=True, around_age=json.around_age,
    shows_present=True,
    media_types=("application/json", "application/problem+json"),
)  # fmt: skip
ONE_LINE = View(  # selected by a template in `format=`
    "line", "text/plain; charset=utf-8",
    oneline.render, None, oneline.render_error,
    shows_query=True, shows_time=oneline.shows_time, shows_seconds=oneline.shows_seconds,
    shows_air_quality=oneline.shows_air_quality, shows_warnings=False,
)  # fmt: skip
PREVIEW = View(  # the response of /preview.png
    "preview", "image/png", image.render, text.render_fallback, text.render_error,
    problem_type="text/plain; charset=utf-8",
)  # fmt: skip
EMBED = View(  # the response of /embed: shown by pages of other sites
    "embed", "text/html; charset=utf-8",
    html.render_embed, html.render_embed_fallback, html.render_embed_error,
    shows_present=True,
)  # fmt: skip
PROMETHEUS = View(
    "p1", "text/plain; version=0.0.4; charset=utf-8",
    prometheus.render, None, prometheus.render_error, by_format=True,
    shows_air_quality=_never, shows_warnings=False,
)  # fmt: skip

J1 = View(
    "j1", "application/json", wwo.render, None, wwo.render_error,
    problem_type="application/problem+json", by_format=True, text_errors=True, shows_query=True,
    place_language=_english,  # clients compare names of countries
    shows_air_quality=_never, shows_warnings=False,
)  # fmt: skip
J2 = replace(J1, name="j2", render=wwo.render_without_hours)
V2 = View(
    "v2", TEXT.content_type, v2.render, text.render_fallback, text.render_error,
    by_format=True, shows_time=_always,
)  # fmt: skip
PROSE = View(
    "prose", TEXT.content_type, prose.render, None, oneline.render_error, by_format=True,
    shows_time=_always,
)  # fmt: skip
CALENDAR = View(
    "ics", "text/calendar; charset=utf-8", calendar.render, None, oneline.render_error,
    problem_type=TEXT.content_type, media_types=("text/calendar",), by_format=True,
)  # fmt: skip
# Of the paths of questions, where `format=json` selects the second.
ANSWER = View("answer", TEXT.content_type, answers.render, None, oneline.render_error)
ANSWER_JSON = View(
    "answer.json", JSON.content_type, answers.render_json, None, json.render_error,
    problem_type=JSON.problem_type, around_age=json.around_age,
)  # fmt: skip
V2_DAY = replace(V2, name="v2d", render=v2.render_day)
V2_NIGHT = replace(V2, name="v2n", render=v2.render_night)


def _picture(view: View, kind: str, content_type: str, make: Any) -> View:
    """The view whose body is the picture of a text."""
    return View(
        f"{view.name}.{kind}", content_type, make(view.render), None, text.render_error,
        problem_type=TEXT.content_type, shows_query=view.shows_query, shows_time=view.shows_time,
        shows_seconds=view.shows_seconds, shows_air_quality=view.shows_air_quality,
        shows_warnings=view.shows_warnings,
        place_language=picture.language_of_names if kind == "png" else _that_language,
    )  # fmt: skip


_TEXTS = (TEXT, ONE_LINE, V2)
PNG = {view.name: _picture(view, "png", PREVIEW.content_type, picture.png) for view in _TEXTS}
SVG = {view.name: _picture(view, "svg", "image/svg+xml", picture.svg) for view in _TEXTS}


def _page(view: View) -> View:
    """The view whose body is a page with the text."""
    return View(
        f"{view.name}.html", HTML.content_type, picture.page(view.render),
        picture.page(text.render_fallback), text.render_error,
        problem_type=TEXT.content_type, shows_time=view.shows_time,
    )  # fmt: skip


# What browsers get of a text that terminals colour.
PAGES = {V2.name: _page(V2)}
PAGES |= dict.fromkeys(("v2d", "v2n"), PAGES[V2.name])
# No font of ours has the icons of Nerd Fonts.
PICTURES = {
    kind: views | dict.fromkeys(("v2d", "v2n"), views["v2"])
    for kind, views in (("png", PNG), ("svg", SVG))
}

VIEWS = (
    *(HTML, EMBED, TEXT, JSON, ONE_LINE, PREVIEW, PROMETHEUS, J1, J2, V2, V2_DAY, V2_NIGHT),
    *(PROSE, CALENDAR, ANSWER, ANSWER_JSON),
    *PNG.values(),
    *SVG.values(),
    PAGES[V2.name],
)
BY_FORMAT = {view.name: view for view in VIEWS if view.by_format}
BY_MEDIA_TYPE = {media_type: view for view in VIEWS for media_type in view.media_types}

"""Which view a request is answered in."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Request

from weather.core.errors import InvalidOption, WeatherError
from weather.views import registry
from weather.views.page_address import Option
from weather.views.registry import View
from weather.web import comparison, view_options
from weather.web.endpoint import endpoint_of
from weather.web.negotiation import negotiate
from weather.web.parameters import FORCE_TEXT
from weather.web.picture_name import PictureName

# `output=` without a picture.
_OUTPUTS = {"html": "html", "json": "json", "txt": "text", "text": "text", "ics": "ics"}


def choose(
    request: Request,
    options: tuple[Option, ...],
    values: Mapping[str, str],
    picture: PictureName | None,
    problems: list[WeatherError],
    *,
    table: bool,
) -> View:
    """The view of a route, or of those that it has the one that is requested. `table`: several
    places are compared. Adds to the `problems` a format that does not exist."""
    declared = endpoint_of(request)
    if view := declared.view:
        return view
    if forms := comparison.FORMS if table else declared.forms:
        return _form(request, options, values, forms, problems)
    if request.path.startswith("/api/"):
        return registry.JSON
    return _negotiated(request, options, values, picture, problems)


def _negotiated(
    request: Request,
    options: tuple[Option, ...],
    values: Mapping[str, str],
    picture: PictureName | None,
    problems: list[WeatherError],
) -> View:
    """Where the route has all views: by the file's name, `format`, `view`, `output`, the letters
    and the client."""
    if picture and picture.kind == registry.CALENDAR.name:
        return registry.CALENDAR
    output = values.get("output", "").lower()
    kind = picture.kind if picture else output
    format = values.get("format") or values.get("view")
    if not format and (FORCE_TEXT in view_options.flags(options) or kind in registry.PICTURES):
        format = registry.TEXT.name
    accept, agent = _client(request, values)
    try:
        view = negotiate(format or _OUTPUTS.get(output), accept, agent)
    except InvalidOption as error:
        error.parameter = "format"
        if values.get("format"):  # `view` is wttr.in's, which ignores what it does not know
            problems.append(error)
        view = negotiate(None, accept, agent)
    has_page = kind == "html" or (not kind and _wants_page(options, accept, agent))
    drawn = registry.PAGES if has_page else registry.PICTURES.get(kind, {})
    return drawn.get(view.name, view)


def _client(request: Request, values: Mapping[str, str]) -> tuple[str, str]:
    """What the client accepts, and its User-Agent, or another one that it names."""
    headers = request.headers
    return headers.get("Accept", ""), values.get("agent") or headers.get("User-Agent", "")


def _wants_page(options: tuple[Option, ...], accept: str, agent: str) -> bool:
    is_text_forced = FORCE_TEXT in view_options.flags(options)
    return not is_text_forced and negotiate(None, accept, agent) is registry.HTML


def _form(
    request: Request,
    options: tuple[Option, ...],
    values: Mapping[str, str],
    forms: Mapping[str, View],
    problems: list[WeatherError],
) -> View:
    """One of the views of a route that has not all of them; the first one where the client
    wants another, but not where `format` does."""
    named = values.get("format", "").lower()
    if named and named not in {*forms, comparison.TABLE if forms is comparison.FORMS else ""}:
        problems.append(InvalidOption(f"format can be {', '.join(forms)} here.", "format"))
    forced = registry.TEXT.name if FORCE_TEXT in view_options.flags(options) else ""
    output = _OUTPUTS.get(values.get("output", "").lower(), "")
    chosen = (named, values.get("view", "").lower(), output, forced)
    accept, agent = _client(request, values)
    names = (*filter(None, chosen), negotiate(None, accept, agent).name)
    return next((forms[name] for name in names if name in forms), next(iter(forms.values())))

"""The responses to paths that are no place."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from flask import Response, request

from weather.core.errors import InvalidOption, PathNotFound
from weather.core.ip_address import is_public
from weather.core.models import Place
from weather.views import moon, picture, registry
from weather.views.moon import MoonView
from weather.views.options import ViewOptions
from weather.views.registry import View
from weather.web import environ, manual, responses
from weather.web.body import Body
from weather.web.request import RequestOptions
from weather.web.services import Services
from weather.web.special_paths import FIRST_MOON, LAST_MOON, HelpPath, RefusedPath, SpecialPath
from weather.web.vary_on import VaryOn

_PAGES = {registry.HTML, registry.PAGES["v2"]}  # of browsers


def respond(services: Services, options: RequestOptions, special: SpecialPath) -> Response:
    """The page as text, or as a picture of it; 403 without a body for a refused path. Raises
    `PathNotFound` for an unknown page, and `InvalidOption` for a moon that cannot be computed."""
    if isinstance(special, RefusedPath):
        request.environ[environ.VARY_ON] = VaryOn.ANYONE
        return Response(
            status=403, headers=responses.FOR_A_DAY, content_type=registry.TEXT.content_type
        )
    if isinstance(special, HelpPath):
        text = manual.page(special.name)
        if text is None:
            raise PathNotFound("There is no such page. Try /:help.")
        request.environ[environ.VARY_ON] = VaryOn.ANYONE
        headers = responses.FOR_A_DAY
        return _in_view(options.view, text, options.view_options, headers)
    if special.is_beyond:
        years = f"{FIRST_MOON.year} to {LAST_MOON.year}"
        raise InvalidOption(f"The moon can be computed for the years {years}.")
    request.environ[environ.VARY_ON] = VaryOn.LOCATION
    view, view_options = _moon_view(services, options, special.date), options.view_options
    headers = responses.short_lived(private=True)
    if not (options.view.is_picture or options.view in _PAGES):
        return _in_view(options.view, moon.render(view, view_options), view_options, headers)
    text = moon.render(view, picture.drawable(view_options))
    if options.view.is_picture:
        return _in_view(options.view, text, view_options, headers)
    title = text.partition("\n\n")[2].partition("\n")[0]
    body = Body.of(picture.page_of(text, title, view_options))
    return responses.respond(request, body, registry.HTML.content_type, headers)


def _in_view(view: View, text: str, view_options: ViewOptions, headers: dict[str, str]) -> Response:
    """The text, or its picture."""
    if not view.is_picture:
        return responses.respond(request, Body.of(text), registry.TEXT.content_type, headers)
    draw = picture.png_of if view.name.endswith(".png") else picture.svg_of
    return responses.respond(request, Body.of(draw(text, view_options)), view.content_type, headers)


def _moon_view(services: Services, options: RequestOptions, day: date | None) -> MoonView:
    """The moon of now, or of the noon of a day, as the visitor's hemisphere sees it."""
    place = _visitor_place(services, options)
    timezone = (place and place.timezone) or "UTC"
    now = services.now()
    at = now if day is None else _noon(day, timezone)
    return MoonView(at, timezone, bool(place and place.coordinates.latitude < 0))


def _noon(day: date, timezone: str) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(timezone)).astimezone(UTC)


def _visitor_place(services: Services, options: RequestOptions) -> Place | None:
    """The visitor's place if it is known without a call."""
    visitor = options.visitor
    if visitor is None or not is_public(visitor):
        return None
    result = services.locator.lookup_local(visitor)
    return result.place if result else None

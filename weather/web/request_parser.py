"""From a Flask request to `RequestOptions`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from flask import Request

from weather.core.errors import InvalidOption, LocationNotFound, WeatherError
from weather.places import query as places
from weather.places.query import Query, VisitorQuery
from weather.views import registry
from weather.views.oneline.template import parse as parse_template
from weather.views.options import ViewOptions
from weather.views.page_address import Option, PageAddress
from weather.views.question import TOPICS, Question
from weather.views.registry import View
from weather.views.saved import COOKIE, SavedPreferences
from weather.web import (
    comparison,
    cycle,
    environ,
    parameter_names,
    picture_name,
    prefixes,
    query_string,
    special_paths,
    view_options,
)
from weather.web.crawlers import is_crawler
from weather.web.cycle import Turn
from weather.web.endpoint import Endpoint, endpoint_of
from weather.web.negotiation import negotiate
from weather.web.parameter_kinds import Switch
from weather.web.parameters import ABOVE, ANSWER, FORCE_TEXT, PRESENTATION, WITHIN
from weather.web.picture_name import PictureName
from weather.web.public_address import PublicAddress
from weather.web.request import RequestOptions
from weather.web.special_paths import RefusedPath

# Requests by scanners and by browsers' habit; no upstream call is made for them.
_NO_PLACE = re.compile(
    r"\.well-known|\..*|.*\.(?:php|aspx?|jsp|cgi|env|git|xml|txt|js|css|map|json|ico|png|jpe?g"
    r"|gif|svg|webp|html?|ya?ml|zip|gz|sql|bak)",
    re.IGNORECASE,
)

# What precedes `location=`.
_OTHER_PLACES = frozenset({"link", "q", "lat", "lon", "ip"})
# `output=` without a picture.
_OUTPUTS = {"html": "html", "json": "json", "txt": "text", "text": "text", "ics": "ics"}


def _now() -> datetime:
    return datetime.now(UTC)


def parse(
    request: Request, public: PublicAddress | None = None, now: Callable[[], datetime] = _now
) -> RequestOptions:
    """The options of a request, with the default for what is invalid. Absolute URLs are made of
    the `public` address, by default of the request's."""
    arguments, declared = dict(request.view_args or {}), endpoint_of(request)
    picture = None if declared.answers else picture_name.parse(arguments.get("where", ""))
    options = query_string.parse(request.query_string)
    problems: list[WeatherError] = []
    if problem := parameter_names.problem(options, declared):
        problems.append(problem)
    if picture:
        # The file's name says more of what is wanted than the page that embeds it.
        arguments["where"], options = picture.where, (*picture.options, *options)
    prefix = arguments.pop("prefix", "")
    options = prefixes.with_prefixes(options, request.host, prefix, public)
    values = view_options.named_values(options)
    is_weather = declared.reads_place and not (declared.forms or declared.view or picture)
    compared = comparison.table_names(arguments.get("where", ""), options) if is_weather else ()
    turn = None if compared else _turn(request, arguments, values, now)
    view = _view(request, options, values, picture, problems, table=bool(compared))
    shown = _view_options(request, options, view, problems)
    if view.is_picture:
        shown = picture_name.sized(shown, values, picture)
    where = arguments.get("where")
    special = special_paths.parse(where or "")
    if special and declared.answers:
        problems.append(LocationNotFound("That is no place."))
        special = None
    if special:
        arguments["where"] = ""
    query = VisitorQuery() if compared else _query(arguments, values, declared, problems)
    if declared.answers:
        shown = replace(shown, question=_question(arguments["question"], values, problems))
    if view.personal:
        origin = public.origin if public else f"{request.scheme}://{request.host}"
        address = PageAddress(request.path, options, origin, request.script_root)
        shown = replace(shown, query=values.get("q") or where or "", address=address)
    elif view.shows_query:
        name, template = str(query), _template(values)
        if turn and template:
            name = cycle.justified(name, turn.width)
        shown = replace(shown, query=name, template=template)
    return RequestOptions(
        query=query,
        view=view,
        view_options=shown,
        strict=_strict(values, problems),
        visitor=request.environ.get(environ.VISITOR),
        crawler=is_crawler(request.headers.get("User-Agent", "")),
        options=options,
        problem=None if isinstance(special, RefusedPath) else next(iter(problems), None),
        special=special,
        compared=compared,
        until=turn.until if turn else None,
    )


def _turn(
    request: Request,
    arguments: dict[str, str],
    values: Mapping[str, str],
    now: Callable[[], datetime],
) -> Turn | None:
    """The place of a list in the path or `location=`, which becomes that of the request."""
    where = arguments.get("where", "")
    if not where and not _OTHER_PLACES.isdisjoint({*values, *arguments}):
        return None
    where = where or values.get("location", "")
    turn = cycle.turn(where, values.get("period", ""), now()) if ":" in where else None
    if turn:
        arguments["where"] = turn.where
    return turn


def _question(word: str, values: Mapping[str, str], problems: list[WeatherError]) -> Question:
    """The question of a path, with its default for what is impossible."""
    read: dict[str, Any] = {}
    for parameter in ANSWER:
        if parameter.name in values:
            try:
                read[parameter.name] = parameter.kind.read(parameter.name, values[parameter.name])
            except InvalidOption as error:
                error.parameter = parameter.name
                problems.append(error)
    if ABOVE.name in values and TOPICS[word].above is None:
        # Its answer would be that to another question.
        problems.append(InvalidOption(f"{ABOVE.name} is a speed, for wind and gusts.", ABOVE.name))
    return Question.of(word, read.get(WITHIN.name), read.get(ABOVE.name))


def _template(values: Mapping[str, str]) -> str:
    return parse_template(values.get("format") or values.get("view") or "")


def _strict(values: Mapping[str, str], problems: list[WeatherError]) -> bool:
    try:
        return Switch().read("strict", values.get("strict", ""))
    except InvalidOption as error:
        error.parameter = "strict"
        problems.append(error)
        return False


def _view(
    request: Request,
    options: tuple[Option, ...],
    values: Mapping[str, str],
    picture: PictureName | None,
    problems: list[WeatherError],
    *,
    table: bool,
) -> View:
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
        problem = InvalidOption(f"format can be {', '.join(forms)} here.")
        problem.parameter = "format"
        problems.append(problem)
    forced = registry.TEXT.name if FORCE_TEXT in view_options.flags(options) else ""
    output = _OUTPUTS.get(values.get("output", "").lower(), "")
    chosen = (named, values.get("view", "").lower(), output, forced)
    accept, agent = _client(request, values)
    names = (*filter(None, chosen), negotiate(None, accept, agent).name)
    return next((forms[name] for name in names if name in forms), next(iter(forms.values())))


def _view_options(
    request: Request, options: tuple[Option, ...], view: View, problems: list[WeatherError]
) -> ViewOptions:
    """Of the URL first, then of the cookie, then of the browser's headers. Only pages read the
    cookie: programs say in the URL what they want."""
    accept_language = request.headers.get("Accept-Language", "")
    cookie = request.cookies.get(COOKIE, "") if view.personal else ""
    parameters = endpoint_of(request).parameters or PRESENTATION
    shown, problem = view_options.read(options, accept_language, parameters)
    if problem:
        problems.append(problem)
    if not cookie:
        return shown
    saved = SavedPreferences.parse(cookie)
    added = tuple(
        (name, value)
        for name, value in saved.options().items()
        if name != "units" or shown.units is None
    )
    shown, _ = view_options.read((*options, *added), accept_language, parameters)
    return replace(shown, saved=saved)


def _query(
    arguments: Mapping[str, str],
    values: Mapping[str, str],
    declared: Endpoint,
    problems: list[WeatherError],
) -> Query:
    if not declared.reads_place:
        return VisitorQuery()
    try:
        return _parse_query(arguments, values)
    except WeatherError as error:
        problems.append(error)
        return VisitorQuery()


def _parse_query(arguments: Mapping[str, str], values: Mapping[str, str]) -> Query:
    """Raises `InvalidLocation` or `LocationNotFound`."""
    if "link" in arguments:
        # The query of the map's address is that of the request.
        return places.from_link(f"{arguments['link']}?{_joined(values)}")
    if arguments.get("where"):
        where = arguments["where"]
        if _NO_PLACE.fullmatch(where):
            raise LocationNotFound("That is no place.")
        return places.parse(where)
    if "lat" in values or "lon" in values:
        return places.from_pair(values.get("lat"), values.get("lon"))
    if "ip" in values:
        return places.from_address(values["ip"])
    return places.parse(values.get("q") or values.get("location") or "")


def _joined(values: Mapping[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in values.items())

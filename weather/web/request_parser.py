"""From a Flask request to `RequestOptions`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from flask import Request

from weather.core.errors import InvalidOption, LocationNotFound, WeatherError
from weather.places.query import Query, VisitorQuery
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
    request_place,
    request_view,
    special_paths,
    view_options,
)
from weather.web.crawlers import is_crawler
from weather.web.cycle import Turn
from weather.web.endpoint import endpoint_of
from weather.web.parameter_kinds import Switch
from weather.web.parameters import ABOVE, ANSWER, PRESENTATION, WITHIN
from weather.web.public_address import PublicAddress
from weather.web.request import RequestOptions
from weather.web.special_paths import RefusedPath


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
    turn = None if compared else request_place.turn(arguments, values, now)
    view = request_view.choose(request, options, values, picture, problems, table=bool(compared))
    presentation = _view_options(request, options, view, problems)
    if view.is_picture:
        presentation = picture_name.sized(presentation, values, picture)
    where = arguments.get("where")
    special = special_paths.parse(where or "")
    if special and declared.answers:
        problems.append(LocationNotFound("That is no place."))
        special = None
    if special:
        arguments["where"] = ""
    query = (
        VisitorQuery() if compared else request_place.query(arguments, values, declared, problems)
    )
    if declared.answers:
        question = _question(arguments["question"], values, problems)
        presentation = replace(presentation, question=question)
    if view.personal:
        typed = values.get("q") or where or ""
        presentation = replace(
            presentation, query=typed, address=_address(request, options, public)
        )
    elif view.shows_query:
        name, template = _caption(query, values, turn)
        presentation = replace(presentation, query=name, template=template)
    return RequestOptions(
        query=query,
        view=view,
        view_options=presentation,
        strict=_strict(values, problems),
        visitor=request.environ.get(environ.VISITOR),
        crawler=is_crawler(request.headers.get("User-Agent", "")),
        options=options,
        problem=None if isinstance(special, RefusedPath) else next(iter(problems), None),
        special=special,
        compared=compared,
        until=turn.until if turn else None,
    )


def _address(
    request: Request, options: tuple[Option, ...], public: PublicAddress | None
) -> PageAddress:
    origin = public.origin if public else f"{request.scheme}://{request.host}"
    return PageAddress(request.path, options, origin, request.script_root)


def _caption(query: Query, values: Mapping[str, str], turn: Turn | None) -> tuple[str, str]:
    """The name that a view shows of what was requested, and the template of a line."""
    name = str(query)
    template = parse_template(values.get("format") or values.get("view") or "")
    return (cycle.justified(name, turn.width) if turn and template else name), template


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


def _strict(values: Mapping[str, str], problems: list[WeatherError]) -> bool:
    try:
        return Switch().read("strict", values.get("strict", ""))
    except InvalidOption as error:
        error.parameter = "strict"
        problems.append(error)
        return False


def _view_options(
    request: Request, options: tuple[Option, ...], view: View, problems: list[WeatherError]
) -> ViewOptions:
    """Of the URL first, then of the cookie, then of the browser's headers. Only pages read the
    cookie: programs say in the URL what they want."""
    accept_language = request.headers.get("Accept-Language", "")
    cookie = request.cookies.get(COOKIE, "") if view.personal else ""
    parameters = endpoint_of(request).parameters or PRESENTATION
    presentation, problem = view_options.read(options, accept_language, parameters)
    if problem:
        problems.append(problem)
    if not cookie:
        return presentation
    saved = SavedPreferences.parse(cookie)
    added = tuple(
        (name, value)
        for name, value in saved.options().items()
        if name != "units" or presentation.units is None
    )
    presentation, _ = view_options.read((*options, *added), accept_language, parameters)
    return replace(presentation, saved=saved)

"""The door: routes at one glance, and what every answer has in common."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote, urlencode

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from weather import answers, line_format, location, preferences
from weather.address import Address, is_local
from weather.admission import ALLOWANCE, PROBES, VISITOR, Admission
from weather.alerts import Alerts
from weather.answers import CONTENT_TYPES, Body, Rendered
from weather.client_address import TrustedProxies
from weather.crawlers import is_crawler
from weather.deadline import ARRIVED, Deadline
from weather.domain import Credit, Located, Method, Report, Usual
from weather.errors import (
    InvalidLocation,
    InvalidOption,
    LocationNotFound,
    Overloaded,
    TooManyRequests,
    UpstreamError,
    UpstreamUnavailable,
    WeatherError,
)
from weather.kept import COOKIE, LIFETIME, Kept
from weather.languages import language
from weather.microcache import DEPENDS, Depends, Environ, Microcache
from weather.negotiation import Representation, negotiate
from weather.preferences import Preferences
from weather.rate_limit import Allowance, RateLimit
from weather.service import Weather
from weather.views import json, line, page, page_assets, preview, text
from weather.whereabouts import Whereabouts

log = logging.getLogger(__name__)

_ROBOTS = "User-agent: *\nAllow: /$\nDisallow: /\n"
# What scanners and browsers ask for by habit is no place, and no call is spent on it.
_NO_PLACE = re.compile(
    r"\.well-known|\..*|.*\.(?:php|aspx?|jsp|cgi|env|git|xml|txt|js|css|map|json|ico|png|jpe?g"
    r"|gif|svg|webp|html?|ya?ml|zip|gz|sql|bak)",
    re.IGNORECASE,
)
_PRIVATE_METHODS = frozenset({Method.VISITOR, Method.SERVER, Method.DEFAULT})
_NO_STORE = {"Cache-Control": "no-store"}
_FOR_A_DAY = {"Cache-Control": "public, max-age=86400"}
_COMPARED = 6  # places side by side
_OWN_PAGE = re.compile(r"/(?:[^/\\\s][^\\\s]*)?")


@dataclass(frozen=True, slots=True)
class Service:
    """What the routes need."""

    whereabouts: Whereabouts
    weather: Weather
    alerts: Alerts
    trusted_proxies: TrustedProxies
    rate_limit: RateLimit
    places_credit: Credit
    deadline: float  # seconds
    now: Callable[[], datetime]


def register(app: Flask, service: Service) -> None:
    door = _Door(service)
    routes: Iterable[tuple[str, Callable[..., Response]]] = (
        ("/", door.weather),
        ("/<where>", door.weather),
        ("/compare", door.compare),
        ("/preview.png", door.preview),
        ("/api/v1/weather", door.weather_json),
        ("/api/v1/places", door.places_json),
        ("/healthz", door.healthz),
        ("/readyz", door.readyz),
        ("/robots.txt", door.robots),
        ("/favicon.ico", door.favicon),
        ("/sw.js", door.service_worker),
        ("/manifest.webmanifest", door.manifest),
        ("/static/<name>", door.static),
    )
    for rule, view in routes:
        app.add_url_rule(rule, rule, view, methods=["GET"])
    app.add_url_rule("/settings", "settings", door.settings, methods=["POST"])
    app.config["MAX_CONTENT_LENGTH"] = 10_000  # bytes: forms of ours are short
    app.register_error_handler(WeatherError, door.weather_error)
    app.register_error_handler(HTTPException, door.http_error)
    app.register_error_handler(Exception, door.bug)
    app.before_request(door.admit)
    app.after_request(_finish)
    kept = Microcache(app.wsgi_app, service.now, door.share)
    admitted = Admission(kept, app.wsgi_app, service.trusted_proxies, service.rate_limit)
    app.wsgi_app = admitted  # type: ignore[method-assign]


class _Door:
    def __init__(self, service: Service) -> None:
        self._service = service
        self._rendered = Rendered()

    def admit(self) -> None:
        """Raises `Overloaded` for who has waited too long to be answered in time, and
        `TooManyRequests`. What asks whether we live is always let in."""
        if request.path in PROBES:
            return
        if _waited() > self._service.deadline / 2:
            raise Overloaded("Too many ask at once. Try again in a moment.")
        allowance: Allowance | None = request.environ[ALLOWANCE]
        if allowance and allowance.exceeded:
            told = f"More than {allowance.quota} requests in a minute."
            raise TooManyRequests(told, allowance.reset)

    def _deadline(self) -> Deadline:
        """Counted from when the request came, not from when it was its turn."""
        calls = not is_crawler(_header("User-Agent"))
        return Deadline(self._service.deadline - _waited(), calls=calls)

    def weather(self, where: str | None = None) -> Response:
        return self._weather(_representation(), where)

    def weather_json(self) -> Response:
        return self._weather(Representation.JSON, None)

    def _weather(self, representation: Representation, where: str | None) -> Response:
        service, deadline = self._service, self._deadline()
        kept = _kept(representation)
        wishes = _wishes(kept)
        query, visitor = _query(where), _visitor()
        located = service.whereabouts.locate(query, visitor, wishes.language[:2], deadline)
        wished = wishes.for_country(service.whereabouts.country_of(visitor))
        if representation is Representation.LINE:
            wished = replace(wished, line=line_format.template(_format()), asked=str(query))
        # Units that follow from the visitor's country are that visitor's alone.
        private = wishes.units is None or kept != Kept() or located.method in _PRIVATE_METHODS
        if located.method in _PRIVATE_METHODS:
            request.environ[DEPENDS] = Depends.PLACE
        else:
            request.environ[DEPENDS] = Depends.COUNTRY if wishes.units is None else Depends.NOBODY
        try:
            report = self._report(located, deadline)
        except UpstreamError as failure:
            usual = None if _is_strict() else service.weather.usual(located, failure)
            if usual is None:
                raise
            return _usual(usual, representation, wished, kept, private=private)
        return self._shown(report, representation, wished, kept, private=private)

    def _report(self, located: Located, deadline: Deadline) -> Report:
        """The forecast with the warnings. Raises `UpstreamError` if there is no forecast."""
        alerts = self._service.alerts
        asked = alerts.soon(located.place, deadline)
        report = self._service.weather.report(located, deadline)
        in_force = alerts.in_force(asked, deadline)
        return replace(report, alerts=in_force) if in_force else report

    def _shown(
        self,
        report: Report,
        representation: Representation,
        wishes: Preferences,
        kept: Kept,
        *,
        private: bool,
    ) -> Response:
        # A page names its own address, so it is one page for each.
        html = representation is Representation.HTML
        address = (request.host, request.full_path, kept) if html else ()
        clock = report.at if "%T" in wishes.line else None  # a line that is right for a minute
        etag = answers.validator(report, representation, wishes, address, clock)
        # Ages are told in minutes, so a body lives for one.
        key = f"{etag} {report.at:%H%M}"
        body = self._rendered.get(key, lambda: _render(report, representation, wishes, kept))
        headers = answers.freshness(report, private=private) | answers.cache_status(report)
        if clock:
            headers |= answers.briefly(private=private)
        return answers.respond(request, body, CONTENT_TYPES[representation], headers, etag)

    def compare(self) -> Response:
        """Several places on one page; one that cannot be told says so and spoils no other."""
        kept = _kept(Representation.HTML)
        visitor, deadline = _visitor(), self._deadline()
        wishes = _wishes(kept).for_country(self._service.whereabouts.country_of(visitor))
        queries = list(dict.fromkeys(filter(None, request.args.getlist("q"))))[:_COMPARED]
        found = [(query, self._compared(query, wishes, deadline)) for query in queries]
        body = Body.of(page.compare(found, wishes, request.full_path.rstrip("?"), kept))
        headers = {"Cache-Control": "private, max-age=60"}
        return answers.respond(request, body, CONTENT_TYPES[Representation.HTML], headers)

    def preview(self) -> Response:
        """The picture of a page, for others to show beside a link to it."""
        deadline, wishes = self._deadline(), _wishes()
        located = self._service.whereabouts.locate(_query(None), None, "en", deadline)
        report = self._service.weather.report(located, deadline)
        body = Body(preview.render(report, wishes), None)
        return answers.respond(request, body, "image/png", answers.freshness(report, private=False))

    def _compared(
        self, query: str, wishes: Preferences, deadline: Deadline
    ) -> Report | WeatherError:
        service = self._service
        try:
            located = service.whereabouts.locate(
                location.parse(query), None, wishes.language[:2], deadline
            )
            return service.weather.report(located, deadline)
        except WeatherError as error:
            return error

    def settings(self) -> Response:
        """Keep what the form says in the visitor's cookie, and go back to where it stood."""
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            raise InvalidOption("That form stands on another site.")
        kept = _kept(Representation.HTML).changed(request.form.items(multi=True))
        back = request.form.get("back", "/")
        response = Response(status=303)
        response.headers["Location"] = back if _OWN_PAGE.fullmatch(back) else "/"
        response.headers.update(_NO_STORE)
        response.set_cookie(
            COOKIE, str(kept), max_age=LIFETIME, httponly=True, samesite="Lax",
            secure=request.is_secure,
        )  # fmt: skip
        return response

    def places_json(self) -> Response:
        asked = request.args.get("q", "")
        query = location.parse(asked if asked.startswith("~") else f"~{asked}")
        if not isinstance(query, location.Named):
            raise InvalidLocation("q must be the name of a place.")
        deadline = self._deadline()
        found = self._service.whereabouts.search(query, _wishes().language[:2], deadline)
        body = Body.of(json.render_places(found, self._service.places_credit))
        return answers.respond(request, body, CONTENT_TYPES[Representation.JSON], _FOR_A_DAY)

    def healthz(self) -> Response:
        return _status({"status": "alive"}, 200)

    def readyz(self) -> Response:
        """Ready until every provider's last call has failed."""
        health = self._service.weather.health()
        ready = any(each.healthy is not False for each in health)
        words = {True: "answers", False: "fails", None: "not asked yet"}
        told = {each.provider: words[each.healthy] for each in health}
        status = "ready" if ready else "no forecast to be had"
        return _status({"status": status, "providers": told}, 200 if ready else 503)

    def robots(self) -> Response:
        return answers.respond(request, Body.of(_ROBOTS), "text/plain", _FOR_A_DAY)

    def favicon(self) -> Response:
        return self.static("favicon.svg")

    def service_worker(self) -> Response:
        return self.static("sw.js")

    def manifest(self) -> Response:
        return self.static("manifest.webmanifest")

    def static(self, name: str) -> Response:
        if name not in page_assets.ASSETS:
            raise LocationNotFound("There is no such file.")
        content_type, content = page_assets.ASSETS[name]
        return answers.respond(request, Body.of(content), content_type, _FOR_A_DAY)

    def weather_error(self, error: WeatherError) -> Response:
        try:
            representation = _representation()
        except WeatherError:
            representation = negotiate(None, _header("Accept"), _header("User-Agent"))
        return _error(error, representation)

    def http_error(self, error: HTTPException) -> Response:
        """Wrong paths and methods, in the same forms as all other errors."""
        told = WeatherError(error.description or error.name)
        told.status, told.title = error.code or 500, error.name
        if error.code == 404:
            told = LocationNotFound("There is nothing at this address. Ask for /name-of-a-place.")
        response = self.weather_error(told)
        for name, value in error.get_headers():
            if name == "Allow":
                response.headers[name] = value
        return response

    def bug(self, error: Exception) -> Response:
        log.error("A bug", exc_info=error)
        return self.weather_error(WeatherError("This is our fault, and it has been logged."))

    def share(self, environ: Environ, depends: Depends) -> Hashable:
        """What the visitor has in common with all who get the same answer."""
        visitor: Address | None = environ[VISITOR]
        whereabouts = self._service.whereabouts
        if depends is Depends.NOBODY:
            return None
        if visitor is None or is_local(visitor):
            return visitor
        if depends is Depends.COUNTRY:
            return Preferences().for_country(whereabouts.country_of(visitor)).units
        return whereabouts.at_hand(visitor) or visitor


def _visitor() -> Address | None:
    visitor: Address | None = request.environ[VISITOR]
    return visitor


def _waited() -> float:
    """Seconds that the request stood in the server's line, as far as the server tells."""
    arrived: float | None = request.environ.get(ARRIVED)
    return 0.0 if arrived is None else max(time.monotonic() - arrived, 0.0)


def _query(where: str | None) -> location.Query:
    options = request.args
    if where is not None:
        if _NO_PLACE.fullmatch(where):
            raise LocationNotFound("That is no place.")
        return location.parse(where)
    if "lat" in options or "lon" in options:
        return location.from_pair(options.get("lat"), options.get("lon"))
    if "ip" in options:
        return location.from_address(options["ip"])
    return location.parse(options.get("q", ""))


def _kept(representation: Representation) -> Kept:
    """Only pages look at the cookie: programs say in the URL what they want."""
    html = representation is Representation.HTML
    return Kept.parse(request.cookies.get(COOKIE, "")) if html else Kept()


def _wishes(kept: Kept | None = None) -> Preferences:
    """What the URL says, then what was kept, then what the browser's headers say."""
    said = (*request.args.items(multi=True), *(kept.options().items() if kept else ()))
    return preferences.parse(said, _header("Accept-Language"))


def _representation() -> Representation:
    if request.path.startswith("/api/"):
        return Representation.JSON
    asked = _format()
    if not asked and _asks_for_terminal():
        return Representation.TEXT
    return negotiate(asked, _header("Accept"), _header("User-Agent"))


def _format() -> str | None:
    return line_format.asked(request.query_string)


def _asks_for_terminal() -> bool:
    return b"A" in request.query_string and _wishes().force_text


def _header(name: str) -> str:
    return request.headers.get(name, "")


def _render(report: Report, representation: Representation, wishes: Preferences, kept: Kept) -> str:
    match representation:
        case Representation.HTML:
            return page.render(report, wishes, _link, request.host_url.rstrip("/"), kept)
        case Representation.TEXT:
            return text.render(report, wishes)
        case Representation.JSON:
            return json.render(report, wishes)
        case Representation.LINE:
            return line.render(report, wishes)


def _usual(
    usual: Usual, representation: Representation, wishes: Preferences, kept: Kept, *, private: bool
) -> Response:
    """What is usual, instead of a forecast: an answer, but not one to keep."""
    match representation:
        case Representation.HTML:
            body = page.render_usual(usual, wishes, _link, kept)
        case Representation.TEXT:
            body = text.render_usual(usual, wishes)
        case Representation.JSON:
            body = json.render_usual(usual, wishes)
        case Representation.LINE:
            body = line.render_usual(usual, wishes)
    headers = answers.briefly(private=private) | {"Retry-After": str(usual.retry_after)}
    return answers.respond(request, Body.of(body), CONTENT_TYPES[representation], headers)


def _is_strict() -> bool:
    """`strict=1` asks for a forecast or an error, and nothing in between."""
    return request.args.get("strict", "0").lower() not in {"", "0", "false"}


def _link(changes: Mapping[str, str]) -> str:
    """This page's own URL with some options changed, relative to the host."""
    options = {**request.args.to_dict(), **changes}
    query = urlencode(options)
    return quote(request.path) + (f"?{query}" if query else "")


def _status(told: dict[str, object], status: int) -> Response:
    response = Response(json.dumps(told), status=status, content_type="application/json")
    response.headers.update(_NO_STORE)
    return response


def _error(error: WeatherError, representation: Representation) -> Response:
    match representation:
        case Representation.HTML:
            asked = request.args.get("q") or (request.view_args or {}).get("where", "")
            kept = _kept(representation)
            body = page.error(error, _told_in(kept), asked, kept)
        case Representation.TEXT:
            body = text.error(error, language(_told_in(Kept()).language))
        case Representation.JSON:
            body = json.error(error)
        case Representation.LINE:
            body = line.error(error, language(_told_in(Kept()).language))
    content_type = CONTENT_TYPES[representation].replace("application/", "application/problem+")
    response = answers.respond(request, Body.of(body), content_type, _NO_STORE)
    response.status_code = error.status
    if isinstance(error, UpstreamUnavailable | TooManyRequests | Overloaded):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _told_in(kept: Kept) -> Preferences:
    """The wishes as far as they can be understood: an error is told in the right language."""
    try:
        return _wishes(kept)
    except WeatherError:
        return Preferences()


def _finish(response: Response) -> Response:
    response.headers.update(answers.SECURITY_HEADERS)
    response.headers["Vary"] = "Accept, Accept-Encoding, Accept-Language, User-Agent"
    if response.mimetype == "text/html":
        response.headers.update(answers.PAGE_HEADERS)
        response.headers["Content-Security-Policy"] = page_assets.POLICY
        response.headers["Vary"] += ", Cookie"
    else:
        response.headers["Content-Security-Policy"] = page_assets.FILES_POLICY
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response

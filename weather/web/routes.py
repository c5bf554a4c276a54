"""The door: routes at one glance, and what every answer has in common."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from weather.core.deadline import Deadline
from weather.core.errors import (
    InvalidLocation,
    InvalidOption,
    LocationNotFound,
    Overloaded,
    TooManyRequests,
    UpstreamError,
    WeatherError,
)
from weather.core.ip_address import Address, is_local
from weather.core.models import Credit, LocatedBy, LocatedPlace, Report
from weather.forecasts.alerts import Alerts
from weather.forecasts.service import ForecastService
from weather.places import query as location
from weather.places.locator import PlaceLocator
from weather.views import json
from weather.views.html import assets
from weather.views.html import render as page
from weather.views.image import preview
from weather.views.preferences import Preferences
from weather.views.saved import COOKIE, LIFETIME, SavedPreferences
from weather.web import representations, responses
from weather.web import request as asked
from weather.web.client_address import TrustedProxies
from weather.web.crawlers import is_crawler
from weather.web.environ import VARY_ON, VISITOR
from weather.web.microcache import Environ, Microcache, VaryOn
from weather.web.middleware import PROBES, Admission
from weather.web.negotiation import Representation
from weather.web.rate_limit import RateLimit
from weather.web.representations import ResponseOptions
from weather.web.responses import CONTENT_TYPES, NO_STORE, Body, BodyCache

log = logging.getLogger(__name__)

_ROBOTS = "User-agent: *\nAllow: /$\nDisallow: /\n"
_PRIVATE_METHODS = frozenset({LocatedBy.VISITOR, LocatedBy.SERVER, LocatedBy.DEFAULT})
_FOR_A_DAY = {"Cache-Control": "public, max-age=86400"}
_COMPARED = 6  # places side by side
_OWN_PAGE = re.compile(r"/(?:[^/\\\s][^\\\s]*)?")


@dataclass(frozen=True, slots=True)
class Service:
    """What the routes need."""

    whereabouts: PlaceLocator
    weather: ForecastService
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
    app.register_error_handler(WeatherError, representations.error)
    app.register_error_handler(HTTPException, door.http_error)
    app.register_error_handler(Exception, door.bug)
    app.before_request(door.admit)
    app.after_request(representations.add_common_headers)
    kept = Microcache(app.wsgi_app, service.now, door.share)
    admitted = Admission(kept, app.wsgi_app, service.trusted_proxies, service.rate_limit)
    app.wsgi_app = admitted  # type: ignore[method-assign]


class _Door:
    def __init__(self, service: Service) -> None:
        self._service = service
        self._rendered = BodyCache()

    def admit(self) -> None:
        """Raises `Overloaded` for who has waited too long to be answered in time, and
        `TooManyRequests`. What asks whether we live is always let in."""
        if request.path in PROBES:
            return
        if asked.waited() > self._service.deadline / 2:
            raise Overloaded("Too many ask at once. Try again in a moment.")
        allowance = asked.allowance()
        if allowance and allowance.exceeded:
            told = f"More than {allowance.quota} requests in a minute."
            raise TooManyRequests(told, allowance.reset)

    def _deadline(self) -> Deadline:
        """Counted from when the request came, not from when it was its turn."""
        calls = not is_crawler(asked.header("User-Agent"))
        return Deadline(self._service.deadline - asked.waited(), allow_upstream=calls)

    def weather(self, where: str | None = None) -> Response:
        return self._weather(asked.representation(), where)

    def weather_json(self) -> Response:
        return self._weather(Representation.JSON, None)

    def _weather(self, representation: Representation, where: str | None) -> Response:
        service, deadline = self._service, self._deadline()
        kept = asked.kept(representation)
        wishes = asked.wishes(kept)
        query, visitor = asked.query(where), asked.visitor()
        located = service.whereabouts.locate(query, visitor, wishes.language[:2], deadline)
        request.environ[VARY_ON] = depends = _depends(located, wishes)
        wishes = wishes.for_country(service.whereabouts.country_of(visitor))
        if representation is Representation.LINE:
            wishes = replace(wishes, line=asked.line(), asked=str(query))
        private = depends is not VaryOn.NOBODY or kept != SavedPreferences()
        wanted = ResponseOptions(representation, wishes, kept, private)
        try:
            return representations.report(self._report(located, deadline), wanted, self._rendered)
        except UpstreamError as failure:
            usual = None if asked.is_strict() else service.weather.usual(located, failure)
            if usual is None:
                raise
            return representations.usual(usual, wanted)

    def _report(self, located: LocatedPlace, deadline: Deadline) -> Report:
        """The forecast with the warnings. Raises `UpstreamError` if there is no forecast."""
        alerts = self._service.alerts
        soon = alerts.start(located.place, deadline)
        report = self._service.weather.report(located, deadline)
        in_force = alerts.collect(soon, deadline)
        return replace(report, alerts=in_force) if in_force else report

    def compare(self) -> Response:
        """Several places on one page; one that cannot be told says so and spoils no other."""
        kept = asked.kept(Representation.HTML)
        visitor, deadline = asked.visitor(), self._deadline()
        wishes = asked.wishes(kept).for_country(self._service.whereabouts.country_of(visitor))
        queries = list(dict.fromkeys(filter(None, request.args.getlist("q"))))[:_COMPARED]
        # Side by side as well, or the last would have no time left.
        with ThreadPoolExecutor(_COMPARED) as threads:
            told = threads.map(partial(self._compared, wishes, deadline), queries)
            found = list(zip(queries, told, strict=True))
        body = Body.of(page.compare(found, wishes, request.full_path.rstrip("?"), kept))
        headers = {"Cache-Control": "private, max-age=60"}
        return responses.respond(request, body, CONTENT_TYPES[Representation.HTML], headers)

    def preview(self) -> Response:
        """The picture of a page, for others to show beside a link to it."""
        deadline, wishes = self._deadline(), asked.wishes()
        located = self._service.whereabouts.locate(asked.query(None), None, "en", deadline)
        report = self._service.weather.report(located, deadline)
        body = Body(preview.render(report, wishes), None)
        return responses.respond(
            request, body, "image/png", responses.freshness(report, private=False)
        )

    def _compared(
        self, wishes: Preferences, deadline: Deadline, query: str
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
        kept = asked.kept(Representation.HTML).changed(request.form.items(multi=True))
        back = request.form.get("back", "/")
        response = Response(status=303)
        response.headers["Location"] = back if _OWN_PAGE.fullmatch(back) else "/"
        response.headers.update(NO_STORE)
        response.set_cookie(
            COOKIE, str(kept), max_age=LIFETIME, httponly=True, samesite="Lax",
            secure=request.is_secure,
        )  # fmt: skip
        return response

    def places_json(self) -> Response:
        name = request.args.get("q", "")
        query = location.parse(name if name.startswith("~") else f"~{name}")
        if not isinstance(query, location.NameQuery):
            raise InvalidLocation("q must be the name of a place.")
        deadline = self._deadline()
        found = self._service.whereabouts.search(query, asked.wishes().language[:2], deadline)
        body = Body.of(json.render_places(found, self._service.places_credit))
        return responses.respond(request, body, CONTENT_TYPES[Representation.JSON], _FOR_A_DAY)

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
        return responses.respond(request, Body.of(_ROBOTS), "text/plain", _FOR_A_DAY)

    def favicon(self) -> Response:
        return self.static("favicon.svg")

    def service_worker(self) -> Response:
        return self.static("sw.js")

    def manifest(self) -> Response:
        return self.static("manifest.webmanifest")

    def static(self, name: str) -> Response:
        if name not in assets.ASSETS:
            raise LocationNotFound("There is no such file.")
        content_type, content = assets.ASSETS[name]
        return responses.respond(request, Body.of(content), content_type, _FOR_A_DAY)

    @staticmethod
    def http_error(error: HTTPException) -> Response:
        """Wrong paths and methods, in the same forms as all other errors."""
        told = WeatherError(error.description or error.name)
        told.status, told.title = error.code or 500, error.name
        if error.code == 404:
            told = LocationNotFound("There is nothing at this address. Ask for /name-of-a-place.")
        response = representations.error(told)
        for name, value in error.get_headers():
            if name == "Allow":
                response.headers[name] = value
        return response

    @staticmethod
    def bug(error: Exception) -> Response:
        log.error("A bug", exc_info=error)
        return representations.error(WeatherError("This is our fault, and it has been logged."))

    def share(self, environ: Environ, depends: VaryOn) -> Hashable:
        """What the visitor has in common with all who get the same answer."""
        visitor: Address | None = environ[VISITOR]
        whereabouts = self._service.whereabouts
        if depends is VaryOn.NOBODY:
            return None
        if visitor is None or is_local(visitor):
            return visitor
        if depends is VaryOn.COUNTRY:
            return Preferences().for_country(whereabouts.country_of(visitor)).units
        return whereabouts.lookup_local(visitor) or visitor


def _depends(located: LocatedPlace, wishes: Preferences) -> VaryOn:
    """What an answer depends on of its visitor; units are those of the visitor's country."""
    if located.method in _PRIVATE_METHODS:
        return VaryOn.PLACE
    return VaryOn.COUNTRY if wishes.units is None else VaryOn.NOBODY


def _status(told: dict[str, object], status: int) -> Response:
    response = Response(json.dumps(told), status=status, content_type="application/json")
    response.headers.update(NO_STORE)
    return response

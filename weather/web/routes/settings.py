"""The visitor's saved preferences."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import Blueprint, Request, Response, request

from weather.core.errors import InvalidOption
from weather.views.saved import COOKIE, LIFETIME, SavedPreferences
from weather.web.endpoint import PACKAGE
from weather.web.responses import NO_STORE

_OWN_PAGE = re.compile(r"/(?:[^/\\\s][^\\\s]*)?")


def blueprint() -> Blueprint:
    routes = Blueprint("settings", PACKAGE)
    routes.add_url_rule("/settings", view_func=save, methods=["POST"])
    return routes


def save() -> Response:
    """Saves the form in a cookie and redirects back to the page that it is part of."""
    if not _is_from_this_site(request):
        raise InvalidOption("The form was sent from another site.")
    saved = SavedPreferences.parse(request.cookies.get(COOKIE, ""))
    saved = saved.changed(request.form.items(multi=True))
    back = request.form.get("back", "/")
    response = Response(status=303)
    response.headers["Location"] = back if _OWN_PAGE.fullmatch(back) else "/"
    response.headers.update(NO_STORE)
    response.set_cookie(
        COOKIE, str(saved), max_age=LIFETIME, httponly=True, samesite="Lax",
        secure=request.is_secure,
    )  # fmt: skip
    return response


def _is_from_this_site(request: Request) -> bool:
    """Whether a form was sent from a page of this host, or by a program."""
    # Browsers send this header over TLS and to the loopback address only. It comes first, as a
    # proxy may change the Host header with which an Origin is compared.
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    # The forms of this site have the Origin "null", due to their Referrer-Policy (Fetch, 3.2).
    return origin == "null" or _authority(origin) == request.host.lower()


def _authority(origin: str) -> str:
    """The host of an origin, with its port if that is not the scheme's; empty if it has none."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""

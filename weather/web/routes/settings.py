"""The visitor's saved preferences."""

from __future__ import annotations

import re

from flask import Blueprint, Response, request

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
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
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

"""The visitor's saved preferences."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from flask import Blueprint, Request, Response, request
from werkzeug.exceptions import (
    BadRequest,
    LengthRequired,
    MethodNotAllowed,
    UnsupportedMediaType,
)

from weather.core.errors import InvalidOption
from weather.views.saved import COOKIE, LIFETIME, SavedPreferences
from weather.web.endpoint import PACKAGE
from weather.web.origin import is_own
from weather.web.public_address import PublicAddress
from weather.web.responses import NO_STORE

_PAGE = re.compile(r"/(?:[^/\\\s][^\\\s]*)?")
_FORM = "application/x-www-form-urlencoded"
_UNDECODABLE = "\ufffd"

Fields = list[tuple[str, str]]


def blueprint(public: PublicAddress | None) -> Blueprint:
    routes = Blueprint("settings", PACKAGE)

    @routes.post("/settings")
    def save() -> Response:
        """Saves the form in a cookie and redirects back to the page that it is part of."""
        if not _is_from_this_site(request, public):
            raise InvalidOption("The form was sent from another site.")
        fields = _fields(request)
        response = Response(status=303)
        response.headers["Location"] = _back(request, fields)
        response.headers.update(NO_STORE)
        saved = SavedPreferences.parse(request.cookies.get(COOKIE, ""))
        changed = saved.changed(fields)
        if changed != saved:
            response.set_cookie(
                COOKIE, str(changed), max_age=LIFETIME, httponly=True, samesite="Lax",
                path=request.script_root or "/", secure=_is_secure(request, public),
            )  # fmt: skip
        return response

    @routes.get("/settings")
    def refuse() -> Response:
        """Else it would be the weather of a place called settings."""
        raise MethodNotAllowed(valid_methods=["POST"])

    return routes


def _fields(request: Request) -> Fields:
    """The fields of the whole form, without those that are no UTF-8. Raises `HTTPException`: of
    a part of a form, the end of its last value may be missing."""
    if "Transfer-Encoding" in request.headers:
        # Not every server decodes it, or says so; browsers do not send forms in chunks.
        raise LengthRequired("A form must have a Content-Length.")
    data = request.get_data()  # 413 if it is too long
    if len(data) != (request.content_length or 0):
        raise BadRequest("A part of the form is missing.")
    if data and request.mimetype != _FORM:
        raise UnsupportedMediaType(f"The form must be {_FORM}.")
    fields = parse_qsl(data.decode(errors="replace"), keep_blank_values=True, errors="replace")
    return [(name, value) for name, value in fields if _UNDECODABLE not in name + value]


def _back(request: Request, fields: Fields) -> str:
    """The page to return to: one of this service, by default the start page."""
    root = f"{request.script_root}/"
    back = next((value for name, value in fields if name == "back"), root)
    return back if _PAGE.fullmatch(back) and back.startswith(root) else root


def _is_from_this_site(request: Request, public: PublicAddress | None) -> bool:
    """Whether a form was sent from a page of this host, or by a program."""
    # Browsers send this header over TLS and to the loopback address only. It comes first, as a
    # proxy may change the Host header with which an Origin is compared.
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in {"same-origin", "none"}
    # Browsers name the origin of a form, or its page. Our pages have a Referrer-Policy with which
    # their origin is never "null" (Fetch, 3.2), as that of a hostile page can be.
    source = request.headers.get("Origin", request.headers.get("Referer"))
    return source is None or is_own(source, request, public)


def _is_secure(request: Request, public: PublicAddress | None) -> bool:
    """Whether the client uses TLS, also where a proxy does not say so."""
    if public and public.origin == f"https://{request.host.lower()}":
        return True
    return request.is_secure

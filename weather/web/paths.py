"""The path of a request, in its one form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

_REPLACED = "\ufffd".encode().decode("latin-1")


def of_request(environ: Mapping[str, Any]) -> str:
    """The PATH_INFO of a request in its one form. Flask's own server has replaced the bytes that
    are not UTF-8; they are taken from the request line then."""
    path: str = environ.get("PATH_INFO", "")
    target: str = environ.get("RAW_URI", "")
    if _REPLACED in path and target.startswith("/"):
        encoded = target.partition("?")[0].encode("latin-1", "replace")
        path = unquote_to_bytes(encoded).decode("latin-1")
        path = path.removeprefix(environ.get("SCRIPT_NAME", ""))
    return normalized(path)


def below(prefix: str, path: str) -> str:
    """The path of a page below the start page at `prefix`, which some proxies cut off."""
    if path == prefix:
        return "/"
    return path.removeprefix(prefix) if path.startswith(f"{prefix}/") else path


def normalized(path: str) -> str:
    """A PATH_INFO (PEP 3333: bytes decoded as Latin-1) in UTF-8, without empty segments: clients
    write `//Paris` and `/Paris/`."""
    if path.startswith("/") and path.isascii() and "//" not in path and path[-1] != "/":
        return path
    text = decode(path.encode("latin-1", "replace"))
    segments = filter(None, text.split("/"))
    return ("/" + "/".join(segments)).encode("utf-8", "replace").decode("latin-1")


def decode(data: bytes) -> str:
    """The text of bytes from a URL: UTF-8, else Windows-1252, which old clients and hand-written
    links use, else Latin-1 for the bytes that Windows-1252 lacks."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def unquote(data: bytes) -> str:
    """The text of a percent-encoded part of a query string, in which `+` is a blank."""
    return decode(unquote_to_bytes(data.replace(b"+", b" ")))

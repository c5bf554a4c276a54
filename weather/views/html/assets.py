"""The page's style and script, which stand in the page itself, and the files beside it.

The policy names both by their hashes, so nothing else can style the page or run in it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType
from urllib.parse import quote


def _read(name: str) -> str:
    return (
        resources.files("weather.views.html").joinpath("static", name).read_text(encoding="utf-8")
    )


def _small_style(text: str) -> str:
    """Without comments and the blanks that CSS does not need."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r" ?([{};,]) ?", r"\1", text).replace(": ", ":").replace(";}", "}").strip()


def _small_script(text: str) -> str:
    """Without comments that have a line of their own, and without indentation."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


STYLE = _small_style(_read("style.css"))
SCRIPT = _small_script(_read("page.js"))
POLICY = "; ".join(
    (
        "default-src 'none'",
        f"style-src {_hash(STYLE)}",
        f"script-src {_hash(SCRIPT)}",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
FILES_POLICY = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"
"""For all that is no page; the service worker may still fetch."""
_ICON = _read("favicon.svg").strip()
ICON_URL = "data:image/svg+xml," + quote(_ICON, safe="/:=,()[]{}!*'")

ASSETS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "favicon.svg": ("image/svg+xml", _ICON),
        "manifest.webmanifest": ("application/manifest+json", _read("manifest.webmanifest")),
        "sw.js": (
            "text/javascript; charset=utf-8",
            _small_script(_read("sw.js")).replace("POLICY", f'"{POLICY}"'),
        ),
    }
)
"""The files that browsers ask for besides the page: their types and texts."""

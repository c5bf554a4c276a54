"""The style and script inside each page, the static files, and their Content-Security-Policy.

The policy allows only the style and the script that have these hashes, and the script that the
latter loads, by its hash, when a feature is used.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType
from urllib.parse import quote

from weather.views.html.stylesheet import colour_schemes, stylesheet


def _read(name: str) -> str:
    return (
        resources.files("weather.views.html").joinpath("static", name).read_text(encoding="utf-8")
    )


def _minify_script(script: str) -> str:
    """The script without comment lines, empty lines, indentation, and spaces around operators
    outside of texts. Lines stay, since some statements end with theirs."""
    lines = (line.strip() for line in script.splitlines())
    code = "\n".join(line for line in lines if line and not line.startswith("//"))
    parts = re.split(r'("(?:[^"\\]|\\.)*"|`[^`]*`|/[^/ \n]+/\w*)', code)
    spaced = re.compile(r" *([=+*<>!&|?:;,(){}\[\]]+) *")
    parts[::2] = [spaced.sub(lambda it: it[1], part) for part in parts[::2]]
    return "".join(parts)


def _minify_json(text: str) -> str:
    return json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))


def _csp_hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


# Later layers take precedence: those of the media last.
_LAYERS = ("tokens", "base", "frame", "now", "hours", "days", "sky", "media")
_STYLE = {name: _read(f"style/{name}.css") for name in _LAYERS}
_COMPARISON = _STYLE | {"compare": _read("compare.css")}
COLORS, DARK_COLORS = colour_schemes(_STYLE["tokens"])
STYLE, COMPARISON_STYLE = stylesheet(_STYLE), stylesheet(_COMPARISON)
_WITH_RARE = _COMPARISON | {"rare": _read("rare.css")}


def _last_layer(name: str, text: str) -> str:
    """A layer that comes after the others, by itself."""
    return stylesheet(_STYLE | {name: text}).removeprefix(STYLE)


# RARE_STYLE is the second style of pages with what few have.
_MORE_STYLE, RARE_STYLE = (_last_layer(name, _read(f"{name}.css")) for name in ("more", "rare"))
_MORE = _minify_script(_read("more.js")).replace("MORE_STYLE", json.dumps(_MORE_STYLE))
_MORE_HASH = _csp_hash(_MORE)
# The version keeps caches from an older file, which the hash would refuse.
SCRIPT = (
    _minify_script(_read("page.js"))
    .replace("MORE_HASH", _MORE_HASH.strip("'"))
    .replace("MORE_VERSION", _MORE_HASH[8:16])
)


def _page_policy(style: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_csp_hash(style)} {_csp_hash(RARE_STYLE)}",
            # Also the script that this one loads.
            f"script-src {_csp_hash(SCRIPT)} 'strict-dynamic'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


POLICY, COMPARISON_POLICY = _page_policy(STYLE), _page_policy(COMPARISON_STYLE)
EMBED_STYLE = stylesheet(_WITH_RARE | {"embed": _read("embed.css")})
EMBED_POLICY = "; ".join(
    (
        "default-src 'none'",
        f"style-src {_csp_hash(EMBED_STYLE)}",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors *",
    )
)
"""The policy of the card that pages of all sites may show in a frame: it has no script."""
PLAIN_STYLE = stylesheet(
    {name: _STYLE[name] for name in ("tokens", "base")} | {"plain": _read("plain.css")}
)
PLAIN_POLICY = "; ".join(
    (
        "default-src 'none'",
        f"style-src {_csp_hash(PLAIN_STYLE)}",
        "img-src data:",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""The policy of pages without weather, which have no script."""
_ICON = _read("favicon.svg").strip()
ICON_URL = "data:image/svg+xml," + quote(_ICON.replace('"', "'"), safe="/:=,()[]{}!*'")

ASSETS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "favicon.svg": ("image/svg+xml", _ICON),
        "manifest.webmanifest": (
            "application/manifest+json",
            _minify_json(_read("manifest.webmanifest")),
        ),
        "sw.js": (
            "text/javascript; charset=utf-8",
            _minify_script(_read("sw.js")).replace("POLICY", f'"{POLICY}"'),
        ),
    }
)
"""The static files by name: content type and text."""
ON_DEMAND: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"more.js": ("text/javascript; charset=utf-8", _MORE)}
)
"""Those that no first visit loads."""

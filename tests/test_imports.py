"""The table of docs/design.md: which room imports what."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "weather"
PURE = {"errors", "address", "deadline", "wmo", "meteorology"}

# Room → what it may import of this project. Rooms below a folder are named by the folder.
ALLOWED: dict[str, set[str]] = {
    "settings": set(),
    "errors": set(),
    "deadline": set(),
    "wmo": set(),
    "meteorology": set(),
    "address": set(),
    "languages": set(),
    "kept": {"languages"},
    "preferences": {"errors", "languages"},
    "line_format": set(),
    "negotiation": {"errors", "line_format"},
    "domain": {"errors"},
    "location": {"domain", "errors", "address"},
    "astronomy": {"domain"},
    "days": {"domain", "astronomy", "meteorology", "wmo"},
    "freshness": set(),
    "entries": {"errors"},
    "breaker": set(),
    "stores": {"stores", "breaker"},
    "store": {"stores"},
    "cache": {"entries", "errors", "deadline", "freshness", "store"},
    "whereabouts": {"domain", "errors", "location", "cache", "entries", "address", "deadline"},
    "service": {
        *("domain", "errors", "cache", "entries", "days", "astronomy", "deadline", "freshness"),
    },
    "budget": {"errors", "store"},
    "gate": {"breaker", "budget", "deadline", "errors", "store"},
    "connection": set(),
    "upstream": {"budget", "connection", "deadline", "errors", "gate", "store", "stores"},
    "providers": {"providers", "domain", "upstream", "budget"} | PURE,
    "alerts": {"domain", "errors", "cache", "entries", "deadline"},
    "atlas": {"atlas", "domain", "errors", "address"},
    "views": {"views", "domain", "preferences", "languages", "kept", "line_format"} | PURE,
    "client_address": {"address"},
    "answers": {"domain", "negotiation"},
    "crawlers": set(),
    "rate_limit": {"address"},
    "admission": {"client_address", "microcache", "rate_limit"},
    "asked": {
        *("address", "admission", "deadline", "errors", "kept", "line_format", "location"),
        *("negotiation", "preferences", "rate_limit"),
    },
    "shown": {
        *("answers", "asked", "domain", "errors", "kept", "languages", "negotiation"),
        *("preferences", "views"),
    },
    "web": {
        *("address", "admission", "alerts", "answers", "asked", "client_address", "crawlers"),
        *("deadline", "domain", "errors", "kept", "location", "microcache", "negotiation"),
        *("preferences", "rate_limit", "service", "shown", "views", "whereabouts"),
    },
    "server": {"settings"},
    "worker": {"deadline"},
    "microcache": set(),
    "geoip_update": {"errors", "providers", "download"},
    "download": {"errors", "deadline"},
}
# Third-party package → the rooms that may import it.
THIRD_PARTY = {
    "astral": {"astronomy"},
    "cachelib": {"stores/memory", "stores/folder", "stores/redis"},
    "redis": {"stores/redis"},
    "requests": {"upstream", "connection", "download"},
    "urllib3": {"upstream", "connection", "download"},
    "maxminddb": {"providers/ip_database", "providers/ip_file", "providers/ip_records"},
    "flask": {"__init__", "assembly", "web", "asked", "shown", "answers", "server"},
    "werkzeug": {"web"},
    "gunicorn": {"server", "worker"},
    "jinja2": {"views/page"},
    "markupsafe": {"views/page", "views/page_clock"},
}
FILES = sorted(path for path in ROOT.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """The modules that a file imports, with their names in full."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            if node.module in {"weather", "weather.views", "weather.providers"}:
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found - {"weather"}


def room(module: str) -> str:
    return module.removeprefix("weather.").split(".")[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_what_stands_below_it(path: Path) -> None:
    relative = path.relative_to(ROOT).with_suffix("")
    if str(relative) in {"__init__", "assembly"}:  # they join all
        return
    own = relative.parts[0]
    assert own in ALLOWED, f"{own} is a new room: say in the table what it may import"
    rooms = {room(module) for module in imports(path) if module.startswith("weather.")}
    assert rooms <= ALLOWED[own]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_library_is_known_to_its_rooms_alone(path: Path) -> None:
    own = str(path.relative_to(ROOT).with_suffix(""))
    for module in imports(path):
        package = module.split(".")[0]
        if package in THIRD_PARTY:
            assert own in THIRD_PARTY[package], f"{own} imports {package}"


def test_every_room_of_the_table_exists() -> None:
    assert set(ALLOWED) <= {path.relative_to(ROOT).with_suffix("").parts[0] for path in FILES}

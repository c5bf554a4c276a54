"""Hostile texts and numbers from every provider, through every view.

    python -m tests.attack.hostile_text --seed 7 --seconds 300

Each round takes a hostile text, puts it into every text that a provider sends, or hostile numbers
into its numbers, and renders every view. A page must have the elements of an ordinary page and no
code but its own; a text for terminals has no control characters; every answer has a bounded size.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import cycle
from typing import Any

from flask.testing import FlaskClient

from simulator import Upstreams
from simulator.faults import Fault
from simulator.messages import Response
from tests.attack.command import Run, main
from tests.attack.markup import Page
from tests.page_states import states
from tests.providers import hostile
from weather import create_app
from weather.settings import Settings
from weather.views import registry
from weather.views.question import TOPICS

# A page of a place, and of a comparison of six. An ordinary page has some 170 kB, of which 100 kB
# are its style, script and pictures.
LARGEST_PAGE, LARGEST_COMPARISON = 600_000, 2_000_000
LARGEST_OTHER = 400_000  # JSON, with its hours
PROVIDERS = (
    "geocoding",
    "nws",
    "bright-sky",
    "environment-canada",
    "meteoalarm",
    "ipwhois",
    "geojs",
    "open-meteo",
    "air-quality",
    "met-norway",
)
# A name, its namesakes, points with warnings, the server's own place.
PLACES = ("/Paris", "/38.9,-77.0", "/52.5,13.4", "/45.4,-75.7", "/")
VIEWS = (*registry.BY_FORMAT, "3", "%l:+%c+%t")
MORE = (
    "/compare?q=Paris&q=38.9,-77&q=52.5,13.4&q=45.4,-75.7&q=Rome&q=Oslo",
    "/compare?q=Paris&q=38.9,-77&q=52.5,13.4&format=text",
    "/Paris:38.9,-77:45.4,-75.7?view=table&format=text&T&width=63",
    "/Paris:38.9,-77:45.4,-75.7?view=table&format=json",
    *(f"/38.9,-77/{word}" for word in TOPICS),
    *(f"/Paris/{word}?format=json" for word in TOPICS),
    "/Paris.ics",
    "/api/v1/places?q=Paris",
    "/preview.png?q=Paris",
)
BREAKOUTS = (
    "</title><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "</script><svg/onload=alert(1)>",
    "--><!--",
    "]]><![CDATA[",
    "<?xml version='1.0'?>",
    "' onfocus='alert(1)' autofocus='",
    '" style="position:fixed" class="',
    "` onload=`alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "javascript:alert(1)//",
    "data:text/html,<script>alert(1)</script>",
    "\\u003cscript\\u003e",
    "{% include '/etc/passwd' %}{{ config }}",
    "%0d%0aSet-Cookie:a=b",
    "\r\nSet-Cookie: a=b",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0>",
    "\x1b]8;;http://evil.example\x07click\x1b]8;;\x07",
    "\x9b2J\x90q\x9c",
)
TEXTS = (*hostile.TEXTS.values(), *BREAKOUTS)
NUMBERS = ("1e300", "-1e300", "9" * 4000, "true", '"NaN"', "[[1]]", "null", "1e-320", '"<b>"')
_KEPT = frozenset(
    {
        "time",
        "status",
        "messageType",
        "type",
        "success",
        "ip",
        "latitude",
        "longitude",
        "symbol_code",
        "onset",
        "effective",
        "expires",
        "ends",
        "geometry",
    }
)
_ESCAPES = re.compile("\x1b\\[[0-9;]*m")


def attack(run: Run) -> None:
    with Upstreams() as upstreams:
        ordinary = ordinary_pages(upstreams, run)
        while run.next_round():
            provider = run.chance.choice(PROVIDERS)
            if run.chance.random() < 0.6:
                attack_with_text(run, upstreams, provider, run.chance.choice(TEXTS), ordinary)
            else:
                attack_with_numbers(
                    run, upstreams, provider, run.chance.sample(NUMBERS, 2), ordinary
                )


def attack_with_text(
    run: Run, upstreams: Upstreams, provider: str, text: str, ordinary: Page
) -> None:
    token = json.dumps(text)
    change = changed(lambda value: token if isinstance(value, str) else None)
    upstreams.fail(provider, Fault("text", change=change))
    look_at_every_view(run, upstreams, f"{provider} with {text[:60]!r}", ordinary)
    upstreams.heal()


def attack_with_numbers(
    run: Run, upstreams: Upstreams, provider: str, tokens: list[str], ordinary: Page
) -> None:
    turn = cycle([None, *tokens])

    def number(value: Any) -> str | None:
        return next(turn) if isinstance(value, int | float) else None

    upstreams.fail(provider, Fault("numbers", change=changed(number)))
    look_at_every_view(run, upstreams, f"{provider} with {[t[:20] for t in tokens]}", ordinary)
    upstreams.heal()


def changed(token: Callable[[Any], str | None]) -> Callable[[Response], Response]:
    """The response with the values for which there is a JSON token replaced by it."""

    def change(response: Response) -> Response:
        try:
            payload = json.loads(response.body)
        except ValueError:
            return response
        return replace(response, body=_dump(payload, token, "").encode())

    return change


def _dump(value: Any, token: Callable[[Any], str | None], key: str) -> str:
    if isinstance(value, dict):
        items = (f"{json.dumps(name)}:{_dump(item, token, name)}" for name, item in value.items())
        return "{" + ",".join(items) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_dump(item, token, key) for item in value) + "]"
    new = None if key in _KEPT else token(value)
    return json.dumps(value) if new is None else new


def client(upstreams: Upstreams) -> FlaskClient:
    """Of a new instance: nothing is stored."""
    environment = {**upstreams.environment(), "CACHE_URL": "memory", "RATE_LIMIT": "0"}
    return create_app(Settings.from_environment(environment)).test_client()


def ordinary_pages(upstreams: Upstreams, run: Run) -> Page:
    """The elements and code of the ordinary pages in all their states, together."""
    visitor = client(upstreams)
    texts = list(states().values())
    charts = [f"/Paris?format={view}" for view in VIEWS]
    for path in (*PLACES, "/91,8", "/Nowhereville", MORE[0], *charts):
        response = visitor.get(path, headers={"Accept": "text/html"})
        texts += [response.text] if response.mimetype == "text/html" else []
    ordinary = Page("")
    for text in texts:
        page = Page(text)
        for problem in page.problems:
            run.fail(f"an ordinary page: {problem}")
        ordinary.elements |= page.elements
        ordinary.code |= page.code
    return ordinary


def look_at_every_view(run: Run, upstreams: Upstreams, attack: str, ordinary: Page) -> None:
    visitor = client(upstreams)
    run.counts["attacks"] += 1
    paths = [f"{run.chance.choice(PLACES)}?format={view}" for view in VIEWS]
    for path in (*paths, *MORE):
        response = visitor.get(path, headers={"Accept": "text/html"})
        run.counts["answers"] += 1
        for problem in _problems(path, response, ordinary):
            run.fail(f"{attack}, {path}: {problem}")


def _problems(path: str, response: Any, ordinary: Page) -> list[str]:
    found = []
    if response.status_code in {500, 501}:
        found.append(f"status {response.status_code}")
    limit = LARGEST_PAGE if response.mimetype == "text/html" else LARGEST_OTHER
    limit = LARGEST_COMPARISON if path.startswith("/compare") or "table" in path else limit
    if len(response.data) > limit:
        found.append(f"{len(response.data)} bytes")
    for name, value in response.headers:
        if name.lower() == "set-cookie" or any(ord(letter) < 32 for letter in value):
            found.append(f"the header {name}: {value!r:.80}")
    if response.mimetype not in {"image/png", "image/gif"}:
        text = response.data.decode("utf-8")
        if response.mimetype == "text/calendar":
            text = text.replace("\r\n", "\n")  # as RFC 5545 ends its lines
        found += _problems_of_text(text)
        if response.mimetype == "text/html":
            found += _problems_of_page(text, ordinary)
        elif response.mimetype.endswith("json"):
            found += _problems_of_json(text)
    return found


def _problems_of_text(text: str) -> list[str]:
    """Controls, direction overrides and the like, once a terminal's colours are taken out."""
    return [
        f"U+{ord(character):04X} near {text[max(at - 40, 0) : at + 20]!r}"
        for at, character in enumerate(_ESCAPES.sub("", text))
        if _is_hidden(character)
    ][:3]


@cache
def _is_hidden(character: str) -> bool:
    if "\ue300" <= character <= "\ue3ff":  # weather icons of Nerd Fonts, which some views draw
        return False
    category = unicodedata.category(character)
    return category in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} and character not in "\n\u200c\u200d"


def _problems_of_page(text: str, ordinary: Page) -> list[str]:
    page = Page(text)
    found = list(page.problems)
    tags = {tag for tag, _ in page.elements} - {tag for tag, _ in ordinary.elements}
    names = _attributes(page) - _attributes(ordinary)
    if tags or names:
        found.append(f"elements of no ordinary page: {tags} {names}")
    if page.code - ordinary.code:
        found.append(f"code of no ordinary page: {page.code - ordinary.code!r:.200}")
    return found


def _attributes(page: Page) -> set[str]:
    return {f"{tag} {name}" for tag, names in page.elements for name in names}


def _problems_of_json(text: str) -> list[str]:
    try:
        json.loads(text, parse_constant=_refuse)
    except ValueError as error:
        return [f"no JSON: {error}"]
    return []


def _refuse(name: str) -> None:
    raise ValueError(name)


if __name__ == "__main__":
    main(attack, __doc__)

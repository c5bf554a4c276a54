"""The requests of clients that cannot be run here, as the bytes that they send."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime

import pytest

from tests.clients.checks import CLOCK, CODES
from tests.clients.conftest import MAY, NOVEMBER, OUTAGE
from tests.clients.raw import send
from tests.views.picture.images import read

TEXT, JSON, PNG = "text/plain; charset=utf-8", "application/json", "image/png"
METRICS = "text/plain; version=0.0.4; charset=utf-8"
Port = Callable[[datetime], int]
DEGREES = r"[+-]\d+°C"
EMOJI = r"\S+ +"
# User-Agents and what their clients accept.
CURL = {"User_Agent": "curl/8.14.1", "Accept": "*/*"}
NODE = {"User_Agent": "node", "Accept": "*/*"}
RAYCAST = {"User_Agent": "node-fetch", "Accept": "*/*"}
GO = {"User_Agent": "Go-http-client/1.1"}
URLLIB = {"User_Agent": "Python-urllib/3.11"}
EMACS = {"User_Agent": "curl", "Accept": "*/*"}
NONE = {"Accept": "*/*"}
BROWSER_SCRIPT = {"User_Agent": "Mozilla/5.0", "Accept": "*/*", "Origin": "https://example.org"}

# client, target, headers, content type, the whole body.
LINES = [
    ("curl", "/Paris?format=%l🌡%t".encode(), CURL, rf"Paris🌡{DEGREES}"),
    ("curl", "/Москва?format=3".encode(), CURL, rf"Москва: {EMOJI}{DEGREES}\n"),
    ("curl", "/München?format=%l:+%t".encode("latin-1"), CURL, rf"München: {DEGREES}"),
    ("curl", b"/M%C3%BCnchen?format=3", CURL, rf"München: {EMOJI}{DEGREES}\n"),
    ("tmux", b"/Paris?format=1", CURL, rf"{EMOJI}{DEGREES}\n"),
    ("tmux", b"/Paris?format=2", CURL, rf"{EMOJI}🌡️{DEGREES} 🌬️\S\d+km/h\n"),
    ("tmux", b"/Cape+Town?format=3", CURL, rf"Cape Town: {EMOJI}{DEGREES}\n"),
    ("tmux", b"/New_York?m&format=4", CURL, rf"New[ _]York: {EMOJI}🌡️{DEGREES} 🌬️\S\d+km/h\n"),
    ("wttr", b"/Milano,%20Italy?mTF0=&format=%25l%3A+%25t", CURL, rf"Milano, Italy: {DEGREES}"),
    ("wttrman", b"/Chicago+Illinois+USA?m&format=%C|%t", CURL, rf"[A-Z][\w ]+\|{DEGREES}"),
    ("wttrin", b"/Berlin?mA&format=%l:+%c+%t+%C", EMACS, rf"Berlin: {EMOJI}{DEGREES} \S[\w ]+"),
    ("qtile", b"/48.85,2.35?m&format=3", URLLIB, rf"48.85,2.35: {EMOJI}{DEGREES}\n"),
    ("xmobar-wttr", b'/Paris?format="%t|%f|%w"', CURL, rf'"{DEGREES}\|{DEGREES}\|\S\d+km/h"'),
    ("conky", b"/London?format=%t\\n", CURL, rf"{DEGREES}\n"),
    ("a skill", b"/JFK?m&format=%l:+%c+%t+%h+%w", CURL, rf"JFK: {EMOJI}{DEGREES} \d+% \S\d+km/h"),
    ("a page", b"/Paris?format=%C+%t", BROWSER_SCRIPT, rf"[A-Z][\w ]+ {DEGREES}"),
    ("no agent", b"/Paris?format=%t", {}, DEGREES),
    ("no agent", b"/Paris?format=%f&mT=F", GO, DEGREES),
    ("a prompt", b"/Paris?format=%ffeels", CURL, rf"{DEGREES}feels"),
    ("a prompt", b"/Paris?u&format=%t&m", CURL, r"[+-]\d+°F"),
    ("a prompt", b"/Paris?M&format=%w", CURL, r"\S\d+m/s"),
    ("i3status", b"/Paris?format=%25c%25t&random=4711", CURL, rf"{EMOJI}{DEGREES}"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("client", "target", "headers", "body"), LINES, ids=[repr(row[1]) for row in LINES]
)
def test_a_line(
    service_port: Port, client: str, target: bytes, headers: dict[str, str], body: str
) -> None:
    answer = send(service_port(MAY), target, **headers)
    assert (answer.status, answer.content_type) == (200, TEXT), (client, answer.text)
    assert re.fullmatch(body, answer.text), (client, answer.text)


def test_a_page_of_any_origin_may_read_a_named_place_and_none_where_its_visitor_is(
    service_port: Port,
) -> None:
    port = service_port(MAY)
    named = send(port, b"/Paris?format=%C+%t", **BROWSER_SCRIPT)
    assert named.headers["Access-Control-Allow-Origin"] == "*"
    assert (
        send(port, b"/?format=%C", **BROWSER_SCRIPT).headers["Access-Control-Allow-Origin"] is None
    )


# client, target, headers, the language's code.
DOCUMENTS = [
    ("pywttr", b"//Paris?format=j1&lang=zh-cn", {"Accept": "application/json"}, "zh-cn"),
    ("pywttr", b"//S%C3%A3o%20Paulo?format=j1&lang=pt-br", {"Accept": "application/json"}, "pt-br"),
    ("aiopywttr", b"//Paris?format=j1&lang=af", {"Accept": "application/json"}, "af"),
    ("wttrbar", b"/Berlin?format=j1", NONE, ""),
    ("wttrbar", b"/?format=j1", NONE, ""),
    ("raycast", b"/Paris?format=j1&lang=sr-lat", RAYCAST, "sr-lat"),
    ("eww", b"/London,UK?format=j1&mT=F", CURL, ""),
    ("jq", b"/New+York,+USA?format=j1", CURL, ""),
    ("jq", b"/Chicago,Illinois,USA?format=j1", CURL, ""),
    ("jq", b"/Portland+OR?format=j1", CURL, ""),
    ("jq", b"/Paris+Texas?format=j1", CURL, ""),
    ("jq", b"/London/?format=j1", CURL, ""),
    ("a script", b"/48.85,2.35?format=j1&lang=de", NODE, "de"),
    ("python-weather 2.1", b"/Longyearbyen?format=j1", NONE, ""),
]


@pytest.mark.parametrize("moment", [MAY, NOVEMBER])
@pytest.mark.parametrize("row", DOCUMENTS, ids=[repr(row[1]) for row in DOCUMENTS])
def test_a_document(
    service_port: Port, moment: datetime, row: tuple[str, bytes, dict[str, str], str]
) -> None:
    client, target, headers, language = row
    answer = send(service_port(moment), target, **headers)
    assert (answer.status, answer.content_type) == (200, JSON), (client, answer.text)
    document = json.loads(answer.body)
    now, days = document["current_condition"][0], document["weather"]
    assert int(now["weatherCode"]) in CODES
    assert (f"lang_{language}" in now) == bool(language)
    assert [len(day["hourly"]) for day in days] == [8, 8, 8]
    assert {day["hourly"][4]["time"] for day in days} == {"1200"}
    for day in days:
        assert CLOCK.fullmatch(day["astronomy"][0]["sunrise"])
        assert CLOCK.fullmatch(day["astronomy"][0]["sunset"])
    assert not [leaf for leaf in leaves(document) if not isinstance(leaf, str)]


def leaves(document: dict[str, object]) -> list[object]:
    """The leaves of what the schema has: `meta` is ours."""
    found: list[object] = []
    todo: list[object] = [value for name, value in document.items() if name != "meta"]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            todo.extend(value.values())
        elif isinstance(value, list):
            todo.extend(value)
        else:
            found.append(value)
    return found


@pytest.mark.parametrize(
    ("target", "lines"),
    [
        *((b"/Paris?0T", 7), (b"/Paris?0TF", 7), (b"/Paris?1TF", 18), (b"/Paris?2TFn", 28)),
        *((b"/Paris?0TQF", 5), (b"/Paris?m?0?Q?M?T?F", 5), (b"/Paris?TF", 38), (b"/Paris?T", 40)),
    ],
)
def test_scripts_cut_text_by_lines(service_port: Port, target: bytes, lines: int) -> None:
    answer = send(service_port(MAY), target, **CURL)
    assert (answer.status, answer.content_type) == (200, TEXT)
    assert "\x1b" not in answer.text
    assert answer.text.count("\n") == lines, answer.text


@pytest.mark.parametrize("headers", [NODE, GO, URLLIB, NONE, {}, CURL])
@pytest.mark.parametrize("target", [b"/Paris", b"/Paris?format=v2", b"/:help", b"/moon"])
def test_who_accepts_no_page_gets_text(
    service_port: Port, target: bytes, headers: dict[str, str]
) -> None:
    answer = send(service_port(MAY), target, **headers)
    assert (answer.status, answer.content_type) == (200, TEXT)
    assert "<html" not in answer.text


@pytest.mark.parametrize(
    "target",
    [
        *(b"/London_0pq.png", b"/Kiev.png?1nqF", b"/Paris_0tqp_lang=fr.png", b"/Berlin.png"),
        *(b"/London_0pq_transparency=200_lang=en.png", "/Москва_0pq_lang=uk.png".encode()),
        *(b"/Paris_0_200x.png", b"/Paris.png?format=3"),
    ],
)
def test_sheets_and_desktops_embed_pictures(service_port: Port, target: bytes) -> None:
    answer = send(service_port(MAY), target, **CURL)
    assert (answer.status, answer.content_type) == (200, PNG), answer.body[:200]
    width, height = read(answer.body).size
    assert height > 0
    assert width == 200 if b"200x" in target else width > 60


# client, target, headers, status, content type, the beginning of the body.
UNKNOWN = [
    ("qtile", b"/Xyzzyville?format=3", CURL, TEXT, "Unknown location"),
    ("wttrin", b"/Xyzzyville?mA", EMACS, TEXT, "Unknown location"),
    ("wttrbar", b"/Xyzzyville?format=j1", NONE, TEXT, "Unknown location"),
    ("raycast", b"/Xyzzyville?format=j1", RAYCAST, TEXT, "Unknown location"),
    ("pywttr", b"//Xyzzyville?format=j1&lang=de", {"Accept": "application/json"},
     "application/problem+json", "{"),
    ("prometheus", b"/Xyzzyville?format=p1", GO, METRICS, "# Unknown location"),
    ("a sheet", b"/Xyzzyville_0pq.png", CURL, TEXT, "Unknown location"),
]  # fmt: skip


@pytest.mark.parametrize("row", UNKNOWN, ids=[repr(row[1]) for row in UNKNOWN])
def test_an_unknown_place_is_404_as_the_client_can_read_it(
    service_port: Port, row: tuple[str, bytes, dict[str, str], str, str]
) -> None:
    client, target, headers, content_type, start = row
    answer = send(service_port(MAY), target, **headers)
    assert (answer.status, answer.content_type) == (404, content_type), (client, answer.text)
    assert answer.text.startswith(start), answer.text
    assert "ERROR" not in answer.text


@pytest.mark.parametrize(
    ("target", "content_type"),
    [
        *((b"/Paris?format=3", TEXT), (b"/?format=%t", TEXT), (b"/Paris?format=j1", TEXT)),
        *((b"/Paris?format=p1", METRICS), (b"/Paris_0pq.png", TEXT)),
    ],
)
def test_programs_get_503_and_no_other_values_in_an_outage(
    service_port: Port, target: bytes, content_type: str
) -> None:
    answer = send(service_port(OUTAGE), target, **NONE)
    assert (answer.status, answer.content_type) == (503, content_type), answer.text
    assert int(answer.headers["Retry-After"]) > 0
    assert "°" not in answer.text


def test_metrics(service_port: Port) -> None:
    answer = send(service_port(MAY), b"/Paris?format=p1", **GO)
    assert answer.status == 200
    assert answer.content_type.startswith("text/plain")
    names = re.findall(r"^(\w+)\{forecast=", answer.text, re.MULTILINE)
    assert {"temperature_celsius", "astronomy_sunrise_min", "weather_desc"} <= set(names)

"""Whether anyone gets an answer that is another's: every answer is compared with an oracle's.

    python -m tests.attack.mixing --seed 7 --seconds 300

Visitors of several countries, languages, units, hosts, encodings and cookies request the same few
paths in many threads at once, from an instance with all its caches and a clock that stands still,
so that none of its answers expires. The oracle is an instance that stores no answer.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http.client import HTTPConnection

from simulator import Upstreams
from tests.attack.command import Run, main
from tests.attack.exchange import PATIENCE
from tests.processes import ROOT

MOMENT = datetime(2026, 5, 15, 8, 20, 31, tzinfo=UTC)
THREADS = 12
QUESTIONS = 150  # in a round, each asked several times
TIMES = 4
# What may differ between two equal answers: where it was stored, and when it was sent.
_UNEQUAL = frozenset({"cache-status", "date", "server", "connection", "x-request-id"})

PATHS = (
    *("/", "/Paris", "/48.1,8.1", "/8.8.8.8", "/81.2.69.160", "/api/v1/weather", "/~Paris,Texas"),
    *(
        "/api/v1/places?q=Paris",
        "/compare?q=Paris&q=London",
        "/preview.png?q=Paris",
        "/Nowhereville",
    ),
    *("/London/wind?above=20", "/wind?above=20", "/umbrella", "/api/v1/frost", "/Paris.ics"),
    *("/Paris:~?view=table", "/Paris:London?view=table&T", "/compare?q=Paris&q=~"),
    *("/91,8", "/settings", "/robots.txt", "/api/v1/weather?q=Paris"),
)
OPTIONS = (
    "",
    "format=json",
    "format=text",
    "format=3",
    "format=html",
    "format=%l:%t+%w",
    "units=kn&format=%l:%t+%w",
    "format=%l:%t@tomorrow+%{w:24h:max}",
    "clock=12&units=bft,mmhg",
    "width=40",
    "units=us",
    "units=imperial",
    "units=metric",
    "lang=de",
    "lang=ar",
    "m",
    "u",
    "0",
    "n",
    "strict=1",
    "days=2&lang=fr",
    "format=prometheus",
    "format=nonsense",
    "units=nonsense",
)
FIELDS: dict[str, tuple[str, ...]] = {
    "X-Forwarded-For": (
        "8.8.8.8",
        "81.2.69.160",
        "2a02:1210:1::1",
        "1.1.1.1",
        "10.0.0.1",
        "192.0.2.1",
        "127.0.0.1",
        "unknown",
    ),
    "Host": ("a.example", "b.example", "[::1]:80"),
    "User-Agent": ("curl/8", "Mozilla/5.0 Firefox/140", "Wget/1"),
    "Accept": ("", "text/html", "application/json", "text/plain", "*/*"),
    "Accept-Language": ("", "de", "fr;q=0.9, en;q=0.1", "ar", "en-US", "zh-Hant"),
    "Accept-Encoding": ("", "gzip", "gzip;q=0", "br"),
    "Cookie": (
        "",
        "kept=units%3Dus",
        "kept=units%3Dimperial%26lang%3Dde",
        "kept=keep%3DParis",
        "kept=keep%3DRome%26keep%3DOslo",
        "other=1",
    ),
    "X-Forwarded-Proto": ("", "https"),
    "Origin": ("", "https://evil.example"),
    "If-None-Match": ("", "", "*", 'W/"x"'),
}


@dataclass(frozen=True)
class Question:
    method: str
    target: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Reply:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def attack(run: Run) -> None:
    with Upstreams() as upstreams:
        upstreams.now = lambda: MOMENT
        with instance(upstreams) as tested, instance(upstreams, "--oracle") as oracle:
            while run.next_round():
                compare(run, tested, oracle)


@contextmanager
def instance(upstreams: Upstreams, *options: str) -> Iterator[int]:
    """The port of an instance in a process of its own."""
    environment = {**os.environ, **upstreams.environment(), "CACHE_URL": "memory"}
    environment |= {"RATE_LIMIT": "0", "TRUSTED_PROXIES": "1", "DEADLINE": "30"}
    # A second provider would answer in place of a first one that a busy machine makes too slow.
    environment |= {"FORECAST_PROVIDERS": "open-meteo"}
    environment |= {"OPEN_METEO_BUDGET": "1000000,1000000,1000000"}
    command = (sys.executable, "-m", "tests.attack.instance", MOMENT.isoformat(), *options)
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def compare(run: Run, tested: int, oracle: int, count: int = QUESTIONS) -> None:
    """One round: the oracle's answers one by one, and the tested instance's at once."""
    questions = [question(run.chance) for _ in range(count)]
    replies: dict[Question, Reply] = {}
    for item in questions:
        # Each instance has the entries that an answer is made of, and the tested one no answer.
        ask(tested, replace(item, fields=(*item.fields, ("Accept", "text/x-first"))))
        replies[item] = ask(oracle, item)
    queue = questions * TIMES
    run.chance.shuffle(queue)
    lock = threading.Lock()

    def visitor(share: list[Question]) -> None:
        for item in share:
            reply = ask(tested, item)
            with lock:
                run.counts["answers compared"] += 1
                run.counts[f"{reply.status // 100}xx"] += 1
                if reply != replies[item]:
                    run.fail(f"{item}\n  {difference(reply, replies[item])}")

    threads = [
        threading.Thread(target=visitor, args=(queue[number::THREADS],))
        for number in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def question(chance: random.Random) -> Question:
    """Few paths and options, so that caches are shared, and a visitor of chance."""
    path = chance.choice(PATHS)
    options = "&".join(filter(None, chance.sample(OPTIONS, chance.choice((0, 1, 1, 2)))))
    target = path + ("&" if "?" in path else "?") + options if options else path
    fields = [(name, chance.choice(values)) for name, values in FIELDS.items()]
    method = chance.choice(("GET", "GET", "GET", "GET", "HEAD", "OPTIONS"))
    return Question(method, target, tuple((name, value) for name, value in fields if value))


def ask(port: int, question: Question) -> Reply:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.putrequest(
            question.method, question.target, skip_host=True, skip_accept_encoding=True
        )
        for name, value in question.fields:
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        headers = [(name.lower(), value) for name, value in response.getheaders()]
        # Flask lists the methods of a path in the order of a set.
        headers = [
            (name, ", ".join(sorted(value.split(", "))) if name == "allow" else value)
            for name, value in headers
        ]
        compared = tuple(sorted(pair for pair in headers if pair[0] not in _UNEQUAL))
        return Reply(response.status, compared, response.read())
    finally:
        connection.close()


def difference(reply: Reply, expected: Reply) -> str:
    if reply.status != expected.status:
        return f"status {reply.status}, not {expected.status}: {reply.body[:200]!r}"
    if reply.headers != expected.headers:
        return f"headers {set(reply.headers) ^ set(expected.headers)}"
    pairs = zip(reply.body, expected.body, strict=False)
    at = next((index for index, (one, other) in enumerate(pairs) if one != other), 0)
    start = max(at - 60, 0)
    return f"{reply.body[start : at + 60]!r}\n  not {expected.body[start : at + 60]!r}"


if __name__ == "__main__":
    main(attack, __doc__)

"""Behind the caches of deploy/, no visitor gets another's place, units or language."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
import requests

from simulator import Upstreams
from tests.nginx import nginx_of
from tests.processes import PATIENCE, ROOT, serve
from tests.varnish import varnish
from tests.web.clients import BROWSER, CURL, PROGRAM

# In London, the United States, Germany and Australia.
VISITORS = ("81.2.69.160", "8.8.8.8", "5.9.0.1", "1.1.1.1")
LANGUAGES = ("en", "de-AT,de;q=0.9,en;q=0.5", "fr", "ja")
COOKIES = ("", "", "kept=units%3Dms%26lang%3Dit%26keep%3DOslo")
# The second and third choose a language and units.
HOSTS = ("weather.example", "de.weather.example", "us.weather.example")
PATHS = (
    *("/", "/?format=json", "/?format=4", "/api/v1/weather"),
    *("/Paris", "/Paris?format=json", "/Paris?format=4", "/api/v1/weather?q=Paris"),
    *("/Paris?units=metric&lang=en", "/Paris?format=json&units=metric", "/api/v1/places?q=Paris"),
    *("/preview.png?q=Paris&units=metric&lang=de", "/static/favicon.svg"),
)
REQUESTS = 400


@dataclass
class Caches:
    port: int  # of the cache
    service: str  # its URL


def _nginx(folder: Path, port: int) -> str:
    text = (ROOT / "deploy" / "nginx" / "weather.conf").read_text()
    text = re.sub(r"\s*server weather-[23]:8000.*", "", text)
    text = text.replace("weather-1:8000 max_fails=1", f"127.0.0.1:{port} max_fails=0")
    # The visitors of the test all have the address of this machine.
    text = text.replace("$remote_addr", "$http_x_visitor")
    return text.replace("/var/cache/nginx/weather", str(folder / "cache"))


def _varnish(port: int) -> str:
    text = (ROOT / "deploy" / "varnish" / "weather.vcl").read_text()
    text = text.replace('"weather-1"', '"127.0.0.1"').replace('"8000"', f'"{port}"')
    return text.replace("client.ip", "req.http.X-Visitor")


@pytest.fixture(params=["nginx", "varnish"])
def caches(
    request: pytest.FixtureRequest, upstreams: Upstreams, tmp_path: Path
) -> Iterator[Caches]:
    upstreams.now = lambda: datetime.now(UTC)
    environment = {
        **upstreams.environment(), "TRUSTED_PROXIES": "1", "RATE_LIMIT": "0",
        "PUBLIC_URL": "http://weather.example",
    }  # fmt: skip
    with serve(tmp_path / "log", environment) as service:
        if request.param == "nginx":
            text = _nginx(tmp_path, service.port)
            listening: Callable[[int], str] = lambda port: text.replace(  # noqa: E731
                "listen 8080", f"listen 127.0.0.1:{port}"
            )
            context = nginx_of(tmp_path / "nginx", listening)
        else:
            context = varnish(tmp_path / "varnish", _varnish(service.port))
        with context as port:
            yield Caches(port, service.url)


def headers(random: Random) -> dict[str, str]:
    chosen = dict(random.choice([BROWSER, CURL, PROGRAM]))
    chosen["Host"] = random.choice(HOSTS)
    chosen["Accept-Language"] = random.choice(LANGUAGES)
    chosen["Accept-Encoding"] = random.choice(["gzip", "identity"])
    if cookie := random.choice(COOKIES):
        chosen["Cookie"] = cookie
    return chosen


def signature(response: requests.Response) -> object:
    """The form, place, units and language of a response, without what changes by the minute."""
    kind = response.headers.get("Content-Type", "")
    if "json" in kind:
        body = json.loads(response.text)
        current = body.get("current", {})
        return kind, body.get("place", {}).get("name"), body.get("units"), current.get("condition")
    if "image/png" in kind:
        return kind, "a picture of the same place"
    text = re.sub(r"\d+([:.]\d+)*", "0", response.text)
    language = re.search(r'<html lang="([^"]*)"', text)
    title = re.search(r"<title>([^<]*)", text)
    words = text.split("\n", 1)[0] if not title else title[1]
    unit = re.search(r"°[CF]", text)
    wind = Counter(re.findall(r"m/s|km/h|mph", text)).most_common(1)
    return kind, language and language[1], words, unit and unit[0], wind[:1] and wind[0][0]


def test_nobody_gets_the_place_units_or_language_of_another(
    caches: Caches, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each response of the cache is that of the service to the same visitor."""
    random = Random(16)
    hits: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for number in range(REQUESTS):
        visitor = random.choice(VISITORS)
        path, sent = random.choice(PATHS), headers(random)
        cached = requests.get(
            f"http://127.0.0.1:{caches.port}{path}", headers=sent | {"X-Visitor": visitor},
            timeout=PATIENCE,
        )  # fmt: skip
        direct = requests.get(
            f"{caches.service}{path}", headers=sent | {"X-Forwarded-For": visitor},
            timeout=PATIENCE,
        )  # fmt: skip
        assert cached.status_code == direct.status_code == 200, (number, path, cached.text)
        assert signature(cached) == signature(direct), (number, path, visitor, sent)
        total[path] += 1
        hits[path] += cached.headers["X-Cache"] == "HIT"
    for path in ("/", "/?format=json", "/?format=4", "/api/v1/weather"):
        assert hits[path] == 0, "it depends on where the visitor is"
    for path in ("/Paris?format=json&units=metric", "/api/v1/places?q=Paris"):
        assert hits[path] > 0, "it depends on no visitor"
    with capsys.disabled():
        print(f"\nhit rate {sum(hits.values()) / REQUESTS:.0%}: {dict(hits)} of {dict(total)}")


def test_programs_that_name_units_and_language_share_one_response(caches: Caches) -> None:
    """The hit rate that the headers allow: all but the first."""
    url = f"http://127.0.0.1:{caches.port}/api/v1/weather?q=Oslo&units=metric&lang=en"
    states = [
        requests.get(url, headers=PROGRAM | {"X-Visitor": visitor}, timeout=PATIENCE).headers[
            "X-Cache"
        ]
        for visitor, _ in itertools.product(VISITORS, range(5))
    ]
    assert states.count("HIT") == len(states) - 1

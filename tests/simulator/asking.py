"""How the tests ask the stand-in: over a real socket, as the service would."""

from typing import Any

import requests

from simulator import Upstreams

AGENT = {"User-Agent": "tests operator@example.org"}
ZURICH = "latitude=47.37&longitude=8.55"


def get(upstreams: Upstreams, provider: str, path: str, **options: Any) -> requests.Response:
    with requests.Session() as session:
        session.headers.update(AGENT)
        return session.get(upstreams.url(provider) + path, timeout=5, **options)


def forecast(upstreams: Upstreams, query: str, provider: str = "open-meteo") -> Any:
    path = "/v1/air-quality?" if provider == "air-quality" else "/v1/forecast?"
    answer = get(upstreams, provider, path + query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def search(upstreams: Upstreams, query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        get(upstreams, "geocoding", "/v1/search?" + query).json().get("results", [])
    )
    return found

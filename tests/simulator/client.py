"""Requests to the simulated providers over a real socket, as the service sends them."""

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
    response = get(upstreams, provider, path + query)
    assert response.status_code == 200, response.text
    return response.json()


def search(upstreams: Upstreams, query: str) -> list[dict[str, Any]]:
    response = get(upstreams, "geocoding", "/v1/search?" + query)
    results: list[dict[str, Any]] = response.json().get("results", [])
    return results

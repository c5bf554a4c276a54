"""Request lines as the clients of wttr.in send them, as bytes on a socket of the real server."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator import Upstreams
from tests.processes import PATIENCE, Service, serve

# What the simulated geocoder, the embedded table and the parser make of each place.
LABELS = {
    "/London,UK": "London, England, GB",
    "/London,+UK": "London, England, GB",
    "/london,gb": "London, England, GB",
    "/London/": "London, England, GB",
    "//London": "London, England, GB",
    "//London//": "London, England, GB",
    "/London,+United+Kingdom": "London, England, GB",
    "/New+York,+USA": "New York, US",
    "/New%20York,%20USA": "New York, US",
    "/New_York,_USA": "New York, US",
    "/new+york+usa": "New York, US",
    "/Chicago,Illinois,USA": "Chicago, Illinois, US",
    "/Chicago,+Illinois,+USA": "Chicago, Illinois, US",
    "/Chicago+Illinois+USA": "Chicago, Illinois, US",
    "/Chicago_Illinois_USA": "Chicago, Illinois, US",
    "/Chicago+IL": "Chicago, Illinois, US",
    "/Toronto+Ontario+Canada": "Toronto, Ontario, CA",
    "/Portland+OR": "Portland, Oregon, US",
    "/Portland,OR": "Portland, Oregon, US",
    "/Portland_ME": "Portland, Maine, US",
    "/Paris+Texas": "Paris, Texas, US",
    "/Paris,TX,US": "Paris, Texas, US",
    "/Munich+Germany": "Munich, Bavaria, DE",
    "/02138_ma": "Cambridge, Massachusetts, US",
    "/02138,ma,us": "Cambridge, Massachusetts, US",
    "/02138+MA": "Cambridge, Massachusetts, US",
    "/94107": "San Francisco, California, US",
    "/Москва": "Moscow, RU",
    "/%D0%9C%D0%BE%D1%81%D0%BA%D0%B2%D0%B0": "Moscow, RU",
    "/São+Paulo": "São Paulo, BR",
    "/GRU": "São Paulo (GRU), Sao Paulo, BR",
    "/ham": "Hamburg (HAM), Hamburg, DE",
    "/JFK": "New York City (JFK), New York, US",
    "/NYC": "New York, US",
    "/LA": "Los Angeles, California, US",
    "/de/London": "London, England, GB",
    "/v2/London": "London, England, GB",
    "/us/Paris+Texas": "Paris, Texas, US",
    "/London:London,UK": "London, England, GB",
    "/@81.2.69.160": "London, England, GB",
    "/81.2.69.160": "London, England, GB",
    "/~London": "London, England, GB",
    "/~London,UK": "London, England, GB",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    log: Path = tmp_path_factory.mktemp("service") / "log"
    settings = {"WEB_CONCURRENCY": "1", "PUBLIC_URL": "https://weather.example", "RATE_LIMIT": "0"}
    with Upstreams() as upstreams, serve(log, upstreams.environment() | settings) as service:
        yield service


def send(service: Service, target: bytes, *headers: str) -> tuple[int, str]:
    """The status and the body of a response."""
    host = () if any(header.startswith("Host:") for header in headers) else ("Host: x",)
    lines = [b"GET %b HTTP/1.1" % target, *map(str.encode, (*host, *headers)), b"Connection: close"]
    with socket.create_connection(("127.0.0.1", service.port), PATIENCE) as connection:
        connection.sendall(b"\r\n".join((*lines, b"", b"")))
        data = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = data.partition(b"\r\n\r\n")
    return int(head.split()[1]), body.decode()


def label(service: Service, path: bytes) -> str:
    """Name, region and country of the place that a path means."""
    status, text = send(service, path + b"?format=json", "User-Agent: curl/8")
    assert status == 200, text
    place = json.loads(text)["place"]
    parts = dict.fromkeys((place["name"], place["region"], place["country_code"]))
    return ", ".join(filter(None, parts))


@pytest.mark.parametrize("path", LABELS)
def test_a_place_as_a_client_writes_it(service: Service, path: str) -> None:
    assert label(service, path.encode()) == LABELS[path]


def test_a_place_may_be_in_latin_1(service: Service) -> None:
    assert label(service, "/São+Paulo".encode("latin-1")) == "São Paulo, BR"


@pytest.mark.parametrize(
    ("host", "path", "same"),
    [
        ("de.weather.example", "/London?m", "/London?m&lang=de"),
        ("pt-br.weather.example", "/London?m", "/London?m&lang=pt-br"),
        ("v2d.weather.example", "/London?m&T", "/London?m&T&format=v2d"),
        ("us.weather.example", "/London?0", "/London?0&u"),
    ],
)
def test_a_host_name_is_a_language_a_view_or_units(
    service: Service, host: str, path: str, same: str
) -> None:
    responses = {
        send(service, path.encode(), f"Host: {host}", "User-Agent: curl/8"),
        send(service, same.encode(), "Host: weather.example", "User-Agent: curl/8"),
    }
    assert len(responses) == 1
    assert responses.pop()[0] == 200


def test_refused_paths_have_no_body(service: Service) -> None:
    assert send(service, b"/NOT_FOUND") == (403, "")
    assert send(service, b"/apple-touch-icon-120x120.png") == (403, "")


def test_no_place_is_logged(service: Service) -> None:
    send(service, "/Москва:Timbuktu".encode())
    send(service, b"/@timbuktu.invalid")
    assert "timbuktu" not in service.log.read_text().lower()

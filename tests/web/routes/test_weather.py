"""The weather of a place: where, units, amounts, languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.clients import (
    BROWSER,
    CURL,
    FROM_AMERICA,
    FROM_LONDON,
    PROGRAM,
    get,
)
from weather.web.client_address import TrustedProxies


def test_a_visitor_gets_the_weather_of_the_address(client: FlaskClient) -> None:
    content = get(client, "/", headers=PROGRAM, environ_overrides=FROM_LONDON).get_json()
    assert (content["place"]["name"], content["place"]["found_by"]) == ("London", "visitor")


def test_a_visitor_on_the_servers_network_gets_the_servers_place(client: FlaskClient) -> None:
    content = get(client, "/", headers=PROGRAM).get_json()
    assert (content["place"]["name"], content["place"]["found_by"]) == ("Zurich", "server")


@pytest.mark.parametrize(
    ("path", "name", "found_by"),
    [
        ("/Paris", "Paris", "name"),
        ("/?q=Paris", "Paris", "name"),
        ("/Paris,Texas", "Paris", "name"),
        ("/New+York", "New York", "name"),
        ("/%D0%9C%D0%BE%D1%81%D0%BA%D0%B2%D0%B0", "Moscow", "name"),
        ("/~JFK", None, "name"),
        ("/48.85,2.35", None, "coordinates"),
        ("/?lat=48.85&lon=2.35", None, "coordinates"),
        ("/?ip=81.2.69.160", "London", "address"),
        ("/81.2.69.160", "London", "address"),
        ("/api/v1/weather?q=Paris", "Paris", "name"),
        ("/api/v1/weather?lat=-90&lon=180", None, "coordinates"),
    ],
)
def test_forms_of_a_place(client: FlaskClient, path: str, name: str | None, found_by: str) -> None:
    response = get(client, path, headers=PROGRAM)
    assert response.status_code == 200, response.text
    place = response.get_json()["place"]
    assert place["found_by"] == found_by
    assert name is None or place["name"] == name


def test_forwarded_addresses_are_ignored_without_a_trusted_proxy(client: FlaskClient) -> None:
    headers = {**PROGRAM, "X-Forwarded-For": "8.8.8.8", "X-Real-IP": "8.8.8.8"}
    headers |= {"Forwarded": "for=8.8.8.8", "CF-Connecting-IP": "8.8.8.8"}
    assert get(client, "/", headers=headers).get_json()["place"]["name"] == "Zurich"


def test_the_address_that_a_trusted_proxy_forwards_counts(make_app: Callable[..., Flask]) -> None:
    client = make_app(trusted_proxies="1").test_client()
    headers = {**PROGRAM, "X-Forwarded-For": "8.8.8.8, 81.2.69.160"}
    assert get(client, "/", headers=headers).get_json()["place"]["name"] == "London"
    assert TrustedProxies.parse("1").hops == 1


def test_namesakes_are_listed(client: FlaskClient) -> None:
    others = get(client, "/Paris", headers=PROGRAM).get_json()["alternatives"]
    assert ("Texas", "US") in {(place["region"], place["country_code"]) for place in others}
    assert "Texas" in get(client, "/Paris", headers=BROWSER).text


@pytest.mark.parametrize(
    ("path", "visitor", "temperature", "wind"),
    [
        ("/Paris", FROM_LONDON, "°C", "mph"),
        ("/Paris", {"REMOTE_ADDR": "1.1.1.1"}, "°C", "km/h"),
        ("/", FROM_AMERICA, "°F", "mph"),
        ("/?units=metric", FROM_AMERICA, "°C", "km/h"),
        ("/?units=ms", FROM_AMERICA, "°C", "m/s"),
        ("/Paris?units=imperial", FROM_LONDON, "°F", "mph"),
        ("/Paris?u", FROM_LONDON, "°F", "mph"),
        ("/Paris?M", FROM_LONDON, "°C", "m/s"),
    ],
)
def test_units_follow_the_request_and_then_the_country(
    client: FlaskClient, path: str, visitor: dict[str, str], temperature: str, wind: str
) -> None:
    units = get(client, path, headers=PROGRAM, environ_overrides=visitor).get_json()["units"]
    assert (units["temperature"], units["wind_speed"]) == (temperature, wind)


def test_values_are_converted_to_the_units(client: FlaskClient) -> None:
    metric = get(client, "/Paris?units=metric", headers=PROGRAM).get_json()["current"]
    imperial = get(client, "/Paris?units=imperial", headers=PROGRAM).get_json()["current"]
    assert imperial["temperature"] == pytest.approx(metric["temperature"] * 1.8 + 32, abs=0.1)
    assert imperial["wind_speed"] == pytest.approx(metric["wind_speed"] / 1.609344, abs=0.1)
    assert imperial["pressure_msl"] == pytest.approx(metric["pressure_msl"] * 0.02953, abs=0.02)


def test_days_and_hours_limit_the_response(client: FlaskClient) -> None:
    content = get(client, "/Paris", headers=PROGRAM).get_json()
    assert (len(content["hourly"]), len(content["daily"]), len(content["astronomy"])) == (
        48,
        16,
        16,
    )
    content = get(client, "/Paris?hours=100&days=3", headers=PROGRAM).get_json()
    lengths = [len(content[name]) for name in ("hourly", "daily", "astronomy")]
    assert lengths == [100, 3, 3]


def test_sample_data_is_marked_in_every_view(make_app: Callable[..., Flask]) -> None:
    client = make_app(sample_data=True).test_client()
    assert get(client, "/Paris", headers=PROGRAM).get_json()["provenance"]["sample"] is True
    assert "SAMPLE DATA" in get(client, "/Paris?0T", headers=CURL).text
    assert "SAMPLE DATA" in get(client, "/Paris?format=%t", headers=CURL).text
    assert "Sample data" in get(client, "/Paris", headers=BROWSER).text


def test_an_empty_search_is_not_the_flag_q(client: FlaskClient) -> None:
    assert get(client, "/?q=&T", headers=CURL).text.startswith("Weather report: Zurich")
    assert get(client, "/?q&T", headers=CURL).text.startswith("Zurich")


@pytest.mark.parametrize(
    ("path", "headers", "words"),
    [
        ("/Paris?lang=de", BROWSER, "Die nächsten 24 Stunden"),
        ("/Paris", {**BROWSER, "Accept-Language": "ja"}, "今後24時間"),
        ("/Paris?lang=de&T", CURL, "Wetterbericht: Paris"),
        ("/Xyzzyville?lang=de", CURL, "Unbekannter Ort: Kein Ort namens „Xyzzyville“ ist bekannt."),
        ("/Xyzzyville", {**BROWSER, "Accept-Language": "ar"}, 'dir="rtl"'),
    ],
)
def test_languages(client: FlaskClient, path: str, headers: dict[str, str], words: str) -> None:
    assert words in get(client, path, headers=headers).text

"""The weather in one line."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from simulator import Upstreams, faults
from tests.conftest import Clock
from tests.web.clients import (
    BROWSER,
    CURL,
    PROGRAM,
    get,
)
from weather.core.rounding import rounded_to_int


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/Paris?format=3", r"Paris: \S+ +[+-]\d+°C\n"),
        ("/Paris?format=4&u", r"Paris: \S+ +🌡️[+-]\d+°F 🌬️[↓↙←↖↑↗→↘]\d+mph\n"),
        ("/Paris?M&format=%w", r"[↓↙←↖↑↗→↘]\d+m/s"),
        ("/Paris?format=%l:+%t+%ffeels", r"Paris: [+-]\d+°C [+-]\d+°Cfeels"),
        ("/new_york?format=%l", "new york"),
        ("/?q=~Paris,Texas&format=%l", "Paris, Texas"),
        ("/48.85,2.35?format=%l", "48.85,2.35"),
        ("/?lat=-48.5&lon=2&format=%l", "-48.5,2"),
        ("/?format=%l", "Zurich, CH"),
        ("/81.2.69.160?format=%l", "London, England, GB"),
        ("/Paris?lang=de&format=%C", "Überwiegend klar|Teils bewölkt|Bedeckt"),
        ("/Paris?format=<b>%Z</b>", "<b>Europe/Paris</b>"),
    ],
)
def test_one_line(client: FlaskClient, path: str, line: str) -> None:
    for headers in (CURL, BROWSER, PROGRAM):
        response = get(client, path, headers=headers)
        assert re.fullmatch(line, response.text), response.text
        assert response.content_type == "text/plain; charset=utf-8"
        own_place = path.startswith("/?format=")
        allowed = response.headers.get("Access-Control-Allow-Origin")
        assert allowed == (None if own_place else "*")
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_each_line_has_its_own_validator(client: FlaskClient) -> None:
    paths = ("/Paris?format=1", "/paris?format=%c+%t\\n", "/Paris?format=3", "/paris?format=3")
    answers = [get(client, path) for path in paths]
    assert len({answer.headers["ETag"] for answer in answers}) == 4
    assert answers[0].text == answers[1].text
    again = get(client, paths[0], headers={"If-None-Match": answers[0].headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("template", ["%T", "%l %T\\n", "%t@+1h %T"])
def test_a_line_with_the_time_is_of_its_second_and_in_no_cache(
    client: FlaskClient, clock: Clock, template: str
) -> None:
    path = f"/Paris?format={template}&units=metric"
    for seconds in ("00", "37", "59"):
        clock.moment = clock.moment.replace(second=int(seconds))
        response = get(client, path)
        assert f"10:20:{seconds}+0200" in response.text
        assert response.headers["Cache-Control"] == "no-store"
        assert "ETag" not in response.headers
    clock.advance(seconds=2)
    assert "10:21:01+0200" in get(client, path, headers={"If-None-Match": "*"}).text


def test_a_line_with_the_age_is_cacheable_for_a_minute(client: FlaskClient, clock: Clock) -> None:
    path = "/Paris?format=%a&units=metric"
    first = get(client, path)
    assert first.text == "0 min"
    assert first.headers["Cache-Control"] == "public, max-age=60"
    clock.advance(minutes=1)
    assert get(client, path, headers={"If-None-Match": first.headers["ETag"]}).text == "1 min"


def test_69_is_nice_without_a_line_break(client: FlaskClient) -> None:
    for headers in (CURL, BROWSER, PROGRAM):
        assert get(client, "/Paris?format=69", headers=headers).text == "nice"


def test_the_resolved_place_and_the_one_of_the_request(client: FlaskClient) -> None:
    assert get(client, "/paris?format=%l|%N").text == "paris|Paris, Île-de-France, FR"


def test_the_air_and_the_uv_index_are_those_of_json(client: FlaskClient) -> None:
    weather = get(client, "/Paris?format=json").get_json()
    air = weather["air_quality"]
    values = (air["european_aqi"], air["us_aqi"], weather["current"]["uv_index"])
    assert None not in values
    line = get(client, "/Paris?format=%q|%Q|%u").text
    assert line == "|".join(str(rounded_to_int(value)) for value in values)


@pytest.mark.parametrize(
    ("format", "air", "warnings"),
    [
        *(("3", 0, 0), ("%t", 0, 0), ("j1", 0, 0), ("p1", 0, 0)),
        *(("%q", 1, 0), ("%t+%Q", 1, 0)),
        *(("text", 1, 1), ("json", 1, 1), ("html", 1, 1), ("prose", 1, 1)),
    ],
)
def test_the_air_and_the_warnings_are_fetched_for_what_shows_them(
    client: FlaskClient, upstreams: Upstreams, format: str, air: int, warnings: int
) -> None:
    assert get(client, f"/40.7,-74.0?format={format}").status_code == 200
    assert len(upstreams.calls("open-meteo")) == 1
    assert len(upstreams.calls("air-quality")) == air
    assert len(upstreams.calls("nws")) == warnings


def test_what_a_line_has_not_fetched_is_fetched_for_the_next_view(
    client: FlaskClient, upstreams: Upstreams
) -> None:
    get(client, "/40.7,-74.0?format=3")
    assert get(client, "/40.7,-74.0?format=json").get_json()["air_quality"]
    assert len(upstreams.calls("open-meteo")) == 1
    assert len(upstreams.calls("nws")) == 1


@pytest.mark.parametrize(
    "path",
    ["/Paris?format=%t@+3h", "/Paris?format=%25t@%2B3h", "/Paris?m&format=%t@3h&lang=de"],
)
def test_a_forecast_in_the_line(client: FlaskClient, path: str) -> None:
    assert re.fullmatch(r"[+-]\d+°C", get(client, path).text)


@pytest.mark.parametrize("format", ["%{t:24h:spark}", "%25%7Bt%3A24h%3Aspark%7D", "%t:24h:spark"])
def test_a_sparkline(client: FlaskClient, format: str) -> None:
    assert re.fullmatch("[▁▂▃▄▅▆▇█]{24}", get(client, f"/Paris?format={format}").text)


@pytest.mark.parametrize("path", ["/Xyzzyville", "/a/b/c", "/?ip=10.0.0.1", "/.env"])
@pytest.mark.parametrize("option", ["format=3", "format=%l:+%t", "format=1&lang=de"])
def test_an_unknown_place_in_one_line(client: FlaskClient, path: str, option: str) -> None:
    response = get(client, f"{path}{'&' if '?' in path else '?'}{option}", headers=BROWSER)
    assert response.status_code == 404
    assert response.content_type == "text/plain; charset=utf-8"
    assert re.fullmatch("Unknown location: [^\n]+\n", response.text)


def test_an_outage_in_one_line(client: FlaskClient, upstreams: Upstreams, clock: Clock) -> None:
    custom = "/Paris?format=%t|%a"
    fresh = get(client, custom).text
    assert fresh.endswith("C|0 min")
    upstreams.fail("*", faults.down())
    for query in ("format=3", "format=%t", "format=3&strict=1"):
        error = get(client, f"/Oslo?{query}")
        assert error.status_code == 503
        assert re.fullmatch("The weather service[^\n]+\n", error.text)
    clock.advance(hours=3)
    assert re.fullmatch(r"Paris: .*C \(stale: 3 h old\)\n", get(client, "/Paris?format=3").text)
    stale = get(client, custom)
    assert re.fullmatch(r"[+-]\d+°C\|3 h", stale.text)
    assert stale.headers["Age"] == "10800"

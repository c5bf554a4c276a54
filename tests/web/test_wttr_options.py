"""The options of wttr.in's interface, as its clients write them."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from simulator import Upstreams, faults
from tests.views.picture.images import read
from tests.web.clients import BROWSER, CURL, get


@pytest.mark.parametrize(
    ("long", "letters"),
    [
        ("current_only", "0"),
        ("0=True", "0"),
        ("current_plus_today=true", "1"),
        ("two_days=1", "2"),
        ("no-terminal", "T"),
        ("narrow=yes", "n"),
        ("quiet", "q"),
        ("superquiet=True", "Q"),
        ("no-follow-line", "F"),
        ("use_uscs", "u"),
        ("use_imperial=True", "u"),
        ("use_metric", "m"),
        ("use_ms_for_wind", "M"),
        ("mTF0=", "mTF0"),
        ("m?0?Q?M?T", "m0QMT"),
        ("=&T", "T"),
    ],
)
def test_long_names_mean_their_letters(client: FlaskClient, long: str, letters: str) -> None:
    one, other = (get(client, f"/Paris?{text}", headers=CURL) for text in (long, letters))
    assert one.status_code == other.status_code == 200
    assert one.text == other.text


@pytest.mark.parametrize("option", ["0=False", "narrow=False", "quiet=0", "use_uscs=no"])
def test_an_option_that_is_switched_off_is_off(client: FlaskClient, option: str) -> None:
    plain = get(client, "/Paris?m", headers=CURL).text
    assert get(client, f"/Paris?m&{option}", headers=CURL).text == plain


@pytest.mark.parametrize(
    "option",
    ["days=99", "days=x", "transparency=999", "background=red", "random=17", "nonce=3", "debug",
     "dummy", "period=x", "agent=x", "emoji=unicode", "2&xyz=%00"],
)  # fmt: skip
def test_unknown_options_and_impossible_values_are_ignored(
    client: FlaskClient, option: str
) -> None:
    assert get(client, f"/Paris?{option}", headers=CURL).status_code == 200


def test_the_place_may_be_an_option(client: FlaskClient) -> None:
    assert "Paris" in get(client, "/?location=Paris&0QT&format=3", headers=CURL).text


def test_a_picture_has_the_options_of_its_name_before_those_of_the_query(
    client: FlaskClient,
) -> None:
    small = get(client, "/Paris_0_lang=de.png?lang=fr", headers=CURL)
    assert small.status_code == 200
    same = get(client, "/Paris_0_lang=de.png", headers=CURL)
    assert small.data == same.data
    assert small.data != get(client, "/Paris_0_lang=fr.png", headers=CURL).data


def test_a_picture_fits_the_size_of_its_name(client: FlaskClient) -> None:
    width, height = read(get(client, "/Paris_0_200x300.png", headers=CURL).data).size
    assert width == 200
    assert height < 300


def test_a_picture_of_an_unknown_place_is_an_error_in_text(client: FlaskClient) -> None:
    response = get(client, "/Xyzzyville.png", headers=BROWSER)
    assert response.status_code == 404
    assert response.content_type == "text/plain; charset=utf-8"
    assert "Unknown location" in response.text


def test_errors_of_j1_are_text_unless_json_is_accepted(client: FlaskClient) -> None:
    text = get(client, "/Xyzzyville?format=j1", headers=CURL)
    assert (text.status_code, text.content_type) == (404, "text/plain; charset=utf-8")
    assert text.text.startswith("Unknown location: ")
    problem = get(client, "/Xyzzyville?format=j1", headers={"Accept": "application/json"})
    assert (problem.status_code, problem.content_type) == (404, "application/problem+json")
    assert json.loads(problem.text)["status"] == 404


@pytest.mark.parametrize("format", ["j1", "j2", "p1", "3", "%t"])
def test_programs_get_503_where_no_forecast_can_be_had(
    client: FlaskClient, upstreams: Upstreams, format: str
) -> None:
    upstreams.fail("*", faults.down())
    response = get(client, f"/Oslo?format={format}", headers=CURL)
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0


def test_the_language_of_j1_keeps_the_code_of_the_request(client: FlaskClient) -> None:
    for code in ("zh-cn", "pt-br", "de", "af", "sr-lat"):
        document = get(client, f"/Paris?format=j1&lang={code}", headers=CURL).get_json(force=True)
        now = document["current_condition"][0]
        assert now["lang_xx"] == now[f"lang_{code}"]
        assert f"lang_{code}" in document["weather"][2]["hourly"][7]


def test_clients_that_read_j1_as_text_share_it_with_no_other(client: FlaskClient) -> None:
    path = "/Paris?format=j1"
    types = [
        get(client, path, headers={"User-Agent": agent}).mimetype
        for agent in (
            "python_weather/2.2.0",
            "curl/8",
            "python_weather/2.1.2",
            "python_weather/3.0",
        )
    ]
    assert types == ["text/plain", "application/json", "application/json", "text/plain"]

"""The options of wttr.in's interface, as its clients write them."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient

from simulator import Upstreams, faults
from tests.views.picture.images import Image, read
from tests.web.clients import BROWSER, CURL, FROM_AMERICA, FROM_LONDON, get
from weather.i18n.languages import match_language
from weather.views.ansi import width
from weather.views.picture import glyphs


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
     "dummy", "period=x", "agent=x", "width=20",
     "width=x", "clock=13", "emoji=unicode", "2&xyz=%00"],
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


@pytest.mark.parametrize(
    ("path", "size"),
    [
        *(("/Paris.png?0&width=300", (300, None)), ("/Paris_0_width=300.png", (300, None))),
        *(("/Paris.png?0&height=70", (None, 70)), ("/Paris_0_200x.png?width=300", (200, None))),
        *(("/Paris?output=png&0&width=60", (60, None)), ("/Paris_0_x70.png?height=9", (None, 70))),
        *(("/moon.png?width=100", (100, None)), ("/Paris.png?0&width=0", (None, None))),
        ("/Paris.png?0&width=9999&height=x", (None, None)),
    ],
)
def test_width_and_height_of_a_picture_are_pixels(
    client: FlaskClient, path: str, size: tuple[int | None, int | None]
) -> None:
    plain = "/moon.png" if "moon" in path else "/Paris_0.png"
    whole = read(get(client, plain, headers=CURL).data).size
    shown = read(get(client, path, headers=CURL).data).size
    width, height = size
    assert (shown[0], shown[1]) == (
        width or (whole[0] if height is None else shown[0]),
        height or (whole[1] if width is None else shown[1]),
    )
    assert shown[0] / shown[1] == pytest.approx(whole[0] / whole[1], rel=0.05)
    document = get(client, path.replace("png", "svg"), headers=CURL).text
    found = re.search(r'width="(\d+)" height="(\d+)"', document)
    assert found
    assert (int(found[1]), int(found[2])) == shown


def has_box(image: Image) -> bool:
    """Whether a cell of the image is that of a character without a glyph."""
    box = [[bool(level) for level in row[:10]] for row in glyphs.rows("\U00012345")]
    width, height = image.size
    return any(
        [[pixel != 0 for pixel in line[x : x + 10]] for line in image.rows[y : y + 19]] == box
        for y in range(0, height - 18, 19)
        for x in range(0, width - 9, 10)
    )


@pytest.mark.parametrize(
    ("place", "language"),
    [
        *(("Tokyo", "ja"), ("Seoul", "ko"), ("Beijing", "zh-cn"), ("Taipei", "zh-tw")),
        *(("Delhi", "hi"), ("Cairo", "ar"), ("Jerusalem", "he"), ("Moscow", "ru")),
        *(("Athens", "el"), ("Warsaw", "pl"), ("Istanbul", "tr"), ("Reykjavik", "nb")),
    ],
)
@pytest.mark.parametrize("format", ["", "v2"])
def test_pictures_have_no_empty_boxes(
    client: FlaskClient, place: str, language: str, format: str
) -> None:
    image = read(get(client, f"/{place}_2_lang={language}_format={format}.png").data)
    assert not has_box(image)


def test_a_character_without_a_glyph_is_a_box(client: FlaskClient) -> None:
    assert has_box(read(get(client, "/Paris.png?format=%25t\U00012345").data))


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


# The codes of wttr.in, those of languages that have no catalogue here included.
CODES = (
    "af am ar az be bg bn bs ca crk cs cy da de el en eo es et eu fa fi fr fy ga gl gu he hi hr hu "
    "hy ia id is it ja jv ka kk ko ky lt lv mg mk ml mr nb nl nn no oc pa pl pt pt-br ro ru sk sl "
    "sr sr-lat sv sw ta te th tr uk ur uz vi zh zh-cn zh-tw zu"
).split()


@pytest.mark.parametrize("code", CODES)
def test_each_language_of_wttr_is_accepted(client: FlaskClient, code: str) -> None:
    for query in (f"lang={code}&T", f"format=%C&lang={code}", f"lang={code.upper()}&format=3"):
        response = get(client, f"/Paris?{query}", headers=CURL)
        assert response.status_code == 200
        assert response.text.strip()
    spoken = match_language(code)
    line = get(client, f"/Paris?format=%C&lang={code}", headers=CURL).text
    english = get(client, "/Paris?format=%C&lang=en", headers=CURL).text
    assert spoken or line == english
    now = json.loads(get(client, f"/Paris?format=j1&lang={code}").text)["current_condition"][0]
    assert code == "en" or now[f"lang_{code}"] == [{"value": line}]
    assert code == "en" or now["lang_xx"] == [{"value": line}]


def test_a_language_that_is_not_spoken_comes_before_the_header(client: FlaskClient) -> None:
    headers = CURL | {"Accept-Language": "de"}
    assert get(client, "/Paris?lang=af&format=%C", headers=headers).text == (
        get(client, "/Paris?lang=en&format=%C", headers=CURL).text
    )


@pytest.mark.parametrize("lang", ["de", "ru", "ja", "af"])
def test_j1_names_places_in_english_and_conditions_in_the_language(
    client: FlaskClient, lang: str
) -> None:
    for format in ("j1", "j2"):
        one = json.loads(get(client, f"/Munich?format={format}&lang={lang}").text)
        other = json.loads(get(client, f"/Munich?format={format}").text)
        assert one["nearest_area"] == other["nearest_area"]
        assert one["nearest_area"][0]["country"] == [{"value": "Germany"}]
    assert one["current_condition"][0]["lang_xx"]
    # Other views have the names of the language.
    assert ("Munich" in get(client, f"/Munich?T&lang={lang}", headers=CURL).text) == (lang == "af")


@pytest.mark.parametrize("name", ["emoji", "glyphs"])
def test_the_signs_of_a_line(client: FlaskClient, name: str) -> None:
    def line(value: str) -> str:
        return get(client, f"/Paris?format=%c&{name}={value}", headers=CURL).text

    usual = get(client, "/Paris?format=%c", headers=CURL).text
    assert line("unicode") == line("emoji") == line("EMOJI") == usual
    assert line("plain") == get(client, "/Paris?format=%x", headers=CURL).text.ljust(3)
    assert "\ue300" <= line("nerd")[0] <= "\ue3e3"
    assert line("narrow").rstrip() == usual.rstrip()
    assert line("other") == line("") == usual  # as wttr.in, which ignores what it does not know


def test_slack_shows_metric_units_to_people_of_all_countries(client: FlaskClient) -> None:
    path = "/Paris?format=%t"
    bot = {"User-Agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"}

    def line(headers: dict[str, str]) -> str:
        return get(client, path, headers=headers, environ_overrides=FROM_AMERICA).text

    assert line(CURL).endswith("°F")
    assert line(bot).endswith("°C")
    assert line(CURL).endswith("°F")  # neither gets the response of the other
    assert get(client, path + "&u", headers=bot).text.endswith("°F")


@pytest.mark.parametrize(("path", "text"), [("/Paris", "/Paris?T"), ("/v2/Paris", "/v2/Paris?T")])
def test_another_user_agent_can_be_named(client: FlaskClient, path: str, text: str) -> None:
    named = get(client, f"{text}&agent=curl", headers=BROWSER)
    assert named.content_type == "text/plain; charset=utf-8"
    assert named.text == get(client, text, headers=CURL).text
    page = get(client, f"{path}?agent=Firefox", headers={**BROWSER, **{"User-Agent": "curl/8"}})
    assert page.mimetype == "text/html"


def test_glyphs_come_before_emoji(client: FlaskClient) -> None:
    line = get(client, "/Paris?format=%c&emoji=nerd&glyphs=plain", headers=CURL).text
    assert line.isascii()
    assert get(client, "/Paris?format=%c&d&emoji=nerd", headers=CURL).text == line


@pytest.mark.parametrize("view", ["v2", "line"])
def test_pictures_have_emoji_instead_of_icons(client: FlaskClient, view: str) -> None:
    format = "%25c%25m" if view == "line" else view
    usual, nerd, plain = (
        get(client, f"/Paris.png?format={format}&glyphs={glyphs}").data
        for glyphs in ("emoji", "nerd", "plain")
    )
    assert usual == nerd != plain


@pytest.mark.parametrize(
    "path", ["/Paris?format=v2", "/v2/Paris", "/Paris?view=v2d", "/Paris?format=v2&output=html"]
)
def test_browsers_get_the_chart_on_a_page(client: FlaskClient, path: str) -> None:
    page = get(client, path, headers=BROWSER)
    assert (page.status_code, page.content_type) == (200, "text/html; charset=utf-8")
    assert "\x1b" not in page.text
    assert "<title>Paris, Île-de-France, FR</title>" in page.text
    assert "style" not in page.text  # which the policy refuses
    assert page.text.count("─") >= 2 * 72
    text = "text/plain; charset=utf-8"
    if "output" not in path:
        assert get(client, path, headers=CURL).content_type == text
    forced = path.replace("output=html", "") + ("&A" if "?" in path else "?A")
    assert get(client, forced, headers=BROWSER).content_type == text
    # A script of a page, which accepts anything.
    script = {"User-Agent": "Mozilla/5.0", "Accept": "*/*"}
    if "output" not in path:
        assert get(client, path, headers=script).content_type == text


def test_the_page_of_a_chart_has_the_climate_normals_in_an_outage(
    client: FlaskClient, upstreams: Upstreams
) -> None:
    upstreams.fail("*", faults.down())
    page = get(client, "/Oslo?format=v2", headers=BROWSER)
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert "NO\xa0FORECAST" in page.text


def test_the_width_is_a_number_of_columns(client: FlaskClient) -> None:
    lines = get(client, "/Paris?T&width=40", headers=CURL).text.splitlines()
    assert max(map(width, lines)) <= 40
    assert get(client, "/Paris?T&width=39", headers=CURL).text == (
        get(client, "/Paris?T", headers=CURL).text
    )


@pytest.mark.parametrize(
    ("query", "unit"),
    [("units=metric,kn", "kn"), ("m&units=bft", "Bft"), ("units=imperial,ms", "m/s")],
)
def test_units_of_single_quantities_in_each_view(
    client: FlaskClient, query: str, unit: str
) -> None:
    assert unit in get(client, f"/Paris?T&{query}", headers=CURL).text
    assert get(client, f"/Paris?{query}&format=%w").text.endswith(unit)
    document = json.loads(get(client, f"/api/v1/weather?q=Paris&{query.removeprefix('m&')}").text)
    assert document["units"]["wind_speed"] == unit
    assert unit in get(client, f"/Paris?{query}", headers=BROWSER).text


def test_units_of_single_quantities_leave_the_rest_to_the_country(client: FlaskClient) -> None:
    path = "/Paris?format=%t+%w&units=kn"
    american = get(client, path, environ_overrides=FROM_AMERICA).text
    british = get(client, path, environ_overrides=FROM_LONDON).text
    assert re.fullmatch(r"[+-]\d+°F \S?\d+kn", american)
    assert re.fullmatch(r"[+-]\d+°C \S?\d+kn", british)
    assert get(client, path, environ_overrides=FROM_AMERICA).text == american


def test_strict_json_refuses_what_the_compatible_views_ignore(client: FlaskClient) -> None:
    assert get(client, "/api/v1/weather?q=Paris&clock=13").status_code == 400
    assert get(client, "/api/v1/weather?q=Paris&units=kn,bft").status_code == 400


def test_the_report_in_sentences_and_as_a_calendar(client: FlaskClient) -> None:
    prose = get(client, "/Paris?format=prose", headers=BROWSER)
    assert prose.content_type == "text/plain; charset=utf-8"
    assert prose.text.startswith("Paris")
    for response in (
        get(client, "/Paris?format=ics", headers=CURL),
        get(client, "/Paris", headers={"Accept": "text/calendar"}),
    ):
        assert response.content_type == "text/calendar; charset=utf-8"
        assert response.text.count("BEGIN:VEVENT") == 16
    lost = get(client, "/Xyzzyville?format=ics", headers=CURL)
    assert (lost.status_code, lost.mimetype) == (404, "text/plain")


@pytest.mark.parametrize(
    ("path", "days"),
    [("/Paris.ics", 16), ("/Paris.ICS?format=3", 16), ("/de/Paris_days=5.ics?days=2", 5),
     ("/Paris?output=ics", 16), ("/Paris:London_days=1.ics", 1), ("/48.85,2.35_2_u.ics", 2),
     ("/~.ics", 16), ("/Paris_200x300.ics?days=3", 3)],
)  # fmt: skip
def test_a_calendar_by_the_name_of_a_file(client: FlaskClient, path: str, days: int) -> None:
    for headers in (BROWSER, CURL):
        response = get(client, path, headers=headers)
        assert response.content_type == "text/calendar; charset=utf-8"
        assert response.text.count("BEGIN:VEVENT") == days
        private = "private" in response.headers["Cache-Control"]
        assert ("Access-Control-Allow-Origin" in response.headers) is (path != "/~.ics")
        assert private or path != "/~.ics"


@pytest.mark.parametrize(
    ("path", "status"), [("/Xyzzyville.ics", 404), ("/91,0.ics", 400), ("/.ics", 404)]
)
def test_an_error_of_a_calendar_is_text(client: FlaskClient, path: str, status: int) -> None:
    response = get(client, path, headers=BROWSER if path != "/.ics" else CURL)
    assert (response.status_code, response.mimetype) == (status, "text/plain")

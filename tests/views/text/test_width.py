"""No line of the text is wider than its layout, and nothing that must be there is cut off."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import reports
from tests.views.text.screens import CREDITS, OTHERS, PLACE, PLAIN, REPORT, crowded, flags
from weather.core.attribution import DB_IP, GEOLITE2, GEONAMES, OPENSTREETMAP
from weather.core.models import Coordinates, Credit, LocatedBy, LocatedPlace, Place, Report
from weather.i18n.languages import LANGUAGES, Language
from weather.providers import met_norway, open_meteo
from weather.views import text, wording
from weather.views.ansi import width
from weather.views.options import ViewOptions
from weather.views.text.fit import shortened, wrapped

CROWDED = crowded()
DIRECTION_MARKS = dict.fromkeys(map(ord, "\u200e\u200f"))


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
@pytest.mark.parametrize("letters", ["", "T", "n", "nT", "0", "0n", "0QT", "1nq"])
@pytest.mark.parametrize("report", [REPORT, CROWDED, reports.storm(), reports.polar_night()])
def test_no_line_is_wider_than_the_layout(report: Report, letters: str, language: Language) -> None:
    options = replace(flags(letters), language=language.tag)
    lines = text.render(report, options).splitlines()
    assert max(map(width, lines)) <= (63 if "n" in letters else 125)
    assert len(lines) == text.render(REPORT, flags(letters)).count("\n")


@pytest.mark.parametrize("narrow", [False, True])
def test_a_climate_fallback_is_as_wide(narrow: bool) -> None:
    fallback = reports.climate_fallback()
    located = replace(fallback.located, place=PLACE, alternatives=OTHERS, credits=CREDITS)
    long = replace(fallback, located=located, reason="It is down. " * 30)
    lines = text.render_fallback(long, replace(PLAIN, narrow=narrow)).splitlines()
    assert max(map(width, lines)) <= (63 if narrow else 125)
    assert "Open-Meteo.com" in "\n".join(lines)


@pytest.mark.parametrize("letters", ["T", "nT"])
def test_time_coordinates_and_notices_are_not_cut_off(letters: str) -> None:
    body = text.render(CROWDED, flags(letters))
    lines = body.splitlines()
    assert lines[0].startswith("Weather report: Llanfair")
    assert lines[0].endswith(", 10:15")
    assert any(line.endswith("[53.2231,-4.2094]") for line in lines)
    for notice in ("SAMPLE DATA, not a real forecast", "place found offline", "stale: 7 h old"):
        assert body.count(notice) == 1


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
@pytest.mark.parametrize("options", [flags("T"), flags("nT"), replace(PLAIN, width=40)])
def test_notices_are_complete_in_every_language(options: ViewOptions, language: Language) -> None:
    drawing = r".{16}$" if language.rtl else r"^.{16}"
    lines = text.render(CROWDED, replace(options, language=language.tag)).splitlines()
    body = " ".join(
        re.sub(drawing, "", line).strip() if 2 <= number < 7 else line.strip()
        for number, line in enumerate(line.translate(DIRECTION_MARKS) for line in lines)
    )
    for message in ("SAMPLE DATA, not a real forecast", "place found offline"):
        assert language.translate(message) in body
    assert language.translate("stale: {age} old", age=wording.age(language, CROWDED.age)) in body


def test_a_narrow_width_has_more_lines_for_what_has_no_room() -> None:
    lines = text.render(CROWDED, replace(PLAIN, width=40)).splitlines()
    assert "4° warmer than usual" in lines
    assert "Warnings: Heat Advisory, Frost" in lines
    assert "SAMPLE DATA, not a real forecast" in lines


@pytest.mark.parametrize("letters", ["T", "nT", "1nqT"])
def test_credits_keep_each_provider_and_licence(letters: str) -> None:
    end = "\n".join(text.render(CROWDED, flags(letters)).splitlines()[-2:])
    for name in ("Open-Meteo.com", "GeoNames", "DB-IP", "Copernicus Climate Change Service"):
        assert name in end.replace("\n", " ")
    assert "OpenStreetMap" in end
    assert "CC BY 4.0" in end.replace("\n", " ")
    assert "ODbL 1.0" in end.replace("\n", " ")
    assert "…" not in end.splitlines()[-1]


@pytest.mark.parametrize("columns", [40, 50, 63, 125])
@pytest.mark.parametrize("forecast", [open_meteo.CREDIT, met_norway.CREDIT])
@pytest.mark.parametrize("place", [GEONAMES, DB_IP, GEOLITE2])
def test_credits_of_the_real_providers_in_any_width(
    forecast: Credit, place: Credit, columns: int
) -> None:
    provenance = replace(REPORT.provenance, credits=(forecast,))
    located = replace(REPORT.located, credits=(place, OPENSTREETMAP))
    report = replace(REPORT, provenance=provenance, located=located)
    body = text.render(report, replace(PLAIN, width=columns))
    end = " ".join(body.splitlines()[38:])
    for name in ("Open-Meteo.com" if forecast is open_meteo.CREDIT else "MET Norway",
                 {GEONAMES: "GeoNames", DB_IP: "DB-IP", GEOLITE2: "MaxMind"}[place],
                 "OpenStreetMap", forecast.licence, place.licence, "ODbL 1.0"):  # fmt: skip
        assert name in end


# Any width


@pytest.mark.parametrize(
    ("columns", "titles"),
    [
        (40, ["Noon"]),
        (62, ["Noon"]),
        (63, ["Noon", "Night"]),
        (93, ["Noon", "Night"]),
        (94, ["Morning", "Noon", "Night"]),
        (124, ["Morning", "Noon", "Night"]),
        (125, ["Morning", "Noon", "Evening", "Night"]),
        (300, ["Morning", "Noon", "Evening", "Night"]),
    ],
)
def test_as_many_parts_of_a_day_as_fit(columns: int, titles: list[str]) -> None:
    lines = text.render(REPORT, replace(PLAIN, width=columns)).splitlines()
    assert re.findall("[A-Z][a-z]+", lines[9]) == titles
    assert {width(line) for line in lines[7:37]} == {31 * len(titles) + 1}


def test_the_usual_widths_are_the_usual_layouts() -> None:
    assert text.render(REPORT, replace(PLAIN, width=125)) == text.render(REPORT, PLAIN)
    narrow = replace(PLAIN, width=63)
    days = text.render(REPORT, narrow).splitlines()[:37]
    assert days == text.render(REPORT, flags("nT")).splitlines()[:37]
    assert "Morning" not in text.render(REPORT, replace(flags("n"), width=200))


def test_one_and_three_parts_of_a_day() -> None:
    one = text.render(REPORT, replace(PLAIN, width=40, days=1)).splitlines()[7:11]
    assert one == [
        "                ┌─────────────┐ ",
        "┌───────────────┤  Fri 15 May ├┐",
        "│      Noon     └─────────────┘│",
        "├──────────────────────────────┤",
    ]
    three = text.render(REPORT, replace(PLAIN, width=100, days=1)).splitlines()[7:10]
    assert three[1].index("┤") == three[2].index("└") == three[0].index("┌")
    assert three[2][31] == "┬"


@settings(max_examples=80, deadline=None)
@given(
    name=st.text(max_size=200),
    region=st.text(max_size=80),
    columns=st.none() | st.integers(40, 200),
    narrow=st.booleans(),
    color=st.booleans(),
    language=st.sampled_from(LANGUAGES),
)
def test_any_place_in_any_width(
    *, name: str, region: str, columns: int | None, narrow: bool, color: bool, language: Language
) -> None:
    place = Place(Coordinates(-53.2231, -170.25), name, region, None, "GB")
    located = LocatedPlace(place, LocatedBy.NAME, alternatives=(place,) * 3, credits=CREDITS[1:])
    options = ViewOptions(width=columns, narrow=narrow, color=color, language=language.tag)
    lines = text.render(replace(CROWDED, located=located), options).split("\n")
    assert max(map(width, lines)) <= (columns or (63 if narrow else 125))
    assert columns or len(lines) == 41


# Shortened lines

_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=60)


@given(_WORDS, st.integers(1, 50))
def test_a_shortened_text_fits_and_begins_as_the_whole(text: str, columns: int) -> None:
    short = shortened(text, columns)
    assert width(short) <= columns
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
    assert short == text or width(text) > columns


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1), st.integers(12, 50))
def test_only_whole_words_are_kept(words: list[str], columns: int) -> None:
    short = shortened(" ".join(words), columns).removesuffix("…")
    kept = short.split(" ") if short else []
    assert kept == words[: len(kept)]


@given(_WORDS, _WORDS, st.integers(1, 50))
def test_colours_take_no_room_and_end(first: str, second: str, columns: int) -> None:
    colored = f"{first}\x1b[38;5;208m{second}\x1b[0m"
    short = shortened(colored, columns)
    plain = re.sub("\x1b\\[[0-9;]*m", "", short)
    assert plain == shortened(first + second, columns)
    assert short.count("\x1b[38") == short.count("\x1b[0m")


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1), st.integers(12, 50))
def test_wrapped_lines_have_all_words(words: list[str], columns: int) -> None:
    lines = wrapped(" ".join(words), columns)
    assert " ".join(lines).split(" ") == words
    assert max(map(width, lines)) <= columns

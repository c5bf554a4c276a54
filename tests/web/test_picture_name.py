"""The grammar of the file names of pictures."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weather.views.picture.scaling import LARGEST
from weather.web.picture_name import PictureName, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Paris.png", PictureName("Paris", (), "png")),
        ("Paris.SVG", PictureName("Paris", (), "svg")),
        (
            "Paris_0tqp_lang=fr.png",
            PictureName("Paris", (("0tqp", None), ("lang", "fr")), "png"),
        ),
        (
            "kyiv_0pq_lang=uk.png",
            PictureName("kyiv", (("0pq", None), ("lang", "uk")), "png"),
        ),
        (
            "London_0pq_transparency=200_lang=en.png",
            PictureName("London", (("0pq", None), ("transparency", "200"), ("lang", "en")), "png"),
        ),
        ("Paris_200x300.png", PictureName("Paris", (), "png", 200, 300)),
        ("Paris_200x.png", PictureName("Paris", (), "png", 200)),
        ("Paris_x300_0.png", PictureName("Paris", (("0", None),), "png", None, 300)),
        ("New_York_0pq.png", PictureName("New_York", (("0pq", None),), "png")),
        ("San_Antonio.png", PictureName("San_Antonio", (), "png")),
        ("48.85,2.35_0.png", PictureName("48.85,2.35", (("0", None),), "png")),
        ("_0.png", PictureName("", (("0", None),), "png")),
        ("Москва_0.png", PictureName("Москва", (("0", None),), "png")),
        ("Paris_format=v2.png", PictureName("Paris", (("format", "v2"),), "png")),
        ("Paris.ics", PictureName("Paris", (), "ics")),
        ("New_York_days=5_m.ICS", PictureName("New_York", (("days", "5"), ("m", None)), "ics")),
        ("Paris_9999x0.png", PictureName("Paris", (), "png", LARGEST, None)),
    ],
)
def test_names(text: str, expected: PictureName) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    "text", ["Paris", "png", "favicon.png", "apple-touch-icon.png", ".png", "a.jpg", "a.png.php",
             "apple-touch-icon-precomposed.png", "NOT_FOUND.png", "", ".ics", "a.ics.php"]
)  # fmt: skip
def test_what_is_no_picture(text: str) -> None:
    assert parse(text) is None


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_a_picture_or_none(text: str) -> None:
    name = parse(f"{text}.png")
    assert name is None or name.kind == "png"

"""Pictures of the text views: sizes, colours, scripts and options."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import reports
from tests.views.picture.images import read
from weather.i18n.languages import LANGUAGES, Language
from weather.views import picture, text, v2
from weather.views.options import PictureOptions, ViewOptions
from weather.views.picture import glyphs, screen
from weather.views.picture.drawn import CELL_HEIGHT, CELL_WIDTH

NOW = ViewOptions(days=0)
TRANSLATIONS = Path("translations")


def picture_of(line: str, **look: object) -> bytes:
    """The PNG of one line of text."""
    flags = {name: look.pop(name) for name in ("light", "padding") if name in look}
    options = ViewOptions(picture=PictureOptions(**look), **flags)  # type: ignore[arg-type]
    return picture.png(lambda report, options: line)(reports.report(), options)


def test_a_picture_is_as_large_as_its_text() -> None:
    rendered = text.render(reports.report(), ViewOptions(color=False))
    lines = rendered.rstrip("\n").split("\n")
    image = read(picture.png(text.render)(reports.report(), ViewOptions()))
    assert image.size == (max(map(len, lines)) * CELL_WIDTH, len(lines) * CELL_HEIGHT)


def test_colours_of_the_text_are_those_of_the_pixels() -> None:
    image = read(picture_of("\x1b[38;5;196mred\x1b[0m plain"))
    assert (255, 0, 0) in image.colors()
    assert (204, 204, 204) in image.colors()
    assert image.palette[0] == (0, 0, 0)


def test_each_letter_has_its_own_picture() -> None:
    images = {picture_of(letter) for letter in "AÄБΩאمあ東°→"}
    assert len(images) == 10


def test_a_blank_has_no_ink() -> None:
    assert read(picture_of("  ")).colors() == {(0, 0, 0)}


def test_a_character_that_no_font_has_is_a_box() -> None:
    assert not glyphs.has("\U00012345")
    assert picture_of("\U00012345") == picture_of("\U00012346")
    assert len(read(picture_of("\U00012345")).colors()) > 1


@pytest.mark.parametrize(
    "language", [language for language in LANGUAGES if language.tag != "hi"], ids=lambda x: x.tag
)
@pytest.mark.parametrize("render", [text.render, v2.render])
def test_every_language_has_all_its_glyphs(language: Language, render: picture.RenderText) -> None:
    rows = screen.rows(render(reports.report(), ViewOptions(language=language.tag)))
    assert not {cell.char for row in rows for cell in row if not glyphs.has(cell.char)}


def test_a_picture_in_hindi_is_in_english() -> None:
    english, hindi = (
        picture.png(text.render)(reports.report(), replace(NOW, language=language))
        for language in ("en", "hi")
    )
    assert english == hindi


def test_a_light_picture_has_dark_text() -> None:
    image = read(picture_of("x", light=True))
    assert image.palette[0] == (255, 255, 255)
    assert (40, 40, 40) in image.colors()


def test_padding_is_background() -> None:
    plain, padded = read(picture_of("x")), read(picture_of("x", padding=True))
    assert padded.size == (plain.size[0] + 20, plain.size[1] + 20)
    assert padded.rows[0] == bytes(padded.size[0])


def test_the_background_can_be_transparent_and_letters_are_not() -> None:
    image = read(picture_of("x", opacity=100))
    assert image.alphas[0] == 100
    assert max(image.alphas) == 255
    assert read(picture_of("x")).alphas == b""


def test_the_background_can_have_a_colour() -> None:
    image = read(picture_of("x", background=(1, 2, 3)))
    assert image.palette[0] == (1, 2, 3)


@pytest.mark.parametrize(
    ("look", "size"),
    [
        ({"width": 50}, (50, 10)),
        ({"height": 38}, (200, 38)),
        ({"width": 50, "height": 5}, (26, 5)),
        ({"width": 200, "height": 300}, (200, 38)),
    ],
)
def test_a_size_is_the_largest_that_fits(look: dict[str, int], size: tuple[int, int]) -> None:
    assert read(picture_of("0123456789", **look)).size == size  # 100 by 19 pixels


def test_emoji_have_their_colours_and_two_cells() -> None:
    image = read(picture_of("☀️"))
    assert image.size == (2 * CELL_WIDTH, CELL_HEIGHT)
    assert (255, 215, 0) in image.colors()


def test_the_moon_grows_from_the_right_in_the_north() -> None:
    first_quarter = read(picture_of("🌓"))
    middle = first_quarter.rows[9]
    assert middle[4] != middle[15]
    last_quarter = read(picture_of("🌗")).rows[9]
    assert (middle[4], middle[15]) == (last_quarter[15], last_quarter[4])


def test_the_lines_of_a_box_join() -> None:
    row = read(picture_of("───")).rows[9]
    assert 0 not in row
    column = [row[5] for row in read(picture_of("│\n│\n│")).rows]
    assert 0 not in column


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_a_picture(line: str) -> None:
    read(picture_of(line))


def test_a_picture_with_more_colours_than_a_palette_holds() -> None:
    colors = "".join(f"\x1b[38;5;{n}mx\x1b[0m" for n in range(256))
    image = read(picture_of(colors))
    assert len(image.palette) <= 256


def test_arabic_letters_join_and_run_from_right_to_left() -> None:
    (row,) = screen.rows("مطر")
    assert "".join(cell.char for cell in row) == "\ufeae\ufec4\ufee3"  # final, medial, initial


# By UAX #9 for a line that runs from left to right.
ORDERED = [
    ("\u05d0\u05d1 25 \u05d2", "\u05d2 25 \u05d1\u05d0"),
    ("21-28 \u05d0\u05d1", "21-28 \u05d1\u05d0"),
    ("\u05d0 26/11", "26/11 \u05d0"),
    ("\u0627 26/11", "26/11 \ufe8d"),
    ("\u05d0 5%, 7:30", "7:30 ,5% \u05d0"),
    ("\u05d0 -3", "3- \u05d0"),
    ("a (\u05d0) b", "a (\u05d0) b"),
    ("\u05d0 (\u05d1) \u05d2", "\u05d2 (\u05d1) \u05d0"),
    ("\u05d0, b, \u05d2", "\u05d0, b, \u05d2"),
    ("\u2502\u05d0\u2502\u05d1\u2502", "\u2502\u05d1\u2502\u05d0\u2502"),
    ("\u2502\u05d0\u200e\u2502\u05d1\u200e\u2502", "\u2502\u05d0\u2502\u05d1\u2502"),
    ("\u05d0 6°", "6° \u05d0"),
    ("\u05d0…\u200f\u200e|", "…\u05d0|"),
    ("\u05d0…\u200e|", "\u05d0…|"),
]


@pytest.mark.parametrize(("line", "drawn"), ORDERED)
def test_a_line_has_the_order_of_the_bidirectional_algorithm(line: str, drawn: str) -> None:
    (row,) = screen.rows(line)
    assert "".join(cell.char for cell in row) == drawn


def test_numbers_keep_their_order_in_right_to_left_text() -> None:
    (row,) = screen.rows("שלום 25 מעלות")
    assert "25" in "".join(cell.char for cell in row)
    (latin,) = screen.rows("Paris 25")
    assert "".join(cell.char for cell in latin) == "Paris 25"


def test_the_svg_has_the_text_in_its_place_and_colour() -> None:
    document = picture.svg(lambda report, options: "a \x1b[38;5;196m<&>\x1b[0m")(
        reports.report(), ViewOptions(padding=True)
    )
    root = ElementTree.fromstring(document)
    texts = root.findall("{http://www.w3.org/2000/svg}text")
    assert [(part.text, part.get("x"), part.get("fill")) for part in texts] == [
        ("a", "10", "#cccccc"),
        ("<&>", "30", "#ff0000"),
    ]


def test_blanks_of_the_svg_do_not_depend_on_how_readers_treat_white_space() -> None:
    document = picture.svg(lambda report, options: "   a b  c  \n")(reports.report(), ViewOptions())
    one, other = ElementTree.fromstring(document).findall("{http://www.w3.org/2000/svg}text")
    assert (one.text, one.get("x"), one.get("textLength")) == ("a\xa0b", "30", "30")
    assert (other.text, other.get("x"), other.get("textLength")) == ("c", "80", "10")


def test_readers_of_the_svg_do_not_reorder_right_to_left_text() -> None:
    document = picture.svg(lambda report, options: "\u05d0\u05d1 c")(
        reports.report(), ViewOptions()
    )
    (part,) = ElementTree.fromstring(document).findall("{http://www.w3.org/2000/svg}text")
    assert part.text == "\u05d1\u05d0\xa0c"
    assert (part.get("direction"), part.get("unicode-bidi")) == ("ltr", "bidi-override")
    assert "bidi" not in picture.svg(text.render)(reports.report(), ViewOptions())


def test_the_svg_has_no_character_that_xml_forbids() -> None:
    report = reports.report()
    ElementTree.fromstring(picture.svg(text.render)(report, ViewOptions()))
    assert not re.search("[\x00-\x08\x0b-\x1f]", picture.svg(v2.render)(report, ViewOptions()))


@pytest.mark.parametrize(
    "look", [{}, {"height": 2000}, {"width": 2000}, {"width": 2000, "height": 2000}]
)
@pytest.mark.parametrize("text", ["x" * 3000, "x\n" * 3000, ("x" * 300 + "\n") * 300, "x"])
def test_no_text_makes_a_picture_without_bounds(text: str, look: dict[str, int]) -> None:
    width, height = read(picture_of(text, **look)).size
    assert width <= 2000
    assert height <= (2000 if look else screen.ROWS * CELL_HEIGHT)


def test_a_light_picture_with_a_background_has_dark_text() -> None:
    image = read(picture_of("x", light=True, background=(255, 0, 0)))
    assert (40, 40, 40) in image.colors()

"""The preview image, decoded by a decoder of its own."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests import reports
from weather.core.measurement_systems import Units
from weather.core.models import Report
from weather.views.image import pixel_font, png, preview
from weather.views.image.canvas import WIDTH
from weather.views.options import ViewOptions


def decode(data: bytes) -> tuple[int, int, list[bytes], bytes]:
    """Width, height, rows of palette indices and the palette. Raises `AssertionError` for an
    invalid file."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, offset = dict[bytes, bytes](), 8
    while offset < len(data):
        length, kind = struct.unpack_from(">I4s", data, offset)
        body = data[offset + 8 : offset + 8 + length]
        assert struct.unpack_from(">I", data, offset + 8 + length)[0] == zlib.crc32(kind + body)
        chunks[kind] = body
        offset += 12 + length
    assert list(chunks) == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]
    width, height, depth, color, *rest = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (depth, color, rest) == (8, 3, [0, 0, 0])
    raw, rows = zlib.decompress(chunks[b"IDAT"]), list[bytes]()
    assert len(raw) == height * (width + 1)
    for n in range(height):
        start = n * (width + 1)
        line = raw[start + 1 : start + 1 + width]
        rows.append(line if raw[start] == 0 else rows[-1])
        assert raw[start] in {0, 2}
        assert raw[start] == 0 or not any(line)
    return width, height, rows, chunks[b"PLTE"]


def test_the_scale_enlarges_an_image() -> None:
    data = png.encode([b"\0\1", b"\1\0"], [(0, 0, 0), (255, 0, 0)], 2)
    width, height, rows, palette = decode(data)
    assert (width, height, palette) == (4, 4, b"\0\0\0\xff\0\0")
    assert rows == [b"\0\0\1\1"] * 2 + [b"\1\1\0\0"] * 2


@pytest.mark.parametrize(
    "make",
    [
        reports.report, reports.snow_night, reports.storm, reports.polar_night,
        reports.all_values_missing, reports.sample, lambda: reports.report(hours=(), days=()),
    ],
)  # fmt: skip
def test_every_state_has_an_image(make: Callable[[], Report]) -> None:
    data = preview.render(make(), ViewOptions())
    width, height, rows, palette = decode(data)
    assert (width, height) == (1200, 632)
    assert max(map(max, rows)) < len(palette) // 3
    assert len(data) < 30_000


def test_the_image_depends_on_the_weather_and_the_units() -> None:
    images = {
        preview.render(report, ViewOptions(units=units))
        for report in (reports.report(), reports.storm(), reports.american())
        for units in Units
    }
    assert len(images) == 6


def test_letters_without_a_glyph_are_decomposed_or_refused() -> None:
    assert pixel_font.drawable("Île-de-France") == "ILE-DE-FRANCE"
    assert pixel_font.drawable("Tromsø, Łódź, Straße") == "TROMSO, LODZ, STRASSE"
    assert pixel_font.drawable("東京") is None
    ones = pixel_font.pixels("1")
    assert len(pixel_font.pixels("1", 3)) == 9 * len(ones)
    assert max(y for _, y in pixel_font.pixels("ABC°,")) == pixel_font.HEIGHT - 1


def test_every_letter_has_its_own_glyph() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-,.'°"
    assert len({tuple(pixel_font.pixels(letter)) for letter in letters}) == len(letters)


@pytest.mark.parametrize(
    "name",
    [
        "Paris, Île-de-France",
        "Oslo",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch, Isle of Anglesey",
        "San Juan de los Morros de la Santísima Trinidad de Guárico",
        "Washington, District of Columbia",
        "Krung Thep Maha Nakhon Amon Rattanakosin Mahinthara Ayuthaya Mahadilok Phop Noppharat",
    ],
)
def test_a_name_of_any_length_is_written_in_full(name: str) -> None:
    lines, size, top = preview._name_lines(name)
    assert "".join("".join(lines).split()) == "".join(name.split())
    assert 14 + max(map(len, lines)) * pixel_font.ADVANCE * size <= WIDTH
    assert top + len(lines) * (pixel_font.HEIGHT + 2) * size <= 42  # where the temperature begins


def test_a_name_that_the_font_lacks_is_replaced_by_coordinates() -> None:
    tokyo = replace(reports.WINDHAVEN, name="東京")
    nameless = replace(reports.WINDHAVEN, name=None, region=None, country_code=None)
    images = {preview.render(reports.report(place), ViewOptions()) for place in (tokyo, nameless)}
    assert len(images) == 1

"""The preview picture, decoded again by other means than it was made with."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

import pytest

from tests import reports
from weather.core.models import Report
from weather.views.image import pixel_font, png, preview
from weather.views.options import Units, ViewOptions


def decoded(data: bytes) -> tuple[int, int, list[bytes], bytes]:
    """Width, height, rows of indices and the palette; fails on a broken file."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, at = dict[bytes, bytes](), 8
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", data, at + 8 + length)[0] == zlib.crc32(kind + body)
        chunks[kind] = body
        at += 12 + length
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


def test_a_picture_is_enlarged() -> None:
    data = png.encode([b"\0\1", b"\1\0"], [(0, 0, 0), (255, 0, 0)], 2)
    width, height, rows, palette = decoded(data)
    assert (width, height, palette) == (4, 4, b"\0\0\0\xff\0\0")
    assert rows == [b"\0\0\1\1"] * 2 + [b"\1\1\0\0"] * 2


@pytest.mark.parametrize(
    "make",
    [
        reports.report, reports.snow_night, reports.storm, reports.polar_night,
        reports.nothing_told, reports.sample, lambda: reports.report(hours=(), days=()),
    ],
)  # fmt: skip
def test_every_state_has_a_picture(make: Callable[[], Report]) -> None:
    data = preview.render(make(), ViewOptions())
    width, height, rows, palette = decoded(data)
    assert (width, height) == (1200, 632)
    assert max(map(max, rows)) < len(palette) // 3
    assert len(data) < 30_000


def test_what_it_shows_depends_on_the_weather_and_the_units() -> None:
    pictures = {
        preview.render(report, ViewOptions(units=units))
        for report in (reports.report(), reports.storm(), reports.american())
        for units in Units
    }
    assert len(pictures) == 6


def test_letters() -> None:
    assert pixel_font.drawable("Île-de-France") == "ILE-DE-FRANCE"
    assert pixel_font.drawable("Tromsø, Łódź, Straße") == "TROMSO, LODZ, STRASSE"
    assert pixel_font.drawable("東京") is None
    ones = pixel_font.pixels("1")
    assert len(pixel_font.pixels("1", 3)) == 9 * len(ones)
    assert max(y for _, y in pixel_font.pixels("ABC°,")) == pixel_font.HEIGHT - 1


def test_every_letter_has_its_own_form() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-,.'°"
    assert len({tuple(pixel_font.pixels(letter)) for letter in letters}) == len(letters)

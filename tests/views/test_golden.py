"""Every view of one report, as files to read. After a change that is meant:

python -m tests.views.test_golden
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from pathlib import Path

import pytest

from tests import reports
from weather.views import registry
from weather.views.options import ViewOptions
from weather.views.question import Question
from weather.views.registry import View

GOLDEN = Path(__file__).parent / "golden"
OPTIONS = ViewOptions(
    template="%l: %c %C %t %f %h %w %p %P %u %o",
    query="Windhaven",
    language_code="en",
    question=Question.of("umbrella", None, None),
)


def rendered(view: View) -> str:
    """The body; of a PNG, whose compression is the library's affair, its size and a digest of its
    pixels."""
    body = view.render(reports.report(), OPTIONS)
    if isinstance(body, str):
        return body
    if not body.startswith(b"\x89PNG"):
        return body.decode()
    width, height = struct.unpack(">II", body[16:24])
    digest = hashlib.sha256(pixels(body)).hexdigest()
    return f"{width} × {height} pixels\nSHA-256 of the rows: {digest}\n"


def pixels(png: bytes) -> bytes:
    """The uncompressed rows, from the data of all IDAT chunks."""
    position, data = 8, b""
    while position < len(png):
        (length,) = struct.unpack(">I", png[position : position + 4])
        if png[position + 4 : position + 8] == b"IDAT":
            data += png[position + 8 : position + 8 + length]
        position += length + 12
    return zlib.decompress(data)


@pytest.mark.parametrize("view", registry.VIEWS, ids=lambda view: view.name)
def test_a_view_is_that_of_its_file(view: View) -> None:
    assert rendered(view) == path(view).read_bytes().decode()


def path(view: View) -> Path:
    return GOLDEN / f"{view.name}.golden"


def test_each_file_is_that_of_a_view() -> None:
    assert {file.name for file in GOLDEN.glob("*.golden")} == {
        path(view).name for view in registry.VIEWS
    }


if __name__ == "__main__":
    for each in registry.VIEWS:
        path(each).write_bytes(rendered(each).encode())

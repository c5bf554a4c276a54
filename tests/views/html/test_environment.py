"""Escaping, page weight, and loading the templates from a zip archive."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import weather
from tests import reports
from tests.views.html.document import Document
from tests.views.html.rendering import error_page, located, render, report_page
from weather.core.errors import LocationNotFound
from weather.core.models import Coordinates, Credit, LocatedBy, LocatedPlace, Place
from weather.views.html import assets
from weather.views.page_address import PageAddress

_SCRIPT = "<script>alert('&')</script>"


def test_foreign_text_is_escaped() -> None:
    place = Place(Coordinates(1, 2), _SCRIPT, _SCRIPT, _SCRIPT, "DE", "Europe/Berlin")
    elsewhere = replace(place, region="Elsewhere")
    report = reports.report(
        located=LocatedPlace(place, LocatedBy.NAME, _SCRIPT, (elsewhere,)),
        provenance=replace(
            reports.report().provenance,
            provider=_SCRIPT,
            model=_SCRIPT,
            stale=True,
            credits=(Credit(_SCRIPT, f'https://example.test/">{_SCRIPT}', _SCRIPT),),
        ),
    )
    for document in (
        report_page(report, address=PageAddress("/x", (), f"http://{_SCRIPT}")),
        error_page(LocationNotFound(_SCRIPT), _SCRIPT),
    ):
        assert document.html.count("<script") == 1
        assert _SCRIPT in document.one("title") + document.text


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_makes_a_valid_page(text: str) -> None:
    place = replace(reports.WINDHAVEN, name=text)
    assert len(report_page(located(LocatedBy.NAME, text, place)).all("h1")) == 1
    document = error_page(LocationNotFound(text), text)
    assert document.one("h1") == "Unknown location"
    (query,) = [field["value"] for _, field in document.elements if field.get("id") == "q"]
    assert (query or "").split() == text.split()


def test_a_first_visit_fits_the_initial_congestion_window() -> None:
    """The window is 10 packets, about 14 kB."""
    html = render().encode()
    files = [text.encode() for name, (_, text) in assets.ASSETS.items() if "favicon" not in name]
    assert sum(len(gzip.compress(body)) for body in (html, *files)) < 14_000


def test_the_page_renders_from_a_zip_archive(tmp_path: Path) -> None:
    package = Path(*weather.__path__)
    archive = tmp_path / "service.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for file in sorted(package.rglob("*")):
            if "__pycache__" not in file.parts:
                zipped.write(file, file.relative_to(package.parent))
    code = (
        "import weather; from weather.core.errors import *;"
        "from weather.views.html import render_error;"
        "from weather.views.options import ViewOptions; print(weather.__file__);"
        "print(render_error(LocationNotFound('Nothing.'), ViewOptions(language='de')))"
    )
    environment = {"PYTHONPATH": os.pathsep.join([str(archive), *sys.path]), "PYTHONUTF8": "1"}
    process = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    module_file, _, html = process.stdout.partition("\n")
    assert module_file.startswith(str(archive))
    assert Document(html).one("h1") == "Unbekannter Ort"

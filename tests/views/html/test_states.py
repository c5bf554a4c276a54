"""Rules of HTML, accessibility and the Content-Security-Policy that hold in every state."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

import pytest

from tests.views.html.document import Document
from tests.views.html.rendering import METRIC, NOT_FOUND, error_page, report_page
from tests.views.html.states import STATES
from weather.i18n.languages import LANGUAGES, Language
from weather.views.html import assets


@pytest.fixture(scope="module", params=STATES)
def document(request: pytest.FixtureRequest) -> Document:
    return STATES[request.param]()


def test_every_reference_has_its_target(document: Document) -> None:
    ids = [attributes["id"] for _, attributes in document.elements if "id" in attributes]
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    for tag, name in (("section", "aria-labelledby"), ("div", "aria-labelledby"), ("label", "for")):
        assert set(document.attributes(tag, name)) <= set(ids)
    references = document.attributes("a", "href") + document.attributes("use", "href")
    assert {url[1:] for url in references if url.startswith("#")} <= set(ids)
    assert set(re.findall(r"url\(#(\w+)\)", document.html)) <= set(ids)


def test_the_policy_allows_all_of_the_page(document: Document) -> None:
    tags = {tag for tag, _ in document.elements}
    assert not tags & {"iframe", "object", "base"}
    is_comparison = any(".places" in text for _, text in document.raw)
    policy = assets.COMPARISON_POLICY if is_comparison else assets.POLICY
    sources = dict(source.split(" ", 1) for source in policy.split("; "))
    assert {tag for tag, _ in document.raw} == {"style", "script"}
    for tag, text in document.raw:
        digest = hashlib.sha256(text.encode()).digest()
        assert f"'sha256-{base64.b64encode(digest).decode()}'" in sources[f"{tag}-src"]
    assert "unsafe" not in policy
    names = {name for _, attributes in document.elements for name in attributes}
    assert not [name for name in names if name == "style" or name.startswith("on")]
    urls = document.attributes("link", "href") + document.attributes("img", "src")
    assert all(url.startswith(("/", "data:image/svg+xml,")) for url in urls)


def test_heading_levels_are_one_outline(document: Document) -> None:
    levels = [int(tag[1]) for tag, _ in document.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_landmarks_labels_and_times_are_machine_readable(document: Document) -> None:
    assert document.attributes("html", "lang") == ["en"]
    assert [tag for tag, _ in document.elements].count("main") == 1
    assert document.attributes("form", "role") == ["search"]
    assert "Search for a place" in document.all("label")
    assert document.attributes("a", "href")[0] == "#main"
    assert document.one("title").endswith(" · The weather where you are")
    for svg in (attributes for tag, attributes in document.elements if tag == "svg"):
        assert svg.get("aria-hidden") == "true" or svg.get("role") == "img"
    for moment in document.attributes("time", "datetime"):
        assert date.fromisoformat(moment[:10])
        assert len(moment) == len("2026-05-15") or datetime.fromisoformat(moment).tzinfo


def test_no_internal_value_is_visible(document: Document) -> None:
    words = re.compile(r"\bNone\b|\bnan\b|Undefined|datetime|object at|Markup|{{|{%")
    assert not words.search(document.text), words.search(document.text)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_every_language_has_a_valid_page(language: Language) -> None:
    options = replace(METRIC, language=language.tag)
    for document in (report_page(options=options), error_page(NOT_FOUND, options=options)):
        assert document.attributes("html", "lang") == [language.tag]
        assert (document.attributes("html", "dir") == ["rtl"]) == language.rtl
        assert "{" not in document.text.replace("{age}", "")
    assert language.translate("The next 24 hours") in report_page(options=options).all("h2")

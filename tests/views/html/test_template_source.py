"""Templates are compiled with those that they include."""

from __future__ import annotations

import re

import pytest
from jinja2 import Environment, PackageLoader, nodes

from weather.views.html import environment
from weather.views.html.template_source import TemplateSource

_FILES = PackageLoader("weather.views.html").list_templates()
_NAMES = [name for name in _FILES if name.endswith(".html")]  # not the compiled ones
_PLAIN = Environment(autoescape=True)


@pytest.mark.parametrize("name", _NAMES)
def test_no_template_is_included_while_a_page_is_rendered(name: str) -> None:
    loader = environment.REPORT.environment.loader
    assert isinstance(loader, TemplateSource)
    source, _, _ = loader.get_source(_PLAIN, name)
    assert not list(_PLAIN.parse(source).find_all(nodes.Include))


def test_an_included_template_stands_in_the_place_of_its_tag() -> None:
    plain, whole, sky = (
        kind("weather.views.html").get_source(_PLAIN, name)[0]
        for kind, name in (
            (PackageLoader, "fallback.html"),
            (TemplateSource, "fallback.html"),
            (PackageLoader, "sky.html"),
        )
    )
    before, after = re.split(r'\{% include "sky.html" %\}\n', plain)
    assert whole == before + sky.removesuffix("\n") + after

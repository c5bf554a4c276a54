"""Templates are compiled in the short forms of HTML, which a parser reads as the long ones."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from tests.views.html.document import Document
from weather.views.html.short_forms import ShortForms, shortened


@pytest.mark.parametrize(
    ("html", "short"),
    [
        ('<p class="a b" id="x">', '<p class="a b" id=x>'),
        (
            '<path class="a"/><use href="#a" width="2"/>',
            '<path class="a"/><use href=#a width="2"/>',
        ),
        ('<a href="/x?a=b" rel="license">', '<a href="/x?a=b" rel=license>'),
        ('<meta name="robots" content="noindex">', '<meta name="robots" content="noindex">'),
        ('<option value="">A</option>', '<option value="">A'),
        ("<li>a</li><dt>b</dt><dd>c</dd><p>d</p>", "<li>a<dt>b<dd>c<p>d</p>"),
    ],
)
def test_quotes_and_end_tags_are_left_out_where_they_may(html: str, short: str) -> None:
    assert shortened(html) == short


def test_what_a_template_computes_stays_as_it_is() -> None:
    source = (
        '<ul class="x">{% for v in ["</li>"] %}<li id="{{ v }}">{{ v }}</li>{% endfor %}</ul>'
        '{% set a="b" %}{{ a }}'
    )
    template = Environment(autoescape=True, extensions=[ShortForms]).from_string(source)
    safe = "&lt;/li&gt;"
    assert template.render() == f'<ul class=x><li id="{safe}">{safe}</ul>b'


def test_short_forms_are_read_as_the_long_ones() -> None:
    long = (
        "<table><thead><tr><th>a</th><th>b</th></tr></thead>"
        "<tbody><tr><td>c</td></tr><tr><td>d</td></tr></tbody></table>"
        "<ol><li>e</li><li>f</li></ol><dl><div><dt>g</dt><dd>h</dd></div></dl>"
    )
    short = Document(shortened(long))
    assert sorted(short.texts) == sorted(Document(long).texts)
    assert len(shortened(long)) < len(long)

"""Values in templates are escaped as markupsafe does it."""

from __future__ import annotations

from enum import StrEnum

from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from weather.views.html import environment
from weather.views.html.escaping import PageContext, PageTemplate, escaped


class _Sign(StrEnum):
    LESS = "<"


class _Element:
    def __html__(self) -> str:
        return "<b>&amp;</b>"


@given(st.text() | st.text("&<>\"'a") | st.integers() | st.floats() | st.none())
def test_values_are_escaped_as_by_markupsafe(value: object) -> None:
    assert escaped(value) == str(escape(value))


def test_markup_is_not_escaped_again() -> None:
    for value in (Markup("<i>&lt;</i>"), _Element(), _Sign.LESS):
        assert escaped(value) == str(escape(value))


def test_all_templates_escape_what_they_show() -> None:
    strict = Environment(autoescape=True)
    strict.template_class = PageTemplate
    template = strict.from_string(
        "{{ v }}{% for x in [v] %}{{ x }}{% endfor %}"
        "{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m(v) }}"
        "{% set block %}{{ v }}{% endset %}{{ block }}"
    )
    safe = "&lt;a&gt;"
    assert template.render(v="<a>") == f"{safe}{safe}<i>{safe}</i>{safe}"
    assert type(environment.REPORT) is PageTemplate


def test_templates_call_functions_and_macros_with_their_arguments() -> None:
    strict = Environment(autoescape=True)
    strict.context_class = PageContext
    template = strict.from_string(
        "{% macro m(x, y=2) %}<i>{{ x }}{{ y }}</i>{% endmacro %}{% block b %}{% for x in [v] %}"
        "{{ f(x, more=1) }}{{ m(x) }}{{ m(x, y=3) }}{% endfor %}{% endblock %}"
    )
    text = template.render(v="<", f=lambda x, more: f"{x}{more}")
    assert text == "&lt;1<i>&lt;2</i><i>&lt;3</i>"
    assert environment.REPORT.environment.context_class is PageContext


def test_no_function_of_the_templates_takes_the_context() -> None:
    functions = environment.REPORT.environment.globals.values()
    assert not [f for f in functions if hasattr(f, "jinja_pass_arg") and not isinstance(f, Macro)]

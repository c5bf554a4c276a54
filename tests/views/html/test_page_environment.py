"""What the templates' own compiler and environment leave out is what none of them needs."""

from __future__ import annotations

import pytest
from jinja2 import StrictUndefined, TemplateAssertionError, UndefinedError
from jinja2.runtime import Macro

from weather.views.html import environment
from weather.views.html.page_environment import PageEnvironment


def rendered(source: str, **values: object) -> str:
    strict = PageEnvironment(autoescape=True, undefined=StrictUndefined)
    return strict.from_string(source).render(**values)


def test_all_templates_escape_what_they_show() -> None:
    text = rendered(
        "{{ v }}{% for x in [v] %}{{ x }}{% endfor %}"
        "{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m(v) }}"
        "{% set block %}{{ v }}{% endset %}{{ block }}",
        v="<a>",
    )
    safe = "&lt;a&gt;"
    assert text == f"{safe}{safe}<i>{safe}</i>{safe}"
    assert type(environment.REPORT.environment) is PageEnvironment


def test_templates_call_functions_and_macros_with_their_arguments() -> None:
    text = rendered(
        "{% macro m(x, y=2) %}<i>{{ x }}{{ y }}</i>{% endmacro %}{% block b %}{% for x in [v] %}"
        "{{ f(x, more=1) }}{{ m(x) }}{{ m(x, y=3) }}{% endfor %}{% endblock %}",
        v="<",
        f=lambda x, more: f"{x}{more}",
    )
    assert text == "&lt;1<i>&lt;2</i><i>&lt;3</i>"


@pytest.mark.parametrize(
    "source",
    [
        "{{ f(*v) }}",
        "{{ f(1, **v) }}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}x{% endcall %}",
    ],
)
def test_a_call_of_another_form_is_refused(source: str) -> None:
    with pytest.raises(TemplateAssertionError, match="no template may use"):
        rendered(source)


def test_no_function_of_the_templates_takes_the_context() -> None:
    functions = environment.REPORT.environment.globals.values()
    assert not [f for f in functions if hasattr(f, "jinja_pass_arg") and not isinstance(f, Macro)]


def test_templates_read_attributes_of_any_expression() -> None:
    source = "{{ v.imag }}{{ (v or w).real }}{{ f(v).real }}{{ (v if w else w).real }}"
    assert rendered(source, v=2, w=0, f=lambda n: n + 1) == "0230"


def test_what_is_missing_is_an_error() -> None:
    with pytest.raises(AttributeError):
        rendered("{{ v.none }}", v=1)
    for source in ("{{ v.none }}", "{{ v() }}", "{{ v }}"):
        with pytest.raises(UndefinedError):
            rendered(source)

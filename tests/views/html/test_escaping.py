"""Values in templates are escaped as markupsafe does it."""

from __future__ import annotations

from enum import StrEnum

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from weather.views.html.escaping import escaped


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

"""What templates do hundreds of times for a page: to escape the values that they show."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from types import CodeType
from typing import Any

from jinja2 import Environment, Template
from markupsafe import Markup, escape

_has_special_characters = re.compile(r"[&<>\"']").search
_NUMBERS = frozenset({int, float})


def escaped(value: object) -> str:
    """The value as text in HTML, as `markupsafe.escape` has it.

    That makes an object of its own class of each value, which takes four times the time, and a page
    has hundreds of values: they are joined at once, so that none needs it.
    """
    if type(value) is str:
        return str(escape(value)) if _has_special_characters(value) else value
    if type(value) in _NUMBERS:
        return str(value)
    return value if type(value) is Markup else str(escape(value))


class PageTemplate(Template):
    """A template that escapes by `escaped`."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        template = super().from_code(environment, code, globals, uptodate)
        # Compiled templates import the name into their own module.
        template.root_render_func.__globals__["escape"] = escaped
        return template

"""What templates do hundreds of times for a page: to escape the values that they show, and to call
functions."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from types import CodeType
from typing import Any

from jinja2 import Environment, Template
from jinja2.runtime import Context
from markupsafe import Markup, escape

_has_special_characters = re.compile(r"[&<>\"']").search


def escaped(value: object) -> str:
    """The value as text in HTML, as `markupsafe.escape` has it.

    That makes an object of its own class of each value, which takes four times the time, and a page
    has hundreds of values: they are joined at once, so that none needs it.
    """
    if type(value) is str:
        return str(escape(value)) if _has_special_characters(value) else value
    return value if type(value) is Markup else str(escape(value))


class PageContext(Context):
    """A context that calls functions as they are. None of ours takes the context as an argument,
    for which Jinja would look at each call, in ten times the time of the call."""

    def call(__self, __obj: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        # What Jinja adds for functions that take the context.
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return __obj(*args, **kwargs)


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

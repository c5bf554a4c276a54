"""The source of templates, with those that they include in their places."""

from __future__ import annotations

import re
from collections.abc import Callable

from jinja2 import Environment, PackageLoader

_INCLUDE = re.compile(r'\{% include "([\w.]+)" %\}\n')


class TemplateSource(PackageLoader):
    """Jinja makes a context for each include when a page is rendered, a dozen for a report, in a
    fifth of the time of rendering it. What an included template sets, the including one sees."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool] | None]:
        def included(tag: re.Match[str]) -> str:
            source, _, _ = self.get_source(environment, tag[1])
            return source.removesuffix("\n")

        source, filename, is_current = super().get_source(environment, template)
        return _INCLUDE.sub(included, source), filename, is_current

"""The pages about the API: its operations, and the types of its problems."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from weather.views.html.plain_page import page, table
from weather.web import openapi
from weather.web.problem_types import ProblemType, problem_types


def docs(document: dict[str, Any], root: str) -> str:
    """The page of the OpenAPI document."""
    parts = [
        f"<p>{_with_code(document['info']['description'])}</p>",
        f'<p>For programs: <a href="{root}{openapi.PATH}">{openapi.PATH}</a> (OpenAPI 3.1). '
        f'Errors: <a href="{root}{openapi.PROBLEMS}">{openapi.PROBLEMS}</a>.</p>',
    ]
    for path, item in document["paths"].items():
        parts.append(_operation(path, item["get"], root))
    return page("API", "\n".join(parts), f"{root}/")


def _operation(path: str, operation: dict[str, Any], root: str) -> str:
    heading = f"<h2><code>GET {escape(root + path)}</code></h2>"
    rows = [
        (f"<code>{escape(parameter['name'])}</code>", _with_code(parameter["description"]))
        for parameter in operation["parameters"]
    ]
    parameters = table(("parameter", "meaning"), rows) if rows else ""
    statuses = ", ".join(operation["responses"])
    summary = f"<p>{_with_code(operation['summary'])}.</p>"
    return f"{heading}\n{summary}\n{parameters}\n<p>Status: {statuses}</p>"


def _with_code(text: str) -> str:
    """Text with `names` as HTML."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(text))


def problems(root: str) -> str:
    """The page of all types of problems."""
    rows = [
        (
            f'<a href="{root}{openapi.PROBLEMS}/{kind.name}">{kind.name}</a>',
            str(kind.status),
            _with_code(kind.meaning),
        )
        for kind in problem_types().values()
    ]
    return page("Problems", table(("type", "status", "meaning"), rows), f"{root}/")


def problems_text() -> str:
    return "\n".join(map(problem_text, problem_types().values()))


def problem(kind: ProblemType, root: str) -> str:
    """The page of a type of problem."""
    content = (
        f"<p><code>{kind.name}</code>, status {kind.status}</p>\n"
        f"<p>{_with_code(kind.meaning)}</p>\n"
        f'<p><a href="{root}{openapi.PROBLEMS}">All problems</a> · '
        f'<a href="{root}{openapi.DOCS}">API</a></p>'
    )
    return page(kind.title, content, f"{root}/")


def problem_text(kind: ProblemType) -> str:
    return f"{kind.name} ({kind.status}): {kind.title}\n{kind.meaning}\n"

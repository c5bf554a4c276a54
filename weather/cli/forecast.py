"""`weather London`: the forecast in the terminal, without a server.

The options are those of the service's URLs: `--units metric` is `units=metric`, `-2n` is `2n`.
"""

from __future__ import annotations

import io
import logging
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from weather import validation
from weather.cli.usage import ImpossibleArgument, UsageError
from weather.settings import Settings
from weather.web import parameters

SETTINGS = Settings
OPTIONS = None  # read by `parse`

_NAMES = (*sorted(parameters.NAMES - {"q", "location"}),)
_LETTERS = frozenset(entry.letter for entry in parameters.LETTERS)
_SWITCHES = {"json": "format=json", "strict": "strict=1"} | parameters.LONG_NAMES
# Digits or a point after a minus sign are a latitude, if a comma follows: -33.9,18.4
_SOUTHERN = re.compile(r"-[\d.]+\s*,.*")
_LEAST_WIDTH = 40  # columns
_BAD_REQUEST = 400


problems = validation.problems


def options() -> list[str]:
    """All long options, those with a value with "=" at the end."""
    return [*(f"--{name}" for name in _SWITCHES), *(f"--{name}=" for name in _NAMES)]


def run(settings: Settings, arguments: Sequence[str]) -> int:
    """Prints the response to the request that the arguments are. Returns 0, or 1 if it is an
    error. Raises `UsageError`."""
    path, query = parse(arguments)

    from weather import create_app

    # What happens on the way is of no interest where the result says it.
    logging.basicConfig(level=logging.CRITICAL)
    status, body = _request(create_app(settings).wsgi_app, path, [*query, *_of_terminal(query)])
    failed = status >= _BAD_REQUEST
    out = sys.stderr if failed else sys.stdout
    out.buffer.write(body)
    out.flush()
    return int(failed)


def parse(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The path and the parts of the query of the request. Raises `UsageError`."""
    from weather.cli import option_values

    words: list[str] = []
    query: list[str] = []
    values: dict[str, str] = {}
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            words += rest
        elif argument.startswith("--"):
            query.append(_long(argument[2:], rest, values))
        elif argument.startswith("-") and not _SOUTHERN.fullmatch(argument):
            query.append(_letters(argument[1:]))
        else:
            words.append(argument)
    path = "/" + " ".join(words)
    option_values.check(path, values)
    return path, query


def _long(option: str, rest: Iterable[str], values: dict[str, str]) -> str:
    """The part of the query that a long option is; its value is added to the `values`."""
    name, equals, value = option.partition("=")
    if name in _NAMES and not (name == "strict" and not equals):
        value = value if equals else next(iter(rest), "")
        if not value:
            raise UsageError(f"--{name} needs a value.")
        if name in values:
            raise ImpossibleArgument(f"--{name} is given twice.")
        values[name] = value
        return f"{name}={quote(value, safe='')}"
    if name in _SWITCHES and not equals:
        return _SWITCHES[name]
    raise UsageError(f"There is no option --{name}.")


def _letters(letters: str) -> str:
    unknown = sorted(set(letters) - _LETTERS)
    if unknown or not letters:
        raise UsageError(f"There is no option -{''.join(unknown)}.")
    return letters


def _of_terminal(query: Sequence[str]) -> list[str]:
    """The options that follow from the terminal: its width, and whether it has colours."""
    added = []
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        added.append("T")
    columns = shutil.get_terminal_size().columns
    if not any(part.startswith("width=") for part in query) and columns >= _LEAST_WIDTH:
        added.append(f"width={min(columns, 1000)}")
    return added


def _request(
    app: Callable[[dict[str, Any], Any], Iterable[bytes]], path: str, query: Sequence[str]
) -> tuple[int, bytes]:
    """The status and the body of the response to a request of this machine (WSGI, PEP 3333)."""
    statuses: list[str] = []
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path.encode("utf-8", "surrogateescape").decode("latin-1"),
        "RAW_URI": quote(path.encode("utf-8", "surrogateescape"), safe="/"),
        "QUERY_STRING": "&".join(query),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "HTTP_USER_AGENT": "curl/8 (weather)",
        "HTTP_ACCEPT": "*/*",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": True,
    }
    if language := _language(os.environ):
        environ["HTTP_ACCEPT_LANGUAGE"] = language
    body = b"".join(app(environ, lambda status, headers, *_: statuses.append(status)))
    return int(statuses[-1].split()[0]), body


def _language(environment: Mapping[str, str]) -> str:
    """The language of messages as a BCP 47 tag (locale(7)); empty for none."""
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next((name for name in names if name), "").partition(".")[0].partition("@")[0]
    return "" if name in {"C", "POSIX"} else name.replace("_", "-")

"""The command line: `python app.py [COMMAND] [OPTION…]`."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from weather.core.setting import SettingsError

_DEFAULT = "serve"
_HELP_OPTIONS = frozenset({"help", "-h", "--help"})
# A constant: the static executable carries no docstrings.
_HELP = """\
`app` for any WSGI server, and the commands:

{program}                serve with gunicorn
{program} health         check the running service
{program} update-geoip   fetch the current DB-IP City Lite to GEOIP_DATABASE;
{indent}                 --force: also if the file holds this month's already"""


def main(arguments: Sequence[str]) -> int:
    """Runs the command that the first argument names, `serve` if there is none.

    Returns the exit status: 0 for success, 1 for a failure, 2 for a usage or settings error.
    """
    name, *options = arguments or [_DEFAULT]
    gc.disable()  # while modules are imported, of which nothing is garbage
    command = _command(name)
    gc.enable()
    needs_help = not _HELP_OPTIONS.isdisjoint((name, *options))
    if command is None or needs_help or not command.OPTIONS.issuperset(options):
        print(_help(), file=sys.stderr)
        return 0 if needs_help else 2
    try:
        status: int = command.run(command.SETTINGS.from_environment(), options)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    return status


def _help() -> str:
    interpreter = os.path.basename(sys.executable).startswith("python")
    program = "python app.py" if interpreter else sys.executable
    return _HELP.format(program=program, indent=" " * len(program))


def _command(name: str) -> ModuleType | None:
    """The module of a command: `run` takes the settings, which are of its class `SETTINGS`, and
    some of its `OPTIONS`, and returns the exit status.

    Imports only the module of that command: a container's engine runs the health probe every
    few seconds, and must not load Flask for it."""
    match name:
        case "serve":
            from weather.cli import serve

            return serve
        case "health":
            from weather.cli import health

            return health
        case "update-geoip":
            from weather.cli import update_geoip

            return update_geoip
    return None

"""The command line: `python app.py [COMMAND] [OPTION…]`, and `weather [PLACE] [OPTION…]` where
the package is installed."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from weather.cli.usage import ImpossibleArgument, UsageError
from weather.core.setting import SettingsError
from weather.core.version import VERSION

_DEFAULT = "serve"
_HELP_OPTIONS = frozenset({"help", "-h", "--help"})
_COMMANDS = ("serve", "forecast", "health", "update-geoip", "completion")
# A constant: the static executable carries no docstrings.
_HELP = """\
`app` for any WSGI server, and the commands:

{program} {serve:<16} serve with gunicorn
{program} {forecast:<16} the weather there, or here, in the terminal; options as in URLs:
{indent} {nothing:<16} --json, --format 3, --units metric, --lang de, --days 2, -1T, …
{program} health           check the running service
{program} update-geoip     fetch the current DB-IP City Lite to GEOIP_DATABASE;
{indent} {nothing:<16} --force: also if the file holds this month's already
{program} completion       print a script by which bash, zsh or fish completes commands
{program} --version"""


def main(arguments: Sequence[str]) -> int:
    """Runs the command that the first argument names, `serve` if there is none.

    Returns the exit status: 0 for success, 1 for a failure, 2 for a usage or settings error.
    """
    name, *options = arguments or [_DEFAULT]
    if name == "--version":
        if options:
            return _usage(2, "--version stands alone.")
        print(f"weather {VERSION}")
        return 0
    if not _HELP_OPTIONS.isdisjoint((name, *options)):
        return _usage(0)
    try:
        return _run(name, options)
    except ImpossibleArgument as error:
        problem = str(error)
    except UsageError as error:
        return _usage(2, str(error))
    except SettingsError as error:
        problem = str(error)
    except ModuleNotFoundError as error:
        if not error.name or error.name.partition(".")[0] == "weather":
            raise
        problem = f"{error.name} is not installed for this Python. {_INSTALL}"
    print(problem, file=sys.stderr)
    return 2


def _run(name: str, options: Sequence[str]) -> int:
    gc.disable()  # while modules are imported, of which nothing is garbage
    command = _command(name)
    gc.freeze()  # so that no collection looks at them
    gc.enable()
    if command is None:
        raise UsageError(f"There is no command {name}.")
    if command.OPTIONS is not None and (unknown := set(options) - command.OPTIONS):
        raise UsageError(f"{name} has no option {min(unknown)}.")
    settings = command.SETTINGS.from_environment(check=getattr(command, "problems", None))
    status: int = command.run(settings, options)
    return status


_INSTALL = "`make run` installs it for .venv/bin/python, and `pipx install .` for `weather`."


def weather() -> int:
    """The program `weather`: what is no command is a place, and nothing is the place where it
    runs."""
    arguments = sys.argv[1:]
    known = {*_COMMANDS, *_HELP_OPTIONS, "--version"}
    return main(arguments if arguments and arguments[0] in known else ["forecast", *arguments])


def _usage(status: int, problem: str = "") -> int:
    print(*([problem, ""] if problem else []), _help(), sep="\n", file=sys.stderr)
    return status


def _help() -> str:
    is_installed = os.path.basename(sys.argv[0]) == "weather"
    interpreter = os.path.basename(sys.executable).startswith("python")
    program = "weather" if is_installed else "python app.py" if interpreter else sys.executable
    return _HELP.format(
        program=program,
        indent=" " * len(program),
        serve="serve" if is_installed else "",
        forecast="[PLACE]" if is_installed else "forecast [PLACE]",
        nothing="",
    )


def _command(name: str) -> ModuleType | None:
    """The module of a command: `run` takes the settings, which are of its class `SETTINGS`, and
    some of its `OPTIONS` (None: it reads them itself), and returns the exit status; `problems`,
    if there is one, says what else is wrong with the settings.

    Imports only the module of that command: a container's engine runs the health probe every
    few seconds, and must not load Flask for it."""
    match name:
        case "serve":
            from weather import atlas

            atlas.share()  # beside the imports of the next line
            from weather.cli import serve

            return serve
        case "forecast":
            from weather.cli import forecast

            return forecast
        case "health":
            from weather.cli import health

            return health
        case "update-geoip":
            from weather.cli import update_geoip

            return update_geoip
        case "completion":
            from weather.cli import completion

            return completion
    return None

"""`weather completion bash`: a script by which a shell completes the command line."""

from __future__ import annotations

from collections.abc import Sequence

from weather.cli import forecast
from weather.cli.usage import UsageError
from weather.core.service_settings import ServiceSettings

SETTINGS = ServiceSettings
OPTIONS = None

COMMANDS = {
    "serve": "serve with gunicorn",
    "forecast": "the weather of a place",
    "health": "check the running service",
    "update-geoip": "fetch the current DB-IP City Lite",
    "completion": "print a script for bash, zsh or fish",
}
_SHELLS = ("bash", "zsh", "fish")
_BASH = """\
# eval "$(weather completion bash)"
_weather() {{
    local word="${{COMP_WORDS[COMP_CWORD]}}"
    case "${{COMP_WORDS[1]}}" in
        completion) COMPREPLY=($(compgen -W "{shells}" -- "$word")); return ;;
        update-geoip) COMPREPLY=($(compgen -W "--force" -- "$word")); return ;;
        serve|health) return ;;
    esac
    if [[ $COMP_CWORD == 1 && $word != -* ]]; then
        COMPREPLY=($(compgen -W "{commands}" -- "$word"))
    else
        COMPREPLY=($(compgen -W "{options}" -- "$word"))
        [[ ${{COMPREPLY[0]}} == *= ]] && compopt -o nospace
    fi
}}
complete -F _weather weather
"""
_ZSH = """\
#compdef weather
# eval "$(weather completion zsh)"
_weather() {{
    case "${{words[2]}}" in
        completion) compadd {shells}; return ;;
        update-geoip) compadd -- --force; return ;;
        serve|health) return ;;
    esac
    if (( CURRENT == 2 )) && [[ ${{words[CURRENT]}} != -* ]]; then
        compadd {commands}
    else
        compadd -- {switches}
        compadd -S '' -- {valued}
    fi
}}
compdef _weather weather
"""


def run(settings: ServiceSettings, arguments: Sequence[str]) -> int:
    """Prints the script of a shell. Raises `UsageError` unless one is named."""
    if len(arguments) != 1 or arguments[0] not in _SHELLS:
        raise UsageError(f"Name one of {', '.join(_SHELLS)}.")
    print(script(arguments[0]), end="")
    return 0


def script(shell: str) -> str:
    options = forecast.options()
    if shell == "fish":
        return _fish(options)
    return (_BASH if shell == "bash" else _ZSH).format(
        shells=" ".join(_SHELLS),
        commands=" ".join(COMMANDS),
        options=" ".join(options),
        switches=" ".join(name for name in options if not name.endswith("=")),
        valued=" ".join(name for name in options if name.endswith("=")),
    )


def _fish(options: Sequence[str]) -> str:
    first = "__fish_use_subcommand"
    lines = ["# weather completion fish | source", "complete -c weather -f"]
    lines += [f"complete -c weather -n {first} -a {name} -d '{text}'"
              for name, text in COMMANDS.items()]  # fmt: skip
    seen = "__fish_seen_subcommand_from"
    lines.append(f"complete -c weather -n '{seen} completion' -a '{' '.join(_SHELLS)}'")
    lines.append(f"complete -c weather -n '{seen} update-geoip' -l force")
    others = f"not {seen} serve health update-geoip completion"
    for option in options:
        value = " -x" if option.endswith("=") else ""
        lines.append(f"complete -c weather -n '{others}' -l {option.strip('-=')}{value}")
    return "\n".join(lines) + "\n"

"""The commands of README for status bars, editors and prompts, as README writes them."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime

import pytest

from tests.clients.conftest import MAY
from tests.clients.raw import send
from tests.processes import PATIENCE, ROOT
from tests.views.picture.images import read

HOST = "localhost:8000"
EMOJI = r"\S+ +"
DEGREES = r"[+-]\d+°C"

pytestmark = pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")


@pytest.fixture
def example(service_port: Callable[[datetime], int]) -> Callable[[str], str]:
    """README's block in a language, for the service under test."""

    def block(language: str) -> str:
        text = (ROOT / "README.md").read_text()
        section = text.partition("## Instead of wttr.in\n")[2].partition("\n## ")[0]
        (found,) = re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)
        assert HOST in found
        return str(found).replace(HOST, f"127.0.0.1:{service_port(MAY)}")

    return block


def shell(command: str, program: str = "sh") -> str:
    done = subprocess.run(
        [program, "-c", command], capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    return done.stdout


def test_tmux(example: Callable[[str], str]) -> None:
    match = re.search(r"'#\((.*)\)'", example("tmux"))
    assert match
    assert re.fullmatch(rf"Bergen: {EMOJI}🌡️{DEGREES} 🌬️\S?\d+km/h\n", shell(match[1]))


def test_waybar(example: Callable[[str], str]) -> None:
    """The first line is the module's text, the second its tooltip."""
    module = json.loads("{" + example("json") + "}")["custom/weather"]
    assert module["interval"] >= 60
    text = shell(module["exec"])
    assert re.fullmatch(rf"{EMOJI}{DEGREES}\nBergen: \w[\w ]+, \S?\d+km/h\n", text), text


def test_emacs(example: Callable[[str], str]) -> None:
    match = re.search(r'\(format "(.*)" \(url-hexify-string place\)\)', example("elisp"))
    assert match
    lines = shell(match[1] % "New%20York").splitlines()
    assert lines[0].startswith("Weather report: New York")
    assert len(lines) == 18
    assert max(map(len, lines)) <= 80


def test_a_prompt(example: Callable[[str], str]) -> None:
    prompt = shell(example("bash") + '\nprintf %s "${PS1@P}"', "bash")
    assert re.fullmatch(rf"{EMOJI}{DEGREES} \S+ [#$] ", prompt), prompt


def test_a_picture_in_the_terminal(service_port: Callable[[datetime], int]) -> None:
    port = service_port(MAY)
    function = send(port, b"/:iterm2", User_Agent="curl/8").text
    host = f"WEATHER_HOST=127.0.0.1:{port}\n"
    sequence = shell(f"{host}{function}\nweather_picture 'New York' 0p", "bash")
    match = re.fullmatch("\x1b\\]1337;File=inline=1:([A-Za-z0-9+/=]+)\x07\n", sequence)
    assert match
    picture = base64.b64decode(match[1])
    assert picture.startswith(b"\x89PNG")
    assert read(picture).size == read(send(port, b"/New+York_0p.png").body).size
    with pytest.raises(subprocess.CalledProcessError) as failure:
        shell(f"{host}{function}\nweather_picture Xyzzyville", "bash")
    assert failure.value.stdout == ""


def test_an_unknown_place_leaves_a_status_bar_empty(example: Callable[[str], str]) -> None:
    match = re.search(r"'#\((.*)\)'", example("tmux"))
    assert match
    with pytest.raises(subprocess.CalledProcessError) as failure:
        shell(match[1].replace("Bergen", "Xyzzyville"))
    assert failure.value.stdout == ""

"""The texts in a real terminal of the sizes that people have."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.clients.conftest import MAY
from tests.clients.raw import send
from tests.clients.terminal import measured, shown
from weather.i18n.languages import LANGUAGES
from weather.views.ansi import width

pytestmark = pytest.mark.skipif(
    not (shutil.which("tmux") and shutil.which("curl")), reason="tmux or curl is not installed"
)
COLOR = re.compile(r"\x1b\[[0-9;:]*m")
CURL = {"User_Agent": "curl/8", "Accept": "*/*"}
Text = Callable[[str], str]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tmux")


@pytest.fixture
def url(service_port: Callable[[datetime], int]) -> str:
    return f"http://127.0.0.1:{service_port(MAY)}"


@pytest.fixture
def text(service_port: Callable[[datetime], int]) -> Text:
    """The body of a path for curl."""
    return lambda path: send(service_port(MAY), path.encode(), **CURL).text


# Columns of the terminal, and what fits into it.
FITTING = [
    *((125, "/Paris?T"), (125, "/Tokyo?T&lang=ja"), (125, "/Delhi?T&lang=hi")),
    *((125, "/Cairo?T&lang=ar"), (125, "/Paris?T&p&width=121"), (125, "/Oslo?T&days=5")),
    *((100, "/Paris?T&width=100"), (100, "/Berlin?T&width=100&lang=de"), (100, "/v2/Paris?T")),
    *((80, "/Paris?T&n"), (80, "/Paris?T&0"), (80, "/Seoul?T&width=80&lang=ko"), (80, "/moon?T")),
    *((80, "/v2/Paris?T"), (80, "/v2/Paris?T&glyphs=plain"), (80, "/v2n/Cairo?T&lang=ar")),
    *((63, "/Paris?T&n"), (63, "/Moscow?T&n&lang=ru"), (63, "/Jerusalem?nT&lang=he")),
    *((40, "/Paris?T&width=40"), (40, "/Tokyo?T&width=40&lang=ja"), (40, "/Paris?format=4")),
]


@pytest.mark.parametrize(("columns", "path"), FITTING)
def test_no_line_is_wrapped(folder: Path, url: str, text: Text, columns: int, path: str) -> None:
    # The weather may change while a terminal starts.
    before, screen, after = text(path), shown(folder, columns, url + path), text(path)
    assert comparable("\n".join(screen)) in {comparable(before), comparable(after)}


def comparable(text: str) -> str:
    """The text without what terminals drop, and without its minutes."""
    marks = dict.fromkeys(map(ord, "\u200e\u200f"))  # which some releases of tmux keep
    lines = (re.sub(r"\d", "0", line.translate(marks).rstrip()) for line in text.splitlines())
    return "\n".join(lines).rstrip()


def test_a_line_that_is_too_long_is_seen_to_be_wrapped(folder: Path, url: str, text: Text) -> None:
    assert len(shown(folder, 124, f"{url}/Paris?T")) >= text("/Paris?T").count("\n") + 3 * 9


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_the_terminal_agrees_on_the_columns_of_each_line(
    folder: Path, text: Text, language: object
) -> None:
    tag = getattr(language, "tag")  # noqa: B009
    body = text(f"/Paris?1&lang={tag}") + text(f"/v2/Paris?glyphs=nerd&lang={tag}")
    lines = body.splitlines()
    assert measured(folder, body) == [width(line) for line in lines]
    frames = {columns for line, columns in zip(lines, measured(folder, body), strict=True)
              if line.startswith(("│", "├"))}  # fmt: skip
    assert frames == {74, 125}


@pytest.mark.parametrize("glyphs", ["narrow", "nerd", "plain"])
def test_the_chart_is_as_wide_in_every_row(folder: Path, text: Text, glyphs: str) -> None:
    """tmux 3.3 gives ☁️ one column, as `narrow` has it; newer ones give it two."""
    body = text(f"/v2/Paris?glyphs={glyphs}")
    if glyphs == "narrow" and measured(folder, "☁️") == [2]:
        body = text("/v2/Paris")
    lines = zip(body.splitlines(), measured(folder, body), strict=True)
    assert {columns for line, columns in lines if line.startswith("│")} == {74}


@pytest.mark.parametrize(
    ("path", "columns"), [("/Paris?n", 63), ("/v2/Paris", 80), ("/Paris?0&I", 80), ("/moon", 80)]
)
def test_the_terminal_shows_the_colours_of_the_text(
    folder: Path, url: str, text: Text, path: str, columns: int
) -> None:
    screen = "\n".join(shown(folder, columns, url + path, colors=True))
    wanted = set(re.findall(r"38;5;(\d+)m", text(path)))
    assert wanted
    assert set(re.findall(r"38[;:]5[;:](\d+)m", screen)) == wanted
    plain = shown(folder, columns, url + path + ("&T" if "?" in path else "?T"), colors=True)
    assert not COLOR.search("\n".join(plain))

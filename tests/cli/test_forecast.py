"""`weather London`: the forecast in the terminal, without a server."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator import Upstreams, faults
from tests.processes import PATIENCE, ROOT, SERVICE
from weather.cli import forecast
from weather.cli.main import main
from weather.cli.usage import UsageError

# The program that pyproject.toml declares.
PROGRAM = "import sys; sys.argv[0] = 'weather'; from weather.cli.main import weather; weather_ = weather(); sys.exit(weather_)"  # noqa: E501
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment(upstreams: Upstreams, tmp_path: Path) -> dict[str, str]:
    upstreams.now = lambda: datetime.now(UTC)
    own = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "en_GB.UTF-8"}
    return {**own, **upstreams.environment(), "CACHE_URL": str(tmp_path / "cache")}


@pytest.fixture
def weather(environment: dict[str, str]) -> Run:
    def run(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", PROGRAM, *arguments], cwd=ROOT, env=environment | changes,
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip

    return run


def test_a_place_is_shown_as_text_without_a_server(weather: Run, upstreams: Upstreams) -> None:
    done = weather("New", "York")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Weather report: New York")
    assert done.stderr == ""
    assert "\x1b" not in done.stdout, "no colours where the output is no terminal"


def test_the_forecast_is_cached_for_the_next_time(weather: Run, upstreams: Upstreams) -> None:
    weather("48,8")
    weather("48,8", "--json")
    assert len(upstreams.calls("open-meteo")) == 1


def test_without_a_place_it_is_the_one_where_the_program_runs(weather: Run) -> None:
    assert "Zurich" in weather().stdout
    assert "Bergen" in weather(DEFAULT_LOCATION="Bergen").stdout


def test_the_options_are_those_of_the_urls(weather: Run) -> None:
    body = json.loads(weather("Paris", "--json", "--units", "imperial", "--days=2").stdout)
    assert body["place"]["name"] == "Paris"
    assert body["units"]["temperature"] == "°F"
    assert len(body["daily"]) == 2
    assert weather("Paris", "--format", "3").stdout.startswith("Paris: ")
    assert weather("Paris", "--format=%l|%t", "-m").stdout.startswith("Paris|")
    assert "Wetterbericht" in weather("Paris", "--lang", "de").stdout
    assert weather("Paris", "-0q").stdout.count("\n") < 12


def test_the_language_is_that_of_the_terminal(weather: Run) -> None:
    assert "Wetterbericht" in weather("Paris", LANG="de_CH.UTF-8").stdout
    assert "Wetterbericht" in weather("Paris", LANG="C", LC_ALL="de_DE").stdout
    assert "Weather report" in weather("Paris", LANG="C").stdout
    assert "Weather report" in weather("Paris", LANG="de_DE", LC_ALL="POSIX").stdout


def test_a_place_may_be_called_as_a_command(weather: Run) -> None:
    assert "health" not in weather("--", "48,8").stdout
    assert weather("forecast", "48,8").stdout.startswith("Weather report")
    assert weather("-33.9,18.4").stdout.startswith("Weather report")


def test_a_picture_is_written_as_it_is(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "Paris", "--output=png"], cwd=ROOT, env=environment,
        capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.stdout.startswith(b"\x89PNG")


def test_an_error_is_one_line_on_stderr_and_status_1(weather: Run, upstreams: Upstreams) -> None:
    for arguments in (("91,0",), ("Xqzw",)):
        done = weather(*arguments)
        assert done.returncode == 1
        assert done.stdout == ""
        assert len(done.stderr.splitlines()) == 1
    upstreams.fail("*", faults.down())
    done = weather("47,8", "--strict")
    assert (done.returncode, done.stdout) == (1, "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["London", "--days", "99"], "--days must be a whole number from 0 to 16."),
        (["London", "--days=-1"], "--days must be a whole number from 0 to 16."),
        (["London", "--hours", "999"], "--hours must be a whole number from 0 to 384."),
        (["London", "--units", "cubits"], "--units can be one of metric, "),
        (["London", "--lang", "klingon!"], "--lang must be a language tag"),
        (["London", "--clock", "13"], "--clock must be 12 or 24."),
        (["London", "--width", "10"], "--width must be a whole number from 40 to 1000."),
        (["London", "--output=png", "--width=0"], "--width must be a whole number from 1 to "),
        (["London.png", "--height=0"], "--height must be a whole number from 1 to "),
        (["London", "--background", "red"], "--background must be six hexadecimal digits"),
        (["London", "--transparency", "256"], "--transparency must be a whole number"),
        (["London", "--glyphs", "runes"], "--glyphs must be one of "),
        (["London", "--day", "2026-02-30"], "--day must be a day"),
        (["London", "--json", "--fields", "place.nmae"], "--fields: “place.nmae” is no field."),
        (["London", "--format", "xml"], "--format can be html, "),
        (["London", "--view", "v9"], "--view can be html, "),
        (["London", "--output", "bmp"], "--output can be png, svg, "),
        (["London", "--strict=maybe"], "--strict must be 1 or 0."),
        (["--lat", "91", "--lon", "8"], "--lat must be decimal degrees from -90 to 90."),
        (["--lat", "48"], "--lat and --lon are given together."),
        (["--ip", "8.8.8"], "--ip must be an IPv4 or IPv6 address."),
        (["London", "--lat", "48", "--lon", "8"], "Name one place: "),
        (["--ip", "8.8.8.8", "--lat", "48", "--lon", "8"], "Name one place: "),
        (["London", "--days", "1", "--days", "2"], "--days is given twice."),
        (["London", "--within", "3h"], "--within is for a question"),
        (["London/rain", "--within", "3w"], "--within must be hours or days"),
        (["London/rain", "--above", "5"], "--above is for wind and gusts"),
        (["London/wind", "--above", "fast"], "--above must be a number"),
    ],
)
def test_an_impossible_value_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    sentence: str,
) -> None:
    monkeypatch.setenv("CACHE_URL", "memory")
    assert main(["forecast", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(sentence)
    assert len(printed.err.splitlines()) == 1, "without the whole usage"


@pytest.mark.parametrize(
    "arguments",
    [
        *(["--view", "v2"], ["--format", "Table"], ["--format=%t"], ["--format", "4"]),
        *(["--output=PNG", "--width=30"], ["--lang", "zh-Hant"], ["--units", "metric,kn"]),
        *(["--lat=-33.9", "--lon", "18.4"], ["--ip", "2001:db8::1"], ["wind", "--above=8bft"]),
        *(["rain", "--lat=1", "--lon=2"], ["Oslo/rain", "--within", "2d"], ["--strict=0"]),
    ],
)
def test_a_possible_value_is_not_refused(arguments: list[str]) -> None:
    forecast.parse(arguments)


def test_the_program_exits_with_status_2_for_an_impossible_value(weather: Run) -> None:
    done = weather("London", "--days", "99")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "--days must be a whole number from 0 to 16.\n"


@pytest.mark.parametrize("option", ["--nope", "--json=1", "--units", "-Z", "-", "--city=Bergen"])
def test_an_unknown_or_incomplete_option_is_refused_and_named(weather: Run, option: str) -> None:
    done = weather("Paris", option)
    assert done.returncode == 2
    assert done.stderr.startswith(("There is no option", "--units needs a value"))
    assert option.partition("=")[0] in done.stderr


@pytest.mark.skipif(SERVICE[-1] != "app.py", reason="the executable has no app.py")
def test_python_app_py_has_the_command_too(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "app.py", "forecast", "Paris"], cwd=ROOT, env=environment,
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.stdout.startswith("Weather report: Paris")


def test_a_terminal_gets_colours_and_its_width(environment: dict[str, str]) -> None:
    master, terminal = pty.openpty()
    subprocess.run(
        [sys.executable, "-c", PROGRAM, "Paris"], cwd=ROOT, check=True, timeout=PATIENCE,
        env=environment | {"COLUMNS": "70"}, stdout=terminal, stdin=terminal,
    )  # fmt: skip
    os.close(terminal)
    text = b""
    try:
        while chunk := os.read(master, 1 << 16):
            text += chunk
    except OSError:  # the other end is closed
        pass
    os.close(master)
    assert b"\x1b[" in text
    from weather.views.ansi import width

    assert max(width(line) for line in text.decode().splitlines()) <= 70


def test_values_are_quoted_as_in_a_url() -> None:
    assert forecast.parse(["A b", "--format", "%l&%t=1"]) == ("/A b", ["format=%25l%26%25t%3D1"])
    assert forecast.parse(["--strict"]) == ("/", ["strict=1"])
    assert forecast.parse(["--strict=0", "-2nT"]) == ("/", ["strict=0", "2nT"])
    assert forecast.parse(["--", "-x"]) == ("/-x", [])
    with pytest.raises(UsageError):
        forecast.parse(["-2Z"])

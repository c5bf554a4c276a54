"""The readers of settings: what each takes and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from weather.core.setting import (
    Setting,
    flag,
    header_text,
    one_of,
    optional_url,
    paths,
    seconds,
    url,
    whole_number,
    words,
)

NUMBER, LEVEL, NAMES = whole_number(2, 30), one_of("debug", "info"), words("red", "green", "blue")


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (NUMBER, "2", 2),
        (NUMBER, "30", 30),
        (NUMBER, "007", 7),
        (seconds, "0.1", 0.1),
        (seconds, "60", 60.0),
        (flag, "YES", True),
        (flag, "1", True),
        (flag, "False", False),
        (flag, "", False),
        (LEVEL, "INFO", "info"),
        (NAMES, " blue , red,", ("blue", "red")),
        (NAMES, "", ()),
        (url, "https://example.org/api/", "https://example.org/api"),
        (url, "http://[::1]:8080", "http://[::1]:8080"),
        (optional_url, "", ""),
        (optional_url, "http://proxy:3128/", "http://proxy:3128"),
        (header_text, "Zoë <z@example.org>", "Zoë <z@example.org>"),
        (paths, " /a.mmdb, b.mmdb ,", (Path("/a.mmdb"), Path("b.mmdb"))),
    ],
)
def test_a_usable_text_becomes_its_value(
    read: Callable[[str], Any], text: str, value: object
) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text", "message"),
    [
        *((NUMBER, text, "whole number from 2 to 30") for text in ("1", "31", "", "-3", "2.5")),
        *((NUMBER, text, "whole number from 2 to 30") for text in ("1e1", "1_0", "٣", "²")),
        *((seconds, text, "seconds from 0.1 to 60") for text in ("0", "61", "nan", "inf", "5s")),
        *((flag, text, "must be 1 or 0") for text in ("on", "2", "y")),
        (LEVEL, "warning", "one of debug, info"),
        *((NAMES, text, "some of red, green, blue, each once") for text in ("red,red", "pink")),
        *((url, text, "http:// or https://") for text in ("", "example.org", "ftp://a", "http://")),
        (optional_url, "socks5://proxy", "http:// or https://"),
        *((header_text, text, "control characters") for text in ("a\r\nX: b", "a\tb", "\0")),
        (url, "https://example.org/\nHost: b", "control characters"),
    ],
)
def test_an_unusable_text_is_refused_with_what_it_must_be(
    read: Callable[[str], Any], text: str, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        read(text)


@dataclass
class Values:
    worker_count: int


def test_a_setting_reads_its_own_attribute() -> None:
    setting = Setting("worker_count", "4", NUMBER, "Workers")
    assert setting.variable == "WORKER_COUNT"
    assert setting.of(Values(7)) == 7


def test_a_default_is_compared_as_a_value() -> None:
    setting = Setting("worker_count", "04", NUMBER, "Workers")
    assert setting.is_default(Values(4))
    assert not setting.is_default(Values(5))

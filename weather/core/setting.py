"""A setting: its environment variable, its default, its meaning, and how its text is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from weather.core.dataclass import dataclass

T = TypeVar("T")


class SettingsError(Exception):
    """A setting has a value that cannot be used."""


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """`read` turns the variable's text into the value and raises `ValueError`, whose message
    follows the variable's name: "must be 1 or 0"."""

    name: str  # the attribute of `Settings`
    default: str
    read: Callable[[str], T]
    meaning: str

    @property
    def variable(self) -> str:
        return self.name.upper()

    def of(self, settings: object) -> T:
        """The value in a `Settings`."""
        value: T = getattr(settings, self.name)
        return value

    def is_default(self, settings: object) -> bool:
        return self.of(settings) == self.read(self.default)


def whole_number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(text)

    return read


def seconds(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not 0.1 <= number <= 60:
        raise ValueError("must be a number of seconds from 0.1 to 60")
    return number


def flag(text: str) -> bool:
    if text.lower() not in {"", "0", "1", "true", "false", "yes", "no"}:
        raise ValueError("must be 1 or 0")
    return text.lower() in {"1", "true", "yes"}


def header_text(text: str) -> str:
    """Text that goes into a header or a URL of a call."""
    if any(ord(character) < 32 for character in text):
        raise ValueError("must not hold control characters")
    return text


# An e-mail address, or the name of a host, as in a web address.
_ADDRESS = re.compile(r"[^\s@/<>()]+@[^\s@/<>()]+\.[^\s@/<>()]+|(?:https?://)?[\w-]+(?:\.[\w-]+)+")


def contact(text: str) -> str:
    """Text with an e-mail or web address in it; may be empty."""
    if header_text(text) and not _ADDRESS.search(text):
        raise ValueError("must hold an e-mail or web address")
    return text


def not_empty(text: str) -> str:
    if not text:
        raise ValueError("must not be empty")
    return text


def url(text: str) -> str:
    """An http or https URL, without a slash at its end."""
    parts = urlsplit(header_text(text))
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an http:// or https:// address")
    return text.rstrip("/")


def optional_url(text: str) -> str:
    return url(text) if text else ""


def optional_listener(text: str) -> str:
    """An address and a port, `127.0.0.1:9100` or `[::1]:9100`; may be empty."""
    host, _, port = text.rpartition(":")
    if text and not (host and port.isascii() and port.isdigit() and 0 < int(port) < 1 << 16):
        raise ValueError("must be an address and a port, 127.0.0.1:9100 or [::1]:9100")
    return text


def words(*allowed: str) -> Callable[[str], tuple[str, ...]]:
    def read(text: str) -> tuple[str, ...]:
        chosen = tuple(word.strip() for word in text.split(",") if word.strip())
        if not set(chosen) <= set(allowed) or len(set(chosen)) != len(chosen):
            raise ValueError(f"must list some of {', '.join(allowed)}, each once")
        return chosen

    return read


def one_of(*allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in allowed:
            raise ValueError(f"must be one of {', '.join(allowed)}")
        return text.lower()

    return read


def paths(text: str) -> tuple[Path, ...]:
    return tuple(Path(part.strip()) for part in text.split(",") if part.strip())

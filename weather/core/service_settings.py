"""The settings of the service itself.

They stand apart from those of the providers, which `weather.settings` adds: a health probe reads
only these, and is started every few seconds.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, fields
from typing import Any, Self

from weather.core.dataclass import dataclass
from weather.core.setting import (
    Setting,
    SettingsError,
    contact,
    flag,
    header_text,
    not_empty,
    one_of,
    optional_listener,
    optional_url,
    seconds,
    whole_number,
)

_LARGEST_FILE = 100_000  # characters


def _cache_url(text: str) -> str:
    if text in {"", "memory"} or text.startswith(("/", "redis://", "rediss://")):
        return text
    raise ValueError("must be empty, memory, a folder's absolute path, or redis://host:port/0")


def _optional_megabytes(text: str) -> int:
    """0 for the default, which depends on the store."""
    return whole_number(1, 1_000_000)(text) if text else 0


def setting_field(default: str, read: Callable[[str], Any], meaning: str) -> Any:
    """A dataclass field that holds its setting as metadata."""
    return field(
        default_factory=lambda: read(default),
        metadata={"default": default, "read": read, "meaning": meaning},
    )


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    host: str = setting_field("0.0.0.0", not_empty, "Address to listen on")  # noqa: S104  # a container's
    port: int = setting_field("8000", whole_number(0, 65535), "Port to listen on")
    web_concurrency: int = setting_field("2", whole_number(1, 64), "Worker processes")
    threads: int = setting_field("16", whole_number(1, 256), "Threads of each worker")
    connections: int = setting_field(
        "1000",
        whole_number(50, 100_000),
        "Most connections of each worker; a new one replaces the one that has waited longest for "
        "its client",
    )
    connections_per_address: int = setting_field(
        "100",
        whole_number(0, 100_000),
        "Most of them from one IPv4 address or IPv6 /64, this machine and trusted proxies "
        "excepted; 0: no limit",
    )
    send_timeout: float = setting_field(
        "30", seconds, "Seconds in which a client must receive a response"
    )
    graceful_timeout: int = setting_field(
        "8", whole_number(1, 300), "Seconds that running requests get when the service is stopped"
    )
    log_level: str = setting_field("info", one_of("debug", "info", "warning", "error"), "Log level")
    log_format: str = setting_field(
        "text", one_of("text", "json"), "Form of the log's lines; `json`: an object in each"
    )
    metrics: str = setting_field(
        "",
        optional_listener,
        "Address and port at which `/metrics` is served, and nothing else: `127.0.0.1:9100`. Keep "
        "it from the public; by default there is none",
    )
    metrics_token: str = setting_field(
        "",
        header_text,
        "Serve `/metrics` at PORT too, to clients that send this token as `Authorization: Bearer`",
    )
    deadline: float = setting_field("5", seconds, "Longest time of a response in seconds")
    trusted_proxies: str = setting_field(
        "",
        str,
        "The proxies whose X-Forwarded-For, -Proto, -Host and -Prefix, or Forwarded, are trusted: "
        "their number (`1`) or their networks (`10.0.0.0/8, loopback`); by default none",
    )
    public_url: str = setting_field(
        "",
        optional_url,
        "The address of the start page as visitors see it, `https://example.org` or "
        "`https://example.org/weather`; without it pages are not for shared caches. Subdomains of "
        "its host choose a language, a view or units (docs/places.md)",
    )
    default_location: str = setting_field(
        "",
        str,
        "The place of visitors from the server's own network; by default that of the server's "
        "own address",
    )
    contact: str = setting_field(
        "", contact, "Your e-mail or web address, sent to the providers; MET Norway requires it"
    )
    https_proxy: str = setting_field("", optional_url, "Proxy for all calls to providers")
    ssl_cert_file: str = setting_field(
        "", str, "CA bundle for calls to providers; by default certifi's"
    )
    cache_url: str = setting_field(
        "",
        _cache_url,
        "The cache: a folder, `memory`, or `redis://:password@host:port/0` of a Redis or Valkey "
        "(`rediss`: with TLS) for several machines; by default a folder in the user's cache. "
        "Memory if the folder cannot be written, or is not the service's user's alone",
    )
    cache_entries: int = setting_field(
        "200000", whole_number(100, 10_000_000), "Most entries in the cache; the oldest go first"
    )
    cache_megabytes: int = setting_field(
        "",
        _optional_megabytes,
        "Largest size of the cache in megabytes, for all worker processes together; by default "
        "400 in a folder and 50 in memory",
    )
    answer_megabytes: int = setting_field(
        "30",
        whole_number(0, 1_000_000),
        "Largest size of the rendered responses that all worker processes together keep in memory, "
        "within CACHE_MEGABYTES; 0: none is kept",
    )
    rate_limit: int = setting_field(
        "600",
        whole_number(0, 1_000_000),
        "Most requests a minute from one address, this machine's own excepted; 0: no limit",
    )
    visitor_share: int = setting_field(
        "10",
        whole_number(1, 100),
        "Percentage of a provider's calls in a minute, an hour and a day that one address may "
        "cause; its network (IPv4 /24, IPv6 /48) twice as much; 100: no limit",
    )
    sample_data: bool = setting_field(
        "0",
        flag,
        "1: every view marks its data as a sample. For URLs of simulated providers: it changes no "
        "URL",
    )

    @classmethod
    def from_environment(
        cls,
        environment: Mapping[str, str] | None = None,
        check: Callable[[Self], Iterable[str]] | None = None,
    ) -> Self:
        """From the variables of the environment, or from the files that they name with `_FILE` at
        the end. Raises `SettingsError` with a line for each that cannot be used, and for all that
        `check` says of the settings, of which those that cannot be read have their defaults."""
        environment = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        problems: list[str] = []
        for setting in declared(cls):
            try:
                text = _text(setting, environment)
                if text is not None:
                    values[setting.name] = _value(setting, text)
            except SettingsError as error:
                problems.append(str(error))
        settings = cls(**values)
        if check:
            problems += check(settings)
        if problems:
            raise SettingsError("\n".join(problems))
        return settings


def _text(setting: Setting[Any], environment: Mapping[str, str]) -> str | None:
    """The text of a setting's variable or file; None if it is not set. Raises `SettingsError`."""
    text = environment.get(setting.variable)
    by_file = f"{setting.variable}_FILE"
    path = environment.get(by_file)
    if not path:
        return None if text is None else text.strip()
    if text:
        raise SettingsError(f"{setting.variable} must not be set together with {by_file}.")
    try:
        with open(path, encoding="utf-8") as file:
            return file.read(_LARGEST_FILE).strip()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no text in UTF-8"
        raise SettingsError(f"{by_file} must name a file that can be read: {reason}.") from None


def _value(setting: Setting[Any], text: str) -> Any:
    """Raises `SettingsError`. An empty text is the default, unless it means something."""
    try:
        return setting.read(text)
    except ValueError as error:
        if not text:
            return setting.read(setting.default)
        raise SettingsError(f"{setting.variable} {error}.") from error


def declared(settings: type[ServiceSettings]) -> tuple[Setting[Any], ...]:
    """The settings that are the fields of a class, in order."""
    return tuple(Setting(item.name, **item.metadata) for item in fields(settings))

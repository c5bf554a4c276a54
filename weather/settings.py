"""The environment, read once, checked, and frozen.

The service's own settings are the fields of `ServiceSettings`; those of the providers come from
their declarations. A value that cannot be read stops the start with the variable's name.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, make_dataclass
from typing import TYPE_CHECKING, Any, Self

from weather.core.setting import (
    Setting,
    SettingsError,
    flag,
    header_text,
    one_of,
    optional_url,
    seconds,
    whole_number,
)
from weather.providers import registry

__all__ = ["ServiceSettings", "Settings", "SettingsError", "settings"]


def _cache_url(text: str) -> str:
    if text in {"", "memory"} or text.startswith(("/", "redis://", "rediss://")):
        return text
    raise ValueError("must be empty, memory, a folder's absolute path, or redis://host:port/0")


def _setting(default: str, read: Callable[[str], Any], meaning: str) -> Any:
    return field(
        default_factory=lambda: read(default),
        metadata={"default": default, "read": read, "meaning": meaning},
    )


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    host: str = _setting("0.0.0.0", str, "Address to listen on")  # noqa: S104  # a container's
    port: int = _setting("8000", whole_number(0, 65535), "Port to listen on")
    web_concurrency: int = _setting("2", whole_number(1, 64), "Worker processes")
    threads: int = _setting("16", whole_number(1, 256), "Threads of each worker")
    graceful_timeout: int = _setting(
        "8", whole_number(1, 300), "Seconds that running requests get when the service is stopped"
    )
    log_level: str = _setting("info", one_of("debug", "info", "warning", "error"), "Log level")
    deadline: float = _setting("5", seconds, "Longest time of a response in seconds")
    trusted_proxies: str = _setting(
        "",
        str,
        "The proxies whose X-Forwarded-For is trusted: their number (`1`) or their networks "
        "(`10.0.0.0/8, loopback`); by default none",
    )
    default_location: str = _setting(
        "",
        str,
        "The place of visitors from the server's own network; by default that of the server's "
        "own address",
    )
    contact: str = _setting(
        "", header_text, "Your e-mail or web address, sent to the providers; MET Norway requires it"
    )
    https_proxy: str = _setting("", optional_url, "Proxy for all calls to providers")
    ssl_cert_file: str = _setting("", str, "CA bundle for calls to providers; by default certifi's")
    cache_url: str = _setting(
        "",
        _cache_url,
        "The cache: a folder, `memory`, or `redis://host:port/0` for several machines "
        "(needs requirements/redis.txt); by default a folder in the user's cache, and memory if "
        "that cannot be written",
    )
    cache_entries: int = _setting(
        "10000", whole_number(100, 10_000_000), "Most entries in the cache; the oldest go first"
    )
    cache_megabytes: int = _setting(
        "100",
        whole_number(1, 1_000_000),
        "Largest size of the cache in megabytes; in memory, that of each worker process",
    )
    rate_limit: int = _setting(
        "600",
        whole_number(0, 1_000_000),
        "Most requests a minute from one address, this machine's own excepted; 0: no limit",
    )
    sample_data: bool = _setting(
        "0", flag, "1: the providers are simulated, and every view marks its data as a sample"
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Raises `SettingsError` that names the variable."""
        environment = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        for setting in settings():
            if setting.variable in environment:
                try:
                    values[setting.name] = setting.read(environment[setting.variable].strip())
                except ValueError as error:
                    raise SettingsError(f"{setting.variable} {error}.") from error
        return cls(**values)


if TYPE_CHECKING:

    class Settings(ServiceSettings):
        """One attribute for each of `settings()`; `Setting.of` reads a provider's with its
        type."""

        def __init__(self, **values: Any) -> None: ...

        def __getattr__(self, name: str) -> Any: ...

else:
    Settings = make_dataclass(
        "Settings",
        [
            (setting.name, Any, _setting(setting.default, setting.read, setting.meaning))
            for setting in registry.settings()
        ],
        bases=(ServiceSettings,),
        namespace={"__module__": __name__},
        frozen=True,
        slots=True,
    )


def settings() -> tuple[Setting[Any], ...]:
    """All settings in order, as README's table shows them."""
    service = (Setting(each.name, **each.metadata) for each in fields(ServiceSettings))
    return (*service, *registry.settings())

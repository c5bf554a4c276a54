"""The environment, read once, checked, and frozen.

Every setting is one field below: its variable, how its text is read, and what it means.
A value that cannot be read stops the start with the variable's name.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit


class SettingsError(Exception):
    """A variable of the environment has a value that cannot be used."""


def _setting(default: str, read: Callable[[str], Any], meaning: str) -> Any:
    return field(
        default_factory=lambda: read(default),
        metadata={"default": default, "read": read, "meaning": meaning},
    )


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(text)

    return read


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0.1 <= seconds <= 60:
        raise ValueError("must be a number of seconds from 0.1 to 60")
    return seconds


def _flag(text: str) -> bool:
    if text.lower() not in {"", "0", "1", "true", "false", "yes", "no"}:
        raise ValueError("must be 1 or 0")
    return text.lower() in {"1", "true", "yes"}


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an http:// or https:// address")
    return text.rstrip("/")


def _optional_url(text: str) -> str:
    return _url(text) if text else ""


def _download_url(text: str) -> str:
    if "{month}" not in text:
        raise ValueError("must hold {month}, which becomes the edition's YYYY-MM")
    return _url(text)


def _words(*known: str) -> Callable[[str], tuple[str, ...]]:
    def read(text: str) -> tuple[str, ...]:
        words = tuple(word.strip() for word in text.split(",") if word.strip())
        if not set(words) <= set(known) or len(set(words)) != len(words):
            raise ValueError(f"must list some of {', '.join(known)}, each once")
        return words

    return read


def _one_of(*known: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in known:
            raise ValueError(f"must be one of {', '.join(known)}")
        return text.lower()

    return read


def _paths(text: str) -> tuple[Path, ...]:
    return tuple(Path(part.strip()) for part in text.split(",") if part.strip())


def _cache_url(text: str) -> str:
    if text in {"", "memory"} or text.startswith(("/", "redis://", "rediss://")):
        return text
    raise ValueError("must be empty, memory, a folder's absolute path, or redis://host:port/0")


def _calls(text: str) -> tuple[int, ...]:
    counts = [part.strip() for part in text.split(",")] if text else []
    if not all(count.isascii() and count.isdigit() and int(count) for count in counts):
        raise ValueError("must be whole numbers with commas between")
    if len(counts) not in {0, 3}:
        raise ValueError("must be three numbers: calls a minute, an hour, a day")
    return tuple(map(int, counts))


@dataclass(frozen=True, slots=True)
class Settings:
    host: str = _setting("0.0.0.0", str, "Address to listen on")  # noqa: S104  # a container's
    port: int = _setting("8000", _whole(0, 65535), "Port to listen on")
    web_concurrency: int = _setting("2", _whole(1, 64), "Worker processes")
    threads: int = _setting("16", _whole(1, 256), "Threads of each worker")
    graceful_timeout: int = _setting(
        "8", _whole(1, 300), "Seconds that running requests get when the service is stopped"
    )
    log_level: str = _setting(
        "info", _one_of("debug", "info", "warning", "error"), "How much is logged"
    )
    deadline: float = _setting("5", _seconds, "Seconds an answer may take, whatever upstreams do")
    trusted_proxies: str = _setting(
        "",
        str,
        "Whose X-Forwarded-For is believed: how many proxies stand in front (`1`), or their "
        "networks (`10.0.0.0/8, loopback`); by default nobody's",
    )
    default_location: str = _setting(
        "", str, "Where visitors from the server's own network are; by default the server is asked"
    )
    ip_locators: tuple[str, ...] = _setting(
        "database,atlas",
        _words("database", "atlas", "ipwhois", "geojs"),
        "Who tells where an address is, first answer wins; `database` and `atlas` (the table we "
        "come with) send no address to anybody",
    )
    server_locators: tuple[str, ...] = _setting(
        "ipwhois,geojs",
        _words("ipwhois", "geojs"),
        "Who is asked where the server itself is, once an hour at most",
    )
    geoip_database: tuple[Path, ...] = _setting(
        "",
        _paths,
        "MaxMind-format city database; two files (IPv4, IPv6) with a comma between. "
        "Replace a file by renaming, as `update-geoip` does, never by writing over it",
    )
    geoip_download_url: str = _setting(
        "https://download.db-ip.com/free/dbip-city-lite-{month}.mmdb.gz",
        _download_url,
        "Where `update-geoip` fetches the database",
    )
    forecast_providers: tuple[str, ...] = _setting(
        "open-meteo,met-norway",
        _words("open-meteo", "met-norway"),
        "Who forecasts, in this order; MET Norway only once CONTACT is set",
    )
    contact: str = _setting(
        "", str, "Your e-mail or web address, told to the providers; MET Norway demands one"
    )
    open_meteo_url: str = _setting("https://api.open-meteo.com", _url, "Open-Meteo's forecast")
    open_meteo_air_quality_url: str = _setting(
        "https://air-quality-api.open-meteo.com",
        _optional_url,
        "Open-Meteo's air quality; empty: none",
    )
    open_meteo_geocoding_url: str = _setting(
        "https://geocoding-api.open-meteo.com", _url, "Open-Meteo's search for places"
    )
    open_meteo_api_key: str = _setting(
        "", str, "Key of a paid plan; its `customer-` hosts are then used by themselves"
    )
    open_meteo_budget: tuple[int, ...] = _setting(
        "600,5000,10000",
        _calls,
        "Calls a minute, an hour and a day, in Open-Meteo's weights, that are made at most; "
        "empty, or by default with a key: any number",
    )
    met_norway_url: str = _setting("https://api.met.no", _url, "MET Norway's forecast")
    alert_providers: tuple[str, ...] = _setting(
        "nws,bright-sky",
        _words("nws", "bright-sky"),
        "Who warns: the National Weather Service in the United States, Bright Sky in Germany; "
        "empty: nobody",
    )
    nws_url: str = _setting("https://api.weather.gov", _url, "The US National Weather Service")
    bright_sky_url: str = _setting("https://api.brightsky.dev", _url, "Bright Sky")
    ipwhois_url: str = _setting("https://ipwho.is", _url, "ipwho.is")
    geojs_url: str = _setting("https://get.geojs.io", _url, "GeoJS")
    https_proxy: str = _setting("", _optional_url, "Proxy for all calls to providers")
    ssl_cert_file: str = _setting("", str, "CA bundle for calls to providers; by default certifi's")
    cache_url: str = _setting(
        "",
        _cache_url,
        "Where answers are kept: a folder, `memory`, or `redis://host:port/0` for several machines "
        "(needs requirements/redis.txt); by default a folder in the user's cache, and memory if "
        "that cannot be written",
    )
    cache_entries: int = _setting(
        "10000", _whole(100, 10_000_000), "Most answers that are kept; the oldest go first"
    )
    cache_megabytes: int = _setting(
        "100",
        _whole(1, 1_000_000),
        "Most megabytes that answers take; in memory each worker process may take as much",
    )
    rate_limit: int = _setting(
        "600",
        _whole(0, 1_000_000),
        "Requests a minute that one address may make, this machine's own excepted; 0: any number",
    )
    sample_data: bool = _setting(
        "0", _flag, "The providers are simulated: every view says that its data is a sample"
    )

    def __post_init__(self) -> None:
        for name in ("https_proxy", "open_meteo_api_key", "contact"):
            if any(ord(character) < 32 for character in getattr(self, name)):
                raise SettingsError(f"{name.upper()} must not hold control characters.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Raises `SettingsError` that names the variable."""
        environment = os.environ if environment is None else environment
        values = {}
        for setting in settings():
            if setting.variable in environment:
                try:
                    values[setting.name] = setting.read(environment[setting.variable].strip())
                except ValueError as error:
                    raise SettingsError(f"{setting.variable} {error}.") from error
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    variable: str
    default: str
    meaning: str
    read: Callable[[str], Any]


def settings() -> tuple[Setting, ...]:
    """All settings in order, as README's table shows them."""
    return tuple(_described(each) for each in fields(Settings))


def _described(each: Field[Any]) -> Setting:
    told = cast("Mapping[str, Any]", each.metadata)
    return Setting(each.name, each.name.upper(), told["default"], told["meaning"], told["read"])

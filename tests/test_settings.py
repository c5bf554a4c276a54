"""The settings of the service and of its providers, read from an environment."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

from weather.core.service_settings import ServiceSettings, declared
from weather.providers import registry
from weather.settings import Settings, SettingsError, settings

# Variable: text, value. No value is the default.
GIVEN: dict[str, tuple[str, Any]] = {
    "HOST": ("127.0.0.1", "127.0.0.1"),
    "PORT": ("8080", 8080),
    "WEB_CONCURRENCY": ("3", 3),
    "THREADS": ("32", 32),
    "CONNECTIONS": ("500", 500),
    "CONNECTIONS_PER_ADDRESS": ("0", 0),
    "SEND_TIMEOUT": ("7.5", 7.5),
    "GRACEFUL_TIMEOUT": ("20", 20),
    "LOG_LEVEL": ("Debug", "debug"),
    "LOG_FORMAT": ("JSON", "json"),
    "METRICS": ("[::1]:9100", "[::1]:9100"),
    "METRICS_TOKEN": ("secret", "secret"),
    "DEADLINE": ("2.5", 2.5),
    "TRUSTED_PROXIES": ("10.0.0.0/8, loopback", "10.0.0.0/8, loopback"),
    "PUBLIC_URL": ("https://example.org/weather/", "https://example.org/weather"),
    "DEFAULT_LOCATION": ("Windhaven", "Windhaven"),
    "CONTACT": ("weather@example.org", "weather@example.org"),
    "HTTPS_PROXY": ("http://proxy:3128/", "http://proxy:3128"),
    "SSL_CERT_FILE": ("/ca.pem", "/ca.pem"),
    "CACHE_URL": ("redis://store:6379/0", "redis://store:6379/0"),
    "CACHE_ENTRIES": ("500", 500),
    "CACHE_MEGABYTES": ("7", 7),
    "ANSWER_MEGABYTES": ("3", 3),
    "RATE_LIMIT": ("0", 0),
    "VISITOR_SHARE": ("25", 25),
    "SAMPLE_DATA": ("1", True),
    "FORECAST_PROVIDERS": ("met-norway,open-meteo", ("met-norway", "open-meteo")),
    "ALERT_PROVIDERS": ("nws", ("nws",)),
    "IP_LOCATORS": ("geojs, atlas", ("geojs", "atlas")),
    "SERVER_LOCATORS": ("", ()),
    "OPEN_METEO_API_KEY": ("secret", "secret"),
    "OPEN_METEO_BUDGET": ("1,2,3", (1, 2, 3)),
    "GEOIP_DATABASE": ("/a.mmdb,/b.mmdb", (Path("/a.mmdb"), Path("/b.mmdb"))),
    "GEOIP_DOWNLOAD_URL": ("https://a.test/{month}.gz", "https://a.test/{month}.gz"),
}
ADDRESSES = (
    *("OPEN_METEO_URL", "OPEN_METEO_AIR_QUALITY_URL", "OPEN_METEO_GEOCODING_URL"),
    *("MET_NORWAY_URL", "IPWHOIS_URL", "GEOJS_URL", "NWS_URL", "BRIGHT_SKY_URL"),
    "ENVIRONMENT_CANADA_URL",
    "METEOALARM_URL",
)
GIVEN |= {name: (f"http://{name[:3]}.test/", f"http://{name[:3]}.test") for name in ADDRESSES}


@pytest.mark.parametrize("setting", settings(), ids=lambda setting: setting.variable)
def test_a_variable_sets_its_own_setting_and_no_other(setting: Any) -> None:
    text, value = GIVEN[setting.variable]
    read = Settings.from_environment({setting.variable: text})
    assert setting.of(read) == value
    assert [item.name for item in settings() if not item.is_default(read)] == [setting.name]


def test_no_setting_has_been_dropped() -> None:
    assert {setting.variable for setting in settings()} == GIVEN.keys()


def test_all_variables_are_read_together() -> None:
    read = Settings.from_environment({name: text for name, (text, _) in GIVEN.items()})
    for setting in settings():
        assert setting.of(read) == GIVEN[setting.variable][1]


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        *(("PORT", "65536"), ("WEB_CONCURRENCY", "0"), ("THREADS", "many"), ("LOG_LEVEL", "loud")),
        *(("CONNECTIONS", "0"), ("CONNECTIONS_PER_ADDRESS", "-1"), ("SEND_TIMEOUT", "0")),
        *(("GRACEFUL_TIMEOUT", "0"), ("DEADLINE", "0"), ("CONTACT", "a\nb"), ("RATE_LIMIT", "-1")),
        *(("LOG_FORMAT", "xml"), ("METRICS", "9100"), ("METRICS", "host:"), ("METRICS", ":9100")),
        *(("METRICS", "a:70000"), ("METRICS", "a:http"), ("METRICS_TOKEN", "a\nb")),
        *(("HTTPS_PROXY", "proxy:3128"), ("CACHE_URL", "cache"), ("CACHE_ENTRIES", "99")),
        *(("CACHE_MEGABYTES", "0"), ("SAMPLE_DATA", "maybe"), ("FORECAST_PROVIDERS", "nws")),
        *(("ALERT_PROVIDERS", "nws,nws"), ("IP_LOCATORS", "open-meteo")),
        *(("SERVER_LOCATORS", "atlas"), ("OPEN_METEO_API_KEY", "a\rb")),
        *(("OPEN_METEO_BUDGET", "x"), ("GEOIP_DOWNLOAD_URL", "ip.gz")),
        *((name, "ftp://example.org") for name in ADDRESSES),
    ],
)
def test_an_error_names_the_variable(variable: str, text: str) -> None:
    with pytest.raises(SettingsError, match=rf"^{variable} must .*\.$"):
        Settings.from_environment({variable: text})


def test_spaces_around_a_value_and_unknown_variables_are_ignored() -> None:
    environment = {"PORT": " 8080 ", "PATH": "/bin", "port": "1"}
    assert Settings.from_environment(environment) == Settings(port=8080)


def test_without_an_argument_the_process_environment_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DEFAULT_LOCATION", "Windhaven")
    monkeypatch.setenv("GEOJS_URL", "http://geojs.test")
    read = Settings.from_environment()
    assert (read.default_location, read.geojs_url) == ("Windhaven", "http://geojs.test")


@pytest.mark.parametrize("text", ["", "memory", "/var/cache", "redis://a:1/0", "rediss://a:1/0"])
def test_every_kind_of_cache_is_taken(text: str) -> None:
    assert ServiceSettings.from_environment({"CACHE_URL": text}).cache_url == text


def test_the_settings_are_those_of_the_service_then_those_of_the_providers() -> None:
    names = [setting.name for setting in settings()]
    own = [setting.name for setting in declared(ServiceSettings)]
    of_providers = [setting.name for setting in registry.settings()]
    assert names == own + of_providers


def test_a_health_probe_does_not_fail_for_a_setting_of_a_provider() -> None:
    read = ServiceSettings.from_environment({"PORT": "8080", "FORECAST_PROVIDERS": "none"})
    assert read.port == 8080


def test_settings_are_frozen() -> None:
    read = Settings()
    for name in ("port", "open_meteo_url"):
        with pytest.raises(FrozenInstanceError):
            setattr(read, name, "changed")


def test_every_setting_that_cannot_be_used_is_named_at_once() -> None:
    environment = {"PORT": "http", "DEADLINE": "soon", "CONTACT": "me", "OPEN_METEO_URL": "ftp://a"}
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(environment, check=lambda settings: [f"and {settings.port}."])
    lines = str(caught.value).splitlines()
    assert [line.split()[0] for line in lines] == [*environment, "and"]
    assert lines[-1] == "and 8000.", "the check sees the defaults of what cannot be read"


@pytest.mark.parametrize("setting", settings(), ids=lambda setting: setting.variable)
def test_an_empty_variable_is_the_default_or_means_none(setting: Any) -> None:
    read = setting.of(Settings.from_environment({setting.variable: ""}))
    assert setting.is_default(Settings.from_environment({setting.variable: ""})) or not read


@pytest.mark.parametrize("variable", ["PORT", "HOST", "DEADLINE", "LOG_LEVEL", "OPEN_METEO_URL"])
def test_an_empty_variable_of_a_setting_that_needs_a_value_is_the_default(variable: str) -> None:
    assert Settings.from_environment({variable: " "}) == Settings()


def test_a_value_may_be_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from a file\n")
    for setting in ("OPEN_METEO_API_KEY", "METRICS_TOKEN"):
        read = Settings.from_environment({f"{setting}_FILE": str(file), setting: ""})
        assert getattr(read, setting.lower()) == "from a file"


@pytest.mark.parametrize("content", [None, b"\xff"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match=r"^METRICS_TOKEN_FILE must name a file"):
        Settings.from_environment({"METRICS_TOKEN_FILE": str(file)})


def test_a_value_and_a_file_exclude_each_other(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("b")
    environment = {"METRICS_TOKEN_FILE": str(tmp_path / "a"), "METRICS_TOKEN": "c"}
    with pytest.raises(SettingsError, match=r"^METRICS_TOKEN must not be set together"):
        Settings.from_environment(environment)


def test_a_file_with_certificates_is_no_file_with_a_setting() -> None:
    assert Settings.from_environment({"SSL_CERT_FILE": "/ca.pem"}).ssl_cert_file == "/ca.pem"


@pytest.mark.parametrize(
    "text",
    ["", "z@example.org", "Zoë <z@example.org>", "https://example.org/me", "example.org/contact",
     "http://weather.example.org:8080"],
)  # fmt: skip
def test_a_contact_with_an_address_is_taken(text: str) -> None:
    assert ServiceSettings.from_environment({"CONTACT": text}).contact == text


@pytest.mark.parametrize("text", ["me", "Zoë", "z@localhost", "@", "call me", "1", "http://"])
def test_a_contact_without_an_address_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match=r"^CONTACT must"):
        ServiceSettings.from_environment({"CONTACT": text})

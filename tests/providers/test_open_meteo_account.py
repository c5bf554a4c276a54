"""What Open-Meteo's services share."""

from __future__ import annotations

import logging

import pytest

from weather.core.errors import UpstreamError
from weather.providers import open_meteo, open_meteo_geocoding
from weather.providers.open_meteo_account import ACCOUNT, customer_url, payload
from weather.settings import Settings
from weather.upstream.client import UpstreamResponse
from weather.upstream.limit import Limit


def test_a_key_moves_the_default_urls_to_the_paid_hosts() -> None:
    keyed = Settings(open_meteo_api_key="secret")
    assert customer_url(open_meteo.URL, keyed) == "https://customer-api.open-meteo.com"
    assert customer_url(open_meteo_geocoding.URL, keyed).startswith(
        "https://customer-geocoding-api."
    )
    own = Settings(open_meteo_api_key="secret", open_meteo_url="http://127.0.0.1:8080")
    assert customer_url(open_meteo.URL, own) == "http://127.0.0.1:8080"
    assert customer_url(open_meteo.URL, Settings()) == "https://api.open-meteo.com"


def test_a_key_lifts_the_default_quota_and_no_other() -> None:
    default = (Limit(600, 60), Limit(5000, 3600), Limit(10_000, 86_400))
    assert ACCOUNT.limits(Settings()) == default
    assert ACCOUNT.limits(Settings(open_meteo_api_key="secret")) == ()
    assert ACCOUNT.limits(Settings(open_meteo_budget=())) == ()
    chosen = Settings(open_meteo_api_key="secret", open_meteo_budget=(1, 2, 3))
    assert ACCOUNT.limits(chosen) == (Limit(1, 60), Limit(2, 3600), Limit(3, 86_400))


def test_a_refusal_is_logged_without_coordinates(caplog: pytest.LogCaptureFixture) -> None:
    body = b'{"error":true,"reason":"Latitude must be in range of -90 to 90. Given: 91.25."}'
    response = UpstreamResponse("Open-Meteo", 400, {}, body)
    with caplog.at_level(logging.WARNING), pytest.raises(UpstreamError):
        payload(response)
    assert "Latitude must be in range" in caplog.text
    assert "91.25" not in caplog.text

"""What every provider's declaration promises, and the contract of every adapter."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from simulator import PROVIDERS as TWINS
from simulator import Upstreams, faults
from simulator.faults import Fault
from tests.providers.calls import REMOTE, adapter, call
from weather.core.errors import UpstreamError, UpstreamUnavailable
from weather.core.models import Credit
from weather.core.setting import url
from weather.providers import registry
from weather.providers.declaration import Provider, Role
from weather.settings import Settings

README = Path(__file__).parents[2] / "README.md"
ALL = {provider.key: provider for provider in registry.PROVIDERS}
BROKEN: tuple[Fault, ...] = (
    *(faults.invalid_json(), faults.html_200(), faults.empty(), faults.bare_nan()),
    *(faults.json_list(), faults.json_scalar(), faults.broken_stream(), faults.deep_json()),
)


@pytest.fixture(params=ALL.values(), ids=list(ALL))
def provider(request: pytest.FixtureRequest) -> Provider[Any]:
    found: Provider[Any] = request.param
    return found


@pytest.fixture(params=REMOTE.values(), ids=list(REMOTE))
def remote(request: pytest.FixtureRequest) -> Provider[Any]:
    found: Provider[Any] = request.param
    return found


def test_a_key_names_one_provider() -> None:
    assert len(ALL) == len(registry.PROVIDERS)


def test_a_name_names_one_setting() -> None:
    names = [setting.name for setting in registry.settings()]
    assert len(names) == len(set(names))


def test_defaults_can_be_read(provider: Provider[Any]) -> None:
    for setting in provider.settings:
        assert setting.is_default(Settings())
        assert setting.variable == setting.name.upper()


def test_a_credit_with_a_licence_links_to_its_text(provider: Provider[Any]) -> None:
    for credit in provider.credits:
        assert credit.text
        assert url(credit.url)
        assert bool(credit.licence) == bool(credit.licence_url)
        assert url(credit.licence_url).startswith("https://")


def test_readme_names_the_source_of_each_credit(provider: Provider[Any]) -> None:
    licences = README.read_text().partition("## Licences")[2]
    for credit in provider.credits:
        assert str(urlsplit(credit.url).hostname) in licences, (
            f"{credit.text} is not in the licences"
        )


def test_every_role_is_filled() -> None:
    assert {provider.role for provider in registry.PROVIDERS} == set(Role)


def test_warnings_have_an_area_that_their_setting_names() -> None:
    for provider in registry.of_role(Role.ALERTS):
        assert provider.area
        assert provider.area.countries
        assert provider.area.boxes
        assert f"{provider.name} in {provider.area.name}" in registry.ALERT_PROVIDERS.meaning


def test_a_locator_says_whether_addresses_leave_this_machine() -> None:
    for provider in registry.of_role(Role.IP_LOCATION):
        built = provider.build(None, Settings())  # type: ignore[arg-type]
        assert built is None or built.local == provider.local
        assert built is None or built.name == provider.key
    assert Settings().ip_locators == ("database", "atlas")
    assert Settings().server_locators == ("ipwhois", "geojs")


def test_a_locator_has_the_credits_of_its_data() -> None:
    for provider in registry.of_role(Role.IP_LOCATION):
        if built := provider.build(None, Settings()):  # type: ignore[arg-type]
            assert built.credits == provider.credits
    credited = {key: texts(ALL[key].credits) for key in ("atlas", "geojs", "ipwhois")}
    assert credited == {
        "atlas": ["IP Geolocation by DB-IP", "Place names by GeoNames"],
        "geojs": ["GeoLite2 data created by MaxMind"],
        "ipwhois": [],
    }


def texts(credits: tuple[Credit, ...]) -> list[str]:
    return [credit.text for credit in credits]


def test_a_provider_that_is_called_has_a_simulated_twin(
    remote: Provider[Any], upstreams: Upstreams
) -> None:
    assert remote.key in TWINS
    assert call(remote, adapter(remote, upstreams)), "and an answer for the call of its role"
    assert {request.provider for request in upstreams.calls()} == {remote.key}


def test_an_account_has_limits_by_default(remote: Provider[Any]) -> None:
    if remote.account:
        assert remote.account.limits(Settings())


@pytest.mark.parametrize("fault", BROKEN, ids=lambda fault: fault.name)
def test_an_answer_that_cannot_be_read_is_an_outage(
    remote: Provider[Any], upstreams: Upstreams, fault: Fault
) -> None:
    service = adapter(remote, upstreams)
    upstreams.fail(remote.key, fault)
    with pytest.raises(UpstreamError):
        call(remote, service)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_provider_out_of_order_is_unavailable(
    remote: Provider[Any], upstreams: Upstreams, status: int
) -> None:
    service = adapter(remote, upstreams)
    upstreams.fail(remote.key, faults.status(status))
    with pytest.raises(UpstreamUnavailable):
        call(remote, service)

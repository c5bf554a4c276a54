"""Which services may share what on one store, a folder or a Redis.

Cached entries are shared by services of the same version whose providers are set alike: any of
these settings may change what a provider answers. Counts of calls are shared by all that call the
same account, of whatever version: the provider counts them together. So are circuit breakers, by
all that call the same address.
"""

from __future__ import annotations

import hashlib

from weather.providers import registry
from weather.providers.declaration import Account
from weather.settings import Settings


def of_entries(settings: Settings, version: str) -> str:
    """The namespace of the cache."""
    values = [repr(setting.of(settings)) for setting in registry.settings()]
    return _digest(version, repr(settings.sample_data), *values)


def of_accounts(settings: Settings) -> dict[str, str]:
    """The name of each account in the store; without a key or a host of the operator's, its
    own."""
    accounts = {provider.account for provider in registry.PROVIDERS if provider.account}
    return {account.name: _account(account, settings) for account in accounts}


def of_breakers(settings: Settings) -> dict[str, str]:
    """The name of each provider's circuit breaker in the store, by the provider's name as its calls
    have it: that of all who call the same URL with the same key."""
    return {
        _as_called(provider.name): _digest(
            provider.name,
            *(
                f"{setting.name} {setting.of(settings)}"
                for setting in provider.settings
                if setting.name.endswith(("_url", "_api_key"))
            ),
        )
        for provider in registry.PROVIDERS
        if not provider.local
    }


def _as_called(name: str) -> str:
    """The name at the beginning of a message."""
    return f"The {name[4:]}" if name.startswith("the ") else name


def _account(account: Account, settings: Settings) -> str:
    changed = [
        f"{setting.name} {setting.of(settings)}"
        for setting in registry.settings()
        if setting.name in account.settings and not setting.is_default(settings)
    ]
    return f"{account.name} {_digest(*changed)}" if changed else account.name


def _digest(*values: str) -> str:
    """Hashed, as a key of a paid plan may be among them."""
    return hashlib.blake2b("\0".join(values).encode(), digest_size=8).hexdigest()

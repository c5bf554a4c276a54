"""The adapters that the settings choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weather.core.setting import Setting, SettingsError
from weather.providers import registry
from weather.providers.declaration import Provider, Role

if TYPE_CHECKING:
    from weather.upstream.client import Upstream


class Adapters:
    """Builds each adapter once, at its first use."""

    def __init__(self, settings: Any, upstream: Upstream) -> None:
        self._settings = settings
        self._upstream = upstream
        self._built: dict[str, Any] = {}

    def selected(self, selection: Setting[tuple[str, ...]]) -> list[Any]:
        """The adapters of a list of keys, without any that other settings leave out. Raises
        `SettingsError` for a setting that cannot be used."""
        adapters = (self._adapter(registry.BY_KEY[key]) for key in selection.of(self._settings))
        return [adapter for adapter in adapters if adapter is not None]

    def first(self, role: Role) -> Any:
        """The adapter of a role that has no list of keys, or None."""
        return self._adapter(registry.of_role(role)[0])

    def _adapter(self, provider: Provider[Any]) -> Any:
        if provider.needs_contact and not self._settings.contact:
            return None
        if provider.key not in self._built:
            try:
                built = provider.build(self._upstream, self._settings)
            except ValueError as error:
                raise SettingsError(str(error)) from error
            self._built[provider.key] = built
        return self._built[provider.key]

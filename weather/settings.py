"""The environment, read once, checked, and frozen.

The service's own settings are the fields of `ServiceSettings`; those of the providers come from
their declarations. A value that cannot be read stops the start with the variable's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weather.core.dataclass import dataclass
from weather.core.service_settings import ServiceSettings, declared, setting_field
from weather.core.setting import Setting, SettingsError
from weather.providers import registry

__all__ = ["Settings", "SettingsError", "settings"]

if TYPE_CHECKING:

    class Settings(ServiceSettings):
        """One attribute for each of `settings()`; `Setting.of` reads a provider's with its
        type."""

        def __init__(self, **values: Any) -> None: ...

        def __getattr__(self, name: str) -> Any: ...

else:
    Settings = dataclass(frozen=True, slots=True)(
        type(
            "Settings",
            (ServiceSettings,),
            {
                "__module__": __name__,
                "__annotations__": dict.fromkeys((s.name for s in registry.settings()), "Any"),
                **{
                    setting.name: setting_field(setting.default, setting.read, setting.meaning)
                    for setting in registry.settings()
                },
            },
        )
    )


def settings() -> tuple[Setting[Any], ...]:
    """All settings in order, as README's table shows them."""
    return declared(Settings)

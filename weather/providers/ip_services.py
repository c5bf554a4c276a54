"""The city in a response of the services that locate addresses, which name its fields alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weather.core.models import Place
from weather.providers.parsing import coordinates, country_code, text


def city(payload: Mapping[str, Any], timezone: object) -> Place | None:
    """The city of a response; None without one, as the point is then the middle of the country."""
    point = coordinates(payload.get("latitude"), payload.get("longitude"))
    name = text(payload.get("city"))
    if point is None or name is None:
        return None
    return Place(
        coordinates=point,
        name=name,
        region=text(payload.get("region")),
        country=text(payload.get("country")),
        country_code=country_code(payload.get("country_code")),
        timezone=text(timezone),
    )

"""The URLs and the command that pages show."""

from __future__ import annotations

import shlex
from urllib.parse import urlencode

from weather.core.models import Coordinates, Place
from weather.views.options import Units
from weather.views.page_address import PageAddress

Options = tuple[tuple[str, str], ...]


def search_text(place: Place) -> str:
    """The search that finds a place again; one that is only near a city has no name."""
    named = place.name and place.distance is None
    return place.label if named else str(place.coordinates)


def to_point(point: Coordinates, sticky: Options) -> str:
    coordinates = (("lat", f"{point.latitude:.4f}"), ("lon", f"{point.longitude:.4f}"))
    return f"/?{urlencode(coordinates + sticky)}"


def to_query(query: str, sticky: Options) -> str:
    return f"/?{urlencode((('q', query), *sticky))}"


def to_comparison(queries: tuple[str, ...], sticky: Options) -> str:
    return f"/compare?{urlencode((*(('q', query) for query in queries), *sticky))}"


def preview(place: Place, units: Units | None) -> str:
    """The URL of the picture, relative to the host."""
    chosen = [("units", str(units))] if units else []
    return f"/preview.png?{urlencode([('q', search_text(place)), *chosen])}"


def curl(address: PageAddress) -> str:
    """The command that shows the same in a terminal, quoted for a shell."""
    relative = address.having("format", "text") if address.names("format") else str(address)
    return f"curl {shlex.quote(address.origin + relative)}"

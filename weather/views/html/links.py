"""The URLs on a page, and its curl command."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from weather.core.measurement_systems import Units
from weather.core.models import Coordinates, Place
from weather.views.page_address import PageAddress

if TYPE_CHECKING:
    from weather.views.html.models import Page

Options = tuple[tuple[str, str], ...]


def search_query(place: Place) -> str:
    """The query that finds a place again: its coordinates if the name is the nearest city's."""
    has_name = place.name and place.distance is None
    return place.label if has_name else str(place.coordinates)


def coordinates_url(coordinates: Coordinates, sticky: Options) -> str:
    """The relative URL of the page of coordinates."""
    latitude, longitude = f"{coordinates.latitude:.4f}", f"{coordinates.longitude:.4f}"
    return f"/?{urlencode((('lat', latitude), ('lon', longitude), *sticky))}"


def search_url(query: str, sticky: Options) -> str:
    """The relative URL of the page of a query."""
    return f"/?{urlencode((('q', query), *sticky))}"


def example_url(page: Page, query: str) -> str:
    """The URL of the page of a query, from another page."""
    return page.root.removesuffix("/") + search_url(query, page.sticky)


def comparison_url(queries: tuple[str, ...], sticky: Options) -> str:
    """The relative URL of the comparison of several queries."""
    return f"/compare?{urlencode((*(('q', query) for query in queries), *sticky))}"


def preview_url(place: Place, units: Units | None) -> str:
    """The relative URL of the preview image."""
    options = [("q", search_query(place))]
    if units:
        options.append(("units", str(units)))
    return f"/preview.png?{urlencode(options)}"


def curl_command(address: PageAddress) -> str:
    """The command that prints the text representation of a page, quoted for a POSIX shell."""
    text_url = address.with_option("format", "text")
    url = text_url if address.has_option("format") else str(address)
    return f"curl {shlex.quote(address.origin + url)}"

"""Open-Meteo's search for places, which knows GeoNames' names, postcodes and airport codes.
https://open-meteo.com/en/docs/geocoding-api

The query has the bare name. The region or country ("Paris, Texas", "Portland, OR", "94107, us")
is compared here by the atlas's table: the server knows one spelling only, and its versions differ
in how they compare.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from weather.core import ranges
from weather.core.attribution import GEONAMES
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Coordinates, Place
from weather.core.setting import Setting, url
from weather.providers.declaration import Provider, Role
from weather.providers.open_meteo_account import ACCOUNT, API_KEY, customer_url, key_parameter
from weather.providers.parsing import country_code, mapping, rows, text

if TYPE_CHECKING:
    from weather.atlas import areas
    from weather.upstream.client import Upstream, UpstreamResponse

URL = Setting(
    "open_meteo_geocoding_url",
    "https://geocoding-api.open-meteo.com",
    url,
    "Open-Meteo's search for places",
)
_NAME = "Open-Meteo's place search"
_PLAIN, _QUALIFIED = 20, 100  # results requested; the filter here needs more to choose from
_REGIONS = ("admin1", "admin2", "admin3", "admin4")

Places = tuple[Place, ...]


class OpenMeteoGeocoder:
    name = "Open-Meteo"
    credits = (GEONAMES,)

    def __init__(self, upstream: Upstream, url: str, api_key: str = "") -> None:
        self._upstream = upstream
        self._url = f"{url}/v1/search"
        self._key = key_parameter(api_key)

    def search(
        self, name: str, within: tuple[str, ...], language: str, deadline: Deadline
    ) -> Places:
        """Places of that name, best first; empty if there are none. Raises `UpstreamError`."""
        params = {
            "name": name,
            "count": str(_QUALIFIED if within else _PLAIN),
            "language": language,
            "format": "json",
        }
        return self._upstream.get(
            _NAME,
            self._url,
            deadline,
            lambda response: _places(response, name, within),
            params={**params, **self._key},
            account=ACCOUNT.name,
        )


def _places(response: UpstreamResponse, name: str, within: tuple[str, ...]) -> Places:
    payload = mapping(response.json(), _NAME)
    if response.status != 200 or payload.get("error"):
        raise UpstreamError(f"{_NAME} has no answer.")
    # The server leaves out what is empty.
    entries = rows(payload.get("results", []), _NAME)
    readable = [(entry, place) for entry in entries if (place := _place(entry))]
    if entries and not readable:
        # Unreadable places are no proof that there is no such place.
        raise UpstreamError(f"{_NAME} sent a response of an unknown form.")
    # Only a server reads the tables.
    from weather.atlas.areas import lies_within  # noqa: PLC0415
    from weather.providers.geocoding_order import ordered  # noqa: PLC0415

    if within:
        readable = [item for item in readable if lies_within(_location(item[0]), within)]
    return ordered(readable, name, within)


def _location(entry: Mapping[str, Any]) -> areas.Location:
    """The ids are GeoNames' and name a region in every language."""
    from weather.atlas import areas  # noqa: PLC0415

    names = [text(entry.get(key)) for key in ("country", *_REGIONS)]
    ids = [entry.get(f"{key}_id") for key in _REGIONS]
    return areas.Location(
        country_code(entry.get("country_code")),
        [name for name in names if name],
        ids=[number for number in ids if isinstance(number, int)],
    )


def _place(entry: Mapping[str, Any]) -> Place | None:
    # A zero is left out, too.
    latitude = ranges.LATITUDE.number(entry.get("latitude", 0))
    longitude = ranges.LONGITUDE.number(entry.get("longitude", 0))
    name = text(entry.get("name"))
    if latitude is None or longitude is None or name is None:
        return None
    return Place(
        coordinates=Coordinates(latitude, longitude),
        name=name,
        region=text(entry.get("admin1")),
        country=text(entry.get("country")),
        country_code=country_code(entry.get("country_code")),
        timezone=text(entry.get("timezone")),
        elevation=ranges.ELEVATION.number(entry.get("elevation")),
        population=ranges.POPULATION.whole(entry.get("population")),
    )


def _build(upstream: Upstream, settings: object) -> OpenMeteoGeocoder:
    return OpenMeteoGeocoder(upstream, customer_url(URL, settings), API_KEY.of(settings))


PROVIDER = Provider(
    key="geocoding",
    name=_NAME,
    role=Role.GEOCODING,
    build=_build,
    settings=(URL, API_KEY),
    credits=OpenMeteoGeocoder.credits,
    account=ACCOUNT,
)

"""Open-Meteo's search for places, which knows GeoNames' names, postcodes and airport codes.
https://open-meteo.com/en/docs/geocoding-api

The query has the bare name. The region or country ("Paris, Texas", "Portland, OR", "94107, us")
is compared here, because versions of the server differ in how they do it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from weather.core.attribution import GEONAMES
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Coordinates, Place
from weather.core.setting import Setting, url
from weather.providers import ranges
from weather.providers.declaration import Provider, Role
from weather.providers.open_meteo_account import ACCOUNT, API_KEY, customer_url, key_parameter
from weather.providers.parsing import country_code, mapping, text

if TYPE_CHECKING:
    from weather.upstream.client import Upstream, UpstreamResponse

URL = Setting(
    "open_meteo_geocoding_url",
    "https://geocoding-api.open-meteo.com",
    url,
    "Open-Meteo's search for places",
)
_NAME = "Open-Meteo's place search"
_PLAIN, _QUALIFIED = 20, 100  # results requested; the filter here needs more to choose from

# USPS abbreviations of the states, as Americans write them; GeoNames spells them out.
_US_STATES = dict(
    pair.split("=")
    for pair in (
        "AL=Alabama AK=Alaska AZ=Arizona AR=Arkansas CA=California CO=Colorado CT=Connecticut "
        "DE=Delaware FL=Florida GA=Georgia HI=Hawaii ID=Idaho IL=Illinois IN=Indiana IA=Iowa "
        "KS=Kansas KY=Kentucky LA=Louisiana ME=Maine MD=Maryland MA=Massachusetts MI=Michigan "
        "MN=Minnesota MS=Mississippi MO=Missouri MT=Montana NE=Nebraska NV=Nevada "
        "NH=New_Hampshire NJ=New_Jersey NM=New_Mexico NY=New_York NC=North_Carolina "
        "ND=North_Dakota OH=Ohio OK=Oklahoma OR=Oregon PA=Pennsylvania RI=Rhode_Island "
        "SC=South_Carolina SD=South_Dakota TN=Tennessee TX=Texas UT=Utah VT=Vermont VA=Virginia "
        "WA=Washington WV=West_Virginia WI=Wisconsin WY=Wyoming DC=District_of_Columbia"
    ).split()
)


class OpenMeteoGeocoder:
    name = "Open-Meteo"

    def __init__(self, upstream: Upstream, url: str, api_key: str = "") -> None:
        self._upstream = upstream
        self._url = f"{url}/v1/search"
        self._key = key_parameter(api_key)

    def search(
        self, name: str, within: tuple[str, ...], language: str, deadline: Deadline
    ) -> tuple[Place, ...]:
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
            lambda response: _places(response, within),
            params={**params, **self._key},
            account=ACCOUNT.name,
        )


def _places(response: UpstreamResponse, within: tuple[str, ...]) -> tuple[Place, ...]:
    payload = mapping(response.json(), _NAME)
    if response.status != 200 or payload.get("error"):
        raise UpstreamError(f"{_NAME} cannot response.")
    # The server leaves out what is empty.
    results = payload.get("results", [])
    if not isinstance(results, list):
        raise UpstreamError(f"{_NAME} sent a response of an unknown form.")
    entries = [entry for entry in results if isinstance(entry, dict)]
    readable = [(entry, place) for entry in entries if (place := _place(entry))]
    if entries and not readable:
        # Unreadable places are no proof that there is no such place.
        raise UpstreamError(f"{_NAME} sent a response of an unknown form.")
    return tuple(place for entry, place in readable if _lies_within(entry, within))


def folded(name: str) -> str:
    """A name without case and accents, for comparison."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _lies_within(entry: Mapping[str, Any], within: tuple[str, ...]) -> bool:
    keys = ("country", "country_code", "admin1", "admin2", "admin3", "admin4")
    names = {folded(name) for key in keys if (name := text(entry.get(key)))}
    in_us = entry.get("country_code") == "US"
    return all(
        folded(part) in names or (in_us and folded(_state(part)) in names) for part in within
    )


def _state(abbreviation: str) -> str:
    return _US_STATES.get(abbreviation.upper(), "").replace("_", " ")


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
    credits=(GEONAMES,),
    account=ACCOUNT,
)

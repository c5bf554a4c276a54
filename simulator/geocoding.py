"""Open-Meteo's geocoding: /v1/search and /v1/get, with the cities, towns and countries of
gazetteer.txt."""

import unicodedata
from functools import cache
from time import perf_counter
from zlib import crc32

from .gazetteer import (
    City,
    Region,
    cities,
    counties,
    country_name,
    nations,
    region_of,
    towns,
)
from .messages import Raw, Request, Response, float32, json_response
from .query import Refusal, integer
from .world import Routes, World

STATES = """
AL Alabama, AK Alaska, AZ Arizona, CA California, CO Colorado, DC District of Columbia, FL Florida,
GA Georgia, HI Hawaii, IL Illinois, KS Kansas, KY Kentucky, LA Louisiana, MA Massachusetts,
MD Maryland, ME Maine,
MO Missouri, NV Nevada, NY New York, OR Oregon, PA Pennsylvania, TN Tennessee, TX Texas,
WA Washington, ON Ontario, QC Quebec, BC British Columbia, MB Manitoba, NSW New South Wales
"""
ABBREVIATED = dict(line.strip().split(" ", 1) for line in STATES.split(","))


def folded(text: str) -> str:
    """Without case and accents: `Zürich` and `ZURICH` are equal; ø and ł lose their stroke."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return letters.translate(str.maketrans("øłđı", "oldi"))


def search(request: Request, world: World) -> Response:
    """`results` is left out when nothing matches."""
    started = perf_counter()
    query = request.query
    count = integer(query, "count")
    count = 10 if count is None else count
    if not 1 <= count <= 100:
        raise Refusal("Parameter count must be between 1 and 100.")
    language = query.get("language", "en").lower()
    name = query.get("name", "")
    found = match(name)
    others = [city for city in more_towns(name, world) if not any(is_same(city, o) for o in found)]
    matches = [city for city in (*found, *others) if allowed(city, query)][:count]
    results = [entry(city, language) for city in matches]
    body: dict[str, object] = {"results": results} if results else {}
    body["generationtime_ms"] = float32((perf_counter() - started) * 1000)
    return json_response(body)


def match(name: str) -> list[City]:
    """Cities by population: those with the prefix for three letters or more, with the whole name
    for two, none for less.

    The text after the first comma must be the name or code of the country or the region.
    """
    head, _, qualifier = (part.strip() for part in name.partition(","))
    word, area = folded(head), folded(qualifier)
    if len(word) < 2:
        return []
    matches = [city for city in places() if matches_term(city, word)]
    matches = [city for city in matches if not area or area in areas(city)]
    return sorted(matches, key=lambda city: -city.population)


def more_towns(name: str, world: World) -> list[City]:
    """Those of the world, by whole names."""
    head, *areas = (part.strip() for part in name.split(","))
    return world.towns(head, tuple(filter(None, areas))) if head else []


def is_same(one: City, other: City) -> bool:
    apart = abs(one.latitude - other.latitude) + abs(one.longitude - other.longitude)
    return one.country_code == other.country_code and apart < 0.3  # degrees


@cache
def places() -> tuple[City, ...]:
    return (*cities(), *towns(), *nations())


def matches_term(city: City, word: str) -> bool:
    if len(word) == 2:
        return word in terms(city)
    return any(term.startswith(word) for term in terms(city))


@cache
def terms(city: City) -> list[str]:
    names = (city.name, *city.names.values(), *city.aliases, *city.postcodes)
    return [folded(name) for name in names]


def areas(city: City) -> list[str]:
    """Valid texts after the comma. A code of two letters that is a state's is not a country's."""
    codes = [code for code, state in ABBREVIATED.items() if state == city.admin1]
    country = [] if city.country_code in ABBREVIATED else [city.country_code]
    names = [city.admin1, country_name(city.country_code), *codes, *country]
    return [folded(name) for name in names if name]


def allowed(city: City, query: dict[str, str]) -> bool:
    code = query.get("countryCode", "")
    return not code or city.country_code == code


def number(text: str) -> int:
    """A fictional id for a country, above all of GeoNames; 0 for none, which `entry` omits."""
    return 90_000_000 + crc32(text.encode()) % 1_000_000 if text else 0


def entry(city: City, language: str) -> dict[str, object]:
    """The fields in the order of Open-Meteo's protobuf, which omits empty and zero fields. The
    names of the region and the country are in the requested language, where they have one."""
    region = region_of(city)
    county = counties().get((city.country_code, city.admin1, city.name), Region(0))
    country = country_name(city.country_code, language)
    fields: dict[str, object] = {
        "id": city.id,
        "name": city.name_in(language),
        "latitude": Raw(repr(city.latitude)) if city.latitude else None,
        "longitude": Raw(repr(city.longitude)) if city.longitude else None,
        "elevation": float32(city.elevation) if city.elevation else None,
        "feature_code": city.feature_code,
        "country_code": city.country_code,
        "admin1_id": region.id,
        "admin2_id": county.id,
        "timezone": city.timezone,
        "population": city.population,
        "postcodes": list(city.postcodes),
        "country_id": number(country_name(city.country_code)),
        "country": country,
        "admin1": region.names.get(language, city.admin1),
        "admin2": county.names.get("en"),
    }
    return {name: value for name, value in fields.items() if value}


def get(request: Request, world: World) -> Response:
    """One entry by id, without an envelope."""
    requested = integer(request.query, "id")
    for city in places():
        if city.id == requested:
            return json_response(entry(city, request.query.get("language", "en").lower()))
    raise Refusal("Location ID not found.")


ROUTES: Routes = {"/v1/search": search, "/v1/get": get}

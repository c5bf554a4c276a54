"""The JSON Schema (2020-12) of each object, from the fields that the serialisers write, the types
of the models, and their meanings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_type_hints

from weather.core.models import AirQuality, Conditions, Day
from weather.views.json import meanings
from weather.views.json.fields import FIELDS, PLACE
from weather.views.json.meanings import Meanings
from weather.views.json.units import UNITS, constant_unit
from weather.views.question import TOPICS

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
_DATE: Schema = {"type": "string", "format": "date"}
NUMBER: Schema = {"type": "number"}
WHOLE: Schema = {"type": "integer"}
YES_OR_NO: Schema = {"type": "boolean"}
_BY_TYPE = {float: NUMBER, int: WHOLE, bool: YES_OR_NO}
_BY_UNIT = {"%": {"minimum": 0, "maximum": 100}, "°": {"minimum": 0, "maximum": 360}}


def nullable(schema: Schema) -> Schema:
    """The schema, or null."""
    if "$ref" in schema:
        return {"oneOf": [schema, {"type": "null"}]}
    values = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return schema | {"type": [schema["type"], "null"]} | values


def reference(name: str) -> Schema:
    """A reference to a schema of the components."""
    return {"$ref": f"#/components/schemas/{name}"}


def list_of(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def record(fields: Mapping[str, Schema], texts: Meanings, optional: Iterable[str] = ()) -> Schema:
    """An object of fields. A later release may add some, so others are not forbidden."""
    described = {
        name: {"description": texts[name]} | schema if name in texts else schema
        for name, schema in fields.items()
    }
    required = [name for name in fields if name not in set(optional)]
    return {"type": "object", "properties": described, "required": required}


# Fields that are no field of a model, or have another type in JSON.
_TIMES = (
    *("dawn", "sunrise", "solar_noon", "sunset", "dusk", "moonrise", "moonset"),
    *("starts_at", "ends_at", "issued_at", "fetched_at"),
)
_TYPES: Mapping[str, Schema] = {
    **dict.fromkeys(_TIMES, nullable(MOMENT)),
    **dict.fromkeys(("valid_at", "moon_at"), MOMENT),
    **dict.fromkeys(("name", "region", "country", "country_code", "timezone"), nullable(TEXT)),
    **dict.fromkeys(("condition", "source", "model", "notice"), nullable(TEXT)),
    **dict.fromkeys(("headline", "description", "instruction", "text"), nullable(TEXT)),
    **dict.fromkeys(("event", "language", "period", "provider"), TEXT),
    **dict.fromkeys(("elevation", "distance", "departure"), nullable(NUMBER)),
    **dict.fromkeys(("normal_temperature", "normal_precipitation"), NUMBER),
    **dict.fromkeys(("stale", "sample"), YES_OR_NO),
    "date": _DATE,
    "latitude": {"type": "number", "minimum": -90, "maximum": 90},
    "longitude": {"type": "number", "minimum": -180, "maximum": 180},
    "population": nullable(WHOLE),
    "weather_code": {"type": ["integer", "null"], "minimum": 0, "maximum": 99},
    "daylight": {"type": "integer", "minimum": 0, "maximum": 25 * 3600},
    "moon_phase": {"type": "number", "minimum": 0, "maximum": 1},
    "moon_illumination": {"type": "number", "minimum": 0, "maximum": 100},
    "severity": nullable({"type": "string", "enum": ["minor", "moderate", "severe", "extreme"]}),
    "found_by": {
        "type": "string",
        "enum": ["name", "coordinates", "address", "visitor", "server", "default"],
    },
    "age": {"type": ["integer", "null"], "minimum": 0},
}
_PLACE_TEXTS = {
    name.removeprefix("place."): text
    for name, text in meanings.WEATHER.items()
    if name.startswith("place.")
}


def _typed(names: Iterable[str], model: type | None = None) -> dict[str, Schema]:
    """The schema of each field: the declared one, else that of the model's type."""
    hints = get_type_hints(model) if model else {}
    return {name: _TYPES[name] if name in _TYPES else _of(hints[name], name) for name in names}


def _of(hint: Any, name: str) -> Schema:
    """The schema of a number, a whole number or a switch that may be missing."""
    (kind,) = [kind for kind in hint.__args__ if kind is not type(None)]
    return nullable(_BY_TYPE[kind]) | _BY_UNIT.get(constant_unit(name), {})


def _sections() -> dict[str, Schema]:
    """The schema of each section of a report: of its object, or of an item of its list."""
    located = _typed(FIELDS["place"]) | {"timezone": TEXT}
    current = _typed(FIELDS["current"], Conditions)
    credits = {"attribution": list_of(reference("Credit"))}
    provenance = [name for name in FIELDS["provenance"] if name not in credits]
    return {
        "LocatedPlace": record(located, meanings.PLACE | _PLACE_TEXTS),
        "Units": record(dict.fromkeys(UNITS, TEXT), {}),
        "CurrentConditions": record(current, meanings.SUN_AND_MOON | meanings.CONDITIONS),
        "Nowcast": record(
            _typed(("text", "starts_at", "ends_at")) | {"quarters": list_of(reference("Quarter"))},
            meanings.NOWCAST,
        ),
        "Conditions": record(_typed(FIELDS["hourly"], Conditions), meanings.CONDITIONS),
        "Day": record(_typed(FIELDS["daily"], Day), meanings.SUN_AND_MOON | meanings.DAY),
        "Yesterday": record(_typed(FIELDS["yesterday"], Day), meanings.YESTERDAY),
        "Disagreement": record(_typed(FIELDS["disagreements"], Day), meanings.DISAGREEMENT),
        "SunAndMoon": record(_typed(FIELDS["astronomy"]), meanings.SUN_AND_MOON),
        "AirQuality": record(_typed(FIELDS["air_quality"], AirQuality), meanings.AIR_QUALITY),
        "Climate": record(_typed(FIELDS["climate"]), meanings.CLIMATE),
        "Alert": record(_typed(FIELDS["alerts"]), meanings.ALERT),
        "Place": record(_typed(PLACE), meanings.PLACE),
        "Provenance": record(_typed(provenance) | credits, meanings.PROVENANCE),
    }


def _report(suffix: str) -> dict[str, Schema]:
    """The schema of each field of a report, of which the sections have names with a suffix."""

    def section(name: str) -> Schema:
        return reference(name + suffix)

    return {
        "place": section("LocatedPlace"),
        "units": section("Units"),
        "current": nullable(section("CurrentConditions")),
        "nowcast": nullable(section("Nowcast")),
        "hourly": list_of(section("Conditions")),
        "daily": list_of(section("Day")),
        "rest_of_today": nullable(section("Day")),
        "yesterday": nullable(section("Yesterday")),
        "disagreements": list_of(section("Disagreement")),
        "astronomy": list_of(section("SunAndMoon")),
        "air_quality": nullable(section("AirQuality")),
        "climate": nullable(section("Climate")),
        "alerts": list_of(section("Alert")),
        "alternatives": list_of(section("Place")),
        "provenance": section("Provenance"),
    }


_PART = "Part"  # of the names of objects with some of their fields


def _part(schema: Schema) -> Schema:
    """The same object with some of its fields, which are described where it is whole."""
    fields = {
        name: {key: value for key, value in field.items() if key != "description"}
        for name, field in schema["properties"].items()
    }
    return {"type": "object", "properties": fields}


def _answer() -> Schema:
    number = nullable(NUMBER)
    return record(
        {
            "question": {"type": "string", "enum": list(TOPICS)},
            "answer": YES_OR_NO,
            "text": TEXT,
            "from": MOMENT,
            "until": MOMENT,
            "starts_at": nullable(MOMENT),
            "value": number,
            "threshold": number,
            "unit": TEXT,
            "probability": number,
            "place": reference("LocatedPlace"),
            "alerts": list_of(reference("Alert")),
            "provenance": reference("Provenance"),
        },
        {},
    )


def _problem() -> Schema:
    fields = {
        "type": {"type": "string", "format": "uri-reference"},
        "title": TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": TEXT,
        "retry_after": {"type": "integer", "minimum": 0},
        "parameter": TEXT,
        "did_you_mean": TEXT,
    }
    return record(fields, meanings.PROBLEM, ("retry_after", "parameter", "did_you_mean"))


def _batch() -> dict[str, Schema]:
    result: dict[str, Schema] = {
        "query": TEXT,
        "status": WHOLE,
        "weather": {
            "anyOf": [reference("Weather"), reference("WeatherPart"), {"type": "null"}],
        },
        "problem": nullable(reference("Problem")),
    }
    return {
        "PlaceResult": record(result, meanings.BATCH),
        "SeveralPlaces": record({"places": list_of(reference("PlaceResult"))}, {}),
    }


def schemas() -> dict[str, Schema]:
    """The components by name. `WeatherPart` is a report of the chosen `fields`."""
    sections = _sections()
    credit = record(dict.fromkeys(("text", "url", "licence"), TEXT), {})
    attribution = {"attribution": list_of(reference("Credit"))}
    places = record({"places": list_of(reference("Place"))} | attribution, {})
    return {
        "Weather": record(_report(""), meanings.WEATHER),
        "WeatherPart": {"type": "object", "properties": _report(_PART), "minProperties": 1},
        **sections,
        **{name + _PART: _part(schema) for name, schema in sections.items()},
        "Credit": credit,
        "Quarter": record({"valid_at": MOMENT, "precipitation": NUMBER}, {}),
        **_batch(),
        "Places": places,
        "Answer": _answer(),
        "Problem": _problem(),
    }

"""Recordings of the real services, where they are at hand, and how an answer is held against one.

The recordings are not part of the project: WEATHER_REFERENCE_SAMPLES names their folder, or they
stand in shared/reference/samples beside the repository.
"""

import json
import os
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]
SAMPLES = Path(
    os.environ.get("WEATHER_REFERENCE_SAMPLES", "")
    or REPOSITORY.parent / "shared" / "reference" / "samples"
)
MISSING = f"no recordings in {SAMPLES.name}: set WEATHER_REFERENCE_SAMPLES to their folder"


TYPES: dict[str | None, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
}


class Written(str):
    """A number with a fraction, as it is written in the raw text."""


def text(name: str) -> str:
    return (SAMPLES / name).read_text(encoding="utf-8")


def recorded(name: str) -> Any:
    return json.loads(text(name))


def written(raw: str) -> Any:
    """The parsed text, its fractions kept as they are written."""
    return json.loads(raw, parse_float=Written)


def kind(value: object) -> str:
    """The JSON type; recorders rewrite 1.0 to 1, so all numbers are one."""
    if isinstance(value, bool):
        return "flag"
    return "number" if isinstance(value, int | float) else type(value).__name__


def kinds(value: object) -> set[str]:
    """The types of a value, or of a list's items; null says nothing about a type."""
    items = value if isinstance(value, list) else [value]
    return {kind(item) for item in items} - {"NoneType"}


def decimals(value: object) -> set[int]:
    """How many decimals the numbers of a value or a list have in the raw text."""
    items = value if isinstance(value, list) else [value]
    numbers = [item for item in items if isinstance(item, int | Written)]
    return {len(str(number).partition(".")[2]) for number in numbers}


def conforms(value: Any, schema: Any, definitions: Any) -> bool:
    """A JSON schema's type, enum, required, properties, items and $ref: what MET's makes use of."""
    if "$ref" in schema:
        return conforms(value, definitions[schema["$ref"].rpartition("/")[2]], definitions)
    if not isinstance(value, TYPES.get(schema.get("type"), (object,))):
        return False
    if value not in schema.get("enum", [value]):
        return False
    if isinstance(value, list):
        return all(conforms(item, schema.get("items", {}), definitions) for item in value)
    if not isinstance(value, dict):
        return True
    inner = schema.get("properties", {})
    return set(schema.get("required", [])) <= value.keys() and all(
        conforms(item, inner.get(name, {}), definitions) for name, item in value.items()
    )

"""Recordings of the real services, where they are available, and comparisons with them.

The recordings are not part of the project: WEATHER_REFERENCE_SAMPLES names their folder, by
default shared/reference/samples beside the repository.
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
    """A number with a fraction, in the notation of the raw text."""


def text(name: str) -> str:
    return (SAMPLES / name).read_text(encoding="utf-8")


def recorded(name: str) -> Any:
    return json.loads(text(name))


def written(raw: str) -> Any:
    """The parsed text, with fractions in their original notation."""
    return json.loads(raw, parse_float=Written)


def kind(value: object) -> str:
    """The JSON type. One type for all numbers: some recorders write 1.0 as 1."""
    if isinstance(value, bool):
        return "flag"
    return "number" if isinstance(value, int | float) else type(value).__name__


def kinds(value: object) -> set[str]:
    """The types of a value, or of a list's items; null has no type."""
    items = value if isinstance(value, list) else [value]
    return {kind(item) for item in items} - {"NoneType"}


def decimals(value: object) -> set[int]:
    """The numbers of decimals of a value, or of a list's items, in the raw text."""
    items = value if isinstance(value, list) else [value]
    numbers = [item for item in items if isinstance(item, int | Written)]
    return {len(str(number).partition(".")[2]) for number in numbers}


def conforms(value: Any, schema: Any, definitions: Any) -> bool:
    """Whether a value conforms to a JSON schema of type, enum, required, properties, items and
    $ref, the keywords of MET's schema."""
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

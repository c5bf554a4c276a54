"""What version 1 of the API promises: a line for each path, parameter and field with its type.

python -m tests.contract.promise     # adds what is new to v1.txt
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from weather import create_app
from weather.settings import Settings

FILE = Path(__file__).with_name("v1.txt")


def lines(document: dict[str, Any]) -> set[str]:
    """Of an OpenAPI document; the fields of a kind of object are listed where it is first."""
    schemas = dict(document["components"]["schemas"])
    return {
        line
        for path, item in document["paths"].items()
        for line in _operation(path, item["get"], schemas)
    }


def _operation(path: str, operation: dict[str, Any], schemas: dict[str, Any]) -> Iterator[str]:
    for parameter in operation["parameters"]:
        yield f"GET {path} ?{parameter['name']}={_type(parameter['schema'])}"
        if parameter["required"]:
            yield f"GET {path} needs {parameter['name']}"
    for status, response in operation["responses"].items():
        yield f"GET {path} {status}"
        for kind, content in response.get("content", {}).items():
            yield f"GET {path} {status} {kind}"
            yield from _fields(f"GET {path} {status}", content["schema"], schemas)


def _fields(where: str, schema: dict[str, Any], schemas: dict[str, Any]) -> Iterator[str]:
    if "$ref" in schema:
        schema = schemas.pop(schema["$ref"].rpartition("/")[2], {})
    for choice in ("anyOf", "oneOf"):
        if choice in schema:  # the first is the whole object
            yield from _fields(where, schema[choice][0], schemas)
    if schema.get("type") == "array":
        yield from _fields(f"{where}[]", schema["items"], schemas)
    for name, field in schema.get("properties", {}).items():
        optional = "" if name in schema["required"] else " (optional)"
        yield f"{where} {name}: {_type(field)}{optional}"
        yield from _fields(f"{where} {name}", field, schemas)


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return "object"
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            return "|".join(dict.fromkeys(map(_type, schema[choice])))
    kind = schema["type"]
    return "|".join(kind) if isinstance(kind, list) else str(kind)


def main() -> None:
    client = create_app(Settings.from_environment({"CACHE_URL": "memory"})).test_client()
    promised = set(FILE.read_text().splitlines()) if FILE.exists() else set()
    promised |= lines(client.get("/openapi.json").get_json())
    FILE.write_text("\n".join(sorted(promised)) + "\n")


if __name__ == "__main__":
    main()

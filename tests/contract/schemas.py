"""Validation against the schemas of the OpenAPI document."""

from __future__ import annotations

import copy
from datetime import date, datetime
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]
from referencing import Registry
from referencing.jsonschema import DRAFT202012

_ROOT = "urn:openapi"
_FORMATS = FormatChecker(formats=())


def _is_moment(value: object) -> bool:
    """With an offset, as RFC 3339 requires."""
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(date.fromisoformat(value))


_FORMATS.checks("date-time", raises=ValueError)(_is_moment)
_FORMATS.checks("date", raises=ValueError)(_is_date)


def closed(value: Any) -> Any:
    """A schema in which no object has other properties than those that it describes."""
    if isinstance(value, list):
        return [closed(item) for item in value]
    if not isinstance(value, dict):
        return value
    result = {name: closed(item) for name, item in value.items()}
    if result.get("type") == "object" and "properties" in result:
        result.setdefault("additionalProperties", False)
    return result


class Schemas:
    """The schemas of a document, in which no object may have an undescribed property."""

    def __init__(self, document: dict[str, Any]) -> None:
        strict = copy.deepcopy(document)
        strict["components"]["schemas"] = closed(strict["components"]["schemas"])
        resource = DRAFT202012.create_resource(strict)
        self._registry: Any = Registry().with_resource(_ROOT, resource)

    def problems(self, value: Any, schema: dict[str, Any]) -> list[str]:
        """What of a value is not as a schema says."""
        absolute = _absolute(schema)
        validator = Draft202012Validator(absolute, registry=self._registry, format_checker=_FORMATS)
        errors = validator.iter_errors(value)
        return [f"{error.json_path}: {error.message[:300]}" for error in errors]


def _absolute(value: Any) -> Any:
    """A schema whose references are those of the document."""
    if isinstance(value, list):
        return [_absolute(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: f"{_ROOT}{item}" if name == "$ref" else _absolute(item)
        for name, item in value.items()
    }

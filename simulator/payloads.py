"""Unusable bodies, made by changing the correct one."""

import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from itertools import count, cycle
from typing import Any

from .messages import Raw, Response, dump

Change = Callable[[Response], Response]
CODE_KEYS = ("weather_code", "weathercode", "symbol_code")


def of_json(change: Callable[[Any], object]) -> Change:
    """A change of the parsed body. Bodies that are not JSON remain unchanged."""

    def changed(response: Response) -> Response:
        try:
            value = json.loads(response.body)
        except ValueError:
            return response
        return response.with_body(dump(change(value)).encode())

    return changed


def of_text(change: Callable[[bytes], bytes]) -> Change:
    return lambda response: response.with_body(change(response.body))


def numbers(value: Any, replacement: Callable[[float], object], key: str = "") -> Any:
    """The same tree with every number replaced, except those of `time`."""
    if isinstance(value, dict):
        return {name: numbers(item, replacement, name) for name, item in value.items()}
    if isinstance(value, list):
        return [numbers(item, replacement, key) for item in value]
    untouched = isinstance(value, bool) or not isinstance(value, int | float) or key == "time"
    return value if untouched else replacement(value)


def not_finite(value: object) -> object:
    tokens = cycle(("NaN", "Infinity", "-Infinity"))
    return numbers(value, lambda _: Raw(next(tokens)))


def without(value: Any, names: Sequence[str]) -> Any:
    if isinstance(value, dict):
        return {key: without(item, names) for key, item in value.items() if key not in names}
    return [without(item, names) for item in value] if isinstance(value, list) else value


def coded(value: Any, code: object, key: str = "") -> Any:
    """Every weather or symbol code replaced; a string by a string."""
    if isinstance(value, dict):
        return {name: coded(item, code, name) for name, item in value.items()}
    if isinstance(value, list):
        return [coded(item, code, key) for item in value]
    unit = isinstance(value, str) and key != "symbol_code"
    if unit or not key.startswith(CODE_KEYS):
        return value
    return str(code) if isinstance(value, str) else code


def uneven(value: Any) -> Any:
    """The first array of an object remains, the second is shortened by one, the third by two …"""
    if isinstance(value, list):
        return [uneven(item) for item in value]
    if not isinstance(value, dict):
        return value
    order = count()
    return {
        name: item[: max(len(item) - next(order), 0)] if isinstance(item, list) else uneven(item)
        for name, item in value.items()
    }


def bare_nan(response: Response) -> Response:
    """Open-Meteo's response, with status 200, for a point outside its model: not JSON."""
    place = {"latitude": Raw("nan"), "longitude": Raw("nan"), "generationtime_ms": 0.015}
    zone = {"utc_offset_seconds": 0, "timezone": "GMT", "timezone_abbreviation": "GMT"}
    return replace(response, status=200, body=dump({**place, **zone}).encode())


def broken_stream(body: bytes) -> bytes:
    """Half the body, then the error text that Open-Meteo appends once the status has been sent."""
    return body[: len(body) // 2] + b"Unexpected error while streaming data: timeoutReached"


@cache
def bomb(megabytes: int) -> bytes:
    """Gzip of so many megabytes of blanks: about a thousandth of their size."""
    press = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join(press.compress(b" " * 1_048_576) for _ in range(megabytes))
    return packed + press.flush()

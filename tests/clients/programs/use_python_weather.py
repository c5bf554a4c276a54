"""python use_python_weather.py PLACE LANGUAGE UNITS: the forecast that python-weather parses, every
attribute of it, as JSON."""

import asyncio
import json
import sys
from enum import Enum
from typing import Any

import python_weather


def plain(value: Any) -> Any:
    """A value of JSON: enumerations by name and number, the classes of the client by attribute."""
    if isinstance(value, Enum):
        return {"name": value.name, "number": getattr(value, "index", value.value)}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if type(value).__module__.startswith("python_weather"):
        names = {name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())}
        return {name: plain(getattr(value, name)) for name in sorted(names)}
    return value if isinstance(value, int | float | str | None) else value.isoformat()


async def main() -> None:
    place, language, units = sys.argv[1:]
    async with python_weather.Client(unit=getattr(python_weather, units), max_retries=0) as client:
        forecast = await client.get(place, locale=python_weather.Locale(language))
    print(json.dumps(plain(forecast), ensure_ascii=False))


asyncio.run(main())

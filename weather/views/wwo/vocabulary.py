"""The words and codes of World Weather Online, which clients compare with."""

from __future__ import annotations

from weather.core.rounding import rounded_to_int

POINTS = tuple("N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW".split())
PHASES = (
    *("New Moon", "Waxing Crescent", "First Quarter", "Waxing Gibbous"),
    *("Full Moon", "Waning Gibbous", "Last Quarter", "Waning Crescent"),
)
CLOUDY = 119  # stands for a code that is unknown: clients know no other word for "no sign"

# WMO 4677 → code, description.
_CONDITIONS: dict[int, tuple[int, str]] = {
    0: (113, "Sunny"),
    1: (113, "Sunny"),
    2: (116, "Partly cloudy"),
    3: (122, "Overcast"),
    45: (248, "Fog"),
    48: (260, "Freezing fog"),
    51: (266, "Light drizzle"),
    53: (266, "Light drizzle"),
    55: (266, "Light drizzle"),
    56: (281, "Freezing drizzle"),
    57: (284, "Heavy freezing drizzle"),
    61: (296, "Light rain"),
    63: (302, "Moderate rain"),
    65: (308, "Heavy rain"),
    66: (311, "Light freezing rain"),
    67: (314, "Moderate or heavy freezing rain"),
    71: (326, "Light snow"),
    73: (332, "Moderate snow"),
    75: (338, "Heavy snow"),
    77: (326, "Light snow"),
    80: (353, "Light rain shower"),
    81: (356, "Moderate or heavy rain shower"),
    82: (359, "Torrential rain shower"),
    85: (368, "Light snow showers"),
    86: (371, "Moderate or heavy snow showers"),
    95: (389, "Moderate or heavy rain with thunder"),
    96: (389, "Moderate or heavy rain with thunder"),
    99: (389, "Moderate or heavy rain with thunder"),
}


def code(weather_code: int | None) -> int | None:
    """The code of the nearest condition of a WMO 4677 code; None for an unknown one."""
    known = _CONDITIONS.get(weather_code) if weather_code is not None else None
    return known[0] if known else None


def description(weather_code: int | None, *, night: bool) -> str:
    """The description of a WMO 4677 code, in English."""
    wwo, text = _CONDITIONS.get(-1 if weather_code is None else weather_code, (CLOUDY, "Cloudy"))
    return "Clear" if night and wwo == 113 else text


def compass_point(degrees: float) -> str:
    """One of sixteen points, of where the wind comes from."""
    return POINTS[rounded_to_int(degrees / 22.5) % 16]

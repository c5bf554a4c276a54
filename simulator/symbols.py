"""A sky as a WMO code and as a symbol code of MET Norway."""

from .weather import Sky

DRIZZLE, SLIGHT, MODERATE = 1.3, 2.5, 7.6  # mm/h, Open-Meteo's steps for rain
# MET Norway misspells these two names.
MISSPELT = {
    "lightsleetshowersandthunder": "lightssleetshowersandthunder",
    "lightsnowshowersandthunder": "lightssnowshowersandthunder",
}


def weather_code(sky: Sky, rate: float) -> int:
    """The WMO 4677 code for a sky and the rate of the preceding hour (mm/h)."""
    state = sky.state
    if state.thunder and rate > 0:
        return (95, 96, 99)[state.hail]
    if rate >= 0.05:
        return _frozen(sky, rate) if state.falling != "rain" else _liquid(sky, rate)
    if state.fog:
        return 48 if sky.temperature < 0 else 45
    return sum(sky.cloud >= edge for edge in (20, 50, 80))


def _frozen(sky: Sky, rate: float) -> int:
    if sky.state.grains:
        return 77
    if sky.state.showers:
        return 86 if rate >= 2.5 else 85
    return _step(rate, (71, 73, 75), (1.5, 5.0))


def _liquid(sky: Sky, rate: float) -> int:
    drizzle = rate < DRIZZLE
    if sky.state.freezing:
        return _step(rate, (56, 57), (0.5,)) if drizzle else _step(rate, (66, 67), (SLIGHT,))
    if drizzle:
        return _step(rate, (51, 53, 55), (0.5, 1.0))
    return _step(rate, (80, 81, 82) if sky.state.showers else (61, 63, 65), (SLIGHT, MODERATE))


def _step(rate: float, codes: tuple[int, ...], edges: tuple[float, ...]) -> int:
    return codes[sum(rate >= edge for edge in edges)]


def symbol_code(sky: Sky, rate: float, noon_elevation: float) -> str:
    """MET Norway's symbol: cloud, or intensity + kind + showers + thunder, with the sun's suffix.

    `noon_elevation` (degrees) distinguishes polar twilight, with the sun below the horizon all
    day, from night.
    """
    state = sky.state
    if rate < 0.1:
        steps = ("clearsky", "fair", "partlycloudy", "cloudy")
        base = "fog" if state.fog else steps[sum(sky.cloud >= edge for edge in (13, 38, 86))]
        return base if base in ("fog", "cloudy") else base + _suffix(sky, noon_elevation)
    strength = ("light", "", "heavy")[sum(rate >= edge for edge in (SLIGHT, MODERATE))]
    name = strength + state.falling + ("showers" if state.showers else "")
    name += "andthunder" if state.thunder else ""
    return MISSPELT.get(name, name) + (_suffix(sky, noon_elevation) if state.showers else "")


def _suffix(sky: Sky, noon_elevation: float) -> str:
    if sky.sun.is_up:
        return "_day"
    return "_polartwilight" if -6 < noon_elevation <= -0.833 else "_night"

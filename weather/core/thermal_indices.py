"""How hot or cold air feels: the indices of the US National Weather Service.

Both are defined for a range of temperatures; outside it they are the air temperature.
"""

from __future__ import annotations

_LEAST_HEAT = 80.0  # °F
_MOST_CHILL = 10.0  # °C
_LEAST_WIND = 4.8  # km/h


def heat_index(celsius: float, relative_humidity: float) -> float:
    """°C, from °C and %: Steadman's simple form, and above 80 °F Rothfusz's regression with its
    two adjustments (https://www.wpc.ncep.noaa.gov/html/heatindex_equation.shtml)."""
    t, r = celsius * 9 / 5 + 32, min(max(relative_humidity, 0), 100)
    simple = 0.5 * (t + 61 + (t - 68) * 1.2 + r * 0.094)
    if (simple + t) / 2 < _LEAST_HEAT:
        return celsius
    index = (
        -42.379 + 2.04901523 * t + 10.14333127 * r - 0.22475541 * t * r
        - 6.83783e-3 * t**2 - 5.481717e-2 * r**2 + 1.22874e-3 * t**2 * r
        + 8.5282e-4 * t * r**2 - 1.99e-6 * t**2 * r**2
    )  # fmt: skip
    if r < 13 and t <= 112:
        index -= (13 - r) / 4 * ((17 - abs(t - 95)) / 17) ** 0.5
    elif r > 85 and t <= 87:
        index += (r - 85) / 10 * (87 - t) / 5
    return (index - 32) * 5 / 9


def wind_chill(celsius: float, wind_speed: float) -> float:
    """°C, from °C and km/h at 10 m: the joint formula of NWS and Environment Canada of 2001
    (https://www.weather.gov/media/epz/wxcalc/windChill.pdf)."""
    if celsius > _MOST_CHILL or wind_speed <= _LEAST_WIND:
        return celsius
    wind: float = wind_speed**0.16
    return 13.12 + 0.6215 * celsius - 11.37 * wind + 0.3965 * celsius * wind

"""Places, conditions, forecasts and the reports made of them.

Units are metric throughout: °C, km/h, mm, hPa, km, cm of snow, degrees for directions, per
cent for shares. Every moment is an aware `datetime` in UTC; a `timezone` is an IANA name.
`None` always means that the provider gives no value.
"""

from weather.core.models.alert import Alert, AlertText
from weather.core.models.climate import Climate, ClimateNormal
from weather.core.models.conditions import Conditions
from weather.core.models.credit import Credit
from weather.core.models.day import Astronomy, Day
from weather.core.models.disagreement import Disagreement
from weather.core.models.forecast import AirQuality, CellForecast, Forecast
from weather.core.models.nowcast import Nowcast
from weather.core.models.place import Coordinates, LocatedBy, LocatedPlace, LocatorResult, Place
from weather.core.models.report import ClimateFallback, Provenance, Report
from weather.core.models.rows import Days, Hours

__all__ = [
    "AirQuality",
    "Alert",
    "AlertText",
    "Astronomy",
    "CellForecast",
    "Climate",
    "ClimateFallback",
    "ClimateNormal",
    "Conditions",
    "Coordinates",
    "Credit",
    "Day",
    "Days",
    "Disagreement",
    "Forecast",
    "Hours",
    "LocatedBy",
    "LocatedPlace",
    "LocatorResult",
    "Nowcast",
    "Place",
    "Provenance",
    "Report",
]

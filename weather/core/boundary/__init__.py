"""What the service accepts from outside: of every record the fields, and their limits.

Two ways lead in, and both pass here: the results of the providers' adapters
(`weather/providers/bounded.py`) and the entries of a store that others can write to
(`weather/cache/kinds.py`). Each of the constants is a rule (`weather/core/limits.py`) that returns
a record within the limits, or None where a field that it needs is not.
"""

from weather.core.boundary.conditions import AIR_QUALITY, ASTRONOMY, CONDITIONS, DAY
from weather.core.boundary.forecasts import CELL_FORECAST, FORECAST, days, hours
from weather.core.boundary.places import (
    COORDINATES,
    COUNTRY_CODE,
    CREDIT,
    LOCATOR_RESULT,
    PLACE,
    SEARCH_RESULT,
)
from weather.core.boundary.sizes import ALERTS, ALL_TEXTS, DESCRIPTION, HEADLINE, NAME
from weather.core.boundary.warnings import ALERT, ALERT_TEXT, alerts

__all__ = [
    "AIR_QUALITY",
    "ALERT",
    "ALERTS",
    "ALERT_TEXT",
    "ALL_TEXTS",
    "ASTRONOMY",
    "CELL_FORECAST",
    "CONDITIONS",
    "COORDINATES",
    "COUNTRY_CODE",
    "CREDIT",
    "DAY",
    "DESCRIPTION",
    "FORECAST",
    "HEADLINE",
    "LOCATOR_RESULT",
    "NAME",
    "PLACE",
    "SEARCH_RESULT",
    "alerts",
    "days",
    "hours",
]

"""What is compared."""

from __future__ import annotations

from collections.abc import Sequence

from weather.core.errors import WeatherError
from weather.core.models import ClimateFallback, Report

Result = Report | ClimateFallback | WeatherError

Results = Sequence[tuple[str, Result]]
"""Places as they are written in the request, each with its weather or its error."""

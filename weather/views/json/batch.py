"""Several places as one JSON object."""

from __future__ import annotations

from collections.abc import Iterable

from weather.core.errors import WeatherError
from weather.core.models import ClimateFallback, Report
from weather.views.json import rows
from weather.views.json.problems import problem
from weather.views.json.report import render, render_fallback
from weather.views.options import ViewOptions

Result = tuple[str, Report | ClimateFallback | WeatherError]
_OK = 200


def render_batch(results: Iterable[Result], options: ViewOptions) -> str:
    """The weather of each place, or its problem, in their order: `query` is the place as it was
    requested."""
    return '{"places":[' + ",".join(_result(*result, options) for result in results) + "]}\n"


def _result(
    query: str, result: Report | ClimateFallback | WeatherError, options: ViewOptions
) -> str:
    if isinstance(result, WeatherError):
        status, weather = result.status, "null"
        failure = rows.dumps(problem(result, options.root))
    elif isinstance(result, ClimateFallback):
        status, weather, failure = _OK, render_fallback(result, options).strip(), "null"
    else:
        status, weather, failure = _OK, render(result, options).strip(), "null"
    return (
        f'{{"query":{rows.dumps(query)},"status":{status},"weather":{weather},"problem":{failure}}}'
    )

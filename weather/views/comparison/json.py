"""A comparison as JSON: for each place the object of its weather, or problem details."""

from __future__ import annotations

from weather.core.errors import WeatherError
from weather.core.models import ClimateFallback
from weather.views import json
from weather.views.comparison.results import Result, Results
from weather.views.json.rows import dumps
from weather.views.options import ViewOptions


def render_json(results: Results, options: ViewOptions) -> str:
    """An object with the list `places`."""
    return f'{{"places":[{",".join(_place(*item, options) for item in results)}]}}\n'


def _place(query: str, result: Result, options: ViewOptions) -> str:
    """`weather` is null where there is a `problem`, and the other way round."""
    weather = problem = "null"
    if isinstance(result, WeatherError):
        problem = json.render_error(result, options).rstrip("\n")
    elif isinstance(result, ClimateFallback):
        weather = json.render_fallback(result, options).rstrip("\n")
    else:
        weather = json.render(result, options).rstrip("\n")
    return f'{{"query":{dumps(query)},"weather":{weather},"problem":{problem}}}'

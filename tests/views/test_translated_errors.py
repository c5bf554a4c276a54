"""A view in another language has no English message: neither of an error nor of an outage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests import reports
from weather.core import errors
from weather.core.errors import WeatherError
from weather.views import registry
from weather.views.html import comparison
from weather.views.options import ViewOptions
from weather.views.registry import View

GERMAN = ViewOptions(language="de", color=False)
ENGLISH_MESSAGE = "Zyxwv cannot be told."
ENGLISH_TITLE = "Zyxwv is bad"


def all_errors(kind: type[WeatherError] = WeatherError) -> Iterator[WeatherError]:
    make: Any = kind
    more: tuple[Any, ...] = (30,) if kind in {errors.TooManyRequests, errors.Overloaded} else ()
    if kind is errors.RequestRefused:
        more = ("bad-host", 400, ENGLISH_TITLE)
    yield make(ENGLISH_MESSAGE, *more)
    for narrower in kind.__subclasses__():
        yield from all_errors(narrower)


# Programs read the others: of a problem (RFC 9457) in English.
FOR_PEOPLE = [registry.HTML, registry.EMBED, registry.TEXT, registry.ONE_LINE, registry.PROSE]


@pytest.mark.parametrize("view", FOR_PEOPLE, ids=lambda view: view.name)
def test_errors_are_explained_in_the_language_of_the_view(view: View) -> None:
    for error in all_errors():
        shown, english = (
            str(view.render_error(error, replace(GERMAN, language=tag))) for tag in ("de", "en")
        )
        assert ENGLISH_MESSAGE in english
        assert ENGLISH_MESSAGE not in shown, type(error)
        assert ENGLISH_TITLE not in shown, type(error)
        if error.kind != WeatherError.kind:
            assert error.kind not in shown, type(error)


@pytest.mark.parametrize("view", FOR_PEOPLE[:3], ids=lambda view: view.name)
def test_an_outage_is_explained_in_the_language_of_the_view(view: View) -> None:
    outage = replace(reports.climate_fallback(), reason=ENGLISH_MESSAGE)
    render = view.render_fallback
    assert render
    german = str(render(outage, GERMAN))
    assert ENGLISH_MESSAGE not in german
    if view is not registry.EMBED:
        assert "Der Wetterdienst ist nicht erreichbar." in german
        assert ENGLISH_MESSAGE in str(render(outage, replace(GERMAN, language="en")))


def test_a_comparison_explains_in_its_language() -> None:
    outage = replace(reports.climate_fallback(), reason=ENGLISH_MESSAGE)
    results: list[tuple[str, Any]] = [
        ("A", outage),
        *((f"e{n}", error) for n, error in enumerate(all_errors())),
    ]
    shown = comparison.render_comparison(results, GERMAN)
    assert ENGLISH_MESSAGE not in shown
    assert ENGLISH_TITLE not in shown

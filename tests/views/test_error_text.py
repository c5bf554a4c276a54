"""The sentences of errors are told in the visitor's language, with their values; of others the
kind, with the parameter that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests import reports
from tests.web.clients import BROWSER, get
from weather.core.errors import (
    InvalidLocation,
    InvalidOption,
    LocationNotFound,
    UpstreamTimeout,
    UpstreamUnavailable,
    WeatherError,
)
from weather.core.models import Coordinates
from weather.i18n.languages import ENGLISH, Language
from weather.places.query import parse
from weather.views.error_text import explanation, reason


class Marked(Language):
    """A language whose translations are the English messages, marked."""

    def translate(self, message: str, /, **values: object) -> str:
        text = f"¡{message}"
        return text.format(**values) if values else text


MARKED = Marked("es", "Marked")


def raised(action: Callable[[], object]) -> WeatherError:
    with pytest.raises(WeatherError) as caught:
        action()
    return caught.value


@pytest.mark.parametrize(
    "error",
    [
        raised(lambda: Coordinates(91, 0)),
        raised(lambda: Coordinates(0, 180.5)),
        raised(lambda: parse("x" * 101)),
        LocationNotFound("No place called “Nowhere {at} all” is known."),
        UpstreamUnavailable("Open-Meteo cannot be reached."),
        UpstreamTimeout("MET Norway did not answer in time."),
    ],
    ids=lambda error: error.message[:30],
)
def test_a_sentence_of_a_known_form_is_translated_with_its_values(error: WeatherError) -> None:
    assert explanation(MARKED, error) == f"¡{error.message}"
    assert explanation(ENGLISH, error) == error.message


def test_other_errors_have_their_kind_and_the_name_of_the_parameter() -> None:
    error: WeatherError = InvalidOption("units must be one of metric, imperial.", "units")
    assert explanation(MARKED, error) == f"¡{InvalidOption.kind} (units)"
    error = InvalidLocation("Coordinates need both lat and lon.", "lat")
    assert explanation(MARKED, error) == f"¡{InvalidLocation.kind} (lat)"
    error = UpstreamUnavailable("Open-Meteo sent a broken response.")
    assert explanation(MARKED, error) == f"¡{UpstreamUnavailable.kind}"


def test_a_provider_without_a_name_is_not_named_in_english() -> None:
    error = UpstreamTimeout("The weather service did not answer in time.")
    assert explanation(ENGLISH, error) == error.message
    assert explanation(MARKED, error) == f"¡{UpstreamTimeout.kind}"
    outage = replace(reports.climate_fallback(), reason=error.message)
    assert reason(MARKED, outage) == "¡The weather service cannot be reached."


def test_an_outage_says_who_cannot_be_reached() -> None:
    outage = replace(reports.climate_fallback(), reason="MET Norway cannot be reached.")
    assert reason(MARKED, outage) == "¡MET Norway cannot be reached."
    unknown = replace(outage, reason="MET Norway sent a broken response.")
    assert reason(MARKED, unknown) == "¡The weather service cannot be reached."


def test_the_services_own_messages_have_the_known_forms(client: FlaskClient) -> None:
    english = get(client, "/Xyzzyville", headers=BROWSER).text
    assert "No place called “Xyzzyville” is known." in english

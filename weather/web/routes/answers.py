"""Answers to questions of yes and no: `/London/rain?within=3h`, `/umbrella`.

A question is in lower case, so that the town `/Rain` stays one.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter

from weather.core.deadline import Deadline
from weather.core.errors import AnswerUnknown
from weather.core.expiry import Expiry
from weather.core.models import LocatedPlace
from weather.views import answers, registry
from weather.views.question import TOPICS
from weather.views.registry import View
from weather.web import prefixes, representations
from weather.web.endpoint import PACKAGE, endpoint
from weather.web.parameters import (
    ABOVE,
    ANSWER,
    API_LANGUAGE,
    CLOCK,
    COMPATIBLE,
    FORMAT,
    JSON_FORMAT,
    LOCATION,
    PLACE,
    PRESENTATION,
    STRICT,
    UNITS,
    WITHIN,
)
from weather.web.request import RequestOptions
from weather.web.responses import ANSWER_HEADER
from weather.web.routes.weather import limited, located, response_options
from weather.web.services import Services

# Without the days and hours of a forecast, for which those of the answer would be taken.
_PRESENTATION = (UNITS, API_LANGUAGE, CLOCK)
_FORMS: Mapping[str, View] = {"text": registry.ANSWER, "json": registry.ANSWER_JSON}
_PATHS = ("/{}", "/<own_prefix:prefix>/{}", "/<where>/{}", "/<prefix:prefix>/<where>/{}")


def blueprint(services: Services) -> Blueprint:
    routes = Blueprint("answers", PACKAGE)
    routes.record(_add_converter)

    @endpoint(*PLACE, FORMAT, *PRESENTATION, *COMPATIBLE, STRICT, *ANSWER, forms=_FORMS)
    def negotiated(question: str, where: str = "", prefix: str = "") -> Response:
        return limited(services, located(services, _answer))

    in_json = (*PLACE, LOCATION, *_PRESENTATION, STRICT, JSON_FORMAT, WITHIN)

    @endpoint(*in_json, view=registry.ANSWER_JSON, refuses_others=True)
    def of_weather(question: str) -> Response:
        return located(services, _answer)

    @endpoint(*in_json, ABOVE, view=registry.ANSWER_JSON, refuses_others=True)
    def of_speed(question: str) -> Response:
        return located(services, _answer)

    for word, topic in TOPICS.items():
        for path in _PATHS:
            routes.add_url_rule(
                path.format(word), "negotiated", negotiated, defaults={"question": word}
            )
        answer = of_speed if topic.above else of_weather
        routes.add_url_rule(f"/api/v1/{word}", None, answer, defaults={"question": word})
    return routes


class _OwnPrefixConverter(BaseConverter):
    """A language or units before a question about the visitor's own place."""

    regex = prefixes.OWN_PATTERN
    weight = 50  # before a place


def _add_converter(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["own_prefix"] = _OwnPrefixConverter


def _answer(
    services: Services,
    options: RequestOptions,
    place: LocatedPlace,
    deadline: Deadline,
    recorded: Expiry,
) -> Response:
    """Raises `AnswerUnknown` where the answer is unknown, so that no script takes it for
    a no."""
    representation = response_options(services, options, place)
    report = services.report(place, deadline)
    verdict = answers.judge(report, representation.view_options)
    if verdict.answer is None:
        raise AnswerUnknown("It does not cover the time that you asked for.")
    response = representations.report(report, representation, services.bodies, recorded)
    response.headers[ANSWER_HEADER] = "yes" if verdict.answer else "no"
    return response

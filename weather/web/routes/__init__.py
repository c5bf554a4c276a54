"""The routes, a file for each endpoint."""

from __future__ import annotations

from flask import Blueprint

from weather.web.routes import (
    answers,
    batch,
    compare,
    embed,
    places,
    preview,
    probes,
    reference,
    settings,
    static,
    weather,
)
from weather.web.services import Services


def blueprints(services: Services) -> tuple[Blueprint, ...]:
    return (
        weather.blueprint(services),  # / and /<where> and /api/v1/weather
        answers.blueprint(services),  # /rain and /<where>/rain and /api/v1/rain, …
        places.blueprint(services),  # /api/v1/places
        batch.blueprint(services),  # /api/v1/batch
        compare.blueprint(services),  # /compare
        embed.blueprint(services),  # /embed
        preview.blueprint(services),  # /preview.png
        reference.blueprint(),  # /openapi.json, /docs and /problems
        settings.blueprint(services.public),  # POST /settings
        probes.blueprint(services),  # /healthz and /readyz
        static.blueprint(),  # /robots.txt, /favicon.ico, /sw.js, …
    )

"""Health probes for containers' engines and load balancers."""

from __future__ import annotations

from flask import Blueprint, Response

from weather.views import json
from weather.web.endpoint import PACKAGE
from weather.web.responses import NO_STORE
from weather.web.services import Services

_STATES = {True: "answers", False: "fails", None: "not called yet"}


def blueprint(services: Services) -> Blueprint:
    routes = Blueprint("probes", PACKAGE)

    @routes.get("/healthz")
    def healthz() -> Response:
        return _status({"status": "alive"}, 200)

    @routes.get("/readyz")
    def readyz() -> Response:
        """Ready unless the last call to every provider has failed. The reasons say what is wrong
        even if the service is ready, as it has substitutes."""
        health = services.forecasts.health()
        ready = any(provider.healthy is not False for provider in health)
        providers = {provider.provider: _STATES[provider.healthy] for provider in health}
        status = "ready" if ready else "no forecast to be had"
        failing = [name for name, state in providers.items() if state == _STATES[False]]
        reasons = [*(f"{name}: the last call has failed." for name in failing)]
        content: dict[str, object] = {"status": status, "providers": providers}
        return _status(
            content | {"reasons": [*reasons, *services.problems()]}, 200 if ready else 503
        )

    return routes


def _status(content: dict[str, object], status: int) -> Response:
    response = Response(json.dumps(content), status=status, content_type="application/json")
    response.headers.update(NO_STORE)
    return response

"""The controls of `Upstreams` over HTTP, below /_control, for a server in another process.

GET  /_control/             the planned faults, the clock, the number of calls
GET  /_control/calls        the recorded requests, only those of ?provider= if given
POST /_control/fail         {"provider": "open-meteo", "faults": [{"name": "status", "code": 503}],
                             "first": 2}; other keys of a fault are its arguments
POST /_control/heal         {"provider": …}, or {} for all providers
POST /_control/reset        forget the calls
POST /_control/clock        {"now": "2026-03-05T21:00:00+00:00"}, or {} for the real time
POST /_control/home         {"city": "Suva"}: the city of the server's own address
POST /_control/address      {"ip": "203.0.113.7", "city": "Suva"}
PUT  /_control/db-ip/2026-08  the month's .mmdb.gz
Responses are JSON: 400 with a reason for an invalid request, 404 for another path.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .faults import VOCABULARY
from .gazetteer import city
from .messages import Request, Response, json_response
from .world import utc_now

if TYPE_CHECKING:
    from .server import Upstreams

Command = Callable[["Upstreams", dict[str, Any]], None]


def answer(request: Request, upstreams: "Upstreams") -> Response:
    try:
        if request.method == "GET":
            return report(request, upstreams)
        if request.path.startswith("/db-ip/"):
            upstreams.world.databases[request.path.removeprefix("/db-ip/")] = request.body
            return json_response({"done": True})
        command = COMMANDS[request.path]
    except KeyError:
        return json_response({"reason": "no such control"}, 404)
    try:
        command(upstreams, json.loads(request.body or b"{}"))
    except (KeyError, TypeError, ValueError) as error:
        return json_response({"reason": f"{type(error).__name__}: {error}"}, 400)
    return json_response({"done": True})


def report(request: Request, upstreams: "Upstreams") -> Response:
    calls = upstreams.calls(request.query.get("provider"))
    if request.path == "/calls":
        return json_response([describe(call) for call in calls])
    if request.path != "/":
        raise KeyError(request.path)
    state = {"faults": upstreams.plans.names(), "now": upstreams.now().isoformat()}
    return json_response(state | {"calls": len(calls), "vocabulary": list(VOCABULARY)})


def describe(call: Request) -> dict[str, object]:
    return {
        "provider": call.provider,
        "method": call.method,
        "path": call.path,
        "query": call.query,
        "headers": call.headers,
        "time": call.time.isoformat(),
    }


def fail(upstreams: "Upstreams", arguments: dict[str, Any]) -> None:
    faults = [VOCABULARY[fault.pop("name")](**fault) for fault in arguments["faults"]]
    upstreams.fail(arguments["provider"], *faults, first=arguments.get("first"))


def clock(upstreams: "Upstreams", arguments: dict[str, Any]) -> None:
    moment = datetime.fromisoformat(arguments["now"]) if "now" in arguments else None
    if moment is not None and moment.tzinfo is None:
        raise ValueError("a clock needs its offset from UTC")
    upstreams.now = (lambda: moment) if moment else utc_now


def home(upstreams: "Upstreams", arguments: dict[str, Any]) -> None:
    upstreams.world.home = city(arguments["city"])


def address(upstreams: "Upstreams", arguments: dict[str, Any]) -> None:
    upstreams.world.addresses[arguments["ip"]] = city(arguments["city"]).name


COMMANDS: dict[str, Command] = {
    "/fail": fail,
    "/heal": lambda upstreams, arguments: upstreams.heal(arguments.get("provider")),
    "/reset": lambda upstreams, _: upstreams.reset(),
    "/clock": clock,
    "/home": home,
    "/address": address,
}

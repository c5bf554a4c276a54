"""api.weather.gov: the warnings at a point, test messages included."""

from datetime import timedelta

from .messages import Request, Response, json_response
from .places import nearest
from .query import Refusal
from .world import Routes, World

CONTEXT = {"@version": "1.1"}


def active(request: Request, world: World) -> Response:
    """A test message everywhere, and a heat advisory south of 36° N."""
    try:
        latitude, longitude = map(float, request.query["point"].split(","))
    except (KeyError, ValueError):
        raise Refusal("Bad Request", 400) from None
    city, _ = nearest(latitude, longitude)
    if city.country_code != "US":
        raise Refusal("Not Found", 404)
    events = [("Tsunami Warning", "Extreme", "Test")]
    if latitude < 36:
        events.append(("Heat Advisory", "Moderate", "Actual"))
    west = f"{abs(longitude):g} {'W' if longitude < 0 else 'E'}"
    body = {
        "@context": CONTEXT,
        "type": "FeatureCollection",
        "features": [feature(*event, world) for event in events],
        "title": f"Current watches, warnings, and advisories for {latitude:g} N, {west}",
        "updated": world.now().isoformat(timespec="seconds"),
    }
    return json_response(body, content_type="application/geo+json")


def feature(event: str, severity: str, status: str, world: World) -> dict[str, object]:
    start = world.now().replace(minute=0, second=0, microsecond=0)
    properties = {
        "event": event,
        "headline": f"{event} issued {start:%B} {start.day} at {start:%I}:00{start:%p} UTC",
        "description": "Simulated: dangerously hot conditions, made up for demonstration.",
        "effective": start.isoformat(),
        "expires": (start + timedelta(hours=36)).isoformat(),
        "severity": severity,
        "web": "https://alerts.weather.gov/simulated",
        "status": status,
        "messageType": "Alert",
    }
    return {"type": "Feature", "properties": properties}


ROUTES: Routes = {"/alerts/active": active}

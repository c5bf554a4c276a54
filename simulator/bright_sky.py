"""api.brightsky.dev: warnings of the Deutscher Wetterdienst, in German and in English."""

from datetime import timedelta

from .messages import Request, Response, json_response
from .places import nearest
from .query import Refusal, floats
from .world import Routes, World

FROST = {
    "category": "met",
    "response_type": "prepare",
    "urgency": "immediate",
    "severity": "minor",
    "certainty": "likely",
    "event_code": 22,
    "event_en": "frost",
    "event_de": "FROST",
    "headline_en": "Simulated WARNING of FROST",
    "headline_de": "Simulierte WARNUNG vor FROST",
    "description_en": "Simulated: there is a risk of frost.",
    "description_de": "Simuliert: Es besteht die Gefahr von Frost.",
    "instruction_en": "Protect what freezes.",
    "instruction_de": "Empfindliches schützen.",
    "status": "actual",
}


def alerts(request: Request, world: World) -> Response:
    """A frost warning in Germany east of 12° E, and an empty list in the rest of Germany."""
    points = floats(request.query, "lat") + floats(request.query, "lon")
    if len(points) != 2:
        raise Refusal("lat and lon are required", 422)
    latitude, longitude = points
    city, _ = nearest(latitude, longitude)
    if city.country_code != "DE":
        raise Refusal("Requested position is not covered by the DWD warning system", 404)
    start = world.now().replace(minute=0, second=0, microsecond=0)
    times = {
        "effective": start.isoformat(),
        "onset": start.isoformat(),
        "expires": (start + timedelta(hours=8)).isoformat(),
    }
    frost = {"id": 1, "alert_id": f"2.49.0.0.276.0.SIM.{start:%Y%m%d%H}", **times, **FROST}
    where = {
        "warn_cell_id": city.id,
        "name": city.name,
        "name_short": city.name,
        "district": city.admin1,
        "state": city.admin1,
        "state_short": city.admin1[:2].upper(),
    }
    return json_response({"alerts": [frost] if longitude > 12 else [], "location": where})


ROUTES: Routes = {"/alerts": alerts}

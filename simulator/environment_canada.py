"""api.weather.gc.ca: the warnings of Environment Canada as GeoJSON features, in two languages."""

from datetime import datetime, timedelta

from .messages import Request, Response, json_response
from .places import nearest
from .query import Refusal, floats
from .world import Routes, World

TEXTS = {
    "alert_name_en": "snow squall warning",
    "alert_name_fr": "avertissement de bourrasques de neige",
    "alert_short_name_en": "Snow squall",
    "alert_short_name_fr": "Bourrasques de neige",
    "alert_text_en": "Simulated: sudden heavy snow, made up for demonstration.",
    "alert_text_fr": "Simulation : neige soudaine et forte, inventée pour la démonstration.",
}
REGION = 0.5  # degrees from the point to the borders of its region


def items(request: Request, world: World) -> Response:
    """A snow squall warning in the region of a point north of 45° N. Everywhere in Canada, one
    that has ended, and one of the next region, whose corner reaches into the requested box."""
    box = floats(request.query, "bbox")
    if len(box) != 4:
        raise Refusal("bbox should be 4 values", 400)
    west, south, east, north = box
    longitude, latitude = (west + east) / 2, (south + north) / 2
    city, _ = nearest(latitude, longitude)
    features = []
    if city.country_code == "CA":
        here = square(longitude, latitude)
        beside = square(longitude + REGION + 0.005, latitude + REGION + 0.005)
        features = [
            feature(1, city.name, here, world, status_en="ended", status_fr="terminé"),
            feature(2, "Next region", beside, world),
        ]
        if latitude > 45:
            features.append(feature(3, city.name, here, world))
    count = len(features)
    return json_response(
        {
            "type": "FeatureCollection",
            "features": features,
            "numberMatched": count,
            "numberReturned": count,
            "timeStamp": iso(world.now()),
        },
        content_type="application/geo+json",
    )


def square(longitude: float, latitude: float) -> dict[str, object]:
    west, east = longitude - REGION, longitude + REGION
    south, north = latitude - REGION, latitude + REGION
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def iso(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S.000Z}"


def feature(
    number: int, region: str, geometry: dict[str, object], world: World, **changes: str
) -> dict[str, object]:
    start = world.now().replace(minute=0, second=0, microsecond=0)
    identifier = f"urn:simulated:{start:%Y%m%d%H}:{number}"
    properties = {
        "id": identifier,
        "feature_id": f"{number:06}",
        "feature_name_en": region,
        "feature_name_fr": region,
        "province": "QC",
        "alert_type": "warning",
        "alert_code": "snowSquallWarning",
        **TEXTS,
        "risk_colour_en": "orange",
        "risk_colour_fr": "orange",
        "confidence_en": "high",
        "confidence_fr": "élevée",
        "impact_en": "high",
        "impact_fr": "élevée",
        "status_en": "issued",
        "status_fr": "émis",
        "publication_datetime": iso(start),
        "validity_datetime": iso(start),
        "event_end_datetime": iso(start + timedelta(hours=6)),
        "expiration_datetime": iso(start + timedelta(hours=12)),
        **changes,
    }
    return {"type": "Feature", "id": identifier, "geometry": geometry, "properties": properties}


ROUTES: Routes = {"/collections/weather-alerts/items": items}

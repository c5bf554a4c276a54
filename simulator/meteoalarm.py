"""feeds.meteoalarm.org: the warnings of a country as CAP 1.2 in JSON, in two languages."""

from datetime import timedelta

from .gazetteer import cities
from .messages import Request, Response, json_response
from .query import Refusal
from .world import World

PREFIX = "/api/v1/warnings/feeds-"
# The name of a feed → the country, and its language.
COUNTRIES = {
    name: (country, language)
    for name, country, language in (
        *(("andorra", "AD", "ca"), ("austria", "AT", "de-AT"), ("belgium", "BE", "nl-BE")),
        *(("bosnia-herzegovina", "BA", "bs"), ("bulgaria", "BG", "bg"), ("croatia", "HR", "hr")),
        *(("cyprus", "CY", "el"), ("czechia", "CZ", "cs"), ("denmark", "DK", "da")),
        *(("estonia", "EE", "et"), ("finland", "FI", "fi"), ("france", "FR", "fr-FR")),
        *(("germany", "DE", "de-DE"), ("greece", "GR", "el"), ("hungary", "HU", "hu")),
        *(("iceland", "IS", "is"), ("ireland", "IE", "ga"), ("israel", "IL", "he")),
        *(("italy", "IT", "it-IT"), ("latvia", "LV", "lv"), ("lithuania", "LT", "lt")),
        *(("luxembourg", "LU", "fr-LU"), ("malta", "MT", "mt"), ("moldova", "MD", "ro")),
        *(("montenegro", "ME", "sr"), ("netherlands", "NL", "nl-NL"), ("norway", "NO", "no")),
        *(("poland", "PL", "pl"), ("portugal", "PT", "pt"), ("romania", "RO", "ro")),
        *(("republic-of-north-macedonia", "MK", "mk"), ("serbia", "RS", "sr")),
        *(("slovakia", "SK", "sk"), ("slovenia", "SI", "sl"), ("spain", "ES", "es-ES")),
        *(("sweden", "SE", "sv"), ("switzerland", "CH", "de-CH"), ("ukraine", "UA", "uk")),
        ("united-kingdom", "GB", "cy"),
    )
}
LEVELS = {1: ("green", "Minor"), 2: ("yellow", "Moderate"), 3: ("orange", "Severe")}


def meteoalarm(request: Request, world: World) -> Response:
    """For each region of the country a green entry for tomorrow; in the Netherlands, for those
    north of the 52nd degree, a yellow warning of wind, and with it one that has ended and one that
    it replaces."""
    known = COUNTRIES.get(request.path.removeprefix(PREFIX))
    if not request.path.startswith(PREFIX) or known is None:
        raise Refusal("Not Found", 404)
    country, language = known
    regions: dict[str, bool] = {}
    for place in cities():
        if place.country_code == country and place.admin1:
            regions[place.admin1] = regions.get(place.admin1, False) or (
                country == "NL" and place.latitude > 52
            )
    warnings = []
    for region, windy in sorted(regions.items()):
        warnings.append(entry(world, region, language, 1, hours=(24, 48), name="day"))
        if windy:
            warnings += [
                entry(world, region, language, 3, hours=(-9, -3), name="over"),
                entry(world, region, language, 3, hours=(-1, 9), name="old"),
                entry(world, region, language, 2, hours=(-1, 8), name="new", replaces="old"),
            ]
    return json_response({"warnings": warnings})


def entry(
    world: World,
    region: str,
    language: str,
    level: int,
    *,
    hours: tuple[int, int],
    name: str,
    replaces: str = "",
) -> dict[str, object]:
    now = world.now().replace(minute=0, second=0, microsecond=0)
    colour, severity = LEVELS[level]
    sender, sent = "simulator@example.org", now.isoformat()
    alert: dict[str, object] = {
        "identifier": f"2.49.0.0.0.0.{region.replace(' ', '_')}.{name}",
        "sender": sender,
        "sent": sent,
        "status": "Actual",
        "msgType": "Update" if replaces else "Alert",
        "scope": "Public",
        "info": [
            {
                "language": tag,
                "category": ["Met"],
                "event": f"{colour} wind warning",
                "responseType": ["None" if level == 1 else "Monitor"],
                "urgency": "Future",
                "severity": severity,
                "certainty": "Likely",
                "effective": sent,
                "onset": (now + timedelta(hours=hours[0])).isoformat(),
                "expires": (now + timedelta(hours=hours[1])).isoformat(),
                "headline": f"Simulated: {colour} wind warning for {region}",
                "description": f"Simulated warning in {tag}, made up for demonstration.",
                "area": [
                    {
                        "areaDesc": region,
                        "geocode": [{"valueName": "EMMA_ID", "value": "XX001"}],
                    }
                ],
                "parameter": [
                    {"valueName": "awareness_level", "value": f"{level}; {colour}; {severity}"},
                    {"valueName": "awareness_type", "value": "1; Wind"},
                ],
            }
            for tag in (language, "en-GB")
        ],
    }
    if replaces:
        old = f"2.49.0.0.0.0.{region.replace(' ', '_')}.{replaces}"
        alert["references"] = f"{sender},{old},{sent}"
    return {"alert": alert, "uuid": f"{region}-{name}"}

"""What the fields of the JSON objects mean, as in docs/json.md: a test compares the two."""

from __future__ import annotations

Meanings = dict[str, str]

WEATHER: Meanings = {
    "place": "the place: see *Places*, with these additional fields",
    "place.timezone": "IANA time zone of all times in the response",
    "place.found_by": (
        "`name`, `coordinates`, `address` (`ip=`), `visitor` (the visitor's IP address), "
        "`server` (the server's place, for a visitor on its network) or `default` (the "
        "operator's setting)"
    ),
    "place.source": (
        "the source of the place: a geocoder, database or service; `null` for coordinates"
    ),
    "place.distance": "km to the nearest city, if the name is that city's; else `null`",
    "units": (
        "the unit of each field by its name, in all sections; `pollen` is for all six pollen fields"
    ),
    "current": "the current conditions: see *Conditions*; `null` without a forecast",
    "nowcast": (
        "precipitation of the next two hours in quarters of an hour: see *Nowcast*; `null` where "
        "the provider has none"
    ),
    "hourly": "a list of conditions, from the current hour",
    "daily": "a list of days, from today: see *Days*",
    "rest_of_today": (
        "today as the other views forecast it, with the fields of *Days*: weather code, "
        "precipitation, its probability, snowfall, wind and UV index are those from the "
        "current hour on, temperatures and means those of the whole day; `null` without a "
        "forecast"
    ),
    "yesterday": (
        "the day before today: see *Yesterday*; `null` if its mean temperature is unknown"
    ),
    "disagreements": (
        "a list of the days of which another provider, whose forecast is in the cache, expects "
        "something else: see *Disagreements*"
    ),
    "astronomy": "a list of sun and moon on the same days: see *Sun and moon*",
    "air_quality": "see *Air*; `null` if unknown",
    "climate": "the climate normals of the day of the year: see *Climate*",
    "alerts": (
        "a list of official warnings, in force and announced: see *Warnings*; in the "
        "countries that the setting `ALERT_PROVIDERS` names"
    ),
    "alternatives": "a list of other places of the same name: see *Places*",
    "provenance": "the source of the forecast: see *Provenance*",
}
PLACE: Meanings = {
    "name": "name in the requested language; `null` for coordinates without a city nearby",
    "region": "state, canton, province",
    "country": "name of the country",
    "country_code": "ISO 3166-1 alpha-2",
    "latitude": "WGS84, decimal degrees",
    "longitude": "WGS84, decimal degrees",
    "elevation": "m, in all unit systems",
    "timezone": "IANA time zone",
    "population": "inhabitants",
}
CONDITIONS: Meanings = {
    "valid_at": "the time of the conditions, at which the hour of an item of `hourly` begins",
    "weather_code": (
        "WMO 4677: 0 clear, 1 mainly clear, 2 partly cloudy, 3 overcast, 45, 48 fog, 51–57 "
        "drizzle, 61–67 rain, 71–77 snow, 80–86 showers, 95–99 thunderstorm"
    ),
    "condition": "the weather code in words",
    "temperature": "air temperature at 2 m",
    "apparent_temperature": 'apparent ("feels like") temperature',
    "dew_point": "dew point at 2 m",
    "relative_humidity": "%",
    "precipitation": (
        "rain, showers and snow as water: the sum of the hour that begins at `valid_at`"
    ),
    "precipitation_probability": "probability of precipitation in that hour, %",
    "snowfall": "fresh snow: the sum of that hour",
    "wind_speed": "at 10 m; gusts are the maximum of that hour",
    "wind_gusts": "at 10 m; gusts are the maximum of that hour",
    "wind_direction": (
        "the direction the wind blows *from*, degrees: 0 north, 90 east; `null` if calm: if"
        " the speed, as a whole number, is 0"
    ),
    "pressure_msl": "pressure reduced to sea level",
    "cloud_cover": "covered part of the sky, %",
    "visibility": "horizontal visibility",
    "uv_index": "UV index; from MET Norway that of a clear sky",
    "shortwave_radiation": (
        "W/m² on a horizontal plane, mean of that hour: in all, and the part that comes "
        "from all of the sky; from Open-Meteo only"
    ),
    "diffuse_radiation": (
        "W/m² on a horizontal plane, mean of that hour: in all, and the part that comes "
        "from all of the sky; from Open-Meteo only"
    ),
    "is_day": "whether the sun is above the horizon",
    **dict.fromkeys(
        ("moon_phase", "moon_illumination", "moon_at"),
        "in `current` only: those at the begin of the present quarter of an hour; "
        "see *Sun and moon*",
    ),
}
DAY: Meanings = {
    "date": "`YYYY-MM-DD`",
    "weather_code": "the most severe of the day",
    "condition": "the most severe of the day",
    "temperature_max": "maximum, minimum and mean of the hours",
    "temperature_min": "maximum, minimum and mean of the hours",
    "temperature_mean": "maximum, minimum and mean of the hours",
    "apparent_temperature_max": "maximum and minimum of the hours",
    "apparent_temperature_min": "maximum and minimum of the hours",
    "precipitation": "sums",
    "snowfall": "sums",
    "precipitation_probability": "maximum of the hours",
    "wind_speed": "maxima",
    "wind_gusts": "maxima",
    "wind_direction": (
        "direction of the mean wind vector; `null` if the winds cancel out, or on a calm day"
    ),
    "uv_index": "maximum",
    "relative_humidity": "means",
    "pressure_msl": "means",
    "cloud_cover": "means",
    "sunrise": "as in *Sun and moon*",
    "sunset": "as in *Sun and moon*",
}
SUN_AND_MOON: Meanings = {
    "date": "the day",
    "dawn": "begin and end of civil twilight (sun at −6°)",
    "dusk": "begin and end of civil twilight (sun at −6°)",
    "sunrise": "`null` if the sun does not rise or set on that day",
    "sunset": "`null` if the sun does not rise or set on that day",
    "solar_noon": "the time of the sun's highest position",
    "moonrise": "`null` if the moon does not rise or set on that day",
    "moonset": "`null` if the moon does not rise or set on that day",
    "daylight": (
        "how long the sun is up on that day, in seconds: 0 in polar night, 86400 in polar day"
    ),
    "moon_phase": "at `moon_at`: 0 new, 0.25 first quarter, 0.5 full, 0.75 last quarter",
    "moon_illumination": "at `moon_at`: illuminated part of the disc, %",
    "moon_at": "the moment of these two: noon by the place's clock",
}
AIR_QUALITY: Meanings = {
    "valid_at": "the time of the values",
    "european_aqi": "European index: up to 20 good, 40 fair, 60 moderate, 80 poor, 100 very poor",
    "us_aqi": (
        "US index: up to 50 good, 100 moderate, 150 unhealthy for sensitive groups, 200 unhealthy"
    ),
    "pm2_5": "µg/m³",
    "pm10": "µg/m³",
    "ozone": "µg/m³",
    "nitrogen_dioxide": "µg/m³",
    "alder_pollen": "grains/m³; in Europe only",
    "birch_pollen": "grains/m³; in Europe only",
    "grass_pollen": "grains/m³; in Europe only",
    "mugwort_pollen": "grains/m³; in Europe only",
    "olive_pollen": "grains/m³; in Europe only",
    "ragweed_pollen": "grains/m³; in Europe only",
}
NOWCAST: Meanings = {
    "text": (
        "a sentence, with minutes to the nearest five as of the full minute; `null` in dry weather"
    ),
    "starts_at": (
        "of the first spell of 0.05 mm or more in a quarter of an hour, apart from pauses of a "
        "quarter; `null` in dry weather. It may have passed by some minutes"
    ),
    "ends_at": "the end of that spell; `null` if no end is known, and in dry weather",
    "quarters": (
        "a list of `valid_at`, at which the quarter of an hour begins, and `precipitation`, its "
        "sum; from the present quarter on"
    ),
}
YESTERDAY: Meanings = {
    "date": "`YYYY-MM-DD`",
    "temperature_max": "maximum of the hours",
    "temperature_min": "minimum of the hours",
    "temperature_mean": "mean of the hours",
    "precipitation": "the sum",
    "departure": (
        "the mean temperature of today, which is that of the whole day, minus that of yesterday; "
        "`null` if unknown"
    ),
}
DISAGREEMENT: Meanings = {
    "date": "`YYYY-MM-DD`",
    "provider": "the other provider: `open-meteo` or `met-norway`",
    "weather_code": "as it expects it",
    "temperature_max": "as it expects it",
    "temperature_min": "as it expects it",
    "precipitation": "as it expects it",
}
CLIMATE: Meanings = {
    "normal_temperature": "normal daily mean temperature",
    "normal_precipitation": "normal daily precipitation",
    "departure": (
        "forecast daily mean temperature of today minus `normal_temperature`; in mountains "
        "a place may differ from its cell by some degrees on every day"
    ),
    "period": "the reference period",
}
ALERT: Meanings = {
    "event": "the kind of event, in a few words",
    "severity": "`minor`, `moderate`, `severe`, `extreme`; `null` if unknown",
    "starts_at": "begin, which may be in the future, and end; `null` if unknown",
    "ends_at": "begin, which may be in the future, and end; `null` if unknown",
    "headline": "the texts of the warning",
    "description": "the texts of the warning",
    "instruction": "the texts of the warning",
    "language": (
        "the language of these texts: the requested one if the warning has it, else English"
        " if it has that, else the first that it has"
    ),
}
PROVENANCE: Meanings = {
    "provider": "`open-meteo`, `met-norway`, or `climate-normals` if there is no forecast",
    "model": "the weather model; `null` if unknown",
    "issued_at": "when the provider made the forecast; `null` if unknown",
    "fetched_at": "when the forecast was fetched; `null` without a forecast",
    "age": "seconds since `fetched_at`, as of the full minute",
    "stale": "`true` if the forecast has expired and no provider can be reached",
    "sample": "`true` for data of a simulated provider",
    "notice": "the reason why there is no forecast; else `null`",
    "attribution": (
        "a list of credits: `text`, `url`, `licence`. Show them where you show the data"
    ),
}
PROBLEM: Meanings = {
    "type": (
        "the kind of error, as the path of a page that explains it: `/problems/unknown-location`"
    ),
    "title": "the kind of error",
    "status": (
        "the HTTP status: 400 for an invalid place or option, 404 for an unknown place or "
        "an unknown location of the visitor, 405 for a method that the address does not "
        "have, 413 for a form that is too long, 429 for too many requests from one address,"
        " 500 for a fault of the service, 502, 503 and 504 while providers fail or the "
        "service is overloaded"
    ),
    "detail": "an explanation of this error",
    "retry_after": "seconds until a retry, only with 429 and 503",
    "parameter": "the parameter that the error is about, only with 400",
    "did_you_mean": "the parameter that is probably meant, if `parameter` is unknown",
}
BATCH: Meanings = {
    "query": "the place as it was requested",
    "status": "the HTTP status that a request of this place alone would have",
    "weather": "the response of this place, as above; `null` without one",
    "problem": "the error of this place, as below; `null` without one",
}

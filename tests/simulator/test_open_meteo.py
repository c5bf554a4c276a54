"""The simulated Open-Meteo: the envelope, the windows, the places and the hosts."""

import re

import pytest

from simulator.server import Upstreams
from tests.simulator.client import ZURICH, forecast, get


def test_the_envelope_has_open_meteos_order_without_blanks(upstreams: Upstreams) -> None:
    query = ZURICH + "&current=temperature_2m&minutely_15=rain&hourly=rain&daily=sunrise"
    answer = get(upstreams, "open-meteo", f"/v1/forecast?{query}&timezone=auto")
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["Transfer-Encoding"] == "chunked"
    assert "ETag" not in answer.headers
    assert not re.search(r"[:,] ", answer.text)
    assert list(answer.json()) == [
        "latitude",
        "longitude",
        "generationtime_ms",
        "utc_offset_seconds",
        "timezone",
        "timezone_abbreviation",
        "elevation",
        "current_units",
        "current",
        "minutely_15_units",
        "minutely_15",
        "hourly_units",
        "hourly",
        "daily_units",
        "daily",
    ]


def test_a_query_without_variables_gives_only_the_envelope(upstreams: Upstreams) -> None:
    assert list(forecast(upstreams, ZURICH))[-1] == "elevation"


def test_equal_queries_have_equal_weather(upstreams: Upstreams) -> None:
    query = ZURICH + "&hourly=temperature_2m,weather_code"
    assert forecast(upstreams, query)["hourly"] == forecast(upstreams, query)["hourly"]


def test_current_is_floored_to_the_quarter(upstreams: Upstreams) -> None:
    body = forecast(upstreams, ZURICH + "&current=temperature_2m,precipitation&timezone=auto")
    assert body["current"]["time"] == "2026-03-05T22:00"
    assert body["current"]["interval"] == 900
    assert body["current_units"]["interval"] == "seconds"


def test_days_are_aggregated_from_their_hours(upstreams: Upstreams) -> None:
    hourly = "temperature_2m,precipitation,weather_code,wind_gusts_10m"
    daily = (
        "temperature_2m_max,temperature_2m_min,precipitation_sum,weather_code,wind_gusts_10m_max"
    )
    body = forecast(upstreams, f"{ZURICH}&timezone=auto&hourly={hourly}&daily={daily}")
    for day in range(7):
        hours = {name: values[day * 24 :][:24] for name, values in body["hourly"].items()}
        values = {name: values[day] for name, values in body["daily"].items()}
        assert hours["time"][0] == values["time"] + "T00:00"
        assert values["temperature_2m_max"] == max(hours["temperature_2m"])
        assert values["temperature_2m_min"] == min(hours["temperature_2m"])
        assert values["weather_code"] == max(hours["weather_code"])
        assert values["wind_gusts_10m_max"] == max(hours["wind_gusts_10m"])
        assert values["precipitation_sum"] == pytest.approx(sum(hours["precipitation"]), abs=0.13)


def test_several_places_give_a_list(upstreams: Upstreams) -> None:
    query = "latitude=47.4,52.5&longitude=8.5,13.4&timezone=auto&current=rain"
    first, second = forecast(upstreams, query)
    assert "location_id" not in first
    assert second["location_id"] == 1
    assert (first["timezone"], second["timezone"]) == ("Europe/Zurich", "Europe/Berlin")


def test_several_models_lengthen_the_keys(upstreams: Upstreams) -> None:
    body = forecast(upstreams, ZURICH + "&models=best_match,gfs_seamless&hourly=temperature_2m")
    one, other = (body["hourly"][f"temperature_2m_{m}"] for m in ("best_match", "gfs_seamless"))
    assert one != other


def test_the_requested_elevation_lowers_the_temperature(upstreams: Upstreams) -> None:
    low, high = (
        forecast(upstreams, f"{ZURICH}&current=temperature_2m&elevation={height}")
        for height in (0, 3000)
    )
    assert (low["elevation"], high["elevation"]) == (0, 3000)
    fall = low["current"]["temperature_2m"] - high["current"]["temperature_2m"]
    assert fall == pytest.approx(19.5, abs=0.2)


def test_old_variable_names_are_accepted(upstreams: Upstreams) -> None:
    body = forecast(upstreams, ZURICH + "&current_weather=true&hourly=windspeed_10m,weathercode")
    assert list(body["current_weather"]) == [
        "time",
        "interval",
        "temperature",
        "windspeed",
        "winddirection",
        "is_day",
        "weathercode",
    ]
    assert list(body["hourly"]) == ["time", "windspeed_10m", "weathercode"]


def test_only_the_customer_host_accepts_a_key(upstreams: Upstreams) -> None:
    upstreams.world.redirect_keys = True
    path = f"/v1/forecast?{ZURICH}&apikey=demo-key"
    answer = get(upstreams, "open-meteo", path, allow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(upstreams.url("customer-open-meteo"))
    assert get(upstreams, "open-meteo", path).json()["timezone"] == "GMT"
    for key, status in (("", 401), ("&apikey=wrong", 400)):
        path = f"/v1/forecast?{ZURICH}{key}"
        assert get(upstreams, "customer-open-meteo", path).status_code == status


def test_every_point_on_earth_has_a_zone_and_an_elevation(upstreams: Upstreams) -> None:
    points = [(lat, lon) for lat in range(-90, 91, 30) for lon in range(-180, 181, 30)]
    latitudes, longitudes = (",".join(map(str, axis)) for axis in zip(*points, strict=True))
    path = f"latitude={latitudes}&longitude={longitudes}&timezone=auto"
    answers = forecast(upstreams, path)
    assert len(answers) == len(points)
    assert "Etc/GMT+2" in {answer["timezone"] for answer in answers}
    assert all(0 <= answer["elevation"] < 9000 for answer in answers)


def test_elevation_of_a_mountain_and_of_the_sea(upstreams: Upstreams) -> None:
    path = "/v1/elevation?latitude=46.02,0&longitude=7.75,-30"
    heights = get(upstreams, "open-meteo", path).json()["elevation"]
    assert heights[0] > 1500
    assert heights[1] == 0


def test_an_unknown_path_is_404(upstreams: Upstreams) -> None:
    answer = get(upstreams, "open-meteo", "/v2/forecast")
    assert (answer.status_code, answer.json()["reason"]) == (404, "Not Found")

"""The simulated MET Norway: steps, symbols and terms of service."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from simulator.parade import KALEIDOSCOPE
from simulator.server import Upstreams
from simulator.symbols import MISSPELT
from tests.simulator.client import AGENT, forecast, get

MET = "/weatherapi/locationforecast/2.0/"


@pytest.mark.parametrize("product", ["compact", "complete"])
def test_the_steps_of_a_locationforecast(upstreams: Upstreams, product: str) -> None:
    body = get(upstreams, "met-norway", f"{MET}{product}?lat=59.91&lon=10.75").json()
    steps = body["properties"]["timeseries"]
    times = [datetime.fromisoformat(step["time"]) for step in steps]
    gaps = [(after - before).seconds // 3600 for before, after in pairwise(times)]
    assert gaps == sorted(gaps)
    assert set(gaps) == {1, 6}
    assert all("next_1_hours" in step["data"] for step in steps[: gaps.index(6)])
    assert all("next_1_hours" not in step["data"] for step in steps[gaps.index(6) :])
    assert list(steps[-1]["data"]) == ["instant"]
    assert 9 <= (times[-1] - times[0]).days <= 10
    assert ("wind_speed_of_gust" in steps[0]["data"]["instant"]["details"]) == (
        product == "complete"
    )


def test_met_norway_and_open_meteo_have_the_same_rain(upstreams: Upstreams) -> None:
    """MET Norway sums the hour after a step, Open-Meteo the hour before."""
    place = "{:.2f}".format
    latitude, longitude = map(place, KALEIDOSCOPE)
    steps = get(upstreams, "met-norway", f"{MET}compact?lat={latitude}&lon={longitude}").json()
    query = f"latitude={latitude}&longitude={longitude}&hourly=precipitation&forecast_hours=25"
    rain = forecast(upstreams, query)["hourly"]["precipitation"]
    following = [
        step["data"]["next_1_hours"]["details"]["precipitation_amount"]
        for step in steps["properties"]["timeseries"][:24]
    ]
    assert following == pytest.approx(rain[1:], abs=0.051)


def test_every_symbol_occurs_over_kaleidoscope(upstreams: Upstreams) -> None:
    path = "{}compact?lat={}&lon={}".format(MET, *KALEIDOSCOPE)
    steps = get(upstreams, "met-norway", path).json()["properties"]["timeseries"]
    symbols = {
        step["data"]["next_1_hours"]["summary"]["symbol_code"].partition("_")[0]
        for step in steps
        if "next_1_hours" in step["data"]
    }
    assert len(symbols) == 41
    assert symbols.issuperset(MISSPELT.values())


def test_symbols_of_the_polar_twilight(upstreams: Upstreams) -> None:
    upstreams.now = lambda: datetime(2026, 12, 5, 10, tzinfo=UTC)
    text = get(upstreams, "met-norway", f"{MET}compact?lat=69.65&lon=18.96").text
    assert "_polartwilight" in text
    assert "_day" not in text


def test_a_conditional_request_needs_the_exact_last_modified(upstreams: Upstreams) -> None:
    path = f"{MET}compact?lat=59.91&lon=10.75"
    first = get(upstreams, "met-norway", path)
    assert first.headers["Content-Type"] == "application/json"
    assert first.headers["Expires"] > first.headers["Last-Modified"]
    again = {"If-Modified-Since": first.headers["Last-Modified"]}
    second = get(upstreams, "met-norway", path, headers=again)
    assert (second.status_code, second.content) == (304, b"")
    other = {"If-Modified-Since": "Thu, 05 Mar 2026 21:00:01 GMT"}
    assert get(upstreams, "met-norway", path, headers=other).status_code == 200


@pytest.mark.parametrize(
    ("query", "agent", "status"),
    [
        ("lat=59.91&lon=10.75", "", 403),
        ("lat=59.91&lon=10.75", "python-requests/2.32", 403),
        ("lat=59.91&lon=10.75", "weather", 403),
        ("lat=59.91&lon=10.75", "python-httpx/0.28", 403),
        ("lat=59.91&lon=10.75", "weather https://example.org", 200),
        ("lat=59.91234&lon=10.75", AGENT["User-Agent"], 403),
        ("lat=91&lon=10.75", AGENT["User-Agent"], 422),
        ("lat=north&lon=10.75", AGENT["User-Agent"], 400),
    ],
)
def test_met_norway_enforces_its_terms(
    upstreams: Upstreams, query: str, agent: str, status: int
) -> None:
    answer = get(upstreams, "met-norway", f"{MET}compact?{query}", headers={"User-Agent": agent})
    assert answer.status_code == status
    assert status == 200 or answer.headers["Content-Type"].startswith("text/html")

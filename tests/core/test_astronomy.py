from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from astral import Observer, moon, sun
from hypothesis import given, settings
from hypothesis import strategies as st

from weather.core import ephemeris
from weather.core.astronomy import astronomy, day_bounds, daylight, is_day
from weather.core.models import Astronomy, Coordinates

ENSCHEDE = Coordinates(52.22, 6.9)
LONGYEARBYEN = Coordinates(78.22, 15.65)


def clock(moment: datetime | None, zone: str) -> str | None:
    return moment.astimezone(ZoneInfo(zone)).strftime("%H:%M") if moment else None


@pytest.mark.parametrize(
    ("coordinates", "zone", "day", "sunrise", "sunset"),
    [
        # Published times: timeanddate.com's and the almanacs' agree with these to the minute.
        (Coordinates(51.51, -0.13), "Europe/London", date(2026, 6, 21), "04:43", "21:21"),
        (Coordinates(51.51, -0.13), "Europe/London", date(2026, 12, 21), "08:04", "15:53"),
        (Coordinates(0, 0), "Etc/GMT", date(2026, 3, 20), "06:04", "18:10"),
    ],
)
def test_sunrise_and_sunset_are_the_published_ones(
    coordinates: Coordinates, zone: str, day: date, sunrise: str, sunset: str
) -> None:
    sky = astronomy(coordinates, day, zone)
    for event, expected in ((sky.sunrise, sunrise), (sky.sunset, sunset)):
        assert event
        local = event.astimezone(ZoneInfo(zone))
        hour, minute = map(int, expected.split(":"))
        middle = local.replace(hour=hour, minute=minute, second=0)
        assert abs(local - middle) <= timedelta(minutes=1, seconds=30)


@pytest.mark.parametrize(
    ("day", "moonrise", "moonset"),
    [
        # As in Open-Meteo's recorded response; the library's own functions miss the last.
        (date(2026, 10, 3), "23:12", "16:13"),
        (date(2026, 10, 4), None, "16:49"),
        (date(2026, 10, 5), "00:38", "17:13"),
    ],
)
def test_moonrise_and_moonset_are_the_recorded_ones(
    day: date, moonrise: str | None, moonset: str
) -> None:
    sky = astronomy(ENSCHEDE, day, "Europe/Amsterdam")
    for event, expected in ((sky.moonrise, moonrise), (sky.moonset, moonset)):
        assert (event is None) == (expected is None)
        if event and expected:
            local = event.astimezone(ZoneInfo("Europe/Amsterdam"))
            hour, minute = map(int, expected.split(":"))
            middle = local.replace(hour=hour, minute=minute, second=0)
            assert abs(local - middle) <= timedelta(minutes=2)


@pytest.mark.parametrize(
    ("day", "phase", "illumination"),
    [(date(2026, 8, 12), 0.0, 0.0), (date(2026, 12, 24), 0.5, 100.0)],
)
def test_the_phase_of_a_published_new_or_full_moon(
    day: date, phase: float, illumination: float
) -> None:
    sky = astronomy(ENSCHEDE, day, "Europe/Amsterdam")
    assert min(abs(sky.moon_phase - phase), 1 - abs(sky.moon_phase - phase)) < 0.035
    assert sky.moon_illumination == pytest.approx(illumination, abs=2)


def test_the_midnight_sun_has_no_sunrise() -> None:
    sky = astronomy(LONGYEARBYEN, date(2026, 6, 21), "Arctic/Longyearbyen")
    assert (sky.sunrise, sky.sunset, sky.dawn, sky.dusk) == (None, None, None, None)
    assert sky.daylight == timedelta(days=1)
    assert sky.sun_is_up_at_noon


def test_the_polar_night_has_no_sunrise() -> None:
    sky = astronomy(LONGYEARBYEN, date(2026, 12, 21), "Arctic/Longyearbyen")
    assert (sky.sunrise, sky.sunset, sky.daylight) == (None, None, timedelta())
    assert not sky.sun_is_up_at_noon


@pytest.mark.parametrize("latitude", [90.0, -90.0])
def test_the_poles_have_a_solar_noon_on_every_day(latitude: float) -> None:
    for month in range(1, 13):
        sky = astronomy(Coordinates(latitude, 0), date(2026, month, 15), "Etc/GMT")
        assert sky.solar_noon


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 5, 1), 24)]
)
def test_the_day_of_a_clock_change_has_23_or_25_hours(day: date, hours: int) -> None:
    start, end = day_bounds(day, "Europe/Berlin")
    assert end - start == timedelta(hours=hours)


def utc(moment: datetime | None) -> str | None:
    return moment.strftime("%d %H:%M:%S") if moment else None


@pytest.mark.parametrize(
    ("place", "zone", "day", "events", "daylight"),
    [  # Found by bisection of samples ten minutes apart (the moon's: an hour), to 0.1 seconds.
        (  # a day of 23 hours
            (52.22, 6.9),
            "Europe/Amsterdam",
            date(2026, 3, 29),
            "29 04:40:01,29 05:14:14,29 11:37:26,29 18:01:06,29 18:35:27,29 13:50:20,29 04:08:20",
            46012,
        ),
        (  # a day of 25 hours
            (52.22, 6.9),
            "Europe/Amsterdam",
            date(2026, 10, 25),
            "25 05:39:56,25 06:15:00,25 11:16:06,25 16:17:03,25 16:52:04,25 15:30:47,25 05:20:54",
            36123,
        ),
        (  # the sun sets twice
            (66.0, -22.0),
            "Atlantic/Reykjavik",
            date(2026, 7, 16),
            ",16 03:07:57,16 13:33:55,16 23:56:34,,16 06:44:23,16 23:44:32",
            74960,
        ),
        (  # the sun rises twice
            (66.0, -22.0),
            "Atlantic/Reykjavik",
            date(2026, 5, 28),
            ",28 02:57:04,28 13:25:29,28 23:57:20,,28 20:54:22,28 02:16:30",
            75616,
        ),
        (  # local days begin at a quarter hour in UTC
            (27.7, 85.3),
            "Asia/Kathmandu",
            date(2026, 2, 10),
            "10 00:35:59,10 01:00:05,10 06:33:10,10 12:06:16,10 12:30:23,09 19:14:05,10 05:43:00",
            39971,
        ),
        (  # the moon neither rises nor sets
            (-77.85, 166.67),
            "Antarctica/McMurdo",
            date(2026, 4, 20),
            "19 20:34:13,19 22:53:41,20 00:51:15,20 02:48:44,20 05:07:50,,",
            14103,
        ),
        (  # a day of 24.5 hours
            (-31.55, 159.08),
            "Australia/Lord_Howe",
            date(2026, 4, 5),
            "04 19:12:52,04 19:37:13,05 01:26:18,05 07:15:16,05 07:39:36,05 08:43:47,04 22:20:11",
            41883,
        ),
        (  # next to the pole, at the equinox
            (89.0, 0.0),
            "Etc/GMT",
            date(2026, 3, 20),
            ",20 03:25:48,20 12:21:51,20 23:16:15,,,",
            71427,
        ),
        (  # the last hour of sun before the polar night
            (69.65, 19.0),
            "Europe/Oslo",
            date(2026, 11, 26),
            "26 07:32:23,26 09:56:56,26 10:30:53,26 11:04:50,26 13:29:20,,",
            4074,
        ),
    ],
)
def test_events_are_those_of_a_fine_search_within_a_second(
    place: tuple[float, float], zone: str, day: date, events: str, daylight: int
) -> None:
    sky = astronomy(Coordinates(*place), day, zone)
    sun_events = (sky.dawn, sky.sunrise, sky.solar_noon, sky.sunset, sky.dusk)
    for moment, expected in zip(
        (*sun_events, sky.moonrise, sky.moonset), events.split(","), strict=True
    ):
        near = {utc(moment and moment + timedelta(seconds=n)) or "" for n in (-1, 0, 1)}
        assert expected in near
    assert abs(sky.daylight - timedelta(seconds=daylight)) <= timedelta(seconds=2)


def test_a_sun_that_is_up_for_minutes_rises_and_sets() -> None:
    """Between two full hours, at both of which it is below the horizon."""
    days = [date(2026, 11, 26) + timedelta(days=n) for n in range(5)]
    skies = [astronomy(Coordinates(69.65, 19.0), day, "Europe/Oslo") for day in days]
    lengths = [sky.daylight for sky in skies]
    shortest = lengths[lengths.index(timedelta()) - 1]
    assert lengths == sorted(lengths, reverse=True)
    assert timedelta() < shortest < timedelta(hours=1)
    for sky in skies:
        assert sky.sun_is_up_at_noon == bool(sky.daylight)
        assert (sky.sunset is None) == (sky.sunrise is None) == (not sky.daylight)


@pytest.mark.parametrize(("latitude", "is_up"), [(-13.8, False), (-89.0, True), (89.0, False)])
def test_a_day_that_did_not_exist_is_a_moment(latitude: float, is_up: bool) -> None:
    """Samoa passed over it to be on the other side of the date line."""
    day, zone = date(2011, 12, 30), "Pacific/Apia"
    start, end = day_bounds(day, zone)
    assert start == end == datetime(2011, 12, 30, 10, tzinfo=UTC)
    sky = astronomy(Coordinates(latitude, -171.8), day, zone)
    events = sky.dawn, sky.sunrise, sky.sunset, sky.dusk, sky.moonrise, sky.moonset
    assert events == (None,) * 6
    assert (sky.solar_noon, sky.daylight, sky.sun_is_up_at_noon) == (start, timedelta(), is_up)


def test_a_midnight_sun_that_dips_for_minutes_sets_and_rises() -> None:
    """For four minutes, between samples ten minutes apart."""
    sky = astronomy(Coordinates(-66, -70), date(2026, 12, 29), "America/New_York")
    assert (utc(sky.sunset), utc(sky.sunrise)) == ("30 04:40:30", "30 04:44:26")
    assert sky.daylight == timedelta(hours=23, minutes=56, seconds=4)


@settings(max_examples=60, deadline=None)
@given(
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["Pacific/Kiritimati", "Asia/Kathmandu", "Australia/Lord_Howe", "Etc/GMT"]),
)
def test_the_length_of_the_day_is_that_of_its_light_minutes(
    latitude: float, longitude: float, day: date, zone: str
) -> None:
    place = Coordinates(latitude, longitude)
    start, end = (bound.timestamp() for bound in day_bounds(day, zone))
    minutes = sum(daylight(place, [start + 60 * n for n in range(int(end - start) // 60)]))
    measured = astronomy(place, day, zone).daylight / timedelta(minutes=1)
    assert measured == pytest.approx(minutes, abs=2)


@given(st.floats(-90, 90), st.floats(-180, 180), st.integers(200_000, 900_000))
def test_full_hours_have_the_daylight_of_their_moment(
    latitude: float, longitude: float, hour: int
) -> None:
    place = Coordinates(latitude, longitude)
    hours = range(hour * 3600, (hour + 24) * 3600, 3600)
    assert daylight(place, hours) == daylight(place, list(hours))
    moments = (datetime.fromtimestamp(moment, UTC) for moment in hours)
    assert daylight(place, hours) == [is_day(place, moment) for moment in moments]


@settings(max_examples=40, deadline=None)
@given(
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Etc/GMT"]),
)
def test_events_lie_within_the_local_day_and_agree_with_daylight(
    latitude: float, longitude: float, day: date, zone: str
) -> None:
    place = Coordinates(latitude, longitude)
    sky = astronomy(place, day, zone)
    start, end = day_bounds(day, zone)
    events = (sky.dawn, sky.sunrise, sky.solar_noon, sky.sunset, sky.dusk)
    for moment in (*events, sky.moonrise, sky.moonset):
        assert moment is None or start - timedelta(minutes=11) <= moment <= end + timedelta(
            minutes=11
        )
    assert timedelta() <= sky.daylight <= end - start
    if sky.sunrise:
        assert is_day(place, sky.sunrise + timedelta(seconds=2))
        assert not is_day(place, sky.sunrise - timedelta(seconds=2))


LATITUDES = st.floats(-89.8, 89.8)
LONGITUDES = st.floats(-180, 180)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@settings(max_examples=300, deadline=None)
@given(LATITUDES, LONGITUDES, MOMENTS)
def test_between_full_hours_the_sun_is_where_the_library_has_it(
    latitude: float, longitude: float, moment: datetime
) -> None:
    elevation = sun.elevation(Observer(latitude, longitude), moment, with_refraction=False)
    if abs(elevation + 0.833) > 0.01:
        assert is_day(Coordinates(latitude, longitude), moment) == (elevation > -0.833)


@settings(max_examples=40, deadline=None)
@given(LATITUDES, LONGITUDES, st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_moon_rises_and_sets_where_the_library_has_it(
    latitude: float, longitude: float, day: date
) -> None:
    sky = astronomy(Coordinates(latitude, longitude), day, "Etc/GMT")
    for moment in filter(None, (sky.moonrise, sky.moonset)):
        # Found to the second, in which the earth turns by 0.004 degrees.
        elevation = moon.elevation(Observer(latitude, longitude), moment)
        assert elevation == pytest.approx(0.125, abs=0.01)


def test_the_same_day_has_equal_astronomy() -> None:
    assert astronomy(ENSCHEDE, date(2026, 1, 1), "Europe/Amsterdam") == astronomy(
        ENSCHEDE, date(2026, 1, 1), "Europe/Amsterdam"
    )
    assert isinstance(astronomy(ENSCHEDE, date(2026, 1, 1), "UTC"), Astronomy)
    assert is_day(ENSCHEDE, datetime(2026, 6, 1, 11, tzinfo=UTC))


@given(
    st.floats(-85, 85),
    st.floats(0, 15),
    st.sampled_from([0, 180]),
    st.sampled_from([ephemeris.sun, ephemeris.moon]),
    st.integers(200_000, 900_000),
)
def test_a_culmination_is_higher_or_lower_than_the_moments_around_it(
    latitude: float, east: float, opposite: int, body: ephemeris.Body, hour: int
) -> None:
    """At a place whose meridian, or the opposite one, the body passes in this hour."""
    track = body(hour)
    longitude = math.remainder(opposite - east - math.degrees(track.angle), 360)
    horizon = ephemeris.Horizon(Coordinates(latitude, longitude))
    past = horizon.culmination_within(track)
    assert past is not None
    height = horizon.height_within(track)
    before, middle, after = (height(past + seconds) for seconds in (-120, 0, 120))
    assert (middle - before) * (middle - after) > 0
    # A parabola has its vertex in the middle between equal heights: within half a second.
    assert abs(before - after) < abs(2 * middle - before - after) * 2 * 0.5 / 120

"""The notices of the page, its sources and its credits."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from tests import report_values, reports
from tests.views.html.rendering import METRIC, located, report_page
from weather.core.attribution import DB_IP
from weather.core.models import Credit, LocatedBy


def test_a_stale_forecast_has_a_notice_with_its_age() -> None:
    document = report_page(reports.stale(timedelta(hours=3, minutes=20)))
    assert "This forecast is 3 h old." in document.all("strong")
    assert "fetched 07:00, 3 h ago" in document.text
    assert not re.search(r"is \d+ (min|h) old", report_page().text)


def test_warnings_are_above_the_weather_in_the_visitors_language() -> None:
    document = report_page(reports.with_alerts())
    heat, frost = (text for text in document.all("summary") if text.startswith("⚠"))
    assert heat == "⚠ Heat Advisory (severe), until Sat 16 May 16:20"
    assert frost == "⚠ Frost (minor), until 15:20"
    assert "It freezes." in document.text
    assert "Drink water." in document.text
    german = report_page(reports.with_alerts(), replace(METRIC, language="de"))
    assert "Es friert." in german.text
    assert document.text.index("Heat Advisory") < document.text.index("Windhaven, Holm")
    assert "Warnings" not in report_page().text


def test_sample_data_have_a_notice_above_the_weather() -> None:
    document = report_page(reports.sample())
    assert document.all("strong") == ["Sample data."]
    assert document.text.index("Sample data.") < document.text.index("Windhaven, Holm")
    assert "Sample data" not in report_page().text


def test_sources_and_credits() -> None:
    document = report_page(located(LocatedBy.VISITOR, "DB-IP City Lite", credits=(DB_IP,)))
    provenance = "Forecast by Example Weather, model example-1, issued 07:20; fetched 10:13"
    assert provenance in document.text
    assert '<time id=fetched datetime="2026-05-15T08:13+00:00">fetched 10:13</time>' in (
        document.html
    )
    assert '<a href="https://db-ip.com">IP Geolocation by DB-IP</a>' in document.html
    assert document.links["Weather data by Example Weather"] == reports.CREDIT.url
    assert document.links["Air quality by Example Air"] == report_values.AIR_CREDIT.url
    assert "GeoNames" not in document.text
    assert report_page().links["Place names by GeoNames"] == "https://www.geonames.org/"
    assert "DB-IP" not in report_page().text


def test_a_forecast_that_is_old_says_how_old_it_is_where_it_was_fetched() -> None:
    fresh = reports.report()
    expired = replace(
        fresh.provenance,
        fetched_at=fresh.at - timedelta(minutes=80),
        expires_at=fresh.at - timedelta(minutes=50),
    )
    assert "fetched 09:00, 80 min ago" in report_page(replace(fresh, provenance=expired)).text


def test_the_page_is_the_same_minutes_later() -> None:
    moments = (reports.AT + timedelta(minutes=n) for n in (-5, 0, 3, 9))
    fresh = reports.report()
    assert len({report_page(replace(fresh, at=at)).html for at in moments}) == 1


def test_a_credit_is_given_once_and_a_licence_without_url_has_no_link() -> None:
    credit = Credit("Data from Example", "https://example.test/", "NLOD 2.0")
    complete = reports.report()
    assert complete.air_quality
    document = report_page(
        reports.report(
            provenance=replace(complete.provenance, credits=(credit,)),
            air_quality=replace(complete.air_quality, credits=(credit,)),
        )
    )
    assert document.text.count("Data from Example (NLOD 2.0)") == 1
    assert "NLOD 2.0" not in document.links


def test_a_licence_links_to_its_url() -> None:
    credit = Credit("Data from Example", "https://example.test/", "ODbL", "https://odbl.test/")
    document = report_page(located(LocatedBy.VISITOR, "Example", credits=(credit,)))
    assert document.links["ODbL"] == "https://odbl.test/"

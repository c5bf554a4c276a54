"""Which data a representation names the source of."""

from __future__ import annotations

from dataclasses import replace

from tests import report_values, reports
from tests.report_values import AIR_CREDIT
from tests.reports import CREDIT
from weather.core.attribution import CC_BY_4, GEONAMES
from weather.core.models import Alert, AlertText, Climate, ClimateNormal, Credit
from weather.views.credits import fallback_credits, forecast_credits, report_credits

CLIMATE_CREDIT = Credit("Climate by Example Climate", "https://climate.example/", *CC_BY_4)
ALERT_CREDIT = Credit("Warnings by Example Office", "https://office.example/", *CC_BY_4)
CLIMATE = Climate(ClimateNormal(9.5, 1.7, 0.5, "2000–2025"), (CLIMATE_CREDIT,))
ALERTS = (Alert((AlertText("en", "Frost"),), ALERT_CREDIT),) * 2


def test_a_forecast_credits_its_provider_and_the_place() -> None:
    report = reports.report(climate=CLIMATE, alerts=ALERTS)
    assert forecast_credits(report) == (CREDIT, GEONAMES)


def test_a_report_credits_all_of_its_data_in_order() -> None:
    report = reports.report(climate=CLIMATE, alerts=ALERTS)
    assert report_credits(report) == (CREDIT, GEONAMES, AIR_CREDIT, CLIMATE_CREDIT, ALERT_CREDIT)


def test_data_that_a_report_lacks_is_not_credited() -> None:
    assert report_credits(reports.report(air_quality=None)) == (CREDIT, GEONAMES)


def test_a_source_of_several_data_is_credited_once() -> None:
    air_quality = replace(report_values.air_quality(reports.AT), credits=(CREDIT,))
    climate = replace(CLIMATE, credits=(GEONAMES, CREDIT))
    report = reports.report(air_quality=air_quality, climate=climate)
    assert report_credits(report) == (CREDIT, GEONAMES)


def test_a_fallback_credits_place_climate_and_warnings_once() -> None:
    climate = replace(CLIMATE, credits=(CLIMATE_CREDIT, GEONAMES))
    fallback = replace(reports.climate_fallback(), climate=climate, alerts=ALERTS)
    assert fallback_credits(fallback) == (GEONAMES, CLIMATE_CREDIT, ALERT_CREDIT)

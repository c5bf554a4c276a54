"""The frames of pages: the notices and credits of their reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from weather.core.models import Alert, ClimateFallback, Report
from weather.i18n.languages import Language
from weather.views import wording
from weather.views.credits import fallback_credits, report_credits
from weather.views.html.clock import Clock
from weather.views.html.frame import AlertNotice, Frame, StaleNotice
from weather.views.html.models import ReportView
from weather.views.warning_period import warning_period


def report_frame(view: ReportView) -> Frame:
    """The frame of a report's page."""
    return Frame(
        sample=view.report.provenance.sample,
        stale=_stale_notices(view.report, view.clock.language),
        alerts=_alert_notices(view.report, view.clock),
        credits=report_credits(view.report),
    )


def fallback_frame(fallback: ClimateFallback, clock: Clock) -> Frame:
    """The frame of a page of climate normals."""
    return Frame(
        sample=fallback.sample,
        alerts=_alert_notices(fallback, clock),
        credits=fallback_credits(fallback),
    )


def comparison_frame(
    views: Sequence[ReportView],
    fallbacks: Sequence[ClimateFallback],
    language: Language,
    *,
    twelve_hours: bool,
) -> Frame:
    """The frame of a comparison; notices name their place."""
    credits = [credit for view in views for credit in report_credits(view.report)]
    credits += [credit for fallback in fallbacks for credit in fallback_credits(fallback)]
    samples = [view.report.provenance.sample for view in views]
    samples += [fallback.sample for fallback in fallbacks]
    warned: list[tuple[Report | ClimateFallback, Clock, str]] = [
        (view.report, view.clock, view.name) for view in views
    ]
    warned += [
        (
            fallback,
            Clock(ZoneInfo(fallback.timezone), language, twelve_hours),
            wording.place(language, fallback.place),
        )
        for fallback in fallbacks
    ]
    return Frame(
        sample=any(samples),
        stale=tuple(
            notice for view in views for notice in _stale_notices(view.report, language, view.name)
        ),
        alerts=tuple(notice for place in warned for notice in _alert_notices(*place)),
        credits=tuple(dict.fromkeys(credits)),
    )


def _stale_notices(report: Report, language: Language, place: str = "") -> tuple[StaleNotice, ...]:
    """One notice for a stale forecast, none for a fresh one."""
    if not report.provenance.stale:
        return ()
    age = wording.age(language, report.age)
    provenance = report.provenance
    return (StaleNotice(age, wording.provider(provenance.provider), place, provenance.declined),)


def _alert_notices(
    report: Report | ClimateFallback, clock: Clock, place: str = ""
) -> tuple[AlertNotice, ...]:
    return tuple(_alert_notice(alert, report.at, clock, place) for alert in report.alerts)


def _alert_notice(alert: Alert, at: datetime, clock: Clock, place: str) -> AlertNotice:
    text, severity = alert.text(clock.language.tag), alert.severity or 0
    paragraphs = (text.headline, text.description, text.instruction)
    return AlertNotice(
        event=text.event,
        language=text.language,
        severity=severity,
        severity_name=_severity_name(clock.language, severity),
        period=warning_period(
            alert, at, clock.zone, clock.language, twelve_hours=clock.twelve_hours
        ),
        paragraphs=tuple(paragraph for paragraph in paragraphs if paragraph),
        place=place,
    )


def _severity_name(language: Language, severity: int) -> str:
    """Empty for an unknown severity (0)."""
    if not severity:
        return ""
    return language.choice("minor|moderate|severe|extreme", severity - 1)

"""The notices in the frame of a page."""

from __future__ import annotations

from collections.abc import Sequence

from weather.core.models import Alert, Report
from weather.i18n.languages import Language
from weather.views import wording
from weather.views.credits import report_credits
from weather.views.html.clock import Clock
from weather.views.html.models import AlertNotice, Frame, ReportView, StaleNotice


def stale_notice(report: Report, language: Language, place: str = "") -> tuple[StaleNotice, ...]:
    """The notice of a stale forecast; empty for a fresh one."""
    if not report.provenance.stale:
        return ()
    age = wording.age(language, report.age)
    return (StaleNotice(age, report.provenance.provider, place),)


def alert_notices(report: Report, clock: Clock) -> tuple[AlertNotice, ...]:
    return tuple(_alert_notice(alert, report, clock) for alert in report.alerts)


def comparison_frame(views: Sequence[ReportView], language: Language) -> Frame:
    """The frame around several reports: each notice names its place."""
    reports = [view.report for view in views]
    return Frame(
        sample=any(report.provenance.sample for report in reports),
        stale=tuple(
            notice for view in views for notice in stale_notice(view.report, language, view.name)
        ),
        alerts=tuple(n for view in views for n in alert_notices(view.report, view.clock)),
        credits=tuple(dict.fromkeys(c for report in reports for c in report_credits(report))),
    )


def _alert_notice(alert: Alert, report: Report, clock: Clock) -> AlertNotice:
    text, language = alert.text(clock.language.tag), clock.language
    severity = alert.severity or 0
    paragraphs = (text.headline, text.description, text.instruction)
    return AlertNotice(
        event=text.event,
        language=text.language,
        severity=severity,
        severity_name=language.choice("minor|moderate|severe|extreme", severity - 1)
        if severity
        else "",
        until=clock.until(alert.ends_at, report.at) if alert.ends_at else "",
        paragraphs=tuple(paragraph for paragraph in paragraphs if paragraph),
    )

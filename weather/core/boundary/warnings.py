"""The limits of official warnings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from weather.core.boundary.places import CREDIT
from weather.core.boundary.sizes import (
    ALERTS,
    ALL_TEXTS,
    DESCRIPTION,
    EVENT,
    HEADLINE,
    INSTRUCTION,
    LANGUAGES,
)
from weather.core.limits import line, moment, optional, paragraphs, pattern, record, rows, whole
from weather.core.models import Alert, AlertText
from weather.core.ranges import Range

ALERT_TEXT = record(
    AlertText,
    {
        "language": pattern("[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}"),
        "event": line(EVENT),
        "headline": line(HEADLINE),
        "description": paragraphs(DESCRIPTION),
        "instruction": paragraphs(INSTRUCTION),
    },
)
ALERT = record(
    Alert,
    {
        "texts": lambda texts: rows(ALERT_TEXT, LANGUAGES)(texts) or None,
        "credit": CREDIT,
        "severity": whole(Range(1, 4)),
        "starts_at": moment,
        "ends_at": moment,
    },
)


def alerts(value: Any) -> tuple[Alert, ...] | None:
    """The most severe warnings, and of each as much text as their number leaves."""
    if not isinstance(value, tuple):
        return None
    allowed: Iterable[Alert] = filter(None, map(ALERT, value))
    if len(value) > ALERTS:
        allowed = sorted(allowed, key=lambda alert: -(alert.severity or 0))[:ALERTS]
    chosen = tuple(allowed)
    share = ALL_TEXTS / max(len(chosen), 1) / (DESCRIPTION + INSTRUCTION)
    return chosen if share >= 1 else tuple(_shortened(alert, share) for alert in chosen)


def _shortened(alert: Alert, share: float) -> Alert:
    description, instruction = (
        optional(paragraphs(int(share * longest))) for longest in (DESCRIPTION, INSTRUCTION)
    )
    texts = tuple(
        replace(
            text,
            description=description(text.description),
            instruction=instruction(text.instruction),
        )
        for text in alert.texts
    )
    return replace(alert, texts=texts)

"""The warnings of a feed of MeteoAlarm: CAP 1.2 in JSON, with MeteoAlarm's own parameters.

CAP: https://docs.oasis-open.org/emergency/cap/v1.2/CAP-v1.2.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from weather.core.dataclass import dataclass
from weather.core.models import Alert, AlertText, Credit
from weather.providers.parsing import instant, paragraphs, severity, text

Row = Mapping[str, Any]

_MOST = 20  # infos of a warning, and areas of an info
# Of the parameter "awareness_level": "2; yellow; Moderate". Green is "no warning".
_LEVELS = {"2": 2, "3": 3, "4": 4}
_GREEN = "1"


@dataclass(frozen=True, slots=True)
class FeedWarning:
    """A warning, and its areas as they are written in the feed."""

    alert: Alert
    areas: tuple[Row, ...]


def read(entries: Iterable[Row], credit: Credit) -> tuple[FeedWarning, ...]:
    """The warnings that are neither tests nor replaced, cancelled, over or green. The newest entry
    is the clock: a feed is a moment older than its response."""
    alerts = [alert for entry in entries if isinstance(alert := entry.get("alert"), dict)]
    replaced = {reference for alert in alerts for reference in _references(alert)}
    sent = [moment for alert in alerts if (moment := instant(alert.get("sent")))]
    newest = max(sent, default=None)
    warnings = (
        _warning(alert, newest, credit)
        for alert in alerts
        if alert.get("status") == "Actual"
        and alert.get("msgType") in ("Alert", "Update")
        and text(alert.get("identifier")) not in replaced
    )
    return tuple(warning for warning in warnings if warning)


def _references(alert: Row) -> Iterator[str]:
    """The identifiers of the warnings that this one replaces or cancels: "sender,identifier,sent"
    with blanks between them."""
    references = alert.get("references")
    for reference in references.split() if isinstance(references, str) else ():
        parts = reference.split(",")
        if len(parts) == 3:
            yield parts[1]


def _warning(alert: Row, newest: datetime | None, credit: Credit) -> FeedWarning | None:
    infos = _objects(alert.get("info"))
    # English last: the country's own language is the first of a warning's texts.
    infos.sort(key=lambda info: _language(info) == "en")
    texts = tuple(alert_text for info in infos if (alert_text := _text(info)))
    if not texts:
        return None
    first, level = infos[0], _level(infos[0])
    ends_at = instant(first.get("expires"))
    if level == _GREEN or (ends_at and newest and ends_at <= newest):
        return None
    return FeedWarning(
        Alert(
            texts=texts,
            credit=credit,
            severity=_LEVELS.get(level) or severity(first.get("severity")),
            starts_at=instant(first.get("onset")) or instant(first.get("effective")),
            ends_at=ends_at,
        ),
        tuple(area for info in infos for area in _objects(info.get("area"))),
    )


def _text(info: Row) -> AlertText | None:
    event = text(info.get("event"))
    if event is None:
        return None
    return AlertText(
        language=_language(info),
        event=event[:1].upper() + event[1:],
        headline=text(info.get("headline")),
        description=paragraphs(info.get("description")),
        instruction=paragraphs(info.get("instruction")),
    )


def _language(info: Row) -> str:
    """ISO 639-1, of "nl-NL"; CAP's default is English."""
    language = text(info.get("language")) or "en"
    return language.partition("-")[0].lower()


def _level(info: Row) -> str:
    for parameter in _objects(info.get("parameter")):
        if parameter.get("valueName") == "awareness_level":
            return (text(parameter.get("value")) or "").partition(";")[0].strip()
    return ""


def _objects(value: object) -> list[Row]:
    """The objects at the start of a list."""
    items = value[:_MOST] if isinstance(value, list) else ()
    return [item for item in items if isinstance(item, dict)]

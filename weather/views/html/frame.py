"""The frame of a page: notices and credits, which no page can leave out."""

from __future__ import annotations

from weather.core.dataclass import dataclass
from weather.core.models import Credit


@dataclass(frozen=True, slots=True)
class StaleNotice:
    """The notice of a stale forecast."""

    age: str
    provider: str
    place: str = ""  # on pages of several places
    declined: bool = False  # because the client may cause no more calls


@dataclass(frozen=True, slots=True)
class AlertNotice:
    """An official warning, in the best of its languages."""

    event: str
    language: str  # ISO 639-1, of the texts
    severity: int  # 0 unknown, 1 minor to 4 extreme
    severity_name: str
    period: str  # "until 18:00", "from 14:00 until 18:00"; empty if unknown
    paragraphs: tuple[str, ...]
    place: str = ""  # on pages of several places


@dataclass(frozen=True, slots=True)
class Frame:
    """Notices and credits; base.html renders them around the content of every page."""

    sample: bool = False
    stale: tuple[StaleNotice, ...] = ()
    alerts: tuple[AlertNotice, ...] = ()
    credits: tuple[Credit, ...] = ()

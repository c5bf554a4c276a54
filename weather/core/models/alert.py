"""Official warnings."""

from __future__ import annotations

from datetime import datetime

from weather.core.dataclass import dataclass
from weather.core.models.credit import Credit


@dataclass(frozen=True, slots=True)
class AlertText:
    """A warning's text in one language."""

    language: str  # ISO 639-1
    event: str  # the danger, in a few words
    headline: str | None = None
    description: str | None = None
    instruction: str | None = None  # what to do


@dataclass(frozen=True, slots=True)
class Alert:
    """An official warning in every language that it is issued in, the country's own first."""

    texts: tuple[AlertText, ...]
    credit: Credit
    severity: int | None = None  # 1 minor, 2 moderate, 3 severe, 4 extreme (CAP 1.2)
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def text(self, language: str) -> AlertText:
        """The text in a language; else in English, else in the country's own."""
        by_language = {text.language: text for text in reversed(self.texts)}
        return by_language.get(language) or by_language.get("en") or self.texts[0]

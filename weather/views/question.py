"""The questions, and what a request can choose of them."""

from __future__ import annotations

from collections.abc import Mapping

from weather.core.dataclass import dataclass

HOURS_PER_DAY = 24
LONGEST_DAYS = 16  # as far as forecasts go


@dataclass(frozen=True, slots=True)
class Threshold:
    """A speed: in the unit of a word of `QUANTITY_WORDS`, by default in the visitor's."""

    number: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a word asks for, within how many hours by default and above which speed."""

    meaning: str
    hours: int = HOURS_PER_DAY
    above: Threshold | None = None


TOPICS: Mapping[str, Topic] = {
    "rain": Topic("rain of 0.1 mm in an hour, with a probability of 40 % or more"),
    "umbrella": Topic("0.5 mm of rain or snow in all, with a probability of 40 % or more", 12),
    "frost": Topic("an air temperature below 0 °C"),
    # A strong breeze, in which umbrellas are hard to use, and a gale (WMO-No. 8, Beaufort scale).
    "wind": Topic("a wind speed above that of `above=`", above=Threshold(5, "bft")),
    "gusts": Topic("gusts above the speed of `above=`", above=Threshold(7, "bft")),
}


@dataclass(frozen=True, slots=True)
class Question:
    """Whether something of `TOPICS` is expected in the next `hours`."""

    word: str
    hours: int
    above: Threshold | None = None  # of wind and gusts only

    @classmethod
    def of(cls, word: str, hours: int | None, above: Threshold | None) -> Question:
        """The question of a word, with its defaults for what is None."""
        topic = TOPICS[word]
        return cls(word, hours or topic.hours, topic.above and (above or topic.above))

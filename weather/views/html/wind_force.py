"""The look of a wind by its force on the Beaufort scale (WMO-No. 306, code table 1100)."""

from __future__ import annotations

from functools import lru_cache

from weather.views.units import QUANTITY_WORDS

_FORCE = QUANTITY_WORDS["bft"][1]
_CLASSES = {6: "f6", 7: "f6", 8: "f8", 9: "f8", 10: "f10", 11: "f10", 12: "f12"}


@lru_cache(maxsize=512)
def force_class(speed: float | None) -> str:
    """The class of a speed in km/h: from a strong breeze (6), a gale (8), a storm (10) and a
    hurricane (12) on; empty below."""
    return "" if speed is None else _CLASSES.get(int(_FORCE.exact(speed)), "")

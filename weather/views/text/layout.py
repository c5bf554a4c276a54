"""The columns of the layout: 125 with four parts of a day, 63 with two, or as requested."""

from __future__ import annotations

from weather.views.options import ViewOptions
from weather.views.text.rows import CELL_COLUMNS

_WIDE, _NARROW = 4, 2  # parts of a day


def columns_of(options: ViewOptions) -> int:
    """The columns that no line exceeds."""
    return options.width or _frame_columns(_NARROW if options.narrow else _WIDE)


def parts_of_day(options: ViewOptions) -> int:
    """How many parts of a day fit, from 1 to 4."""
    most = _NARROW if options.narrow else _WIDE
    return max(1, min((columns_of(options) - 1) // (CELL_COLUMNS + 1), most))


def _frame_columns(parts: int) -> int:
    """With the lines between and around the cells."""
    return parts * (CELL_COLUMNS + 1) + 1

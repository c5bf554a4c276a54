"""What a decoded entry takes in memory, measured with tracemalloc and estimated in microseconds."""

from __future__ import annotations

from collections.abc import Iterator

from weather.core.models import CellForecast, Days, Forecast, Hours

# Bytes: of all that is neither rows nor text, and of an object for each byte that is stored.
_RECORDS = 2000
_PER_BYTE = 8


def decoded_size(value: object, data: bytes) -> int:
    """Bytes of a value that is stored as `data`: the columns of its rows, which may be stored in
    much less, or records in proportion to their text."""
    rows = sum(rows.size() for rows in _rows(value))
    return _RECORDS + (rows or _PER_BYTE * len(data))


def _rows(value: object) -> Iterator[Hours | Days]:
    if isinstance(value, CellForecast):
        yield Days.of(value.days)
        yield from _rows(value.forecast)
    if isinstance(value, Forecast):
        yield Hours.of(value.hours)

"""Valid responses with doubtful data, as they were reported of the real providers.

Columns are Open-Meteo's (`hourly`, with a `time`), steps MET Norway's (`timeseries`). A provider
that has neither answers as without the fault.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from . import payloads
from .fault import Fault
from .query import Refusal

# None of these has been measured: sent for a UV index, and read from damaged fields.
VALUES = (-999, 6e17, 1e308, -1e308, 1e20)
NO_HEIGHT = 9999  # of Open-Meteo's elevation model, where it has no value
Rows = Sequence[int]  # numbers of rows


def missing_hour() -> Fault:
    """Without the row of the present hour; `current` remains."""
    return Fault(
        "missing_hour",
        change=_of_rows(lambda times, now: [*range(now), *range(now + 1, len(times))]),
    )


def late_start(hours: int = 2) -> Fault:
    """The first row or step is in the future: by `hours`, counted from the present one."""
    return Fault("late_start", change=_of_rows(lambda times, now: range(now + hours, len(times))))


def half_last_day(count: int = 12) -> Fault:
    """The values of the last `count` rows or steps are null."""

    def change(value: Any) -> object:
        for section in _columns(value):
            for name, column in section.items():
                if name != "time" and isinstance(column, list):
                    section[name] = [*column[:-count], *(None for _ in column[-count:])]
        for step in _steps(value)[-count:]:
            step["data"] = payloads.numbers(step["data"], lambda _: None)
        return value

    return Fault("half_last_day", change=payloads.of_json(change))


def old_current(minutes: int = 52) -> Fault:
    """`current` is of so many minutes ago: the provider is behind."""

    def change(value: Any) -> object:
        current = value.get("current") if isinstance(value, dict) else None
        if isinstance(current, dict) and "time" in current:
            current["time"] = _earlier(current["time"], minutes)
        return value

    return Fault("old_current", change=payloads.of_json(change))


def invalid_timezone() -> Fault:
    """Open-Meteo's refusal of `timezone=auto`, where its list of time zones has none."""
    refusal = Refusal("Invalid timezone").response
    return Fault(
        "invalid_timezone",
        change=lambda _: refusal,
        applies=lambda request: request.query.get("timezone") == "auto",
    )


def implausible(every: int = 1) -> Fault:
    """Every number, or one in so many, is one that nothing on earth has."""

    def change(value: Any) -> object:
        bad, turn = cycle(VALUES), cycle(range(every))
        return payloads.numbers(value, lambda number: next(bad) if next(turn) == 0 else number)

    return Fault("implausible", change=payloads.of_json(change))


def no_height() -> Fault:
    """Every elevation is 9999 m."""

    def change(value: Any) -> object:
        if isinstance(value, dict):
            return {
                key: NO_HEIGHT if key == "elevation" else change(item)
                for key, item in value.items()
            }
        return [change(item) for item in value] if isinstance(value, list) else value

    return Fault("no_height", change=payloads.of_json(change))


def _of_rows(chosen: Callable[[Sequence[Any], int], Rows]) -> payloads.Change:
    """Only the rows that are chosen, by their times and the number of the present one."""

    def change(value: Any) -> object:
        for section in _columns(value):
            times = section["time"]
            rows = chosen(times, _present_row(value, times))
            for name, column in section.items():
                if isinstance(column, list):
                    section[name] = [column[row] for row in rows]
        if steps := _steps(value):
            # The first step is that of the present hour.
            value["properties"]["timeseries"] = [steps[row] for row in chosen(steps, 0)]
        return value

    return payloads.of_json(change)


def _present_row(value: dict[str, Any], times: Sequence[Any]) -> int:
    """The last row that is not after the time of `current`; the first without a `current`."""
    now = value.get("current", {}).get("time", times[0])
    return max((row for row, time in enumerate(times) if time <= now), default=0)


def _columns(value: Any) -> list[dict[str, Any]]:
    hourly = value.get("hourly") if isinstance(value, dict) else None
    return [hourly] if isinstance(hourly, dict) and hourly.get("time") else []


def _steps(value: Any) -> list[dict[str, Any]]:
    properties = value.get("properties") if isinstance(value, dict) else None
    steps = properties.get("timeseries") if isinstance(properties, dict) else None
    return steps if isinstance(steps, list) else []


def _earlier(time: Any, minutes: int) -> Any:
    if isinstance(time, str):
        moment = datetime.fromisoformat(time) - timedelta(minutes=minutes)
        return f"{moment:%Y-%m-%dT%H:%M}"
    return time - 60 * minutes

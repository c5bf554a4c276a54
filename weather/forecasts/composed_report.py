"""A report of which some parts are made when a view shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from functools import cache
from typing import Any

from weather.core.models import Alert, Report

Parts = Mapping[str, Callable[[], Any]]
"""By the name of a field, what makes its value."""


class _Part:
    """The field of a report that has no value yet."""

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self._name = name

    def __get__(self, report: Any, owner: type[Any]) -> Any:
        value = vars(report)[self._name] = vars(report)["_parts"][self._name]()
        return value


class ComposedReport(Report):
    """Each of these fields is made once, at its first use, for all who get the report."""

    rest_of_today = _Part()
    yesterday = _Part()
    climate = _Part()

    @classmethod
    def of(cls, parts: Parts, **fields: Any) -> ComposedReport:
        report = cls(**fields)
        vars(report)["_parts"] = {name: cache(make) for name, make in parts.items()}
        for name in parts:
            del vars(report)[name]
        return report

    def with_alerts(self, alerts: tuple[Alert, ...], *, complete: bool) -> Report:
        report = copy(self)
        vars(report).pop("fingerprint", None)
        vars(report).update(alerts=alerts, alerts_complete=complete)
        return report

"""What operators look at: metrics that are looked up when they are read, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from weather.core.dataclass import dataclass
from weather.metrics import families
from weather.metrics.families import Family
from weather.metrics.metrics import Sample
from weather.stores.fault_tolerant import FaultTolerant
from weather.upstream.client import Upstream
from weather.upstream.limit import DAY, HOUR, MINUTE

_WINDOWS = {MINUTE: "minute", HOUR: "hour", DAY: "day"}


@dataclass(frozen=True, slots=True)
class Operations:
    store: FaultTolerant
    upstream: Upstream
    version: str

    def samples(self) -> Iterable[tuple[Family, Iterable[Sample]]]:
        """A `Collector`."""
        size = self.store.size()
        for family, value in (
            (families.STORE_ENTRIES, size.entries),
            (families.STORE_BYTES, size.bytes),
            (families.STORE_UP, int(size.is_available)),
        ):
            yield family, [(family.series(), value)]
        budgets = list(self.upstream.budgets())
        for family in (families.BUDGET, families.BUDGET_LEFT):
            yield (
                family,
                [
                    (
                        family.series(budget.account, _WINDOWS[budget.limit.seconds]),
                        budget.limit.calls if family is families.BUDGET else budget.remaining,
                    )
                    for budget in budgets
                ],
            )
        yield (
            families.SHARED_BREAKER,
            [
                (families.SHARED_BREAKER.series(name), int(is_open))
                for name, is_open in self.upstream.breakers().items()
            ],
        )
        yield families.INFO, [(families.INFO.series(self.version), 1)]

    def problems(self) -> Sequence[str]:
        """Why the service is not as good as it can be, each in a line."""
        lines = [] if self.store.size().is_available else ["The store fails: memory is used."]
        for budget in self.upstream.budgets():
            if budget.remaining < 1:
                window = _WINDOWS[budget.limit.seconds]
                lines.append(f"{budget.account}: no calls are left in this {window}.")
        lines += [f"{name}: the circuit breaker is open." for name in self.upstream.broken()]
        return lines

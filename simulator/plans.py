"""The planned faults: for which provider and how many requests."""

from dataclasses import dataclass, field
from threading import Event, Lock

from .faults import Fault


@dataclass
class Plan:
    """Faults for the next `left` requests (None: for all). `released` ends their waits."""

    faults: tuple[Fault, ...]
    left: int | None
    released: Event = field(default_factory=Event)


class Plans:
    def __init__(self) -> None:
        self._plans: dict[str, Plan] = {}
        self._lock = Lock()

    def set(self, provider: str, faults: tuple[Fault, ...], first: int | None) -> None:
        self.release(provider)
        with self._lock:
            self._plans[provider] = Plan(faults, first)

    def take(self, provider: str) -> tuple[tuple[Fault, ...], Event]:
        """The faults for one request, those planned for all providers first, and the event that
        ends their waits."""
        with self._lock:
            plans = [plan for name in ("*", provider) if (plan := self._use(name))]
        faults = tuple(fault for plan in plans for fault in plan.faults)
        return faults, plans[-1].released if plans else Event()

    def _use(self, name: str) -> Plan | None:
        plan = self._plans.get(name)
        if plan is None or plan.left == 0:
            return None
        plan.left = None if plan.left is None else plan.left - 1
        return plan

    def release(self, provider: str | None = None) -> None:
        """Removes the plans of one provider, or of all, and ends their waits."""
        with self._lock:
            for name in list(self._plans) if provider is None else [provider]:
                plan = self._plans.pop(name, None)
                if plan:
                    plan.released.set()

    def names(self) -> dict[str, list[str]]:
        with self._lock:
            return {name: [f.name for f in plan.faults] for name, plan in self._plans.items()}

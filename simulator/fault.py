"""What a fault is."""

from collections.abc import Callable
from dataclasses import dataclass

from .messages import Request
from .payloads import Change
from .wire import Delivery


def every(request: Request) -> bool:
    return True


@dataclass(frozen=True)
class Fault:
    """A `delay` in seconds before the response, a `change` of it, and the way it is sent, for the
    requests for which it `applies`."""

    name: str
    delay: float = 0
    change: Change | None = None
    deliver: Delivery | None = None
    applies: Callable[[Request], bool] = every

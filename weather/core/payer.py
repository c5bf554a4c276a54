"""Whose allowance of upstream calls a request spends, and what its calls are for."""

from __future__ import annotations

from enum import Enum
from typing import Self

from weather.core.dataclass import dataclass
from weather.core.ip_address import Address


class Purpose(Enum):
    """What a call is for."""

    OWN_PLACE = "the place where the visitor is"
    REFRESH = "a place that is cached, and is refreshed behind a response"
    PLACE = "any other place"


@dataclass(slots=True)
class Payer:
    """The client that causes a call. `declined` becomes true once a call is declined to it that
    others might cause: what it gets instead is for no one else."""

    address: Address
    purpose: Purpose = Purpose.PLACE
    declined: bool = False

    @classmethod
    def of(cls, client: Address | None) -> Self | None:
        """None for clients that are not limited: this machine, and those without an address."""
        return None if client is None or client.is_loopback else cls(client)

    def paying_for(self, purpose: Purpose) -> Payer:
        """The same client with another purpose."""
        return Payer(self.address, purpose)

"""What of its visitor a response depends on."""

from __future__ import annotations

from enum import Enum


class VaryOn(Enum):
    ANYONE = "nothing"
    COUNTRY = "the country, which decides the units"
    CLOCK = "the country, which decides the units and the clock"
    LOCATION = "where the visitor is"

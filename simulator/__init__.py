"""Simulated providers: one local HTTP server that answers in the formats of the real ones, for any
place and any date.

>>> from simulator import Upstreams, faults
"""

from . import faults
from .providers import PROVIDERS
from .server import Upstreams
from .world import World

__all__ = ["PROVIDERS", "Upstreams", "World", "faults"]

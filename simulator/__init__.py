"""One local server that speaks as the real providers do, for any place and any date.

>>> from simulator import Upstreams, faults
"""

from . import faults
from .providers import PROVIDERS
from .server import Upstreams
from .world import World

__all__ = ["PROVIDERS", "Upstreams", "World", "faults"]

"""Which visitors get the same response, and so share the cached one."""

from __future__ import annotations

from collections.abc import Hashable

from weather.core.ip_address import Address, is_local
from weather.core.measurement_systems import local_units_of
from weather.core.models import LocatedBy, LocatedPlace
from weather.places.locator import PlaceLocator
from weather.views.options import ViewOptions
from weather.web.environ import VISITOR
from weather.web.microcache import Environ
from weather.web.vary_on import VaryOn

_BY_VISITOR = frozenset({LocatedBy.VISITOR, LocatedBy.SERVER, LocatedBy.DEFAULT})


def vary_on(located: LocatedPlace, options: ViewOptions, *, foreign: bool = False) -> VaryOn:
    """What of its visitor a response depends on; by default units follow the country, but not
    for a script of a `foreign` origin."""
    if located.method in _BY_VISITOR:
        return VaryOn.LOCATION
    return vary_on_units(options, foreign=foreign)


def vary_on_units(options: ViewOptions, *, foreign: bool = False) -> VaryOn:
    """What of its visitor a response depends on that shows no place of theirs."""
    return VaryOn.COUNTRY if options.units is None and not foreign else VaryOn.ANYONE


def key(locator: PlaceLocator, environ: Environ, vary_on: VaryOn) -> Hashable:
    """The visitor-dependent part of a cache key.

    It has the units of the visitor's country as they are known now: that of this network becomes
    known with the first visitor from it.
    """
    visitor: Address | None = environ[VISITOR]
    if vary_on is VaryOn.ANYONE:
        return None
    units = local_units_of(locator.country_of(visitor))
    if visitor is None or is_local(visitor):
        return visitor, units
    if vary_on is VaryOn.COUNTRY:
        return units
    return locator.lookup_local(visitor) or (visitor, units)

"""Which visitors get the same response, and so share the cached one."""

from __future__ import annotations

from collections.abc import Hashable

from weather.core.ip_address import Address, is_local
from weather.core.measurement_systems import LocalUnits, local_units_of
from weather.core.models import LocatedBy, LocatedPlace
from weather.places.locator import PlaceLocator
from weather.views.options import ViewOptions
from weather.web.environ import LOCAL_UNITS, VISITOR
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


def country_of(locator: PlaceLocator, environ: Environ) -> str | None:
    """The country whose units a response shows, which are noted for its key."""
    country = locator.country_of(environ[VISITOR])
    environ[LOCAL_UNITS] = local_units_of(country)
    return country


def key(locator: PlaceLocator, environ: Environ, vary_on: VaryOn) -> Hashable:
    """The visitor-dependent part of a cache key.

    It has the units that the response was made with, and before it is made those of the visitor's
    country as they are known now: that of a network becomes known with the first visitor from it,
    which may be while a response for another one is made.
    """
    visitor: Address | None = environ[VISITOR]
    if vary_on is VaryOn.ANYONE:
        return None
    known = local_units_of(locator.country_of(visitor))
    units: LocalUnits = environ.get(LOCAL_UNITS, known)
    if visitor is None or is_local(visitor):
        return visitor, units
    if vary_on is VaryOn.COUNTRY:
        return units
    place = locator.lookup_local(visitor) if units == known else None
    return place or (visitor, units)

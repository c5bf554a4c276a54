"""Which visitors get the same response, and so share the cached one."""

from __future__ import annotations

from collections.abc import Hashable

from weather.core.ip_address import Address, is_local
from weather.core.measurement_systems import (
    is_country_of_twelve_hours,
    local_units_of,
    writes_am_pm,
)
from weather.core.models import LocatedBy, LocatedPlace
from weather.places.locator import PlaceLocator
from weather.views.options import ViewOptions
from weather.web.environ import COUNTRY, VISITOR
from weather.web.microcache import Environ
from weather.web.vary_on import VaryOn

_BY_VISITOR = frozenset({LocatedBy.VISITOR, LocatedBy.SERVER, LocatedBy.DEFAULT})


def vary_on(
    located: LocatedPlace, options: ViewOptions, *, foreign: bool = False, personal: bool = False
) -> VaryOn:
    """What of its visitor a response depends on; by default units follow the country, but not
    for a script of a `foreign` origin, and so does the clock of a `personal` view."""
    if located.method in _BY_VISITOR:
        return VaryOn.LOCATION
    varies = vary_on_units(options, foreign=foreign)
    has_local_clock = personal and not options.clock_is_set and writes_am_pm(options.language)
    return VaryOn.CLOCK if has_local_clock and varies is VaryOn.COUNTRY else varies


def vary_on_units(options: ViewOptions, *, foreign: bool = False) -> VaryOn:
    """What of its visitor a response depends on that shows no place of theirs."""
    return VaryOn.COUNTRY if options.units is None and not foreign else VaryOn.ANYONE


def country_of(locator: PlaceLocator, environ: Environ) -> str | None:
    """The country whose units a response shows, noted for its key."""
    country = environ[COUNTRY] = locator.country_of(environ[VISITOR])
    return country


def key(locator: PlaceLocator, environ: Environ, vary_on: VaryOn, *, wait: bool = True) -> Hashable:
    """The visitor-dependent part of a cache key. Raises `WouldWait` if the store or a file must be
    read for it, and the caller does not `wait`.

    It follows the country that the response was made for, and before it is made the visitor's as
    it is known now: that of a network becomes known with the first visitor from it, which may be
    while a response for another one is made.
    """
    visitor: Address | None = environ[VISITOR]
    if vary_on is VaryOn.ANYONE:
        return None
    known = locator.country_of(visitor, wait=wait)
    country: str | None = environ.get(COUNTRY, known)
    units = local_units_of(country)
    if visitor is None or is_local(visitor):
        return visitor, units
    if vary_on is VaryOn.COUNTRY:
        return units
    if vary_on is VaryOn.CLOCK:
        return units, is_country_of_twelve_hours(country)
    place = locator.lookup_local(visitor) if country == known else None
    return place or (visitor, units)

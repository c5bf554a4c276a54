"""Points on the globe and the cities nearest to them."""

from __future__ import annotations

import numpy as np

from atlas_build.arrays import Floats, Integers
from weather.atlas.cities import EARTH_RADIUS

_AT_ONCE = 4_000


def unit_vectors(latitudes: Floats, longitudes: Floats) -> Floats:
    phi, lam = np.radians(latitudes), np.radians(longitudes)
    vectors: Floats = np.stack(
        [np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=-1
    )
    return vectors


def kilometres(a: Floats, b: Floats) -> Floats:
    """Great-circle distances between unit vectors, by the chord."""
    chord = np.sqrt(np.sum((a - b) ** 2, axis=-1))
    distances: Floats = 2 * EARTH_RADIUS * np.arcsin(np.minimum(chord / 2, 1))
    return distances


def nearest(
    points: Floats, countries: Integers, cities: Floats, city_countries: Integers
) -> Integers:
    """For each point the nearest city of its country; of any, if that has none."""
    found = np.zeros(len(points), np.int64)
    for country in np.unique(countries):
        candidates = np.flatnonzero(city_countries == country)
        if not len(candidates):
            candidates = np.arange(len(cities))
        members = np.flatnonzero(countries == country)
        for at in range(0, len(members), _AT_ONCE):
            some = members[at : at + _AT_ONCE]
            # Rounded, so that ties are broken alike whatever adds up the products.
            closeness = np.round(points[some] @ cities[candidates].T, 12)
            found[some] = candidates[closeness.argmax(axis=1)]
    return found

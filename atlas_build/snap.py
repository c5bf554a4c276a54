"""The cities nearest to points on the globe."""

from __future__ import annotations

import numpy as np

from atlas_build.arrays import Floats, Integers
from weather.atlas.cities import EARTH_RADIUS

_BATCH = 4_000  # points


def unit_vectors(latitudes: Floats, longitudes: Floats) -> Floats:
    phi, lam = np.radians(latitudes), np.radians(longitudes)
    vectors: Floats = np.stack(
        [np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=-1
    )
    return vectors


def kilometres(a: Floats, b: Floats) -> Floats:
    """Great-circle distances between unit vectors, computed from the chord."""
    chord = np.sqrt(np.sum((a - b) ** 2, axis=-1))
    distances: Floats = 2 * EARTH_RADIUS * np.arcsin(np.minimum(chord / 2, 1))
    return distances


def nearest(
    points: Floats, countries: Integers, cities: Floats, city_countries: Integers
) -> Integers:
    """The index of the nearest city of the country of every point; of any country, if that has no
    city."""
    indices = np.zeros(len(points), np.int64)
    for country in np.unique(countries):
        candidates = np.flatnonzero(city_countries == country)
        if not len(candidates):
            candidates = np.arange(len(cities))
        members = np.flatnonzero(countries == country)
        for at in range(0, len(members), _BATCH):
            batch = members[at : at + _BATCH]
            # Rounded, so that ties do not depend on the order of summation.
            closeness = np.round(points[batch] @ cities[candidates].T, 12)
            indices[batch] = candidates[closeness.argmax(axis=1)]
    return indices

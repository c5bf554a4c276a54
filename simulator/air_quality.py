"""Open-Meteo's air quality: /v1/air-quality, with pollen and ammonia in Europe alone."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from math import cos, pi, radians

from . import units as u
from .envelope import Product
from .messages import Request, Response
from .moment import Moment
from .open_meteo import answer
from .timeline import HOUR, Limits
from .variables import SURFACE, Variable
from .waves import clamp
from .world import Routes, World

Steps = tuple[float, float, float, float, float]
# μg/m³ at the 20, 40, 60, 80, 100 steps of the European index, and at the US index's 50 … 500
EUROPEAN: dict[str, Steps] = {
    "pm2_5": (10, 20, 25, 50, 75),
    "pm10": (20, 40, 50, 100, 150),
    "nitrogen_dioxide": (40, 90, 120, 230, 340),
    "ozone": (50, 100, 130, 240, 380),
    "sulphur_dioxide": (100, 200, 350, 500, 750),
}
AMERICAN: dict[str, Steps] = {
    "pm2_5": (9, 35.4, 55.4, 125.4, 225.4),
    "pm10": (54, 154, 254, 354, 424),
    "nitrogen_dioxide": (100, 188, 677, 1220, 2349),
    "ozone": (108, 137, 167, 206, 392),
    "sulphur_dioxide": (92, 197, 485, 797, 1583),
    "carbon_monoxide": (5038, 10_762, 14_197, 17_632, 34_808),
}
# Concentration per μg/m³ of the particle load.
SHARES = """
pm10 1  pm2_5 0.62  carbon_monoxide 11  nitrogen_dioxide 0.9  sulphur_dioxide 0.12  methane 75
formaldehyde 0.09  glyoxal 0.01  nitrogen_monoxide 0.15  peroxyacyl_nitrates 0.07
sea_salt_aerosol 0.12  non_methane_volatile_organic_compounds 2.4  pm10_wildfires 0.02
pm2_5_total_organic_matter 0.18  residential_elementary_carbon 0.01
secondary_inorganic_aerosol 0.4  total_elementary_carbon 0.03
"""
GASES = dict(zip(SHARES.split()[::2], map(float, SHARES.split()[1::2]), strict=True))
# Day of the year when flowering peaks.
POLLEN = {"alder": 70, "birch": 110, "grass": 160, "mugwort": 220, "olive": 150, "ragweed": 245}


def load(m: Moment) -> float:
    """Particles, μg/m³: more in still air and in rush hours, fewer in rain."""
    rush = 1 + 0.25 * cos(radians(2 * m.sky.sun.hour_angle - 60))
    still = 26 / (1 + m.sky.wind / 9)
    return still * rush * (0.4 if m.sky.rate else 1) * (1.25 - m.sky.cloud / 200)


def ozone(m: Moment) -> float:
    return 45 + 55 * clamp(m.sky.sun.elevation / 60, 0, 1) * (1.2 - m.sky.cloud / 150)


def concentration(name: str) -> Callable[[Moment], float]:
    return ozone if name == "ozone" else lambda m: GASES[name] * load(m)


def index(value: float, steps: Steps, tops: tuple[int, ...]) -> float:
    """The index of a concentration: linear between the steps, extrapolated above the last."""
    low, base = 0.0, 0
    for high, top in zip(steps, tops, strict=True):
        if value <= high or high == steps[-1]:
            break
        low, base = high, top
    return base + (value - low) / (high - low) * (top - base)


european = partial(index, tops=(20, 40, 60, 80, 100))
american = partial(index, tops=(50, 100, 150, 200, 300))


def indices(
    name: str, unit: u.Unit, table: dict[str, Steps], scale: Callable[..., float]
) -> dict[str, Variable]:
    """The overall index, which is the maximum, and the index of every substance."""

    def part(substance: str) -> Callable[[Moment], float]:
        return lambda m: scale(concentration(substance)(m), table[substance])

    parts = {f"{name}_{substance}": (unit, part(substance)) for substance in table}
    values = [value for _, value in parts.values()]
    return {name: (unit, lambda m: max(value(m) for value in values)), **parts}


def in_europe(m: Moment) -> bool:
    return 30 <= m.latitude <= 72 and -25 <= m.longitude <= 45


def pollen(peak: int) -> Callable[[Moment], float | None]:
    def grains(m: Moment) -> float | None:
        day = m.time / 86_400 % 365.2425
        season = cos((day - peak) * pi / 60) if abs(day - peak) < 30 else 0.0
        return 90 * season * (0.2 if m.sky.rate else 1) if in_europe(m) else None

    return grains


AIR: dict[str, Variable] = {
    **{name: (u.MICROGRAMS, concentration(name)) for name in GASES},
    "ozone": (u.MICROGRAMS, ozone),
    "carbon_dioxide": (u.PPM, lambda m: 425 + load(m)),
    "ammonia": (u.MICROGRAMS, lambda m: load(m) * 0.3 if in_europe(m) else None),
    "aerosol_optical_depth": (u.PLAIN, lambda m: 0.05 + load(m) / 200),
    "dust": (u.MICROGRAMS, lambda m: 40.0 if 12 < m.latitude < 32 and m.sky.wind > 12 else 0.0),
    **{name: SURFACE[name] for name in ("uv_index", "uv_index_clear_sky", "is_day")},
    **{f"{plant}_pollen": (u.GRAINS, pollen(peak)) for plant, peak in POLLEN.items()},
    **indices("european_aqi", u.EAQI, EUROPEAN, european),
    **indices("us_aqi", u.USAQI, AMERICAN, american),
}
PRODUCT = Product(
    AIR.get,
    lambda _: None,
    "VariableOrDerived<CamsVariable, CamsVariableDerived>",
    Limits(5, 7),
    HOUR,
    0.1,
)


def air_quality(request: Request, world: World) -> Response:
    """The real service ignores daily=."""
    query = {name: value for name, value in request.query.items() if name != "daily"}
    return answer(PRODUCT, replace(request, query=query), world)


ROUTES: Routes = {"/v1/air-quality": air_quality}

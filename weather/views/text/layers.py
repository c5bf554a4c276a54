"""The layers of the condition drawings.

The drawings use round letters of increasing density: "o" for cloud, "8" for dark cloud and "@"
for sun and moon, so that they are readable without colour. They are ASCII, as every font has
ASCII in one column.
"""

from __future__ import annotations

from weather.core.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Layer:
    """Rows from `top` on, with one of the 256 colours for each row.

    A space is transparent; "~" is a space that covers the layers below.
    """

    rows: tuple[str, ...]
    colors: tuple[int, ...]
    top: int = 0


SUN = Layer(
    (
        r"   \  |  /",
        r"    .@@@.",
        r" -- @@@@@ --",
        r"    '@@@'",
        r"   /  |  \ ",
    ),
    (214, 220, 220, 214, 208),
)
SUN_BEHIND = Layer(
    (
        r" \  |  /",
        r"  .@@@.",
        r"- @@@@@",
    ),
    (214, 220, 214),
)
MOON = Layer(
    (
        "     .@@'",
        "   .@@'",
        "   @@@",
        "   '@@.",
        "     '@@.",
    ),
    (223, 187, 187, 180, 180),
)
MOON_BEHIND = Layer(
    (
        "   .@@'   .",
        " .@@'",
        " @@@",
        " '@@.",
    ),
    (223, 187, 180, 180),
)
STARS = Layer(("          +", "        .", "", " .         '"), (110, 110, 110, 110), top=1)
CLOUD = Layer(
    (
        "    .ooo.",
        " .ooooooooo.",
        " 'ooooooooo'",
    ),
    (250, 248, 245),
)
DARK_CLOUD = Layer(
    (
        "    .888.",
        " .888888888.",
        " '888888888'",
    ),
    (246, 244, 242),
)
CLOUD_LOW = Layer(
    (
        "     ~.ooo.~",
        "   ~.oooooo.",
        "   ~'oooooo'",
    ),
    (250, 248, 245),
    top=2,
)
CLOUD_IN_FRONT = Layer(CLOUD_LOW.rows, CLOUD_LOW.colors, top=1)
CLOUD_FAR = Layer(
    (
        "     .888.",
        "  .88888888.",
        "  '88888888'",
    ),
    (246, 244, 242),
)
CLOUD_NEAR = Layer(
    (
        " ~.ooo.~",
        ".oooooooo.~",
        "'oooooooo'",
    ),
    (250, 248, 245),
    top=2,
)
FOG = Layer(
    (
        "   ---- ---",
        "-- ------ --",
        " ------ ---",
        "--- ---- ---",
        "  ----- --",
    ),
    (246, 248, 250, 248, 246),
)
DRIZZLE = Layer(("  '   '   '", "    '   '"), (110, 110), top=3)
RAIN = Layer(("   /  /  /", "  /  /  /"), (75, 69), top=3)
HEAVY_RAIN = Layer(("   // // //", "  // // //"), (69, 63), top=3)
SHOWER = Layer(("    / / / /",), (75,), top=4)
ICE = Layer(("   /  /  /", " ==========="), (75, 81), top=3)
SNOW = Layer(("  *   *   *", "    *   *"), (153, 117), top=3)
HEAVY_SNOW = Layer(("  * * * * *", "   * * * *"), (153, 117), top=3)
SNOW_SHOWER = Layer(("    *  *  *",), (117,), top=4)
BOLT = Layer(("     ~/_~", "      ~/~"), (220, 220), top=3)
STORM_RAIN = Layer(("  / /    / /", " / /     / /"), (69, 63), top=3)
QUESTION = Layer(
    (
        "     .--.",
        "    '   )",
        "      .'",
        "",
        "      o",
    ),
    (245, 245, 245, 245, 245),
)

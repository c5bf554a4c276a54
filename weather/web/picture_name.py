"""The file names of pictures and calendars: `/Paris_0tqp_lang=fr_200x300.png`, `/Paris_days=5.ics`.

After the place come options, each after a `_`: letters, `name=value`, and a size in pixels of which
a side may be missing (`200x`, `x300`). A place may have `_` in its name: what is no option belongs
to it, and so does everything before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from weather.core.dataclass import dataclass
from weather.core.errors import InvalidOption
from weather.views.options import ViewOptions
from weather.views.page_address import Option
from weather.views.picture.scaling import LARGEST
from weather.web.parameters import LETTERS, PIXELS

_FILE = re.compile(r"(.+)\.(png|svg|ics)", re.DOTALL | re.IGNORECASE)
_SIZE = re.compile(r"(\d{0,4})x(\d{0,4})")
_OPTION = re.compile(r"([a-z_-]+)=(.*)", re.DOTALL)
_LETTERS = frozenset(entry.letter for entry in LETTERS)
# Asked for by devices and scanners; there is no such place.
_NO_PICTURE = re.compile(r"apple-touch-icon.*|favicon.*|NOT_FOUND|\..*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PictureName:
    """The place, the options in their order, the kind ("png", "svg" or "ics") and the size in
    pixels, which means nothing for a calendar."""

    where: str
    options: tuple[Option, ...]
    kind: str
    width: int | None = None
    height: int | None = None


def parse(text: str) -> PictureName | None:
    """The parts of a file's name; None for a text that is none."""
    match = _FILE.fullmatch(text)
    if match is None or _NO_PICTURE.fullmatch(match[1]):
        return None
    first, *parts = match[1].split("_")
    count = len(parts)
    while count and _is_option(parts[count - 1]):
        count -= 1
    options: list[Option] = []
    width = height = None
    for part in parts[count:]:
        if size := _SIZE.fullmatch(part):
            width, height = _side(size[1]), _side(size[2])
        elif named := _OPTION.fullmatch(part):
            options.append((named[1], named[2]))
        else:
            options.append((part, None))
    where = "_".join((first, *parts[:count]))
    return PictureName(where, tuple(options), match[2].lower(), width, height)


def sized(
    view_options: ViewOptions, values: Mapping[str, str], picture: PictureName | None
) -> ViewOptions:
    """The options with the size in pixels of the file's name, else of `width` and `height`, which
    are then no columns of text."""
    size = (picture.width, picture.height) if picture else (None, None)
    if size == (None, None):
        with suppress(InvalidOption):
            size = (PIXELS.read("width", values.get("width", "")), None)
        size = (size[0], view_options.picture.height)
    return replace(
        view_options,
        width=None,
        picture=replace(view_options.picture, width=size[0], height=size[1]),
    )


def _is_option(part: str) -> bool:
    is_size = part != "x" and _SIZE.fullmatch(part)
    return bool(is_size or _OPTION.fullmatch(part) or (part and set(part) <= _LETTERS))


def _side(text: str) -> int | None:
    return min(int(text), LARGEST) or None if text else None

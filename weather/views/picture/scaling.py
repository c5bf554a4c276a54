"""A picture in another size."""

from __future__ import annotations

from weather.core.dataclass import dataclass

LARGEST = 2000  # pixels, of both sides of a picture whose size a request chooses


@dataclass(frozen=True, slots=True)
class Size:
    """The width and height that a picture must fit into, in pixels; None: whatever it takes."""

    width: int | None = None
    height: int | None = None


def fitted(width: int, height: int, size: Size) -> tuple[int, int]:
    """The largest width and height of the same ratio that fit into a size."""
    if size == Size():
        return width, height
    factor = min((size.width or LARGEST) / width, (size.height or LARGEST) / height)
    return max(round(width * factor), 1), max(round(height * factor), 1)


def scale(rows: list[bytes], size: Size) -> list[bytes]:
    """The rows in the largest size that fits, by the nearest pixel; the sides keep their ratio."""
    width, height = len(rows[0]), len(rows)
    new_width, new_height = fitted(width, height, size)
    if (new_width, new_height) == (width, height):
        return rows
    columns = [int((x + 0.5) * width / new_width) for x in range(new_width)]
    lines = [int((y + 0.5) * height / new_height) for y in range(new_height)]
    scaled: dict[int, bytes] = {}
    for line in lines:
        if line not in scaled:
            row = rows[line]
            scaled[line] = bytes([row[x] for x in columns])
    return [scaled[line] for line in lines]

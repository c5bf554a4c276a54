"""A picture in another size."""

from __future__ import annotations

from dataclasses import dataclass

LARGEST = 2000  # pixels, of both sides of a picture whose size a request chooses


@dataclass(frozen=True, slots=True)
class Size:
    """The width and height that a picture must fit into, in pixels; None: whatever it takes."""

    width: int | None = None
    height: int | None = None


def scale(rows: list[bytes], size: Size) -> list[bytes]:
    """The rows in the largest size that fits, by the nearest pixel; the sides keep their ratio."""
    width, height = len(rows[0]), len(rows)
    if size == Size():
        return rows
    factor = min((size.width or LARGEST) / width, (size.height or LARGEST) / height)
    if factor == 1:
        return rows
    new_width, new_height = max(round(width * factor), 1), max(round(height * factor), 1)
    columns = [min(int((x + 0.5) / factor), width - 1) for x in range(new_width)]
    lines = [min(int((y + 0.5) / factor), height - 1) for y in range(new_height)]
    scaled: dict[int, bytes] = {}
    for line in lines:
        if line not in scaled:
            row = rows[line]
            scaled[line] = bytes([row[x] for x in columns])
    return [scaled[line] for line in lines]

"""What is stored of a column that a line through another one predicts."""

from __future__ import annotations

from array import array

import pytest

from weather.cache import prediction
from weather.core.models.column import Column

_WIND = [100, 120, 90, 200, 310, 150] * 10


def gusts(offsets: list[int]) -> dict[str, Column]:
    numbers = [2 * wind + offsets[row % len(offsets)] for row, wind in enumerate(_WIND)]
    return {
        name: Column("decimal", array("h", values), 10)
        for name, values in (("wind_speed", _WIND), ("wind_gusts", numbers))
    }


@pytest.mark.parametrize(
    ("offsets", "typecode"),
    [([0], "b"), ([-40, 40], "b"), ([-90, 300, 7], "h"), ([0, 9000], "h"), ([-9000, 9000], "h")],
)
def test_the_differences_from_a_line_and_the_line_are_the_numbers(
    offsets: list[int], typecode: str
) -> None:
    columns = gusts(offsets)
    stored = prediction.residuals("wind_gusts", columns)
    assert stored.numbers.typecode == typecode
    assert stored.reference is not None
    predicted = stored.reference.predicted(len(_WIND))
    read = [number + base for number, base in zip(stored.numbers, predicted, strict=True)]
    assert read == list(columns["wind_gusts"].numbers)


def test_differences_that_need_a_second_byte_are_seldom_negative() -> None:
    """Of such as are not, the higher byte is 0."""
    stored = prediction.residuals("wind_gusts", gusts([-100, 150, 20, -60, 130]))
    assert stored.numbers.typecode == "h"
    assert sum(number < 0 for number in stored.numbers) < len(_WIND) / 10

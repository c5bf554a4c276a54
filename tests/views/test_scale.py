"""The linear scale of charts."""

from __future__ import annotations

from weather.views.scale import Scale


def test_a_scale_reaches_from_the_lowest_to_the_highest_value() -> None:
    scale = Scale.of([None, 10.0, -10.0, 5.0])
    assert [scale.position(value) for value in (-10, 0, 5, 10)] == [0, 50, 75, 100]


def test_a_scale_is_widened_to_its_minimum_span() -> None:
    assert Scale.of([7.0], min_span=4) == Scale(5, 9)
    assert Scale.of([], min_span=4) == Scale(-2, 2)

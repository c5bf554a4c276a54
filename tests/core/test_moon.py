from __future__ import annotations

import pytest

from weather.core.moon import eighth_of_phase


@pytest.mark.parametrize(
    ("phase", "eighth"),
    [(0, 0), (0.062, 0), (0.063, 1), (0.25, 2), (0.5, 4), (0.75, 6), (0.937, 7), (0.938, 0)],
)
def test_a_phase_is_named_by_the_nearest_eighth(phase: float, eighth: int) -> None:
    assert eighth_of_phase(phase) == eighth

"""What the start of the service says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from weather import atlas
from weather.cli.serve import warn_of_old_addresses


def test_a_table_of_addresses_that_is_old_is_named_with_its_age(
    caplog: pytest.LogCaptureFixture,
) -> None:
    warn_of_old_addresses(atlas.dates()["ip"] + timedelta(days=400))
    assert "table of addresses is 400 days old" in caplog.text


def test_a_climate_of_the_past_is_no_reason_for_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    """Its date is the end of its period, and precedes that of the other tables."""
    dates = atlas.dates()
    today = dates["ip"] + timedelta(days=100)
    assert (today - dates["climate"]).days > 180
    warn_of_old_addresses(today)
    assert caplog.text == ""

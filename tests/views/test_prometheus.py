"""The metrics: the golden file, the format's rules, and what has no sample."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests import reports
from weather.core.errors import UpstreamUnavailable
from weather.core.measurement_systems import Units
from weather.core.models import Report
from weather.views import prometheus
from weather.views.options import ViewOptions

GOLDEN = Path(__file__).parent / "golden" / "p1.golden"
SAMPLE = re.compile(
    r'([a-z_0-9]+)\{forecast="(current|[012]d)"(?:, description="[^"\\\n]*")?\} (\S+)'
)
REPORTS = {
    "fine day": reports.report(),
    "all values missing": reports.all_values_missing(),
    "polar night": reports.polar_night(),
    "no days": reports.report(hours=(), days=()),
}


def test_golden_file() -> None:
    assert prometheus.render(reports.report(), ViewOptions()) == GOLDEN.read_text()


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_each_metric_is_one_family_of_valid_samples(report: Report) -> None:
    current, families = "", []
    for line in prometheus.render(report, ViewOptions()).splitlines():
        if line.startswith("# HELP "):
            families.append(line.split()[2])
        elif line.startswith("# TYPE "):
            current = line.split()[2]
            assert current == families[-1]
        elif not line.startswith("#"):
            sample = SAMPLE.fullmatch(line)
            assert sample, line
            assert sample[1] == current
            float(sample[3])
    assert len(families) == len(set(families))


def test_values_that_the_provider_lacks_have_no_sample() -> None:
    text = prometheus.render(reports.all_values_missing(), ViewOptions())
    assert "temperature_celsius{" not in text
    assert "None" not in text


def test_units_do_not_depend_on_the_request() -> None:
    imperial = ViewOptions(units=Units.IMPERIAL, language="de")
    assert prometheus.render(reports.report(), imperial) == GOLDEN.read_text()


def test_notices_are_comments() -> None:
    assert "# SAMPLE DATA" in prometheus.render(reports.sample(), ViewOptions())
    assert "# stale: 10800 s" in prometheus.render(reports.stale(timedelta(hours=3)), ViewOptions())
    error = prometheus.render_error(UpstreamUnavailable("Not\nnow."), ViewOptions())
    assert error == "# The weather service cannot be reached: Not now.\n"

"""The dashboard and the alert rules agree with the metrics of the service."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import PATIENCE, ROOT
from weather.metrics.families import FAMILIES

PROMETHEUS = ROOT / "deploy" / "prometheus"
DASHBOARD = ROOT / "deploy" / "grafana" / "weather.json"
BY_SAMPLE = {name: family for family in FAMILIES for name in family.names}
PROMTOOL = shutil.which("promtool")
# Labels that Prometheus adds.
ADDED = {"job", "instance", "le"}


def expressions_of_the_dashboard() -> list[str]:
    panels = json.loads(DASHBOARD.read_text())["panels"]
    return [target["expr"] for panel in panels for target in panel["targets"]]


def expressions() -> list[str]:
    return [*expressions_of_the_dashboard(), (PROMETHEUS / "alerts.yml").read_text()]


def selectors(text: str) -> Iterator[tuple[str, set[str]]]:
    """Each metric that is named, and the labels that it is selected by."""
    for name, labels in re.findall(r"\b(weather_[a-z_]+)(?:\{([^}]*)\})?", text):
        yield name, set(re.findall(r"(\w+)\s*[=!]", labels))


def test_the_dashboard_and_the_alerts_name_existing_metrics_and_labels() -> None:
    for text in expressions():
        for name, labels in selectors(text):
            assert name in BY_SAMPLE, name
            assert labels <= {*BY_SAMPLE[name].labels, *ADDED}, (name, labels)


def test_the_labels_that_the_dashboard_groups_by_exist() -> None:
    for text in expressions_of_the_dashboard():
        metrics = [BY_SAMPLE[name] for name, _ in selectors(text)]
        grouped = {
            label.strip()
            for group in re.findall(r"by \(([^)]*)\)", text)
            for label in group.split(",")
        }
        for metric in metrics:
            assert grouped <= {*metric.labels, *ADDED}, text


def test_the_dashboard_shows_every_metric() -> None:
    shown = {BY_SAMPLE[name].name for text in expressions_of_the_dashboard()
             for name, _ in selectors(text)}  # fmt: skip
    assert shown == {family.name for family in FAMILIES}


def test_the_panels_of_the_dashboard_do_not_overlap() -> None:
    panels = json.loads(DASHBOARD.read_text())["panels"]
    cells = [(p["gridPos"]["x"] + x, p["gridPos"]["y"] + y) for p in panels
             for x in range(p["gridPos"]["w"]) for y in range(p["gridPos"]["h"])]  # fmt: skip
    assert len(cells) == len(set(cells))
    assert len({panel["id"] for panel in panels}) == len(panels)


def promtool(*arguments: str | Path) -> None:
    if PROMTOOL is None:
        pytest.skip("promtool is not installed (Debian: prometheus)")
    done = subprocess.run(
        [PROMTOOL, *arguments], cwd=PROMETHEUS, capture_output=True, text=True, timeout=PATIENCE,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_prometheus_accepts_the_configuration_and_the_rules() -> None:
    promtool("check", "config", "prometheus.yml")
    promtool("check", "rules", "alerts.yml")


def test_the_alerts_are_raised_when_they_should_be() -> None:
    promtool("test", "rules", "alerts.test.yml")


def test_prometheus_can_parse_the_expressions_of_the_dashboard(tmp_path: Path) -> None:
    rules = [
        {"record": f"panel:{number}", "expr": text.replace("$__rate_interval", "5m")}
        for number, text in enumerate(expressions_of_the_dashboard())
    ]
    # JSON is YAML.
    (tmp_path / "rules.yml").write_text(
        json.dumps({"groups": [{"name": "dashboard", "rules": rules}]})
    )
    promtool("check", "rules", tmp_path / "rules.yml")


def test_prometheus_can_parse_the_text_of_the_metrics() -> None:
    from weather.metrics.metrics import Metrics

    if PROMTOOL is None:
        pytest.skip("promtool is not installed (Debian: prometheus)")
    metrics = Metrics()
    metrics.response(("weather.negotiated", "200", "json", "hit"), 0.004, 400.0)
    for family in FAMILIES:
        if family.buckets and family.labels and family.name.startswith("weather_upstream"):
            metrics.observe(family, 1.5, "Open-Meteo's air quality")
    done = subprocess.run(
        [PROMTOOL, "check", "metrics"], input=metrics.text(), capture_output=True, text=True,
        timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr

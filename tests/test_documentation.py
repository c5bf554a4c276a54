"""The documentation agrees with the code."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests import metrics_table, reports, settings_table, wttr_tables
from weather.core.errors import UnknownParameter, UpstreamUnavailable
from weather.core.models.nowcast import Quarter
from weather.views import answers
from weather.views import json as view
from weather.views.oneline.letters import LETTERS
from weather.views.oneline.template import PRESETS
from weather.views.options import ViewOptions
from weather.views.question import TOPICS, Question

ROOT = Path(__file__).parent.parent


def test_readme_lists_every_setting() -> None:
    lines = settings_table.rows()
    rows = re.findall(r"^\| `[A-Z_]{2,}` \|.*$", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert rows == lines, "README's table should read:\n" + "\n".join(lines)


def test_every_metric_is_documented_and_no_other() -> None:
    rows = re.findall(r"^\| `weather_.*$", (ROOT / "docs" / "run.md").read_text(), re.MULTILINE)
    assert rows == metrics_table.rows(), "Run python -m tests.metrics_table."


def test_every_json_field_is_documented_and_no_other() -> None:
    whole = replace(
        reports.with_departure(4),
        alerts=reports.with_alerts().alerts,
        nowcast=(Quarter(reports.AT, 0.4),),
    )
    answer = json.loads(view.render(whole, ViewOptions()))
    errors = (UpstreamUnavailable("down"), UnknownParameter("No city.", "city", "q"))
    problem = [json.loads(view.render_error(error, ViewOptions())) for error in errors]
    documented = {
        name.removeprefix("place.")
        for cell in re.findall(r"^\| (`.*?`) \|", text_after("## Response"), re.MULTILINE)
        for name in re.findall(r"`([a-z0-9_.]+)`", cell)
    }
    batch = json.loads(view.render_batch([("Windhaven", whole)], ViewOptions()))
    written = keys(answer) | keys(problem) | keys(batch)
    # The row of attribution names its fields.
    assert documented == written - {"places", "url", "licence"}


def test_every_letter_of_the_one_line_format_is_documented_and_no_other() -> None:
    lines = (ROOT / "docs" / "line.md").read_text()
    rows = re.findall(r"^\| (`%.*?) \|", lines, re.MULTILINE)
    assert sorted(re.findall("`%([a-zA-Z])`", " ".join(rows))) == sorted(LETTERS)
    presets = dict(re.findall(r"^\| `(\d)` \| `(.*)` \|$", lines, re.MULTILINE))
    assert presets == {name: text.rstrip("\n") for name, text in PRESETS.items()}


def test_every_question_and_field_of_an_answer_is_documented_and_no_other() -> None:
    text = (ROOT / "docs" / "answers.md").read_text()
    words = re.findall(r"^\| `/London/([a-z]+)`, `/([a-z]+)` \|", text, re.MULTILINE)
    assert words == [(word, word) for word in TOPICS]
    options = ViewOptions(question=Question.of("rain", None, None))
    answer = json.loads(answers.render_json(reports.report(), options))
    cells = re.findall(r"^\| (`.*?`) \|", text.partition("## JSON")[2], re.MULTILINE)
    assert [name for cell in cells for name in re.findall("`([a-z_]+)`", cell)] == list(answer)


def text_after(heading: str) -> str:
    return (ROOT / "docs" / "json.md").read_text().partition(heading)[2]


def keys(value: Any) -> set[str]:
    """The names of all fields at any depth, except those of `units`, which name other fields."""
    if isinstance(value, list):
        return set().union(*map(keys, value))
    if isinstance(value, dict):
        inner = [keys(item) for name, item in value.items() if name != "units"]
        return set(value) | set().union(*inner)
    return set()


@pytest.mark.parametrize("table", wttr_tables.TABLES)
def test_the_tables_of_the_interface_of_wttr_are_those_of_the_code(table: str) -> None:
    expected = list(wttr_tables.TABLES[table]())
    rows = wttr_tables.rows(table, wttr_tables.DOCUMENT.read_text())
    assert rows == expected, "Run python -m tests.wttr_tables."


def test_the_table_of_the_design_names_every_folder() -> None:
    design = (ROOT / "docs" / "design.md").read_text()
    folders = {path.parent.name for path in (ROOT / "weather").glob("*/__init__.py")}
    assert set(re.findall(r"^\| `([a-z0-9]+)/`", design, re.MULTILINE)) == folders


def test_no_document_contains_an_absolute_path() -> None:
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "Makefile"]:
        assert "/home/" not in path.read_text()
        assert "/work/" not in path.read_text()

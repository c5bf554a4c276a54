"""Reads the text of metrics."""

from __future__ import annotations

import re

_SAMPLE = re.compile(r'([a-z_]+)(\{(?:[a-z]+="[^"\\\n]*",?)*\})? (\S+)')


def samples(text: str) -> dict[str, float]:
    """The value of each series, by its name with labels. Fails for a line of another form."""
    found: dict[str, float] = {}
    for line in text.splitlines():
        if not line.startswith("# "):
            match = _SAMPLE.fullmatch(line)
            assert match, line
            name = match[1] + (match[2] or "")
            assert name not in found, f"{name} is there twice"
            found[name] = float(match[3])
    return found


def total(text: str, name: str, **labels: str) -> float:
    """The sum of the series of a metric that have these labels."""
    pairs = [f'{label}="{value}"' for label, value in labels.items()]
    return sum(
        value
        for series, value in samples(text).items()
        if series.partition("{")[0] == name and all(pair in series for pair in pairs)
    )

"""python -m tests.metrics_table: prints the table of metrics in docs/run.md."""

from __future__ import annotations

from weather.metrics.families import FAMILIES


def rows() -> list[str]:
    return [f"| `{family.name}` | {_codes(family.labels)} | {family.help} |" for family in FAMILIES]


def _codes(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    print("\n".join(rows()))

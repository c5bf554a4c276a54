"""python -m tests.settings_table: README's table of settings, as it should read."""

from __future__ import annotations

from weather.settings import settings


def rows() -> list[str]:
    return [
        f"| `{each.variable}` | {f'`{each.default}`' if each.default else ''} | {each.meaning} |"
        for each in settings()
    ]


if __name__ == "__main__":
    print("\n".join(rows()))

"""python -m tests.settings_table: prints README's table of settings."""

from __future__ import annotations

from weather.settings import settings


def rows() -> list[str]:
    return [
        f"| `{setting.variable}` | {f'`{setting.default}`' if setting.default else ''} "
        f"| {setting.meaning} |"
        for setting in settings()
    ]


if __name__ == "__main__":
    print("\n".join(rows()))

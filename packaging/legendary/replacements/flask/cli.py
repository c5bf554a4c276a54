"""The command groups of applications and blueprints: empty ones, as there is no `flask` command."""

from __future__ import annotations


class AppGroup:
    def __init__(self) -> None:
        self.name: str | None = None
        self.commands: dict[str, object] = {}

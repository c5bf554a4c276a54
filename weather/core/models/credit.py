"""Whose data is used."""

from __future__ import annotations

from weather.core.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Credit:
    """The words that a licence demands, the link, the licence's name and its text."""

    text: str
    url: str
    licence: str
    licence_url: str = ""  # empty where the licence has no page of its own

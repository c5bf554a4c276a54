"""How much is accepted of each text and list."""

from __future__ import annotations

# Characters. The longest name of a town has 85, and a city's ceremonial one 168.
NAME = 100
EVENT, HEADLINE = 120, 400
DESCRIPTION, INSTRUCTION = 6000, 3000
ALL_TEXTS = 40_000  # of the warnings of a place, in one language
# Rows.
QUARTERS = 4 * 24  # of an hour
HOURS = 24 * 20  # 17 days are requested of Open-Meteo
HOURS_WITH_EARLIER = HOURS + 48  # those of today that a newer forecast lacks are added
DAYS = 22
PLACES = 100  # as many are requested at most
ALERTS = 20
LANGUAGES = 4
CREDITS = 8

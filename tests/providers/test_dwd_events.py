"""The events of the DWD's list (CAP-DWD-Profile, event codes) in the writing of dictionaries."""

from __future__ import annotations

import pytest

from weather.providers.dwd_events import english, german


@pytest.mark.parametrize(
    ("event", "written"),
    [
        ("FROST", "Frost"),
        ("STRENGER FROST", "Strenger Frost"),
        ("GEWITTER", "Gewitter"),
        ("STARKES GEWITTER", "Starkes Gewitter"),
        ("SCHWERES GEWITTER mit ORKANBÖEN", "Schweres Gewitter mit Orkanböen"),
        (
            "SCHWERES GEWITTER mit EXTREMEN ORKANBÖEN, HEFTIGEM STARKREGEN und HAGEL",
            "Schweres Gewitter mit extremen Orkanböen, heftigem Starkregen und Hagel",
        ),
        (
            "SCHWERES GEWITTER MIT EXTREM HEFTIGEM STARKREGEN UND HAGEL",
            "Schweres Gewitter mit extrem heftigem Starkregen und Hagel",
        ),
        ("WINDBÖEN", "Windböen"),
        ("SCHWERE STURMBÖEN", "Schwere Sturmböen"),
        ("ORKANARTIGE BÖEN", "Orkanartige Böen"),
        ("EXTREME ORKANBÖEN", "Extreme Orkanböen"),
        ("NEBEL", "Nebel"),
        ("HEFTIGER STARKREGEN", "Heftiger Starkregen"),
        ("EXTREM ERGIEBIGER DAUERREGEN", "Extrem ergiebiger Dauerregen"),
        ("LEICHTER SCHNEEFALL", "Leichter Schneefall"),
        (
            "EXTREM STARKER SCHNEEFALL und SCHNEEVERWEHUNG",
            "Extrem starker Schneefall und Schneeverwehung",
        ),
        ("LEITERSEILSCHWINGUNGEN", "Leiterseilschwingungen"),
        ("GLÄTTE", "Glätte"),
        ("GLATTEIS", "Glatteis"),
        ("STARKES TAUWETTER", "Starkes Tauwetter"),
        ("STARKE WÄRMEBELASTUNG", "Starke Wärmebelastung"),
        ("EXTREME HITZE", "Extreme Hitze"),
        ("ERHÖHTE UV-INTENSITÄT", "Erhöhte UV-Intensität"),
        ("VORABINFORMATION SCHWERES GEWITTER", "Vorabinformation schweres Gewitter"),
        ("Starkes Gewitter", "Starkes Gewitter"),
        ("starkes Gewitter", "Starkes Gewitter"),
        ("STRASSENGLÄTTE", "Strassenglätte"),
    ],
)
def test_german_nouns_have_a_capital_and_other_words_none(event: str, written: str) -> None:
    assert german(event) == written


@pytest.mark.parametrize(
    ("event", "written"),
    [
        ("frost", "Frost"),
        ("severe thunderstorms with hurricane-force gusts",
         "Severe thunderstorms with hurricane-force gusts"),
        ("HEAVY SNOWFALL", "Heavy snowfall"),
        ("UV INTENSITY", "UV intensity"),
        ("heavy rain in Berlin", "Heavy rain in Berlin"),
    ],
)  # fmt: skip
def test_english_has_a_capital_at_the_begin(event: str, written: str) -> None:
    assert english(event) == written

"""The parts of the frame that depend on the visitor: settings and favourites."""

from __future__ import annotations

import pytest

from tests.views.html.rendering import IMPERIAL, METRIC, WITH_OPTIONS, report_page
from weather.core.measurement_systems import Units
from weather.i18n.languages import LANGUAGES
from weather.views.options import ViewOptions
from weather.views.saved import SavedPreferences


@pytest.mark.parametrize(
    ("options", "selected"),
    [
        (METRIC, "metric"),
        (ViewOptions(), "metric"),
        (ViewOptions(units=Units.METRIC, wind_in_ms=True), "ms"),
        (IMPERIAL, "imperial"),
        (ViewOptions(units=Units.UK), "uk"),
        (ViewOptions(units=Units.FAHRENHEIT), "fahrenheit"),
    ],
)
def test_the_settings_offer_units_and_languages(options: ViewOptions, selected: str) -> None:
    document = report_page(options=options)
    choices = [attributes for tag, attributes in document.elements if tag == "option"]
    names = {
        "metric": "°C, km/h", "ms": "°C, m/s", "imperial": "°F, mph", "uk": "°C, mph",
        "fahrenheit": "°F, km/h",
    }  # fmt: skip
    quantities = "kmh ms mph kn bft|hpa mmhg inhg|mm in|km mi".split("|")
    offered = ["auto", *names]
    for words in quantities:
        offered += ["", *words.split()]
    offered += ["", "24", "12", *(language.tag for language in LANGUAGES)]
    assert [choice["value"] for choice in choices] == offered
    assert [choice["value"] for choice in choices if "selected" in choice] == [selected, "en"]
    (summary,) = [text for text in document.all("summary") if "English" in text]
    assert summary.startswith(names[selected])


@pytest.mark.parametrize(
    ("options", "selected"),
    [
        (ViewOptions().for_country("GB"), ["en"]),
        (ViewOptions().for_country("FI"), ["en"]),
        (ViewOptions(unit_words=("kn",)).for_country("GB"), ["kn", "en"]),
        (ViewOptions(units=Units.UK, wind_in_ms=True), ["uk", "ms", "en"]),
        (ViewOptions(units=Units.UK, unit_words=("inhg", "kn")), ["uk", "kn", "inhg", "en"]),
        (ViewOptions(clock_is_set=True, twelve_hours=True).for_country("DE"), ["12", "en"]),
        (ViewOptions(clock_is_set=True).for_country("US"), ["24", "en"]),
        (ViewOptions().for_country("US").with_local_clock("US"), ["en"]),
    ],
)
def test_only_what_is_chosen_is_selected(options: ViewOptions, selected: list[str]) -> None:
    choices = [attributes for tag, attributes in report_page(options=options).elements
               if tag == "option"]  # fmt: skip
    assert [choice["value"] for choice in choices if "selected" in choice] == selected


def test_the_settings_return_to_the_page_without_its_units_and_language() -> None:
    document = report_page(options=IMPERIAL, address=WITH_OPTIONS)
    assert document.hidden_inputs()["back"] == "/?q=Windhaven"


def test_favourites_are_linked_and_can_be_removed() -> None:
    saved = SavedPreferences(places=("Windhaven, Holm, DE", "Oslo"))
    document = report_page(saved=saved)
    assert document.links["Oslo"] == "/?q=Oslo"
    assert document.links["Side by side"] == "/compare?q=Windhaven%2C+Holm%2C+DE&q=Oslo"
    assert "★ Forget this place" in document.all("button")
    assert "☆ Keep this place" in report_page().all("button")
    assert "Side by side" not in report_page().text

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
    assert [choice["value"] for choice in choices[: len(names)]] == list(names)
    assert [choice["value"] for choice in choices if "selected" in choice] == [selected, "en"]
    assert len(choices) == len(names) + len(LANGUAGES)
    (summary,) = [text for text in document.all("summary") if "English" in text]
    assert summary.startswith(names[selected])


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

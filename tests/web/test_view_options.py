from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weather.core.errors import InvalidOption
from weather.core.measurement_systems import Units
from weather.views.options import ViewOptions
from weather.web.view_options import parse


def test_no_options_give_the_defaults() -> None:
    assert parse(()) == ViewOptions()


@pytest.mark.parametrize(
    ("letters", "changes"),
    [
        ("0", {"days": 0}),
        ("2", {"days": 2}),
        ("0pq", {"days": 0, "caption": False, "padding": True}),
        ("nTF", {"narrow": True, "color": False, "footer": False}),
        ("Q", {"caption": False, "city": False}),
        ("m?0?T", {"units": Units.METRIC, "days": 0, "color": False}),
        ("u", {"units": Units.IMPERIAL}),
        ("um", {"units": Units.IMPERIAL}),
        ("mu", {"units": Units.IMPERIAL}),
        ("M", {"units": Units.METRIC, "wind_in_ms": True}),
        ("uM", {"units": Units.IMPERIAL, "wind_in_ms": True}),
        ("A", {}),
    ],
)
def test_letters(letters: str, changes: dict[str, object]) -> None:
    assert parse(((letters, ""),)) == ViewOptions(**changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("option", ["dummy", "xyz", "", "0x", "utm_source"])
def test_unknown_options_are_ignored(option: str) -> None:
    assert parse(((option, ""), (option + "_", "1"))) == ViewOptions()


@pytest.mark.parametrize(
    ("text", "units", "ms"),
    [
        ("metric", Units.METRIC, False),
        ("imperial", Units.IMPERIAL, False),
        ("ms", Units.METRIC, True),
        ("imperial,ms", Units.IMPERIAL, True),
        ("METRIC", Units.METRIC, False),
        ("uk", Units.UK, False),
        ("ms,UK", Units.UK, True),
        ("fahrenheit", Units.FAHRENHEIT, False),
    ],
)
def test_units(text: str, units: Units, ms: bool) -> None:
    options = parse((("units", text),))
    assert (options.units, options.wind_in_ms) == (units, ms)


@pytest.mark.parametrize(
    ("text", "units", "words"),
    [
        ("kn", None, ("kn",)),
        ("metric,kn", Units.METRIC, ("kn",)),
        ("BFT,MmHg", None, ("bft", "mmhg")),
        ("imperial,c,hpa,mm,km,kmh", Units.IMPERIAL, ("c", "hpa", "km", "kmh", "mm")),
        ("ms,inhg", Units.METRIC, ("inhg",)),
    ],
)
def test_units_of_single_quantities(text: str, units: Units | None, words: tuple[str]) -> None:
    for order in (text, ",".join(reversed(text.split(",")))):
        options = parse((("units", order),))
        assert (options.units, options.unit_words) == (units, words)
    local = parse((("units", text),)).for_country("US")
    assert (local.units, local.unit_words) == (units or Units.IMPERIAL, words)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("units", "kn,bft"),
        ("units", "ms,mph"),
        ("units", "c,f"),
        ("clock", "13"),
        ("units", "kelvin"),
        ("units", "metric,imperial"),
        ("units", "uk,fahrenheit"),
        ("days", "17"),
        ("days", "-1"),
        ("days", "two"),
        ("days", "٣"),
        ("days", ""),
        ("hours", "385"),
        ("hours", "1_0"),
    ],
)
def test_impossible_values(key: str, value: str) -> None:
    with pytest.raises(InvalidOption, match=key):
        parse(((key, value),))


@pytest.mark.parametrize(
    ("requested", "accepted", "language"),
    [
        ("", "", "en"),
        ("de", "fr", "de"),
        ("pt-BR", "", "pt-BR"),
        ("pt-AO", "", "pt"),
        ("zh_TW", "", "zh-Hant"),
        ("zh-Hant-HK", "", "zh-Hant"),
        ("zh-CN", "", "zh-Hans"),
        ("no", "", "nb"),
        ("iw", "", "he"),
        ("bg", "", "bg"),
        ("", "bg, de;q=0.5", "de"),
        ("", "bg", "bg"),
        ("klingon!", "fr", "fr"),
        ("", "de-CH,de;q=0.9,en;q=0.8", "de"),
        ("", "en;q=0.3, fr;q=0.7", "fr"),
        ("", "*", "en"),
        ("", "fr;q=0", "en"),
        ("", "fr;q=x, de", "de"),
    ],
)
def test_language(requested: str, accepted: str, language: str) -> None:
    assert parse((("lang", requested),) if requested else (), accepted).language == language


@pytest.mark.parametrize(
    ("country", "units"),
    [
        ("US", Units.IMPERIAL),
        ("GB", Units.UK),
        ("BS", Units.FAHRENHEIT),
        ("DE", Units.METRIC),
        (None, Units.METRIC),
    ],
)
def test_units_of_a_country(country: str | None, units: Units) -> None:
    assert ViewOptions().for_country(country).units is units
    assert ViewOptions(units=Units.METRIC).for_country(country).units is Units.METRIC


@given(st.lists(st.tuples(st.text(), st.text())), st.text())
def test_anything_gives_preferences_or_says_why_not(
    options: list[tuple[str, str]], accepted: str
) -> None:
    try:
        assert isinstance(parse(tuple(options), accepted), ViewOptions)
    except InvalidOption as error:
        assert error.message

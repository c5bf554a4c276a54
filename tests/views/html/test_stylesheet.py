"""The style sheets that are sent: constants in place, and no property without a value."""

from __future__ import annotations

import re

import pytest

from weather.views.html.assets import COMPARISON_STYLE, EMBED_STYLE, ON_DEMAND, STYLE
from weather.views.html.stylesheet import stylesheet


def test_a_property_with_one_value_is_replaced_by_it() -> None:
    css = "/* The scale. */\n:root {\n  --s1: 0.25rem;\n}\np {\n  margin: 0 var(--s1);\n}\n"
    assert stylesheet({"base": css}) == "@layer base{:root{}p{margin:0 .25rem}}"


def test_a_property_with_several_values_has_a_short_name() -> None:
    layers = {
        "tokens": ":root {\n  --card: #fff;\n  --often: 1;\n}\n",
        "dark": ":root {\n  --card: #000;\n  --often: 2;\n}\n"
        "p {\n  color: var(--card);\n  opacity: var(--often);\n  order: var(--often);\n}",
    }
    expected = (
        "@layer tokens{:root{--a:#fff;--b:1}}@layer dark{:root{--a:#000;--b:2}"
        "p{color:var(--a);opacity:var(--b);order:var(--b)}}"
    )
    assert stylesheet(layers) == expected


@pytest.mark.parametrize("css", [STYLE, COMPARISON_STYLE, EMBED_STYLE])
def test_every_property_that_is_used_is_declared(css: str) -> None:
    used, declared = set(re.findall(r"var\((--[\w-]+)", css)), set(re.findall(r"(--[\w-]+):", css))
    assert used
    assert used <= declared
    assert css.count("{") == css.count("}")


def test_what_a_script_adds_has_its_own_style() -> None:
    script = ON_DEMAND["more.js"][1]
    assert 'replaceSync("@layer more{.suggestions{position:absolute;' in script
    assert ".suggestions" not in STYLE
    # Its properties have the same names in all pages that have the script.
    added = script.partition("@layer more{")[2].partition('");')[0]
    names = set(re.findall(r"var\((--\w+)\)", added))
    assert len(names) == 6
    for name in names:
        values = [re.findall(rf"{name}:([^;}}]+)", css) for css in (STYLE, COMPARISON_STYLE)]
        assert values[0] == values[1]
        assert len(values[0]) >= 2

"""The table of names, whose cities' own names come from the table of cities."""

from __future__ import annotations

from weather.atlas import cities, names
from weather.atlas.folding import fold


def test_names_folded_together_are_as_folded_alone() -> None:
    own = cities.load().all_names().decode().rstrip("\n").split("\n")
    assert not any("|" in name for name in own)
    odd = ["St. Ives (Cornwall)", "'s-Gravenhage", "Łódź", "(Ödön)", "Île-d'Yeu/Port", "x"]
    assert names._folded(odd + own) == [fold(name) for name in odd + own]


def test_each_city_begins_with_its_own_name_and_then_has_others() -> None:
    table = names.load()
    text = table.text[0 : table.ends[-1] + 1]
    lines = text.decode().split("\n")
    assert len(table.ends) == len(cities.load().latitudes)
    assert lines[1] == fold(cities.load().place(0).name or "")
    assert len(lines) > 2 * len(table.ends)

"""Text names the other places of an ambiguous name, as README says.

wttr.in's scripts cut text by line number (`head -n -2`, `tail -1`): the line of the other places
stands where there is an empty line otherwise.
"""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.web.clients import CURL


def test_text_names_the_other_places(client: FlaskClient) -> None:
    lines = client.get("/Paris?T", headers=CURL).text.splitlines()
    assert len(lines) == 40
    assert lines[-3].startswith("Location: Paris, ")
    assert lines[-2].startswith("Also: ")
    assert "Paris, Texas, US" in lines[-2].removeprefix("Also: ").split(" · ")
    assert "Open-Meteo" in lines[-1]


def test_a_name_of_one_place_has_an_empty_line(client: FlaskClient) -> None:
    lines = client.get("/Reykjavik?T", headers=CURL).text.splitlines()
    assert (len(lines), lines[-2]) == (40, "")


def test_no_footer_and_current_conditions_alone_are_as_long_as_before(client: FlaskClient) -> None:
    assert len(client.get("/Paris?FT", headers=CURL).text.splitlines()) == 38
    assert len(client.get("/Paris?0T", headers=CURL).text.splitlines()) == 7

"""What the registry promises of every view."""

from __future__ import annotations

import pytest

from tests import reports
from weather.core.errors import LocationNotFound
from weather.views import registry
from weather.views.options import ViewOptions
from weather.views.question import Question
from weather.views.registry import BY_FORMAT, BY_MEDIA_TYPE, VIEWS, View

PICTURES = [f"{name}.{kind}" for kind in ("png", "svg") for name in ("text", "line", "v2")]
OPTIONS = ViewOptions(template="%t", question=Question.of("rain", None, None))


@pytest.fixture(params=VIEWS, ids=lambda view: view.name)
def view(request: pytest.FixtureRequest) -> View:
    view: View = request.param
    return view


def test_every_declared_view_is_in_the_registry_under_its_own_name() -> None:
    declared = [value for value in vars(registry).values() if isinstance(value, View)]
    declared += [*registry.PNG.values(), *registry.SVG.values(), registry.PAGES["v2"]]
    assert sorted(map(repr, declared)) == sorted(map(repr, VIEWS))
    assert len({view.name for view in VIEWS}) == len(VIEWS)


def test_no_two_views_share_a_media_type() -> None:
    media_types = [media_type for view in VIEWS for media_type in view.media_types]
    assert len(media_types) == len(set(media_types)) == len(BY_MEDIA_TYPE)


def test_a_media_type_selects_the_view_that_answers_with_it(view: View) -> None:
    for media_type in view.media_types:
        assert BY_MEDIA_TYPE[media_type] is view
    if view.media_types:
        assert view.content_type.partition(";")[0] == view.media_types[0]


def test_format_selects_the_views_that_are_meant_for_it() -> None:
    assert {name: view.name for name, view in BY_FORMAT.items()} == {
        name: name
        for name in ("html", "text", "json", "p1", "j1", "j2", "v2", "v2d", "v2n", "prose", "ics")
    }


def test_a_text_states_its_encoding(view: View) -> None:
    for content_type in (view.content_type, view.error_content_type):
        assert content_type.endswith("; charset=utf-8") == content_type.startswith("text/")


def test_errors_have_the_content_type_of_the_view_unless_it_names_another() -> None:
    others = {view.name: view.problem_type for view in VIEWS if view.problem_type}
    assert others == {
        **dict.fromkeys(("json", "j1", "j2", "answer.json"), "application/problem+json"),
        **dict.fromkeys(("preview", "ics", "v2.html", *PICTURES), "text/plain; charset=utf-8"),
    }
    assert registry.JSON.error_content_type == "application/problem+json"
    assert registry.HTML.error_content_type == registry.HTML.content_type


def test_a_view_renders_text_or_an_image_as_its_content_type_says(view: View) -> None:
    body = view.render(reports.report(), OPTIONS)
    assert body
    assert isinstance(body, bytes) == (view.content_type == "image/png")


def test_a_view_renders_fallbacks_and_errors_as_text(view: View) -> None:
    error = LocationNotFound("No place is called Nowhere.")
    bodies = [view.render_error(error, OPTIONS)]
    if view.render_fallback:
        bodies.append(view.render_fallback(reports.climate_fallback(), OPTIONS))
    for body in bodies:
        assert isinstance(body, str)
        assert body.strip()


def test_views_for_programs_have_no_climate_normals() -> None:
    names = [view.name for view in VIEWS if view.render_fallback is None]
    assert names == ["line", "p1", "j1", "j2", "prose", "ics", "answer", "answer.json", *PICTURES]


def test_only_a_view_with_the_time_is_bound_to_its_minute() -> None:
    with_time, without = ViewOptions(template="%T"), ViewOptions(template="%t")
    charts = {"v2", "v2d", "v2n", "v2.png", "v2.svg", "v2.html"}
    lines = {"line", "line.png", "line.svg"}
    assert {view.name for view in VIEWS if view.shows_time(with_time)} == charts | lines | {"prose"}
    assert {view.name for view in VIEWS if view.shows_time(without)} == charts | {"prose"}

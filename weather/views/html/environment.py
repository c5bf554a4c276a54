"""The Jinja environment and the compiled templates of the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template
from markupsafe import Markup

from weather.i18n.languages import LANGUAGES
from weather.views import index_bands, wording
from weather.views.html import assets, links, template_code
from weather.views.html.facts import Facts, timed
from weather.views.html.icons import drawing, icon
from weather.views.html.memo import Memo
from weather.views.html.models import Choices, DaysSection, EmbedCard, Page, ReportSections
from weather.views.html.page_environment import PageEnvironment
from weather.views.html.page_shapes.range_bar import range_bar
from weather.views.html.short_forms import ShortForms
from weather.views.html.template_source import TemplateSource

_environment = PageEnvironment(
    loader=TemplateSource("weather.views.html"),
    autoescape=True,
    undefined=StrictUndefined,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
    extensions=[ShortForms],
    bytecode_cache=template_code.beside(
        globals().get("__file__"), "short_forms", "page_environment"
    ),
)
_environment.globals.update(
    drawing=drawing,
    icon=icon,
    icon_url=Markup(assets.ICON_URL),  # noqa: S704  # our own file
    index_bands=index_bands,
    languages=LANGUAGES,
    provider_name=wording.provider,
    range_bar=range_bar,
    timed=timed,
    style=Markup(assets.STYLE),  # noqa: S704  # our own file
    colors=assets.COLORS,
    dark_colors=assets.DARK_COLORS,
    rare_style=Markup(assets.RARE_STYLE),  # noqa: S704
    comparison_style=Markup(assets.COMPARISON_STYLE),  # noqa: S704
    search_url=links.example_url,
    embed_style=Markup(assets.EMBED_STYLE),  # noqa: S704
    script=Markup(assets.SCRIPT),  # noqa: S704
)
_environment.filters["minus"] = wording.minus
_elements = vars(_environment.get_template("elements.html").module)


def _row(name: str) -> Callable[[Iterable[tuple[Any, ...]]], Markup]:
    """What renders a row of cells by a macro. A cell is rendered once and kept: a page has hundreds
    of them, which recur from page to page."""
    macro = _elements[name]
    cells = Memo[tuple[Any, ...], str](lambda cell: macro(*cell))
    return lambda row: Markup("".join(map(cells.__getitem__, row)))  # noqa: S704  # our macro's


_environment.globals.update(
    picture=lru_cache(maxsize=1024)(_elements["picture"]),
    time=_elements["time"],
    temperature_range=_elements["temperature_range"],
    facts_list=_elements["facts_list"],
    cells=_row("cell"),
    time_cells=_row("time_cell"),
    sky_cells=_row("sky_cell"),
    wind_cells=_row("wind_cell"),
)

REPORT = _environment.get_template("report.html")
DAYS = _environment.get_template("days.html")
CHOICES = _environment.get_template("choices.html")
SECTIONS = _environment.get_template("sections.html")
FALLBACK = _environment.get_template("fallback.html")
COMPARISON = _environment.get_template("comparison.html")
ERROR = _environment.get_template("error.html")
EMBED = _environment.get_template("embed.html")


def render_template(template: Template, page: Page) -> str:
    """The page as HTML."""
    return _render(template, page, page.facts)


def render_part(
    template: Template, part: ReportSections | DaysSection | Choices, facts: Facts
) -> Markup:
    """A part of a page as HTML."""
    return Markup(_render(template, part, facts))  # noqa: S704  # our own template


def render_card(card: EmbedCard, facts: Facts) -> str:
    """The card as HTML."""
    return _render(EMBED, card, facts)


def _render(template: Template, page: object, facts: Facts) -> str:
    format = facts.format
    return template.render(
        page=page,
        translate=format.language.translate,
        language=format.language,
        units=format.units,
        format=format,
        facts=facts,
    )

"""The card of a place that pages of other sites show in a frame: without script, form or cookie."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from weather.core.errors import WeatherError
from weather.core.models import ClimateFallback, Place, Report
from weather.i18n.languages import get_language
from weather.views import error_text, wording
from weather.views.climate_text import normal_values
from weather.views.html import links
from weather.views.html.clock import Clock
from weather.views.html.environment import render_card
from weather.views.html.facts import Facts
from weather.views.html.formatter import formatter
from weather.views.html.frame import Frame
from weather.views.html.icons import report_icons
from weather.views.html.models import EmbedCard
from weather.views.html.notices import fallback_frame, report_frame
from weather.views.html.page_shapes.range_bar import days_scale
from weather.views.html.report_view import report_view
from weather.views.options import ViewOptions
from weather.views.units import local_units

DAYS = 4  # that the card shows


def render_embed(report: Report, options: ViewOptions) -> str:
    """The card of a report."""
    view = report_view(report, options)
    card = EmbedCard(
        frame=report_frame(view),
        title=view.name,
        view=view,
        url=_url(report.place, options),
        scale=days_scale(report.coming_days[:DAYS]),
        icons=report_icons(report),
    )
    return render_card(card, _facts(options))


def render_embed_fallback(fallback: ClimateFallback, options: ViewOptions) -> str:
    """The card of climate normals, if there is no forecast."""
    language = get_language(options.language)
    clock = Clock(ZoneInfo(fallback.timezone), language, options.twelve_hours)
    normals = wording.minus(", ".join(normal_values(fallback, language, local_units(options))))
    card = EmbedCard(
        frame=fallback_frame(fallback, clock),
        title=wording.place(language, fallback.place),
        text=f"{language.translate('NO FORECAST: what is usual here')}. {normals}",
        url=_url(fallback.place, options),
    )
    return render_card(card, _facts(options))


def render_embed_error(error: WeatherError, options: ViewOptions) -> str:
    """The card of an error."""
    language = get_language(options.language)
    card = EmbedCard(
        frame=Frame(),
        title=error_text.title(language, error),
        text=error_text.explanation(language, error),
    )
    return render_card(card, _facts(options))


def _facts(options: ViewOptions) -> Facts:
    return Facts(formatter(options))


def _url(place: Place, options: ViewOptions) -> str:
    return options.address.prefix + links.search_url(links.search_query(place), ())

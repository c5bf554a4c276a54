"""The page that compares several places."""

from __future__ import annotations

from collections.abc import Sequence

from weather.core.errors import InvalidOption, WeatherError
from weather.core.models import ClimateFallback, Report
from weather.i18n.languages import Language, get_language
from weather.views import error_text, wording
from weather.views.climate_text import normal_values
from weather.views.html import links
from weather.views.html.environment import COMPARISON, render_template
from weather.views.html.icons import report_icons
from weather.views.html.models import (
    ComparedError,
    ComparedFallback,
    ComparedReport,
    ComparisonPage,
)
from weather.views.html.notices import comparison_frame
from weather.views.html.page_fields import page_fields
from weather.views.html.page_shapes.range_bar import days_scale
from weather.views.html.report_view import report_view
from weather.views.options import ViewOptions
from weather.views.units import local_units

_COMPARED_DAYS = 5


def render_comparison(
    results: Sequence[tuple[str, Report | ClimateFallback | WeatherError]], options: ViewOptions
) -> str:
    """The comparison page; `results` are queries, each with its report, climate normals or its
    error."""
    language = get_language(options.language)
    reports = [(query, result) for query, result in results if isinstance(result, Report)]
    fallbacks = [(query, item) for query, item in results if isinstance(item, ClimateFallback)]
    views = [report_view(report, options) for _, report in reports]
    frame = comparison_frame(
        views,
        [fallback for _, fallback in fallbacks],
        language,
        twelve_hours=options.twelve_hours,
    )
    days = [day for _, report in reports for day in report.days[:_COMPARED_DAYS]]
    # Those that are too many would be so again.
    queries = tuple(query for query, item in results if not isinstance(item, InvalidOption))
    remove = {query: _url_without(query, queries, options) for query, _ in results}
    page = ComparisonPage(
        **page_fields(options, frame),
        reports=tuple(
            ComparedReport(query, remove[query], view)
            for (query, _), view in zip(reports, views, strict=True)
        ),
        fallbacks=tuple(
            _compared_fallback(query, remove[query], item, options) for query, item in fallbacks
        ),
        errors=tuple(
            _compared_error(query, remove[query], result, language)
            for query, result in results
            if isinstance(result, WeatherError)
        ),
        queries=queries,
        scale=days_scale(days),
        icons=sorted({name for _, report in reports for name in report_icons(report)}),
    )
    return render_template(COMPARISON, page)


def _url_without(query: str, queries: tuple[str, ...], options: ViewOptions) -> str:
    address = options.address
    others = tuple(other for other in queries if other != query)
    return address.prefix + links.comparison_url(others, address.sticky_options)


def _compared_fallback(
    query: str, remove_url: str, fallback: ClimateFallback, options: ViewOptions
) -> ComparedFallback:
    language = get_language(options.language)
    return ComparedFallback(
        query,
        remove_url,
        wording.place(language, fallback.place),
        normal_values(fallback, language, local_units(options)),
        error_text.reason(language, fallback),
    )


def _compared_error(
    query: str, remove_url: str, error: WeatherError, language: Language
) -> ComparedError:
    return ComparedError(
        query,
        remove_url,
        error_text.title(language, error),
        error_text.explanation(language, error),
    )

"""The page that compares several places."""

from __future__ import annotations

from collections.abc import Sequence

from weather.core.errors import WeatherError
from weather.core.models import Report
from weather.i18n.languages import Language, get_language
from weather.views import wording
from weather.views.html.environment import COMPARISON, render_template
from weather.views.html.icons import report_icons
from weather.views.html.models import ComparedError, ComparedReport, ComparisonPage
from weather.views.html.notices import comparison_frame
from weather.views.html.page_fields import page_fields
from weather.views.html.range_bar import days_scale
from weather.views.html.report_view import report_view
from weather.views.options import ViewOptions

_COMPARED_DAYS = 5


def render_comparison(
    results: Sequence[tuple[str, Report | WeatherError]], options: ViewOptions
) -> str:
    """The comparison page; `results` are queries, each with its report or its error."""
    language = get_language(options.language)
    reports = [(query, result) for query, result in results if isinstance(result, Report)]
    views = [report_view(report, options) for _, report in reports]
    days = [day for _, report in reports for day in report.days[:_COMPARED_DAYS]]
    page = ComparisonPage(
        **page_fields(options, comparison_frame(views, language)),
        reports=tuple(
            ComparedReport(query, view) for (query, _), view in zip(reports, views, strict=True)
        ),
        errors=tuple(
            _compared_error(query, result, language)
            for query, result in results
            if isinstance(result, WeatherError)
        ),
        queries=tuple(query for query, _ in results),
        scale=days_scale(days),
        icons=sorted({name for _, report in reports for name in report_icons(report, ())}),
    )
    return render_template(COMPARISON, page)


def _compared_error(query: str, error: WeatherError, language: Language) -> ComparedError:
    return ComparedError(
        query, language.translate(error.title), wording.explanation(language, error)
    )

"""The pages of a report, of climate normals and of an error.

They work without their script and load nothing from other hosts. `models` has the data of each
page, `templates` their markup.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from weather.core.errors import UpstreamError, VisitorLocationUnknown, WeatherError
from weather.core.models import ClimateFallback, Report
from weather.i18n.languages import get_language
from weather.views import error_text, wording
from weather.views.climate_text import normal_values
from weather.views.html import links
from weather.views.html.clock import Clock
from weather.views.html.daylight import Daylight
from weather.views.html.environment import ERROR, FALLBACK, REPORT, render_template
from weather.views.html.frame import Frame
from weather.views.html.models import LINK, ErrorPage, FallbackPage, Link, ReportPage
from weather.views.html.notices import fallback_frame, report_frame
from weather.views.html.page_fields import page_fields
from weather.views.html.sections import shared_parts
from weather.views.options import ViewOptions
from weather.views.page_address import PageAddress
from weather.views.units import local_units


def render(report: Report, options: ViewOptions) -> str:
    """The page of a report."""
    shared, address = shared_parts(report, options), options.address
    page = ReportPage(
        **page_fields(options, report_frame(shared.view)),
        view=shared.view,
        today=shared.today,
        scale=shared.scale,
        icons=shared.icons,
        sections=_linked(shared.sections, address),
        alternatives=_alternatives(report, options),
        json_url=address.with_option("format", "json"),
        text_url=address.with_option("format", "text"),
        curl=links.curl_command(address),
        url=f"{address.origin}{address}",
        preview_url=address.absolute(links.preview_url(report.place, options.units)),
        has_chart=shared.has_chart,
    )
    return render_template(REPORT, page)


def render_fallback(fallback: ClimateFallback, options: ViewOptions) -> str:
    """The page of climate normals, if there is no forecast."""
    language, zone = get_language(options.language), ZoneInfo(fallback.timezone)
    clock = Clock(zone, language, options.twelve_hours)
    page = FallbackPage(
        **page_fields(options, fallback_frame(fallback, clock)),
        fallback=fallback,
        reason=error_text.reason(language, fallback),
        name=wording.place(language, fallback.place),
        normals=normal_values(fallback, language, local_units(options)),
        daylight=Daylight.of(fallback.astronomy, fallback.at, zone),
        clock=clock,
    )
    return render_template(FALLBACK, page)


def render_error(error: WeatherError, options: ViewOptions) -> str:
    """The page of an error, with a search form."""
    language = get_language(options.language)
    units = (("units", str(options.units)),) if options.units else ()
    # The requested URL failed, so the settings lead to the start page.
    address = PageAddress("/", units, prefix=options.address.prefix)
    page = ErrorPage(
        **page_fields(options, Frame(), address=address, query=options.query),
        status=error.status,
        title=error_text.title(language, error),
        explanation=error_text.explanation(language, error),
        location_unknown=isinstance(error, VisitorLocationUnknown),
        can_retry=isinstance(error, UpstreamError),
    )
    return render_template(ERROR, page)


def _linked(sections: Markup, address: PageAddress) -> Markup:
    """The sections with links to the same page with another option."""
    url = address.without_options({"hours", "day"})
    return sections.replace(LINK, escape(f"{url}{'&' if '?' in url else '?'}"))


def _alternatives(report: Report, options: ViewOptions) -> tuple[Link, ...]:
    """Links to the other places of the same name."""
    language, address = get_language(options.language), options.address
    return tuple(
        Link(
            wording.place(language, place),
            address.prefix + links.coordinates_url(place.coordinates, address.sticky_options),
        )
        for place in report.located.alternatives
    )

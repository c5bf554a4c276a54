"""python -m tests.page_states FOLDER: write every state of the page to a file, for checkers, such
as that of `make html`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from tests import reports
from weather.core.measurement_systems import Units
from weather.i18n.languages import LANGUAGES
from weather.views.html import pages
from weather.views.options import ViewOptions
from weather.views.saved import SavedPreferences

METRIC = ViewOptions(units=Units.METRIC)
_LONG_NAME = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"


def states() -> dict[str, str]:
    """The HTML of each state by name: those of the tests, a long name, climate normals, and
    every language."""
    from tests.views.html.states import STATES

    documents = {
        name.replace(" ", "-").replace(",", ""): make().html for name, make in STATES.items()
    }
    place = replace(reports.WINDHAVEN, name=_LONG_NAME)
    saved = SavedPreferences(places=(place.label, "Oslo"))
    documents["long-name"] = pages.render(reports.report(place), replace(METRIC, saved=saved))
    documents["climate-fallback"] = pages.render_fallback(reports.climate_fallback(), METRIC)
    for language in LANGUAGES:
        options = replace(METRIC, language=language.tag, saved=saved)
        documents[f"in-{language.tag}"] = pages.render(reports.with_alerts(), options)
    return documents


def main() -> int:
    """Write the files; return the exit status."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, html in states().items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

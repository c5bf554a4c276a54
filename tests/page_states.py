"""python -m tests.page_states FOLDER: every state of the page as a file, for HTML checkers.

java -jar vnu.jar --also-check-svg FOLDER/*.html
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from tests import reports
from weather.i18n.languages import LANGUAGES
from weather.views.options import Units, ViewOptions
from weather.views.saved import SavedPreferences

METRIC = ViewOptions(units=Units.METRIC)
_LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"


def states() -> dict[str, str]:
    """HTML by name: the states of the page's tests, a long place name, and every language."""
    from tests.views.html.test_pages import STATES
    from weather.views.html import pages as page

    documents = {
        name.replace(" ", "-").replace(",", ""): make().html for name, make in STATES.items()
    }
    place = replace(reports.WINDHAVEN, name=_LONG)
    saved = SavedPreferences(places=(place.label, "Oslo"))
    documents["long-name"] = page.render(reports.report(place), replace(METRIC, saved=saved))
    documents["usual"] = page.render_fallback(reports.usual(), METRIC)
    for language in LANGUAGES:
        options = replace(METRIC, language=language.tag, saved=saved)
        documents[f"in-{language.tag}"] = page.render(reports.warned(), options)
    return documents


def main() -> int:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, html in states().items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The tables of docs/wttr.md that are written from the declarations of letters, options and
formats.

`python -m tests.wttr_tables` writes them into the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from weather.views import registry
from weather.web.parameters import ANSWER, COMPATIBLE, LETTERS, LONG_NAMES, PRESENTATION, STRICT

DOCUMENT = Path(__file__).parent.parent / "docs" / "wttr.md"


def letters() -> Iterator[str]:
    for entry in LETTERS:
        names = ", ".join(
            f"`{name}`" for name, letter in LONG_NAMES.items() if letter == entry.letter
        )
        yield f"| `{entry.letter}` | {names} | {entry.meaning} |"


def options() -> Iterator[str]:
    for parameter in (*PRESENTATION, *COMPATIBLE, STRICT, *ANSWER):
        yield f"| `{parameter.name}=` | {parameter.meaning} |"


def formats() -> Iterator[str]:
    for name, view in registry.BY_FORMAT.items():
        error = view.error_content_type
        error = "" if error == view.content_type else f"`{error}`"
        yield f"| `{name}` | `{view.content_type}` | {error} |"


TABLES = {"letters": letters, "options": options, "formats": formats}


def rows(name: str, text: str) -> list[str]:
    """The rows of a table below its mark, without the two lines of its head."""
    match = re.search(_pattern(name), text)
    assert match, f"docs/wttr.md has no table of {name}"
    return match[2].splitlines()


def _pattern(name: str) -> str:
    return rf"(<!-- {name} -->\n\|.*\n\|[-|]+\n)((?:\|.*\n)*)"


def main() -> None:
    text = DOCUMENT.read_text()
    for name, write in TABLES.items():
        new = "".join(f"{row}\n" for row in write())
        text = re.sub(_pattern(name), lambda match, new=new: match[1] + new, text)  # type: ignore[misc]
    DOCUMENT.write_text(text)


if __name__ == "__main__":
    main()

"""Table cells as markup, joined at once: a template would escape and output each one by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

# The unit separator of ASCII, which is in no text of a table.
_SEPARATOR = "\x1f"


def escaped(texts: Sequence[str]) -> list[str]:
    """The texts, escaped all at once: most of the time that it takes is that of the call."""
    return str(escape(_SEPARATOR.join(texts))).split(_SEPARATOR) if texts else []


def text_cells(
    texts: Sequence[str], classes: Sequence[str] = (), start: str = "<td>", end: str = "</td>"
) -> Markup:
    """A cell for each text, escaped."""
    return _joined(escaped(texts), classes, start, end)


def markup_cells(
    contents: Iterable[Markup],
    classes: Sequence[str] = (),
    start: str = "<td>",
    end: str = "</td>",
) -> Markup:
    """A cell for each content, with its class if that is not empty."""
    return _joined(contents, classes, start, end)


def _joined(contents: Iterable[str], classes: Sequence[str], start: str, end: str) -> Markup:
    if not classes:
        return Markup("".join([f"{start}{content}{end}" for content in contents]))  # noqa: S704
    cells = zip(contents, classes, strict=True)
    return Markup(  # noqa: S704  # escaped, and our own classes
        "".join(
            [
                f"<td class={name}>{content}</td>" if name else f"<td>{content}</td>"
                for content, name in cells
            ]
        )
    )

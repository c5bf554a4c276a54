"""A bar chart as SVG, in the reader's light or dark colour scheme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

_WIDTH, _ROW, _LEFT, _RIGHT = 720, 44, 92, 90
_STYLE = (
    "text{font:14px system-ui,sans-serif;fill:#333}.post{fill:#c9ced6}.ours{fill:#2f7d6b}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}.post{fill:#565d68}.ours{fill:#5fc3aa}}"
)


def bars(ours: Sequence[tuple[str, float]], post: Mapping[str, float]) -> str:
    """Two bars per name: the size of the post's image and of ours, in megabytes."""
    longest = max([size for _, size in ours] + list(post.values()))
    scale = (_WIDTH - _LEFT - _RIGHT) / longest
    height = _ROW * len(ours) + 34
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">',
        "<title>Image sizes in megabytes: the post's and ours</title>",
        f"<style>{_STYLE}</style>",
    ]
    for number, (name, size) in enumerate(ours):
        top = number * _ROW + 4
        parts.append(f'<text x="0" y="{top + 22}">{escape(name)}</text>')
        if name in post:
            parts += _bar("post", post[name], top, scale)
        parts += _bar("ours", size, top + 17, scale)
    legend = height - 8
    parts.append(f'<rect class="post" x="{_LEFT}" y="{legend - 11}" width="12" height="12"/>')
    parts.append(f'<text x="{_LEFT + 18}" y="{legend}">the post, MB</text>')
    parts.append(f'<rect class="ours" x="{_LEFT + 140}" y="{legend - 11}" width="12" height="12"/>')
    parts.append(f'<text x="{_LEFT + 158}" y="{legend}">this repository, MB</text>')
    return "\n".join([*parts, "</svg>", ""])


def _bar(kind: str, size: float, top: int, scale: float) -> list[str]:
    width = max(size * scale, 1)
    return [
        f'<rect class="{kind}" x="{_LEFT}" y="{top}" width="{width:.1f}" height="15" rx="2"/>',
        f'<text x="{_LEFT + width + 6:.1f}" y="{top + 13}">{size:.3g}</text>',
    ]

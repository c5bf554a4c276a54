"""The style sheets of the pages: a layer for each file, minified."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from string import ascii_lowercase

_DECLARATION = re.compile(r"(--[\w-]+):\s*([^;]+);\s*")


def stylesheet(layers: Mapping[str, str]) -> str:
    """The style of layers by name, of which later ones take precedence: without comments, optional
    white space, and constants."""
    css = "\n".join(f"@layer {name} {{{text}}}" for name, text in layers.items())
    return _minify(_short_names(_inline_constants(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))))


def colour_schemes(tokens: str) -> tuple[dict[str, str], dict[str, str]]:
    """The colours of the light and of the dark scheme by the name of their token, for what no style
    reaches."""
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#\w+);", block))
        for block in re.findall(r":root \{(.*?)\}", tokens, re.DOTALL)
    )
    return light, light | dark


def _inline_constants(css: str) -> str:
    """The style with the values of custom properties that are declared once in place of their
    names, as of the scales of text and of space: the names would be a tenth of the page's style."""
    declarations = _DECLARATION.findall(css)
    count = Counter(name for name, _ in declarations)
    constants = {name: value for name, value in declarations if count[name] == 1}
    css = _DECLARATION.sub(lambda it: "" if it[1] in constants else it[0], css)
    return re.sub(r"var\((--[\w-]+)\)", lambda it: constants.get(it[1], it[0]), css)


def _short_names(css: str) -> str:
    """The style with letters as the names of its custom properties: no script and no markup of ours
    reads them, and the names would be 90 bytes of a compressed page."""
    # In their order, so that a layer that is sent later finds them under the same letters.
    names = dict.fromkeys(re.findall(r"--[a-z][\w-]*", css))
    short = {name: f"--{_letters(number)}" for number, name in enumerate(names)}
    return re.sub(r"--[a-z][\w-]*", lambda it: short[it[0]], css)


def _letters(number: int) -> str:
    """ "a" to "z", then "ba" and so on."""
    more, letter = divmod(number, len(ascii_lowercase))
    return (_letters(more) if more else "") + ascii_lowercase[letter]


def _minify(css: str) -> str:
    css = re.sub(r"(?<![\d.#])0\.(?=\d)", ".", " ".join(css.split()))
    for sign in "{};,>":  # ten times as fast as an expression with a group
        css = css.replace(f" {sign}", sign).replace(f"{sign} ", sign)
    return css.replace(": ", ":").replace(";}", "}")

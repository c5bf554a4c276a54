"""Names without what writers vary, for comparison."""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = re.compile("[\u0300-\u036f]")  # combining marks of Latin, Greek and Cyrillic script
# None and not "", for which CPython has a fast path.
_LETTERS: dict[int, str | None] = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ё": "е"}
    | dict.fromkeys("'’ʻʼ‘`´ʿʾ.ʹʺ")
    | dict.fromkeys("-‐‑–—_/,;()\t\r\n", " ")
)
# Words that say what an area is, and those that join them to its name.
_KINDS = frozenset(
    "province state region county prefecture department governorate district municipality oblast"
    " krai canton provincia estado regiao comunidad departamento departement provinsi kanton"
    " provinz provincie land territory parish voivodeship vilayeti ili sheng shi".split()
)
_JOINTS = frozenset("of de del della di do da du d".split())
_ARTICLES = frozenset("the la le les el los las die der das il gli de den det o a os as".split())


def fold(name: str) -> str:
    """A name without case, accents, apostrophes and hyphens."""
    # Decomposition may yield capitals (of mathematical letters), so it precedes casefold, too.
    lower = unicodedata.normalize("NFKD", name.casefold()).casefold()
    letters = unicodedata.normalize("NFKD", lower.translate(_LETTERS))
    plain = _ACCENTS.sub("", letters)
    return " ".join(unicodedata.normalize("NFC", plain).translate(_LETTERS).split())


def fold_area(name: str) -> str:
    """The name of a country or region, folded, and without articles and what it is: "The
    Netherlands" is "netherlands", and "Province of Como" is "como"."""
    words = fold(name.replace("&", " and ")).split()
    own = [word for word in words if word not in _KINDS] or words
    dropped = _JOINTS | _ARTICLES if len(own) < len(words) else _ARTICLES
    while len(own) > 1 and own[0] in dropped:
        del own[0]
    return " ".join(own)

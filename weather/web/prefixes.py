"""A language, a view or units before a place, in the path (`/de/Berlin`) or in the host name
(`de.weather.example`, `us.weather.example`), as options of the query string."""

from __future__ import annotations

import re
from functools import lru_cache

from weather.i18n.languages import match_language
from weather.views import registry
from weather.views.page_address import Option
from weather.web import view_options
from weather.web.public_address import PublicAddress

# ISO 639-1, the codes of Hebrew, Indonesian and Yiddish before 1989, and Plains Cree, which
# wttr.in has. Not any two letters:
# /wp/Berlin is none.
_LANGUAGES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr crk cs cu cv"
    " cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht"
    " hu hy hz ia id ie ig ii ik in io is it iu iw ja ji jv ka kg ki kj kk kl km kn ko kr ks ku kv"
    " kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv"
    " ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss"
    " st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za"
    " zh zu"
).split()
_VIEWS = tuple(name for name in registry.BY_FORMAT if re.fullmatch(r"[a-z]\d[a-z]?", name))
_NEGOTIATED = "v1"
_IMPERIAL = "us"
# Of one segment of a path, whatever its case.
PATTERN = (
    rf"(?i:{'|'.join((_NEGOTIATED, _IMPERIAL, *_VIEWS))}"
    rf"|(?:{'|'.join(_LANGUAGES)})(?:[-_][a-z0-9]{{2,8}}){{0,2}})"
)
# Before a question about the visitor's own place. Not whatever can be a place: /LA/rain.
OWN_PATTERN = (
    rf"(?:{_IMPERIAL}"
    rf"|(?:{'|'.join(filter(match_language, _LANGUAGES))})(?:[-_][a-z0-9]{{2,8}}){{0,2}})"
)
_PREFIX = re.compile(PATTERN)
_UNIT_LETTERS = frozenset("muM")
_ADDED = frozenset({"lang", "view", "units"})
_OUTPUTS = frozenset({"html", "json"})


def with_prefixes(
    options: tuple[Option, ...], host: str, path_prefix: str, public: PublicAddress | None
) -> tuple[Option, ...]:
    """The options of a request, and after them those of the host name below the `public` one and
    of the path: the first of a name counts. A view or units that the request chooses otherwise
    are not added."""
    labels = _labels(host.lower(), public.host) if public else ()
    words = (*labels, path_prefix) if path_prefix else labels
    if not words:
        return options
    added = (option for word in words for option in _options(word))
    chosen = _chosen(options)
    # Those without a value choose nothing (`?lang=` of a client whose variable is not set).
    options = tuple(option for option in options if option[1] or option[0] not in _ADDED)
    return (*options, *(option for option in added if option[0] not in chosen))


def _chosen(options: tuple[Option, ...]) -> frozenset[str]:
    """The names of what the options choose by other names."""
    values = view_options.named_values(options)
    names = set()
    if values.get("output", "").lower() in _OUTPUTS:
        names.add("view")
    if not _UNIT_LETTERS.isdisjoint(view_options.flags(options)):
        names.add("units")
    return frozenset(names)


@lru_cache(maxsize=256)
def _labels(host: str, base: str) -> tuple[str, ...]:
    """The labels of a host name below another one."""
    name = re.sub(r":\d*$", "", host).rstrip(".")
    return tuple(name.removesuffix(f".{base}").split(".")) if name.endswith(f".{base}") else ()


@lru_cache(maxsize=256)
def _options(word: str) -> tuple[Option, ...]:
    word = word.lower()
    if word == _NEGOTIATED or not _PREFIX.fullmatch(word):
        return ()
    if word == _IMPERIAL:
        return (("units", "imperial"),)
    return (("view", word),) if word in _VIEWS else (("lang", word),)

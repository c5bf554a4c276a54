"""The message catalogues: gettext's .mo files, one per language, made from `translations/`."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO

# The language of the messages in the code. It has no catalogue.
SOURCE_LANGUAGE = "en"

# Returns the bytes of the .mo file for a language's tag.
Reader = Callable[[str], bytes]


def install_reader(reader: Reader) -> None:
    """Reads catalogues by `reader` from now on; the static executable holds them as constants.
    Catalogues that are loaded already are discarded."""
    global _reader  # noqa: PLW0603  # one reader for the process
    _reader = reader
    load_catalogue.cache_clear()
    split_message.cache_clear()


@cache
def load_catalogue(tag: str) -> gettext.NullTranslations:
    """The translations for a tag of `languages.LANGUAGES`, read at the first call."""
    if tag == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    return gettext.GNUTranslations(BytesIO(_reader(tag)))


@lru_cache(maxsize=1024)
def split_message(tag: str, messages: str) -> tuple[str, ...]:
    """The translations of a message that holds several, separated by `|`."""
    return tuple(load_catalogue(tag).gettext(messages).split("|"))


def read_package_file(tag: str) -> bytes:
    """Reads the catalogue from the package's own files."""
    return resources.files("weather.i18n").joinpath("locale", f"{tag}.mo").read_bytes()


_reader: Reader = read_package_file

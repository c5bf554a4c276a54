"""Recognizes crawlers: a search engine that follows every place name would spend the day's
upstream calls, so it gets what is cached."""

from __future__ import annotations

import re
from functools import lru_cache

_LONGEST = 500  # characters of a User-Agent that are read
# Nearly all crawlers name themselves with the first words. Named in full are those whose makers'
# apps and browsers for people have similar names: baiduboxapp, YandexSearch, a Cubot telephone.
_NAMES = re.compile(
    r"(?<!cu)bot(?:\b|_)|crawl|spider|slurp|archiver|facebookexternalhit|mediapartners"
    r"|bingpreview|yandex(?:images|video|media|blogs|news|metrika|webmaster|favicons|direct)\w*/"
    r"|scrapy",
    re.IGNORECASE,
)


@lru_cache(maxsize=512)
def is_crawler(user_agent: str) -> bool:
    return _NAMES.search(user_agent[:_LONGEST]) is not None

"""Programs that read the whole web. They get what is known here: a search engine that follows
every name there is would spend the day's calls before breakfast."""

from __future__ import annotations

import re
from functools import lru_cache

# Nearly all call themselves so. (A Cubot is a telephone.)
_WORDS = re.compile(
    r"(?<!cu)bot(?:\b|_)|crawl|spider|slurp|archiver|facebookexternalhit|mediapartners|bingpreview"
    r"|yandex\w+/|baidu|bytespider|petalbot|gptbot|claudebot|ccbot|scrapy",
    re.IGNORECASE,
)


@lru_cache(maxsize=512)
def is_crawler(user_agent: str) -> bool:
    return _WORDS.search(user_agent[:500]) is not None

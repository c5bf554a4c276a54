"""URLs derived from that of a page, however long it is."""

from __future__ import annotations

from urllib.parse import parse_qsl, unquote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from weather.views import page_address
from weather.views.page_address import PageAddress

TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.text("a/&=+% ü", min_size=199)


@given(TEXTS, st.lists(st.tuples(TEXTS, TEXTS)))
def test_a_url_is_read_back(path: str, options: list[tuple[str, str]]) -> None:
    url = urlsplit(str(PageAddress(path, tuple(options))))
    assert not url.netloc
    assert unquote(url.path) == "/" + path.lstrip("/")
    assert parse_qsl(url.query, keep_blank_values=True) == options


def test_long_texts_are_not_kept() -> None:
    caches = page_address._cached_path, page_address._cached_option
    before = [cache.cache_info().currsize for cache in caches]
    for number in range(20):
        text = f"{number}" * 300
        for address in (PageAddress(text), PageAddress("/", ((text, None), ("q", text)))):
            assert text in str(address)
    assert str(PageAddress("/", (("q", "ü" * 300),))) == "/?q=" + "%C3%BC" * 300
    after = [cache.cache_info().currsize for cache in caches]
    assert sum(after) - sum(before) <= 1, "that of the start page"

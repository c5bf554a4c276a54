"""Bodies, their compressed form, and those that are kept."""

from __future__ import annotations

import gzip
import zlib
from functools import partial
from random import Random

import pytest

from weather.stores.memory import Memory
from weather.views.html.assets import SCRIPT, STYLE
from weather.web.body import Body
from weather.web.body_cache import BodyCache

TEXT = "The weather where you are. " * 200


def test_a_body_is_compressed_once_and_the_same_after_it_is_packed() -> None:
    body = Body.of(TEXT)
    assert body.compressed is body.compressed
    assert gzip.decompress(body.compressed or b"").decode() == TEXT
    packed = body.packed()
    assert len(packed) < body.size / 2
    unpacked = Body.unpacked(packed)
    assert unpacked.is_compressed
    assert unpacked.compressed == body.compressed
    assert unpacked.plain.decode() == TEXT
    assert unpacked.size == body.size


@pytest.mark.parametrize("style", [STYLE, STYLE * 3, "", STYLE[:-1]])
@pytest.mark.parametrize("script", [SCRIPT, ""])
@pytest.mark.parametrize("size", [0, 1, 200, 3000])
def test_a_page_with_and_without_the_parts_of_all_pages_is_read_back(
    style: str, script: str, size: int
) -> None:
    text = "".join(Random(size).choices("wetterΑΒΓ<>", k=size)) + TEXT
    page = f"<!doctype html>{text}<style>{style}</style>{text}<script>{script}</script>{text}"
    body = Body.of(page)
    assert Body.unpacked(body.packed()).plain.decode() == page
    packed = body.compressed
    assert Body.unpacked(body.packed()).compressed == packed
    assert Body.unpacked(Body.unpacked(body.packed()).packed()).plain.decode() == page
    assert packed
    assert gzip.decompress(packed).decode() == page
    inflate = zlib.decompressobj(31)
    assert inflate.decompress(packed).decode() == page
    assert inflate.eof
    assert not inflate.unused_data
    whole = gzip.compress(page.encode())
    assert len(packed) < len(whole) * 1.01 + 20


def test_a_body_that_was_packed_before_it_was_compressed_is_sent_as_any_other() -> None:
    first = Body.of(TEXT)
    unpacked = Body.unpacked(Body.of(TEXT).packed())
    assert not unpacked.is_compressed
    assert unpacked.plain.decode() == TEXT
    assert unpacked.compressed == first.compressed
    assert unpacked.size == first.size


def test_of_a_page_the_style_and_the_script_are_not_packed() -> None:
    page = f"<!doctype html><style>{STYLE}</style>{TEXT}<script>{SCRIPT}</script>"
    packed = Body.of(page).packed()
    assert len(packed) < len(Body.of(page[1:]).packed()) / 5
    sent = Body.of(page)
    compressed = sent.compressed
    assert compressed is not None
    assert len(sent.packed()) < len(compressed) / 5, "of the form for clients neither"
    assert Body.unpacked(packed).plain.decode() == page
    assert Body.unpacked(Body.of(page[1:]).packed()).plain.decode() == page[1:]


def test_short_texts_and_pictures_are_not_compressed() -> None:
    for rendered in ("short", b"\x89PNG" * 1000, "", b""):
        body = Body.of(rendered)
        for form in (body, Body.unpacked(body.packed())):
            assert form.compressed is None
            assert form.plain == (rendered.encode() if isinstance(rendered, str) else rendered)


def test_half_a_surrogate_pair_does_not_fail_a_body() -> None:
    assert Body.of("\ud800").plain == b"?"


def test_a_body_is_rendered_at_its_first_use() -> None:
    bodies, rendered = BodyCache(1_000_000), list[str]()

    def render(key: str) -> str:
        rendered.append(key)
        return key

    for key in ("a", "b", "a", "b"):
        assert bodies.get(key, partial(render, key)).plain == key.encode()
    assert rendered == ["a", "b"]


def test_bodies_that_give_way_are_found_packed_in_the_shared_memory() -> None:
    memory = Memory(100, 1_000_000)
    bodies = BodyCache(30_000, memory)  # four as they are
    texts = {str(n): f"{n} {TEXT}" for n in range(12)}
    for key, text in texts.items():
        bodies.get(key, partial(str, text))
        assert memory.set_many(bodies.packed(key), 60)
    for _ in range(3):
        for key, text in texts.items():
            content = bodies.content(key, compressed=False)
            assert content == text.encode()
            packed = bodies.content(key, compressed=True)
            assert packed is not None
            assert gzip.decompress(packed) == content


def test_a_body_is_rendered_once_by_processes_with_one_memory() -> None:
    memory = Memory(100, 1_000_000)
    ours, others = BodyCache(30_000, memory), BodyCache(30_000, memory)
    ours.get("a", lambda: TEXT)
    assert others.find("a") is None, "it is not shared yet"
    assert memory.set_many(ours.packed("a"), 60)
    assert others.content("a", compressed=False) == TEXT.encode()
    assert ours.packed("b") == {}


def test_the_least_recently_used_bodies_are_dropped() -> None:
    bodies, random = BodyCache(50_000), Random(2)
    for n in range(200):
        noise = random.randbytes(2000).hex()
        bodies.get(str(n), partial(str, noise))
    left = [n for n in range(200) if bodies.find(str(n))]
    assert left == list(range(left[0], 200))
    assert 5 < len(left) < 25
    assert bodies.content("0", compressed=False) is None


def test_without_capacity_nothing_is_kept() -> None:
    bodies, texts = BodyCache(0), iter(("first", "second"))
    assert bodies.get("a", lambda: next(texts)).plain == b"first"
    assert bodies.get("a", lambda: next(texts)).plain == b"second"

"""Bodies, their compressed form, and those that are kept."""

from __future__ import annotations

import gzip
from functools import partial
from random import Random

from weather.web.body import Body, BodyCache

TEXT = "The weather where you are. " * 200


def test_a_body_is_compressed_once_and_the_same_after_it_is_packed() -> None:
    body = Body.of(TEXT)
    assert body.compressed is body.compressed
    assert gzip.decompress(body.compressed or b"").decode() == TEXT
    size = body.size
    body.pack()
    assert body.is_packed
    assert body.size < size / 2
    assert body.plain.decode() == TEXT
    body.unpack()
    assert not body.is_packed
    assert body.plain.decode() == TEXT


def test_a_body_that_was_packed_first_is_sent_as_any_other() -> None:
    first, packed = Body.of(TEXT), Body.of(TEXT)
    packed.pack()
    assert packed.size < first.size / 2
    assert packed.plain.decode() == TEXT
    assert packed.compressed == first.compressed
    assert packed.plain.decode() == TEXT


def test_short_texts_and_pictures_are_not_compressed() -> None:
    for rendered in ("short", b"\x89PNG" * 1000):
        body = Body.of(rendered)
        assert body.compressed is None
        body.pack()
        assert body.plain == (rendered.encode() if isinstance(rendered, str) else rendered)


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


def test_bodies_that_give_way_are_kept_compressed_and_unpacked_again() -> None:
    bodies = BodyCache(60_000)  # a third is for three as they are
    texts = {str(n): f"{n} {TEXT}" for n in range(12)}
    for key, text in texts.items():
        bodies.get(key, partial(str, text))
    for _ in range(3):
        for key, text in texts.items():
            content = bodies.content(key, compressed=False)
            assert content == text.encode()
            packed = bodies.content(key, compressed=True)
            assert packed is not None
            assert gzip.decompress(packed) == content


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

"""Bodies into which their age is filled when they are sent."""

from __future__ import annotations

import gzip
import zlib
from random import Random

import pytest

from weather.stores.memory import Memory
from weather.web.aged_body import AgedBody
from weather.web.body_cache import BodyCache

BEFORE, AFTER = '{"weather": "°C", ' * 300 + '"age":', ',"credits":"by Windhaven"}\n'
AGES = (0, 9, 10, 60, 999, 86_400, 10**9)


def text(age: int) -> bytes:
    return f"{BEFORE}{age}{AFTER}".encode()


@pytest.mark.parametrize("age", AGES)
def test_each_form_has_the_age_that_it_is_sent_with(age: int) -> None:
    body = AgedBody(BEFORE, AFTER)
    for form in (body, AgedBody.unpacked(AgedBody(BEFORE, AFTER).packed())):
        assert form.at(age).plain == text(age)
        packed = form.at(age).compressed
        assert packed is not None
        assert gzip.decompress(packed) == text(age)
        # One file and no more, as browsers read but the first.
        inflate = zlib.decompressobj(31)
        assert inflate.decompress(packed) == text(age)
        assert inflate.eof
        assert not inflate.unused_data
        assert len(packed) < len(gzip.compress(text(age))) + 60


def test_the_length_differs_by_the_digits_of_the_age_in_both_forms() -> None:
    body = AgedBody(BEFORE, AFTER)
    plain = {len(body.at(age).plain) - len(str(age)) for age in AGES}
    packed = {len(body.at(age).compressed or b"") - len(str(age)) for age in AGES}
    assert (len(plain), len(packed)) == (1, 1)


def test_a_body_that_is_packed_once_it_was_compressed_is_sent_as_before() -> None:
    body = AgedBody(BEFORE, AFTER)
    compressed = body.at(60).compressed
    unpacked = AgedBody.unpacked(body.packed())
    assert unpacked.at(60).compressed == compressed
    assert unpacked.at(120).plain == text(120)
    assert unpacked.size == body.size


@pytest.mark.parametrize("before", ["", '{"age":', "x" * 490])
def test_a_short_body_is_not_compressed_whatever_its_age(before: str) -> None:
    body = AgedBody(before, "}\n")
    for age in (0, 10**9):
        assert body.at(age).compressed is None
        assert AgedBody.unpacked(body.packed()).at(age).plain == f"{before}{age}}}\n".encode()


def test_bodies_of_chance_are_read_back() -> None:
    random = Random(4)
    for size in (0, 400, 3000, 70_000, 200_000):
        before, after = ("".join(random.choices("wetterΑΒΓ<>", k=size)) for _ in "ab")
        expected = f"{before}{size}{after}".encode()
        for compressed_first in (False, True):
            body = AgedBody(before, after)
            if compressed_first:
                assert body.at(0).compressed or size == 0
            for form in (body, AgedBody.unpacked(body.packed())):
                assert form.at(size).plain == expected
                packed = form.at(size).compressed
                assert gzip.decompress(packed) == expected if packed else size == 0


def test_processes_with_one_memory_send_the_same_body_at_their_own_age() -> None:
    memory = Memory(100, 1_000_000)
    ours, others = BodyCache(60_000, memory), BodyCache(60_000, memory)
    ours.get("a", lambda: (BEFORE, AFTER))
    assert memory.set_many(ours.packed("a"), 60)
    assert ours.content("a", compressed=False, age=1) == text(1)
    assert others.content("a", compressed=False, age=420) == text(420)
    packed = others.content("a", compressed=True, age=421)
    assert packed is not None
    assert gzip.decompress(packed) == text(421)

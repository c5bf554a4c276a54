"""Bodies that are alike: one is packed whole, and of the others how they differ from it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from random import Random

import pytest
from flask.testing import FlaskClient
from werkzeug.test import create_environ

from weather.stores.memory import Memory
from weather.web.body import Body
from weather.web.body_cache import BodyCache, Rendered
from weather.web.difference import applied, difference
from weather.web.environ import REUSE

Numbers = list[float]


def numbers(seed: int, count: int = 2000) -> Numbers:
    random = Random(seed)
    return [round(random.uniform(-40, 40), 1) for _ in range(count)]


def page(values: Numbers) -> str:
    return f"<!doctype html><p>{'</p><p>'.join(map(str, values))}</p>"


def in_json(values: Numbers) -> tuple[str, str]:
    return json.dumps({"hourly": values, "age": 0}).rsplit("0", 1)[0], "}\n"


def text(values: Numbers) -> str:
    return "\n".join(f"Temperature {value} °C" for value in values)


Form = Callable[[Numbers], Rendered]
FORMS: list[Form] = [page, in_json, text]


def share(bodies: BodyCache, memory: Memory, key: str, rendered: Rendered) -> int:
    """The bytes that a body takes of the shared memory."""
    before = memory.size().bytes
    bodies.get(key, lambda: rendered)
    assert memory.set_many(bodies.packed(key, "the place"), 60)
    return memory.size().bytes - before


def plain(rendered: Rendered) -> bytes:
    if isinstance(rendered, tuple):
        return f"{rendered[0]}7{rendered[1]}".encode()
    return rendered if isinstance(rendered, bytes) else rendered.encode()


@pytest.mark.parametrize("form", FORMS)
def test_a_body_that_differs_little_takes_little_and_is_the_same_for_all(form: Form) -> None:
    memory = Memory(100, 1_000_000)
    ours, others = BodyCache(1_000_000, memory), BodyCache(1_000_000, memory)
    metric = numbers(1)
    variants = [[*metric[:1900], *numbers(seed, 100)] for seed in range(2, 5)]
    whole = share(ours, memory, "0", form(metric))
    for key, values in enumerate(variants, 1):
        assert share(ours, memory, str(key), form(values)) < whole / 5
    for key, values in enumerate([metric, *variants]):
        content = others.content(str(key), compressed=False, age=7)
        assert content == plain(form(values))
        packed = others.content(str(key), compressed=True, age=7)
        assert packed
        assert gzip.decompress(packed) == content


@pytest.mark.parametrize("form", FORMS)
def test_a_body_that_differs_much_is_packed_whole(form: Form) -> None:
    memory = Memory(100, 1_000_000)
    ours, others = BodyCache(1_000_000, memory), BodyCache(1_000_000, memory)
    for key, values in enumerate((numbers(1), numbers(2), numbers(3, 1999), numbers(4, 2001))):
        assert share(ours, memory, str(key), form(values)) > 4000
        assert others.content(str(key), compressed=False, age=7) == plain(form(values))


def test_what_was_compressed_for_clients_is_not_to_be_compressed_again() -> None:
    memory = Memory(100, 1_000_000)
    ours, others = BodyCache(1_000_000, memory), BodyCache(1_000_000, memory)
    first = numbers(1)
    share(ours, memory, "0", page(first))
    second = page([*first[:-1], 99.9])
    sent = ours.get("1", lambda: second).at(0).compressed
    assert share(ours, memory, "1", second)
    found = others.find("1")
    assert isinstance(found, Body)
    assert found.is_compressed
    assert found.compressed == sent


def test_a_body_whose_base_has_given_way_is_rendered_again() -> None:
    memory = Memory(100, 1_000_000)
    ours, others = BodyCache(1_000_000, memory), BodyCache(1_000_000, memory)
    first, second = page(numbers(1)), page([*numbers(1)[:-1], 99.9])
    share(ours, memory, "0", first)
    share(ours, memory, "1", second)
    assert others.find("1")
    memory.delete("body 0")
    later = BodyCache(1_000_000, memory)
    assert later.find("1") is None
    # It is the next base: the first one then differs from it.
    assert share(later, memory, "1", second) > 4000
    assert share(later, memory, "0", first) < 500
    for key, content in (("0", first), ("1", second)):
        assert BodyCache(1_000_000, memory).content(key, compressed=False) == content.encode()


@pytest.mark.parametrize("base", [page(numbers(2)), page(numbers(1, 3)), text(numbers(1)), "short"])
def test_a_body_is_not_made_of_another_base(base: str) -> None:
    memory = Memory(100, 1_000_000)
    ours = BodyCache(1_000_000, memory)
    share(ours, memory, "0", page(numbers(1)))
    share(ours, memory, "1", page([*numbers(1)[:-1], 99.9]))
    other = BodyCache(1_000_000, Memory(100, 1_000_000))
    other.get("0", lambda: base)
    assert memory.set_many(other.packed("0"), 60)
    assert BodyCache(1_000_000, memory).find("1") is None


def test_short_texts_and_pictures_are_packed_whole() -> None:
    memory = Memory(100, 1_000_000)
    ours = BodyCache(1_000_000, memory)
    contents: list[Rendered] = ["short", "shorter", b"\x89PNG" * 1000, b"\x89PNG" * 999 + b"1234"]
    for key, rendered in enumerate(contents):
        share(ours, memory, str(key), rendered)
    memory.delete("body 0")
    for key, rendered in list(enumerate(contents))[1:]:
        found = BodyCache(1_000_000, memory).content(str(key), compressed=False)
        assert found == plain(rendered)


def test_differences_of_chance_are_applied() -> None:
    random = Random(3)
    for first, separator in ((b"<", b"<"), (b"{", b","), (b"[", b","), (b"x", b"\n")):
        for _ in range(100):
            parts = [random.randbytes(random.randrange(40)) for _ in range(400)]
            parts = [part.replace(separator, b"") for part in parts]
            changed = list(parts)
            for place in random.sample(range(400), random.randrange(12)):
                changed[place] = random.choice([b"", b"7", b" ", b"1 2"])
            base, content = (first + separator.join(each) for each in (parts, changed))
            packed = difference(base, content)
            assert packed is not None
            assert applied(base, packed) == content


def test_texts_with_other_numbers_of_parts_have_no_difference() -> None:
    assert difference(b"{1,2}" * 500, b"{1,2,3}" * 500) is None
    assert difference(b"", b"") is None


def visit(client: FlaskClient, path: str, visitor: str = "81.0.0.160") -> tuple[bytes, str]:
    """The body, and the group that it is of."""
    environ = create_environ(path, environ_overrides={"REMOTE_ADDR": visitor})
    body = b"".join(client.application.wsgi_app(environ, lambda *_: lambda _: None))
    return body, environ[REUSE].group


def test_a_place_in_the_units_of_each_country_is_alike(client: FlaskClient) -> None:
    visitors = ("81.0.0.160", "81.2.0.160", "81.26.0.160", "81.76.0.160", "8.8.8.8")
    client.get("/Paris?format=json&days=1")  # what shows what was just fetched lives for a moment
    for form in ("html", "json", "text"):
        visits = [visit(client, f"/Paris?format={form}", visitor) for visitor in visitors]
        assert len({group for _, group in visits}) == 1
        first, *others = {body for body, _ in visits}
        assert len(others) >= 3
        for other in others:
            changes = difference(first, other)
            assert changes is not None, form
            assert len(changes) < len(other) / 12


def test_other_places_and_other_views_are_not_of_the_group(client: FlaskClient) -> None:
    paths = ("/Paris?format=html", "/Oslo?format=html", "/Paris?format=json", "/Paris?lang=de")
    assert len({visit(client, path)[1] for path in paths}) == len(paths)

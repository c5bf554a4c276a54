"""Each attack for a few seconds. The commands run them for as long as one likes."""

from __future__ import annotations

import pytest

from simulator import Upstreams
from tests.attack import fuzz, hostile_text, hostile_upstream, mixing
from tests.attack.command import Run
from tests.attack.exchange import MalformedError, parsed
from tests.attack.garbage import GARBAGE
from tests.attack.markup import Page


def assert_withstood(run: Run, counted: str, fewest: int) -> None:
    assert not run.failures, "\n\n".join(run.failures)
    assert run.counts[counted] >= fewest


def test_odd_requests() -> None:
    run = Run(seed=12, most=150)
    fuzz.attack(run)
    assert_withstood(run, "requests", 150)


def test_mixed_visitors() -> None:
    run = Run(seed=12)
    with Upstreams() as upstreams:
        upstreams.now = lambda: mixing.MOMENT
        with (
            mixing.instance(upstreams) as tested,
            mixing.instance(upstreams, "--oracle") as oracle,
        ):
            mixing.compare(run, tested, oracle, count=30)
    assert_withstood(run, "answers compared", 30 * mixing.TIMES)


def test_hostile_texts() -> None:
    run = Run(seed=12, most=3)
    hostile_text.attack(run)
    assert_withstood(run, "attacks", 3)


def test_hostile_upstreams() -> None:
    run = Run(seed=12, most=8)
    hostile_upstream.attack(run)
    assert_withstood(run, "kinds", 8)


def test_there_are_many_kinds_of_garbage() -> None:
    assert len(GARBAGE) > 100


def test_a_seed_repeats_its_requests() -> None:
    from tests.attack.requests import by_chance

    one, same, other = (
        [by_chance(Run(seed=seed).chance).data for _ in range(3)] for seed in (1, 1, 2)
    )
    assert one == same != other


@pytest.mark.parametrize(
    "text",
    [
        "<p onclick=x>",
        "<a href=javascript:alert(1)>",
        "<a href='&#x6a;avascript:alert(1)'>",
        "<a href='\x01javascript:x'>",
        "<!-- a -->",
        "<img src='data:text/html,x'>",
        "<p id=a ID=b>",
    ],
)
def test_the_parser_notices_what_a_page_must_not_hold(text: str) -> None:
    assert Page(text).problems


def test_the_parser_lists_elements_and_code() -> None:
    page = Page('<p class="a">&lt;b&gt;</p><script>alert(1)</script><a href="/x">')
    assert page.elements == {("p", ("class",)), ("script", ()), ("a", ("href",))}
    assert page.code == {"alert(1)"}
    assert not page.problems


@pytest.mark.parametrize(
    "received",
    [
        b"x",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nX: a\nY: b\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabc",
    ],
)
def test_malformed_responses_are_noticed(received: bytes) -> None:
    with pytest.raises(MalformedError):
        parsed(received, head=False)

"""Tables that a process of its own decodes.

Each test has a Python of its own, as one with many threads must not fork."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from weather import atlas
from weather.atlas import container

_ROOT = Path(__file__).parents[2]

_EQUAL = """
from array import array
from dataclasses import fields, is_dataclass
from weather import atlas
from weather.atlas import shared
from weather.atlas.text import MappedText

def plain(value):
    if isinstance(value, MappedText):
        return value[0 : value.end - value.begin]
    if is_dataclass(value):
        return [plain(getattr(value, field.name)) for field in fields(value)]
    return value.tolist() if isinstance(value, (array, memoryview)) else value

own = atlas.load()
atlas.share()
for name, table in own.items():
    assert plain(shared.table(name)) == plain(table), name
print(type(shared.table("climate").temperature).__name__)
"""

_LOOK_UPS = """
import os
from datetime import date
from ipaddress import ip_address
from weather import atlas
from weather.atlas import areas, ip, shared
from weather.core.models import Coordinates

def results():
    world, here = atlas.Atlas(), Coordinates(52.22, 6.89)
    return repr((
        [ip.IPTable().locate(ip_address(text)) for text in ("8.8.8.8", "2001:4860:4860::8888")],
        world.search("Enschede", ()), world.is_area("Overijssel"), world.airport("AMS"),
        world.nearest(here), world.zone_at(here), world.normal(here, date(2026, 7, 1)),
    ))

atlas.share()
if os.fork() == 0:
    print(results(), type(ip.load().bitmap).__name__, flush=True)
    os._exit(0)
shared._tables = None
print(results(), type(ip.load().bitmap).__name__)
"""

_FAILED = """
from weather.atlas import cities, shared
shared.share(lambda: 1 / 0, 1 << 20, ())
assert shared.table("cities") is None
print(cities.load().place(0).name)
"""

_REFUSED = """
from weather.atlas import cities, shared
shared.share(dict, 1 << 60, ())
assert shared.table("cities") is None
print(cities.load().place(0).name)
"""

_TOO_SMALL = """
from weather import atlas
from weather.atlas import cities, shared
shared.share(lambda: atlas.load().items(), 1 << 20, ())
assert shared.table("cities") is None
print(cities.load().place(0).name)
"""

_ONE_BY_ONE = """
from weather.atlas import shared

class Table(bytes):
    left = 0
    def __init__(self, *_):
        Table.left += 1
    def __del__(self):
        Table.left -= 1

def tables():
    yield "first", Table(b"1")
    yield "left of it", bytes([Table.left])
    yield "second", Table(b"2")

shared.share(tables, 1 << 20, ())
print(shared.table("first")[0:1], shared.table("left of it")[0:1], shared.table("second")[0:1])
"""

_READ_ONLY = """
from weather import atlas
from weather.atlas import climate
atlas.share()
try:
    climate.load().temperature[0] = 1
except TypeError:
    print("refused")
"""


def test_shared_tables_are_those_that_a_process_decodes_itself() -> None:
    assert _output(_EQUAL) == ["memoryview"]


def test_look_ups_in_shared_tables_have_the_same_results() -> None:
    own, shared = sorted(_output(_LOOK_UPS), key=lambda line: "memoryview" in line)
    assert own.replace("array", "") == shared.replace("memoryview", "")


def test_where_decoding_fails_each_process_reads_its_tables() -> None:
    assert len(_output(_FAILED)) == 1


def test_where_the_system_refuses_memory_each_process_reads_its_tables() -> None:
    assert len(_output(_REFUSED)) == 1


def test_tables_that_do_not_fit_into_the_memory_are_not_shared() -> None:
    assert len(_output(_TOO_SMALL)) == 1


def test_a_table_that_is_written_is_in_memory_no_longer_when_the_next_one_is_decoded() -> None:
    assert _output(_ONE_BY_ONE) == [r"b'1' b'\x00' b'2'"]


def test_the_largest_table_is_decoded_while_no_other_is_in_memory() -> None:
    sizes = {name: sum(container.check(name).sizes.values()) for name in atlas.dates()}
    assert next(iter(sizes)) == max(sizes, key=sizes.__getitem__)


def test_nothing_changes_what_others_read() -> None:
    assert _output(_READ_ONLY) == ["refused"]


def _output(code: str) -> list[str]:
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=_ROOT, check=False, capture_output=True, text=True
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout.splitlines()

"""Which objects of CPython are compiled for size."""

from __future__ import annotations

from tests.packaging.recipe import load

DUMP = """\
Objects/boolobject.gcda:data:magic `gcda':version `B42*'
Objects/boolobject.gcda:stamp 394062627
Objects/boolobject.gcda:  a1000000:   8:OBJECT_SUMMARY runs=2, sum_max=70761106
Objects/boolobject.gcda:  01000000:  12:FUNCTION ident=21897990, lineno_checksum=0x407b1d8a, cfg_checksum=0xc0bbb23e
Objects/boolobject.gcda:    01a10000:  80:COUNTERS arcs 10 counts
Objects/boolobject.gcda:                   0: 5 0 7 0 0 0 0 0 
Objects/boolobject.gcda:                   8: 100 2 
Objects/boolobject.gcda:    01a90000:  16:COUNTERS indirect_call 2 counts
Objects/boolobject.gcda:                   0: 4000 1 
Objects/boolobject.gcda:    01af0000:   8:COUNTERS time_profiler 1 counts
Objects/boolobject.gcda:                   0: 9000 
Objects/boolobject.gcda:  01000000:  12:FUNCTION ident=1400407534, lineno_checksum=0x105b38b5, cfg_checksum=0x71324ad7
Objects/boolobject.gcda:    01a10000:  40:COUNTERS arcs 2 counts
Objects/boolobject.gcda:                   0: 1000 0 
"""  # noqa: E501, W291  # as gcov-dump prints it


def test_only_branches_are_counted() -> None:
    assert load("cold").executed(DUMP) == 5 + 7 + 100 + 2 + 1000


def test_an_object_that_never_ran_is_cold() -> None:
    assert load("cold").coldest({"ceval.o": 10_000, "fnt.o": 0}, 0.005) == ["fnt.o"]


def test_all_cold_objects_together_have_at_most_the_share() -> None:
    work = {"ceval.o": 900, "b.o": 4, "a.o": 3, "c.o": 93}
    assert load("cold").coldest(work, 0.005) == ["a.o"]
    assert load("cold").coldest(work, 0.007) == ["a.o", "b.o"]
    assert load("cold").coldest(work, 0.1) == ["a.o", "b.o", "c.o"]


def test_nothing_is_cold_in_a_share_of_nothing() -> None:
    assert load("cold").coldest({"ceval.o": 900, "b.o": 4}, 0) == []

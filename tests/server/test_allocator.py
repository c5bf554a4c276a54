from __future__ import annotations

import platform

import pytest

from tests.processes import run

THREADS = """
import ctypes, threading
from weather.server.allocator import use_one_heap
if {changed}:
    assert use_one_heap()
barrier = threading.Barrier(8)

def allocate():
    barrier.wait()
    block = bytes(50_000)
    barrier.wait()

threads = [threading.Thread(target=allocate) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
libc.malloc_info(0, ctypes.c_void_p(libc.fdopen(1, b"w")))
libc.fflush(None)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="of glibc only")
def test_threads_share_one_heap() -> None:
    def heaps(*, changed: bool) -> int:
        return run("-c", THREADS.format(changed=changed)).stdout.count("<heap nr=")

    assert heaps(changed=False) > 1
    assert heaps(changed=True) == 1


FREED = """
from pathlib import Path
from weather.server.allocator import return_free_memory

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

blocks = [bytes(3000) for _ in range(20_000)]
last = blocks[-1]
del blocks
before = resident()
assert return_free_memory()
print(before - resident())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="of glibc only")
def test_memory_that_is_free_within_the_heap_is_given_back() -> None:
    assert int(run("-c", FREED).stdout) > 40_000_000

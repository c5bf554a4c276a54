"""A progress bar: one line that is overwritten on a terminal, else a line per step."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

_WIDTH = 30
_TOTAL = 450.0  # the weights of all steps; about seconds


class Progress:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._done = 0.0
        self._started = time.monotonic()

    @contextmanager
    def step(self, name: str, weight: float) -> Iterator[Callable[[float], None]]:
        """A step of this weight. Yields a function to call with the completed share of the step."""
        self._show(name, 0.0)
        yield lambda share: self._show(name, weight * share) if self._stream.isatty() else None
        self._done += weight
        self._show(name, 0.0, end=not self._stream.isatty() or self._done >= _TOTAL)

    def _show(self, name: str, more: float, end: bool = False) -> None:
        share = min((self._done + more) / _TOTAL, 1.0)
        if self._stream.isatty() or end:
            bar = "█" * round(share * _WIDTH)
            seconds = round(time.monotonic() - self._started)
            line = f"{bar:░<{_WIDTH}} {share:4.0%}  {name:10} {seconds:4} s"
            self._stream.write(("\r" if self._stream.isatty() else "") + line + "\n" * end)
            self._stream.flush()

"""Decoded tables in memory that all processes of a server share.

To decompress and decode the tables takes longer than all else of a start. A process of its own does
it, while the server starts and responds to what needs no table: health probes, static files, help.
Every worker then has views of the same memory.
"""

from __future__ import annotations

import marshal
import os
import signal
from array import array
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date
from mmap import mmap
from typing import Any

from weather.atlas.text import MappedText

_LENGTH = 8  # bytes of a position
_HEAD = 2 * _LENGTH  # where the directory begins and ends; zeros until all tables are written
_WORD = 8  # bytes: columns begin at a multiple of it
PROCESS = "tables"  # its name

Decode = Callable[[], Iterable[tuple[str, object]]]  # of tables with their names


class SharedTables:
    """A process that has written all tables exits, and whoever waits sees the end of the pipe."""

    def __init__(self, size: int, classes: tuple[type, ...]) -> None:
        """`size` is a bound; memory that is not written is not taken. `classes` are the dataclasses
        of the tables. Raises `OSError` if there are no processes or no memory."""
        self._memory = mmap(-1, size)
        self._classes = {cls.__name__: cls for cls in classes}
        self._end = _HEAD
        self._reading_end, self._writing_end = os.pipe()
        self._directory: dict[str, Any] | None = None

    def decode_apart(self, decode: Decode) -> None:
        """Calls `decode` in a process of its own and writes each table that it yields before it
        asks for the next one. Nobody needs to wait for the process. Raises `OSError` if there can
        be none."""
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # until gunicorn reaps it
        if os.fork():
            os.close(self._writing_end)
            return
        try:
            os.closerange(0, 3)  # whoever reads what the server writes must not wait for this
            _name_process()
            self._write(decode())
        finally:
            os._exit(0)  # without what the other process does at its exit

    def table(self, name: str) -> Any:
        """The table of that name; waits until it is written. None if the process has failed."""
        while os.read(self._reading_end, 1):
            pass
        if self._directory is None:
            begin, end = (
                int.from_bytes(self._memory[at : at + _LENGTH]) for at in range(0, _HEAD, _LENGTH)
            )
            written = self._memory[begin:end]
            self._directory = marshal.loads(written) if end else {}  # noqa: S302  # by ourselves
        form = self._directory.get(name)
        return form and self._value(form)

    def _write(self, tables: Iterable[tuple[str, object]]) -> None:
        forms = {}
        for name, table in tables:
            forms[name] = self._form(table)
            del table  # before the next one takes memory
        begin, end = self._append(marshal.dumps(forms))
        self._memory[:_HEAD] = begin.to_bytes(_LENGTH) + end.to_bytes(_LENGTH)

    def _append(self, data: bytes | array[int]) -> tuple[int, int]:
        view = memoryview(data).cast("B")
        begin = -(-self._end // _WORD) * _WORD
        self._end = begin + len(view)
        self._memory[begin : self._end] = view
        return begin, self._end

    def _form(self, value: object) -> tuple[str, Any]:
        """What `_value` makes the value of: its kind and its content."""
        match value:
            case array():
                return value.typecode, self._append(value)
            case bytes():
                return "bytes", self._append(value)
            case date():
                return "date", value.toordinal()
            case _ if is_dataclass(value):
                return type(value).__name__, {
                    field.name: self._form(getattr(value, field.name)) for field in fields(value)
                }
        return "plain", value

    def _value(self, form: tuple[str, Any]) -> Any:
        kind, content = form
        match kind:
            case "plain":
                return content
            case "date":
                return date.fromordinal(content)
            case "bytes":
                return MappedText(self._memory, *content)
            case _ if kind in self._classes:
                parts = {name: self._value(part) for name, part in content.items()}
                return self._classes[kind](**parts)
        numbers: memoryview[int] = memoryview(self._memory)[slice(*content)].cast(kind)  # type: ignore[call-overload]  # a kind that is known at run time
        return numbers.toreadonly()


def _name_process() -> None:
    """For lists of processes, in which it stands beside the workers (proc(5), comm)."""
    with suppress(OSError), open("/proc/self/comm", "w", encoding="ascii") as file:
        file.write(PROCESS)


_tables: SharedTables | None = None


def table(name: str) -> Any:
    """The shared table of that name; None where there is none. May wait for its process."""
    return _tables and _tables.table(name)


def share(decode: Decode, size: int, classes: tuple[type, ...]) -> None:
    """Decode tables for this process and those that it forks. Where the system refuses a process
    or memory, each process decodes what it needs."""
    global _tables  # noqa: PLW0603  # as the tables are one for a process
    with suppress(OSError):
        tables = SharedTables(size, classes)
        tables.decode_apart(decode)
        _tables = tables

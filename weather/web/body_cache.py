"""A cache of rendered bodies: in a process, and in the memory that the worker processes share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from weather.core.lru import LRU
from weather.web import alike
from weather.web.aged_body import AgedBody
from weather.web.body import Body

_AGED = b"a"  # the first byte of a packed body that tells its age

Rendered = str | bytes | tuple[str, str]
"""A text, a picture, or the texts before and after the age."""


class SharedMemory(Protocol):
    """Bytes that processes share."""

    def get(self, key: str) -> bytes | None: ...
    def set_many(self, values: Mapping[str, bytes], timeout: float) -> bool:
        """For so many seconds at most."""


class BodyCache:
    """Rendered bodies by what they are made of, of at most `capacity` bytes: rendering costs more
    than the rest of a response.

    These are in the memory of the process, ready to be sent. Others are packed in the `shared`
    memory, where all worker processes find them: to unpack a page takes a twentieth of the time
    that drawing it takes. Of those that are alike one is packed there, and of the others how they
    differ from it.
    """

    def __init__(self, capacity: int, shared: SharedMemory | None = None) -> None:
        self._ready: LRU[str, Body | AgedBody] = LRU(capacity, capacity // 4)
        self._shared = shared

    def get(self, key: str, render: Callable[[], Rendered]) -> Body | AgedBody:
        """The body of a key, rendered at its first use."""
        body = self.find(key)
        if body is None:
            body = _body_of(render())
            self._ready.put(key, body, body.size)
        return body

    def find(self, key: str) -> Body | AgedBody | None:
        """The body of a key if it is cached."""
        body = self._ready.get(key)
        if body is None and (body := self._load(key)):
            self._ready.put(key, body, body.size)
        return body

    def content(self, key: str, *, compressed: bool, age: int = 0) -> bytes | None:
        """One form of a cached body, with the age if it tells one."""
        body = self.find(key)
        if body is None:
            return None
        sent = body.at(age)
        return sent.compressed if compressed else sent.plain

    def packed(self, key: str, group: str = "") -> dict[str, bytes]:
        """What the shared memory is to have of the body of a key, by its name there; empty if the
        body is no longer cached. The bodies of a `group` are alike."""
        body = self._ready.get(key)
        if body is None:
            return {}
        first = self._first(group) if group else None
        if first and first != key and (base := self._load_whole(first)):
            # Clients' blocks take longer to make than their bytes are worth.
            difference = None if body.is_compressed else alike.packed(body, base, first)
            return {_name(key): difference or _packed(body)}
        names = {_group_name(group): key.encode()} if group and body.text else {}
        return {**names, _name(key): _packed(body)}

    def _first(self, group: str) -> str | None:
        """The key of the body from which others of a group differ."""
        key = self._shared.get(_group_name(group)) if self._shared else None
        return key.decode() if key else None

    def _load(self, key: str) -> Body | AgedBody | None:
        packed = self._shared.get(_name(key)) if self._shared else None
        if packed and packed.startswith(alike.FORM):
            return alike.unpacked(packed, self._load_whole)
        return _unpacked(packed) if packed else None

    def _load_whole(self, key: str) -> Body | AgedBody | None:
        packed = self._shared.get(_name(key)) if self._shared else None
        return _unpacked(packed) if packed and not packed.startswith(alike.FORM) else None


def _body_of(rendered: Rendered) -> Body | AgedBody:
    return AgedBody(*rendered) if isinstance(rendered, tuple) else Body.of(rendered)


def _packed(body: Body | AgedBody) -> bytes:
    return (_AGED if isinstance(body, AgedBody) else b"") + body.packed()


def _unpacked(packed: bytes) -> Body | AgedBody:
    return AgedBody.unpacked(packed[1:]) if packed.startswith(_AGED) else Body.unpacked(packed)


def _name(key: str) -> str:
    return f"body {key}"


def _group_name(group: str) -> str:
    return f"first {group}"

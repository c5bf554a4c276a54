"""The address under which visitors see the service, as the operator sets it (PUBLIC_URL)."""

from __future__ import annotations

from typing import Self
from urllib.parse import urlsplit

from weather.core.dataclass import dataclass
from weather.web.forwarded import is_prefix
from weather.web.host import is_host


@dataclass(frozen=True, slots=True)
class PublicAddress:
    """`origin` is scheme and host, `prefix` the path of the start page without its last slash:
    "https://example.org" and "/weather"."""

    origin: str
    prefix: str = ""

    @property
    def host(self) -> str:
        """The name of the host, without a port."""
        return urlsplit(self.origin).hostname or ""

    @classmethod
    def parse(cls, url: str) -> Self:
        """Raises `ValueError`."""
        parts = urlsplit(url)
        path = parts.path.rstrip("/")
        if not is_host(parts.netloc) or parts.query or parts.fragment:
            raise ValueError("must be an address like https://example.org/weather")
        if path and not is_prefix(path):
            raise ValueError("has a path with other characters than A-Z a-z 0-9 . _ ~ -")
        return cls(f"{parts.scheme}://{parts.netloc.lower()}", path)

"""Who asks: the client's address, behind the proxies that are trusted and no others."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_network

from weather.core.ip_address import LOCAL, LOOPBACK, Address, Network, parse_address, parse_node

_MOST_HOPS = 32
_SHORTHANDS = {"loopback": LOOPBACK, "private": LOCAL}


@dataclass(frozen=True, slots=True)
class TrustedProxies:
    """Whose X-Forwarded-For is believed: the last `hops` proxies, or those in `networks`."""

    hops: int = 0
    networks: tuple[Network, ...] = ()

    @classmethod
    def parse(cls, text: str) -> TrustedProxies:
        """From the words of the setting: nothing (trust nobody), a number of hops, or a list
        of addresses, networks, `loopback` and `private` (all that is local, loopback too).
        Raises `ValueError`."""
        words = [word for part in text.split(",") if (word := part.strip())]
        if len(words) == 1 and words[0].isascii() and words[0].isdigit():
            return cls(hops=_hops(words[0]))
        return cls(networks=tuple(network for word in words for network in _networks(word)))

    def trusts(self, address: Address | None) -> bool:
        """`None` is a peer without an address: it came over a socket file of this machine."""
        if address is None:
            return any(network in self.networks for network in LOOPBACK)
        return any(address in network for network in self.networks)


def client_address(
    peer: str | None, forwarded_for: str | None, trusted: TrustedProxies
) -> Address | None:
    """The address of the client, or None if nobody tells.

    `peer` is the other end of the connection. Every proxy adds at the right the peer that it
    saw, so the header is read from the right, and only as far as it was written by somebody
    trusted: what is left of that, anybody may have made up.
    """
    address = parse_address(peer or "")
    nodes = _from_the_right(forwarded_for or "")
    if trusted.hops:
        # Fewer notes than proxies: the call came round them, and the header is the caller's.
        return parse_node(nodes[trusted.hops - 1]) if len(nodes) >= trusted.hops else address
    for node in nodes:
        told = parse_node(node) if trusted.trusts(address) else None
        if told is None:
            break
        address = told
    return address


def _from_the_right(forwarded_for: str) -> list[str]:
    # Who sends a thousand hops does not get them all read.
    nodes = forwarded_for.rsplit(",", _MOST_HOPS)[-_MOST_HOPS:]
    return [node for node in reversed(nodes) if node.strip()]


def _hops(word: str) -> int:
    if len(word) > 2 or int(word) > _MOST_HOPS:
        raise ValueError(f"can count at most {_MOST_HOPS} proxies")
    return int(word)


def _networks(word: str) -> tuple[Network, ...]:
    if word.lower() in _SHORTHANDS:
        return _SHORTHANDS[word.lower()]
    try:
        return (ip_network(word),)
    except ValueError:
        raise ValueError(_complaint(word)) from None


def _complaint(word: str) -> str:
    try:
        return f"names {word}, where {ip_network(word, strict=False)} may be meant"
    except ValueError:
        return (
            f"must be a number of proxies, or a list of networks, loopback and private, not {word}"
        )

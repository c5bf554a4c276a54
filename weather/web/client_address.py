"""The client's address and scheme, as the trusted proxies forward them.

Werkzeug's ProxyFix counts hops only and reads the headers also of a request that came around the
proxies; here a proxy can be trusted by its network as well, and such a request is recognized.
"""

from __future__ import annotations

from ipaddress import ip_network

from weather.core.dataclass import dataclass
from weather.core.ip_address import LOOPBACK, PRIVATE, Address, Network, parse_address, parse_node

MOST_HOPS = 32
SCHEMES = frozenset({"http", "https"})
# Not all local networks: a provider's NAT (100.64.0.0/10) has other customers behind it.
_SHORTHANDS = {"loopback": LOOPBACK, "private": PRIVATE}


@dataclass(frozen=True, slots=True)
class TrustedProxies:
    """The proxies whose headers are believed: the last `hops`, or those in `networks`."""

    hops: int = 0
    networks: tuple[Network, ...] = ()

    @classmethod
    def parse(cls, text: str) -> TrustedProxies:
        """From the setting: empty (none), a number of hops, or a list of addresses, networks,
        `loopback` and `private` (RFC 1918, RFC 4193, link-local and loopback). Raises
        `ValueError`."""
        words = [word for part in text.split(",") if (word := part.strip())]
        if len(words) == 1 and words[0].isascii() and words[0].isdigit():
            return cls(hops=_hops(words[0]))
        return cls(networks=tuple(network for word in words for network in _networks(word)))

    def trusts(self, address: Address | None) -> bool:
        """`None` is a peer without an address: the connection is a Unix socket."""
        if address is None:
            return any(network in self.networks for network in LOOPBACK)
        return any(address in network for network in self.networks)


def client_address(
    peer: str | None, forwarded_for: str | None, trusted: TrustedProxies
) -> Address | None:
    """The address of the client, or None if it is unknown.

    `peer` is the other end of the connection. Every proxy appends the peer that it saw, so the
    header is read from the right, and only as far as trusted proxies wrote it: the client can
    have made up the rest.
    """
    address = parse_address(peer or "")
    if not forwarded_for:
        return address
    nodes = from_the_right(forwarded_for)
    if trusted.hops:
        # Fewer nodes than proxies: the request came around them, and the header is the client's.
        return parse_node(nodes[trusted.hops - 1]) if len(nodes) >= trusted.hops else address
    for node in nodes:
        previous = parse_node(node) if trusted.trusts(address) else None
        if previous is None:
            break
        address = previous
    return address


def proxies_passed(peer: str | None, forwarded_for: str | None, trusted: TrustedProxies) -> int:
    """How many trusted proxies a request came through, as far as X-Forwarded-For says."""
    nodes = from_the_right(forwarded_for or "")
    if trusted.hops:
        return trusted.hops if not nodes or len(nodes) >= trusted.hops else 0
    hops, address = 0, parse_address(peer or "")
    while trusted.trusts(address):
        hops += 1
        address = parse_node(nodes[hops - 1]) if hops <= len(nodes) else None
        if address is None:
            break
    return hops


def outermost(values: str, hops: int) -> str:
    """The value in a header that the outermost of so many proxies has written, whether they
    append or replace; empty if there is none."""
    parts = from_the_right(values)
    return parts[min(hops, len(parts)) - 1].strip() if parts else ""


def from_the_right(values: str) -> list[str]:
    # A header of a thousand values is not read in full.
    parts = values.rsplit(",", MOST_HOPS)[-MOST_HOPS:]
    return [part for part in reversed(parts) if part.strip()]


def _hops(word: str) -> int:
    if len(word) > 2 or int(word) > MOST_HOPS:
        raise ValueError(f"can count at most {MOST_HOPS} proxies")
    return int(word)


def _networks(word: str) -> tuple[Network, ...]:
    if word.lower() in _SHORTHANDS:
        return _SHORTHANDS[word.lower()]
    try:
        return (ip_network(word),)
    except ValueError:
        raise ValueError(_explanation(word)) from None


def _explanation(word: str) -> str:
    try:
        return f"names {word}, where {ip_network(word, strict=False)} may be meant"
    except ValueError:
        return (
            f"must be a number of proxies, or a list of networks, loopback and private, not {word}"
        )

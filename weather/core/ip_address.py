"""IP addresses: how they are parsed, and which can be located."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_LONGEST = 100  # characters; an address with a zone id, brackets and a port has fewer
_WITH_PORT = re.compile(r"(?:\[(?P<six>[^\[\]]*)\]|(?P<four>[^:\[\]]*))(?::[0-9]{1,5})?")


def _networks(text: str) -> tuple[Network, ...]:
    return tuple(map(ip_network, text.split()))


class _Ranges:
    """The addresses in networks. Of many networks, one bisection finds that of an address."""

    def __init__(self, networks: Iterable[Network]) -> None:
        by_version: dict[int, list[tuple[int, int]]] = {4: [], 6: []}
        for network in networks:
            bounds = int(network.network_address), int(network.broadcast_address)
            by_version[network.version].append(bounds)
        self._by_version = {version: _merged(ranges) for version, ranges in by_version.items()}

    def __contains__(self, address: Address) -> bool:
        starts, ends = self._by_version[address.version]
        number = int(address)
        return number <= ends[bisect_right(starts, number)]


def _merged(ranges: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """The first numbers of separate ranges, and before and after them their last ones, so that
    those of a range that starts at `starts[n]` end at `ends[n + 1]`."""
    starts, ends = list[int](), [-1]
    for start, end in sorted(ranges):
        if start > ends[-1]:
            starts.append(start)
            ends.append(end)
        else:
            ends[-1] = max(ends[-1], end)
    return starts, ends


LOOPBACK = _networks("127.0.0.0/8 ::1/128")
PRIVATE = LOOPBACK + _networks(
    "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16"  # private (RFC 1918)
    " 169.254.0.0/16 fe80::/10"  # link-local (RFC 3927, RFC 4291)
    " fc00::/7"  # unique local (RFC 4193)
)
# Besides, the other networks whose hosts send packets that no router of the internet forwards: in
# IANA's registries (RFC 6890), "Source" is true and "Globally Reachable" false. Left out are those
# in which there are no hosts: 0.0.0.0/8, 192.0.0.8/32, 100::/64 and 5f00::/16.
LOCAL = PRIVATE + _networks(
    "100.64.0.0/10"  # behind a provider's or an overlay's NAT (RFC 6598)
    " 192.0.0.0/29"  # DS-Lite (RFC 6333)
    " 198.18.0.0/15 2001:2::/48"  # test networks (RFC 2544, RFC 5180)
    " 64:ff9b:1::/48"  # local NAT64 (RFC 8215)
    " fec0::/10"  # site-local, deprecated but allowed where it exists (RFC 3879)
)

# Unicast addresses of no host on the internet, by the special-purpose registries of IANA
# (RFC 6890). `ipaddress.is_global` is not used: it includes multicast, and its tables differ
# between the patch releases of Python.
_SPECIAL_IPV4 = _networks(
    "0.0.0.0/8 192.0.0.0/24 192.88.99.0/24"
    " 192.0.2.0/24 198.51.100.0/24 203.0.113.0/24"  # documentation
    " 224.0.0.0/3"  # multicast and reserved
)
_GLOBAL_IPV6 = _Ranges(_networks("2000::/3"))
_SPECIAL_IPV6 = _networks(
    "2001::/23"  # protocols; Teredo among them, whose addresses have the relay's place at best
    " 2001:db8::/32 3fff::/20"  # documentation
    " 2002::/16"  # 6to4
)
_LOCAL = _Ranges(LOCAL)
_NOT_PUBLIC_IPV4 = _Ranges(LOCAL + _SPECIAL_IPV4)
_NOT_PUBLIC_IPV6 = _Ranges(_SPECIAL_IPV6)


@lru_cache(maxsize=1024)
def parse_address(text: str) -> Address | None:
    """The address that a text is, or None. An IPv4-mapped one becomes the IPv4 address that
    it stands for. A zone id (`fe80::1%eth0`) is dropped: it is valid on its own host only."""
    text = text.strip(" \t")
    if len(text) > _LONGEST:
        return None
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        return address.ipv4_mapped or IPv6Address(int(address))
    return address


def parse_node(text: str) -> Address | None:
    """The address in a proxy's node identifier (RFC 7239): with or without brackets and a port
    (`192.0.2.7:4711`, `[2001:db8::7]:4711`). None if there is none (`unknown`)."""
    text = text.strip(" \t")
    match = _WITH_PORT.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return parse_address(text)
    if match["six"] is not None:
        return parse_address(match["six"]) if ":" in match["six"] else None
    return parse_address(match["four"])


def is_public(address: Address) -> bool:
    """Whether it is the address of a host on the internet, which a database may know."""
    if isinstance(address, IPv4Address):
        return address not in _NOT_PUBLIC_IPV4
    return address in _GLOBAL_IPV6 and address not in _NOT_PUBLIC_IPV6


def is_local(address: Address) -> bool:
    """Whether it is the server's own, or that of a host on its network."""
    return address in _LOCAL

"""The client address behind trusted proxies, with forged headers."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weather.web.client_address import TrustedProxies, client_address

NOBODY = TrustedProxies()
CLIENT = "81.2.69.160"
LIE = "8.8.8.8"
PROXY = "198.51.100.7"


def resolved(setting: str, peer: str | None, forwarded_for: str | None) -> str | None:
    address = client_address(peer, forwarded_for, TrustedProxies.parse(setting))
    return None if address is None else str(address)


@pytest.mark.parametrize("setting", ["", " ", ",", "0"])
def test_by_default_nobody_is_believed(setting: str) -> None:
    assert resolved(setting, CLIENT, LIE) == CLIENT
    assert resolved(setting, "127.0.0.1", LIE) == "127.0.0.1"
    assert resolved(setting, "::ffff:81.2.69.160", LIE) == CLIENT
    assert resolved(setting, "fe80::1%eth0", None) == "fe80::1"


@pytest.mark.parametrize("peer", [None, "", "unix:", "somebody"])
def test_a_peer_without_an_address(peer: str | None) -> None:
    assert resolved("", peer, LIE) is None
    assert resolved("10.0.0.0/8", peer, LIE) is None
    assert resolved("loopback", peer, CLIENT) == CLIENT
    assert resolved("private", peer, CLIENT) == CLIENT
    assert resolved("1", peer, CLIENT) == CLIENT


@pytest.mark.parametrize(
    ("setting", "forwarded_for", "address"),
    [
        ("1", CLIENT, CLIENT),
        ("1", f"{LIE}, {CLIENT}", CLIENT),
        ("1", f"{LIE},{CLIENT}", CLIENT),
        ("1", f"{LIE}, {CLIENT}:4711", CLIENT),
        ("1", "[2a02:1210::1]:4711", "2a02:1210::1"),
        ("1", "::ffff:81.2.69.160", CLIENT),
        ("2", f"{LIE}, {CLIENT}, 10.0.0.2", CLIENT),
        ("2", f"{LIE}, {CLIENT}, garbage", CLIENT),
        ("2", CLIENT, PROXY),  # came round the outer proxy: the header is no proxy's
        ("32", ",".join([CLIENT] * 31), PROXY),
        ("32", ",".join([CLIENT] + [LIE] * 31), CLIENT),
        ("1", None, PROXY),
        ("1", "", PROXY),
        ("1", " , ,", PROXY),
        ("1", f"{CLIENT}, ", CLIENT),
        ("1", f"{LIE}, unknown", None),  # the proxy does not know it
    ],
)
def test_hops_are_counted_from_the_right(
    setting: str, forwarded_for: str | None, address: str | None
) -> None:
    assert resolved(setting, PROXY, forwarded_for) == address


@pytest.mark.parametrize(
    ("setting", "peer", "forwarded_for", "address"),
    [
        ("198.51.100.7", PROXY, CLIENT, CLIENT),
        ("198.51.100.0/24", PROXY, f"{LIE}, {CLIENT}", CLIENT),
        ("198.51.100.0/24", CLIENT, LIE, CLIENT),
        ("198.51.100.0/24, 10.0.0.0/8", PROXY, f"{LIE}, {CLIENT}, 10.0.0.2, 10.9.9.9:80", CLIENT),
        ("2001:db8::/32", "2001:db8::5", f"{LIE}, [2a02:1210::1]:80", "2a02:1210::1"),
        ("10.0.0.0/8", "::ffff:10.0.0.1", CLIENT, CLIENT),
        ("loopback", "127.0.0.1", CLIENT, CLIENT),
        ("Loopback", "::1", CLIENT, CLIENT),
        ("loopback", "10.0.0.1", LIE, "10.0.0.1"),
        ("private", "172.16.0.1", f"{CLIENT}, 192.168.1.1, 127.0.0.1", CLIENT),
        ("private", "fe80::1%eth0", CLIENT, CLIENT),
        ("private", "100.64.0.1", LIE, "100.64.0.1"),
        ("private", "127.0.0.1", "192.168.1.7", "192.168.1.7"),  # a visitor of the home network
        ("private", "127.0.0.1", None, "127.0.0.1"),
        ("private", "127.0.0.1", f"{LIE}, garbage, 10.0.0.2", "10.0.0.2"),
        ("private", "127.0.0.1", f"{LIE}, unknown", "127.0.0.1"),
    ],
)
def test_the_walk_stops_at_the_first_who_is_not_trusted(
    setting: str, peer: str, forwarded_for: str | None, address: str
) -> None:
    assert resolved(setting, peer, forwarded_for) == address


@pytest.mark.parametrize(
    ("setting", "complaint"),
    [
        ("33", "at most 32"),
        ("9" * 5000, "at most 32"),
        ("-1", "not -1"),
        ("1.5", "not 1.5"),
        ("١", "not ١"),
        ("1, 10.0.0.0/8", "not 1"),
        ("10.0.0.1/8", "10.0.0.0/8 may be meant"),
        ("10.0.0.0/33", "not 10.0.0.0/33"),
        ("*", r"not \*"),
        ("all", "not all"),
        ("proxy.example.org", "not proxy.example.org"),
        ("10.0.0.0-10.0.0.9", "must be a number of proxies, or a list of networks"),
    ],
)
def test_a_setting_that_cannot_be_read(setting: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        TrustedProxies.parse(setting)


def test_a_thousand_hops_are_not_walked() -> None:
    lies = ", ".join(["10.0.0.1"] * 100_000)
    assert resolved("private", "127.0.0.1", f"{CLIENT}, {lies}") == "10.0.0.1"
    assert resolved("private", "127.0.0.1", f"{lies}, {CLIENT}") == CLIENT
    assert resolved("1", PROXY, f"{lies}, {CLIENT}") == CLIENT


@settings(deadline=None)
@given(peer=st.none() | st.text(), forwarded_for=st.none() | st.text())
def test_any_header_is_survived(peer: str | None, forwarded_for: str | None) -> None:
    for setting in ("", "1", "2", "loopback, private, 0.0.0.0/0"):
        address = client_address(peer, forwarded_for, TrustedProxies.parse(setting))
        assert isinstance(address, IPv4Address | IPv6Address | None)


ADDRESSES = st.ip_addresses().filter(lambda address: not getattr(address, "ipv4_mapped", None))


@settings(deadline=None)
@given(peer=ADDRESSES, lies=st.lists(ADDRESSES | st.text()), hops=st.integers(1, 32))
def test_what_a_client_writes_never_counts(
    peer: IPv4Address | IPv6Address, lies: list[object], hops: int
) -> None:
    """However the client fills the header: behind `hops` proxies the first one's note counts."""
    forged = ", ".join(str(lie) for lie in lies)
    notes = [str(peer), *[f"10.0.0.{hop}" for hop in range(1, hops)]]
    header = ", ".join([forged, *notes])
    assert client_address(f"10.0.0.{hops}", header, TrustedProxies(hops=hops)) == peer
    trusted = TrustedProxies.parse("10.0.0.0/24")
    if not trusted.trusts(peer):
        assert client_address(f"10.0.0.{hops}", header, trusted) == peer
    assert client_address(str(peer), forged, NOBODY) == peer

"""Which texts are addresses, and which addresses can be located."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weather.core.ip_address import is_local, is_public, parse_address, parse_node


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("8.8.8.8", "8.8.8.8"),
        (" 8.8.8.8\t", "8.8.8.8"),
        ("2001:4860:4860::8888", "2001:4860:4860::8888"),
        ("2001:4860:4860:0:0:0:0:8888", "2001:4860:4860::8888"),
        ("::ffff:8.8.8.8", "8.8.8.8"),
        ("::FFFF:0808:0808", "8.8.8.8"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("fe80::1%eth0", "fe80::1"),
        ("fe80::1%25eth0", "fe80::1"),
    ],
)
def test_a_text_that_is_an_address_is_parsed(text: str, address: str) -> None:
    assert parse_address(text) == ip_address(address)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "localhost", "unknown", "_gazonk", "8.8.8", "8.8.8.8.8", "8.8.8.256", "-1.2.3.4",
        "0177.0.0.1", "0x7f.0.0.1", "2130706433", "1e1.2.3.4", "1_0.0.0.1", "+1.2.3.4",
        "٨.٨.٨.٨", "８.8.8.8", "8。8。8。8", "8.8.8.8\n", "8.8.8.8\0", "8.8. 8.8", "\u00a08.8.8.8",
        "8.8.8.8/32", "8.8.8.8:80", "[::1]", "10.0.0.1%eth0", "fe80::1%", "fe80::1%a%b",
        ":::", "1::2::3", "12345::", "::g", "1:2:3:4:5:6:7:8:9",
        "8" * 100_000, "fe80::1%" + "z" * 99,
    ],
)  # fmt: skip
def test_a_text_that_is_no_address_is_refused(text: str) -> None:
    assert parse_address(text) is None


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("81.2.69.160", "81.2.69.160"),
        (" 81.2.69.160:4711 ", "81.2.69.160"),
        ("2a02:1210::1", "2a02:1210::1"),
        ("[2a02:1210::1]", "2a02:1210::1"),
        ("[2a02:1210::1]:4711", "2a02:1210::1"),
        ("[::ffff:81.2.69.160]:80", "81.2.69.160"),
        ("[fe80::1%eth0]:80", "fe80::1"),
        ("::1", "::1"),
    ],
)
def test_a_proxys_node_identifier_is_parsed(text: str, address: str) -> None:
    assert parse_node(text) == ip_address(address)


@pytest.mark.parametrize(
    "text",
    [
        "", "unknown", "_hidden", "-", ":80", "[]", "[]:80", "[81.2.69.160]:80", "[::1", "::1]",
        "[::1]:", "[::1]:port", "[::1]:٨٠", "[::1]:123456", "[[::1]]", "81.2.69.160:",
        "81.2.69.160:http", "81.2.69.160:80:80", "example.org:80", '"[::1]"', "for=81.2.69.160",
        "[" * 100_000, "::1 ::2",
    ],
)  # fmt: skip
def test_a_text_that_is_no_node_identifier_is_refused(text: str) -> None:
    assert parse_node(text) is None


@settings(deadline=None)
@given(st.text())
def test_any_text_is_an_address_or_none(text: str) -> None:
    for parse in (parse_address, parse_node):
        assert isinstance(parse(text), IPv4Address | IPv6Address | None)


@settings(deadline=None)
@given(st.ip_addresses())
def test_a_written_address_is_parsed_back(address: IPv4Address | IPv6Address) -> None:
    mapped = getattr(address, "ipv4_mapped", None) or address
    assert parse_address(str(address)) == mapped
    assert parse_node(f"[{address}]:1" if address.version == 6 else f"{address}:1") == mapped


PUBLIC = [
    "1.1.1.1", "8.8.8.8", "81.2.69.160", "223.255.255.255", "9.255.255.255", "100.63.255.255",
    "100.128.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "198.17.255.255",
    "198.20.0.0", "2001:200::1", "2001:4860:4860::8888", "2a02:1210::1", "3ffe::1", "2003::",
]  # fmt: skip
LOCAL = [
    "127.0.0.1", "127.255.255.254", "::1", "10.0.0.1", "10.255.255.255", "172.16.0.1",
    "172.31.255.255", "192.168.0.1", "169.254.169.254", "fe80::1", "febf::1", "fc00::1", "fd12::1",
    "100.64.0.1", "100.127.255.255", "192.0.0.1", "198.18.0.1", "198.19.255.255", "64:ff9b:1::1",
    "2001:2::1", "fec0::1",
]  # fmt: skip
NEITHER = [
    "0.0.0.0", "0.1.2.3", "192.0.0.8", "192.0.0.9", "192.0.2.1",
    "192.88.99.1", "198.51.100.1", "203.0.113.1", "224.0.0.1",
    "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::8.8.8.8", "64:ff9b::808:808",
    "100::1", "2001::1", "2001:1::1", "2001:10::1", "2001:20::1", "2001:db8::1",
    "2002:808:808::1", "3fff::1", "4000::1", "5f00::1", "ff02::1", "ff0e::1",
]  # fmt: skip


@pytest.mark.parametrize("text", PUBLIC)
def test_a_global_address_is_public(text: str) -> None:
    address = ip_address(text)
    assert (is_public(address), is_local(address)) == (True, False)


@pytest.mark.parametrize("text", LOCAL)
def test_an_address_of_the_own_network_is_local(text: str) -> None:
    address = ip_address(text)
    assert (is_public(address), is_local(address)) == (False, True)


@pytest.mark.parametrize("text", NEITHER)
def test_a_special_address_is_neither_public_nor_local(text: str) -> None:
    address = ip_address(text)
    assert (is_public(address), is_local(address)) == (False, False)


@settings(deadline=None)
@given(st.ip_addresses())
def test_public_is_stricter_than_pythons_global(address: IPv4Address | IPv6Address) -> None:
    assert not (is_public(address) and is_local(address))
    if is_public(address):
        assert address.is_global
        assert not address.is_multicast

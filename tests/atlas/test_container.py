"""The file format: packed sections are read back, and damage is detected at load."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from importlib import resources

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from weather import atlas
from weather.atlas import areas, cities, climate, container, ip, names
from weather.atlas.container import MAGIC, CorruptAtlas

SECTIONS = {"one": bytes(range(200)), "two": b"weather" * 30}
_FILES = ("ip", "cities", "names", "areas", "climate", "zones")


def _file(parts: dict[str, bytes], **changed: object) -> bytes:
    packed = [zlib.compress(raw) for raw in parts.values()]
    index = [
        [name, len(raw), len(small), zlib.crc32(small)]
        for (name, raw), small in zip(parts.items(), packed, strict=True)
    ]
    header = {"version": 2, "date": "2026-06-05", "codec": "zlib", "sources": {}, "facts": {}}
    text = json.dumps({**header, "sections": index, **changed}).encode()
    lead = len(text).to_bytes(4, "big") + zlib.crc32(text).to_bytes(4, "big")
    return b"".join((MAGIC, lead, text, *packed))


def _shipped(name: str) -> bytes:
    return (resources.files("weather.atlas") / "data" / f"{name}.atlas").read_bytes()


@given(st.dictionaries(st.text(max_size=9), st.binary(max_size=99), max_size=4))
def test_packed_sections_are_read_back(sections: dict[str, bytes]) -> None:
    file = container.parse(_file(sections), "made")
    assert file.sections == sections
    assert file.date.isoformat() == "2026-06-05"


@given(st.data())
def test_any_cut_and_any_appended_byte_is_detected(data: st.DataObject) -> None:
    whole = _file(SECTIONS)
    length = data.draw(st.integers(0, len(whole) - 1))
    for damaged in (whole[:length], whole + b"\0"):
        with pytest.raises(CorruptAtlas, match=r"made\.atlas"):
            container.parse(damaged, "made")


@given(st.integers(0), st.integers(1, 255))
@example(395, 32)  # padding behind what deflate has packed
def test_any_changed_byte_is_detected(position: int, bits: int) -> None:
    damaged = bytearray(_file(SECTIONS))
    damaged[position % len(damaged)] ^= bits
    with pytest.raises(CorruptAtlas, match=r"made\.atlas"):
        container.parse(bytes(damaged), "made")


@pytest.mark.parametrize(
    "changed", [{"version": 1}, {"codec": "brotli"}, {"date": "yesterday"}, {"sections": [[1]]}]
)
def test_another_version_codec_or_shape_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(CorruptAtlas, match=r"made\.atlas"):
        container.parse(_file({"one": b"1"}, **changed), "made")


@pytest.mark.parametrize("name", _FILES)
@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 0.999])
def test_a_shipped_file_that_is_cut_off_is_refused(name: str, share: float) -> None:
    data = _shipped(name)
    with pytest.raises(CorruptAtlas, match=rf"{name}\.atlas"):
        container.parse(data[: int(len(data) * share)], name)


@pytest.mark.parametrize("name", _FILES)
def test_a_shipped_file_with_a_flipped_bit_is_refused(name: str) -> None:
    data = bytearray(_shipped(name))
    data[len(data) // 2] ^= 1
    with pytest.raises(CorruptAtlas, match=rf"{name}\.atlas"):
        container.parse(bytes(data), name)


def test_a_missing_file_is_refused() -> None:
    with pytest.raises(CorruptAtlas, match=r"no file atlantis\.atlas"):
        container.read("atlantis")


def _without_one(name: str) -> Iterator[container.Container]:
    whole = container.read(name)
    for title in whole.sections:
        rest = {key: raw for key, raw in whole.sections.items() if key != title}
        yield container.Container(whole.date, rest)


def test_a_file_without_a_section_is_refused() -> None:
    known = len(cities.load().latitudes)
    for file in _without_one("cities"):
        with pytest.raises(CorruptAtlas):
            cities.decode(file)
    for file in _without_one("ip"):
        with pytest.raises(CorruptAtlas):
            ip.decode(file, known)
    for file in _without_one("names"):
        with pytest.raises(CorruptAtlas):
            names.decode(file, cities.load().all_names())
    for file in _without_one("areas"):
        with pytest.raises(CorruptAtlas):
            areas.decode(file)
    for file in _without_one("climate"):
        with pytest.raises(CorruptAtlas):
            climate.decode(file)


def test_tables_of_different_builds_are_refused() -> None:
    known = len(cities.load().latitudes)
    with pytest.raises(CorruptAtlas, match="belong together"):
        ip.decode(container.read("ip"), known - known // 10)
    with pytest.raises(CorruptAtlas, match="belong together"):
        names.decode(container.read("names"), cities.load().all_names() + b"Elsewhere\n")


def test_every_table_loads_and_has_a_date() -> None:
    atlas.load()
    assert set(atlas.dates()) == {"airports", *_FILES}
    assert {credit.licence for credit in atlas.CREDITS} == {"CC BY 4.0"}

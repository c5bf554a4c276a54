"""What `serve` says at its start."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.mmdb import mmdb
from weather import atlas
from weather.cli.serve import warn_of_old_addresses
from weather.settings import Settings

ROOT = Path(__file__).parents[2]
BUILT = datetime(2026, 1, 1, tzinfo=UTC)


def settings(**environment: str) -> Settings:
    return Settings.from_environment(environment)


@pytest.fixture
def database(tmp_path: Path) -> str:
    file = tmp_path / "city.mmdb"
    city = {"city": {"names": {"en": "Oslo"}}, "location": {"latitude": 59.9, "longitude": 10.7}}
    file.write_bytes(mmdb({"192.0.2.0/24": city}, build_epoch=int(BUILT.timestamp())))
    return str(file)


def test_a_table_of_addresses_that_is_old_is_named_with_its_age(
    caplog: pytest.LogCaptureFixture,
) -> None:
    warn_of_old_addresses(atlas.dates()["ip"] + timedelta(days=400), settings())
    assert "table of addresses is 400 days old" in caplog.text


def test_a_climate_of_the_past_is_no_reason_for_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    """Its date is the end of its period, and precedes that of the other tables."""
    dates = atlas.dates()
    today = dates["ip"] + timedelta(days=100)
    assert (today - dates["climate"]).days > 180
    warn_of_old_addresses(today, settings())
    assert caplog.text == ""


def test_with_a_database_of_the_operator_its_age_is_what_matters(
    caplog: pytest.LogCaptureFixture, database: str
) -> None:
    own = settings(GEOIP_DATABASE=database)
    warn_of_old_addresses(BUILT.date() + timedelta(days=100), own)
    assert caplog.text == ""
    warn_of_old_addresses(BUILT.date() + timedelta(days=200), own)
    assert "GEOIP_DATABASE is 200 days old" in caplog.text
    assert "embedded" not in caplog.text


@pytest.mark.parametrize("locators", ["ipwhois", "geojs,ipwhois"])
def test_without_a_table_in_use_there_is_no_warning(
    caplog: pytest.LogCaptureFixture, locators: str
) -> None:
    warn_of_old_addresses(
        atlas.dates()["ip"] + timedelta(days=4000), settings(IP_LOCATORS=locators)
    )
    assert caplog.text == ""


def test_the_tables_are_decoded_while_what_takes_long_is_imported() -> None:
    code = """
import sys
from weather.atlas import shared
share = shared.share
def listing(*arguments):
    print(*sys.modules)
    share(*arguments)
shared.share = listing
from weather.cli import main
main._command("serve")
"""
    output = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    heavy = {"flask", "werkzeug", "jinja2", "gunicorn", "requests", "weather.factory"}
    assert "weather.atlas.ip" in output
    assert not heavy & set(output.split())


def test_a_damaged_table_ends_the_start(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "weather", tmp_path / "weather")
    shutil.copy(ROOT / "app.py", tmp_path)
    file = tmp_path / "weather/atlas/data/names.atlas"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    command = [sys.executable, "app.py", "serve"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "names.atlas cannot be used (a section is damaged)" in ended.stderr
    assert "Traceback" not in ended.stderr

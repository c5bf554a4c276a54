"""An address that cannot be listened on is a clear error at once."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from weather.core.setting import SettingsError
from weather.server.listening import check_address


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("192.0.2.1", "HOST=192.0.2.1 is not an address of this machine."),  # RFC 5737
        ("2001:db8::1", "HOST=2001:db8::1 "),  # RFC 3849
        ("nowhere.invalid", "HOST=nowhere.invalid is neither an address nor a known name."),
        ("a" * 64, "neither an address nor a known name"),
        ("..", "neither an address nor a known name"),
    ],
)
def test_an_impossible_address_is_refused(host: str, reason: str) -> None:
    with pytest.raises(SettingsError, match=reason.replace(".", r"\.")):
        check_address(host, 0)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "localhost", "127.1"])
def test_an_address_of_this_machine_is_accepted(host: str) -> None:
    check_address(host, 0)


def test_a_port_in_use_is_left_to_the_server() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        check_address("127.0.0.1", other.getsockname()[1])


def test_the_service_ends_with_the_reason() -> None:
    done = subprocess.run(
        [sys.executable, "app.py"],
        env={"HOST": "192.0.2.1", "PORT": "0"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "HOST=192.0.2.1 is not an address of this machine.\n"

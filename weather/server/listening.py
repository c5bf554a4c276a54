"""Whether the service can listen on the address that it is configured for."""

from __future__ import annotations

import errno
import socket

from weather.core.setting import SettingsError

_REASONS = {
    errno.EADDRNOTAVAIL: "HOST={host} is not an address of this machine.",
    errno.EAFNOSUPPORT: "HOST={host} is not an address of this machine.",
    errno.EACCES: "PORT={port} needs a permission that this user has not.",
    errno.EPERM: "PORT={port} needs a permission that this user has not.",
}


def check_address(host: str, port: int) -> None:
    """Raises `SettingsError` where no retry can help, so that gunicorn need not try for seconds.
    A port in use is left to it: the process that has it may be about to end."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except (socket.gaierror, UnicodeError):
        raise SettingsError(f"HOST={host} is neither an address nor a known name.") from None
    except OSError as error:
        reason = _REASONS.get(error.errno or 0)
        if reason:
            raise SettingsError(reason.format(host=host, port=port)) from None

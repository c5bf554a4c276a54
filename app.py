"""`app` for any WSGI server, and the commands:

python app.py                serve with gunicorn
python app.py health         ask the running service whether it is alive
python app.py update-geoip   fetch the current DB-IP City Lite to GEOIP_DATABASE;
                             --force: also if the file holds this month's already
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

from weather.core.errors import WeatherError
from weather.settings import Settings, SettingsError

if TYPE_CHECKING:
    from flask import Flask

_OLD = 180  # days


def _serve(settings: Settings) -> int:
    from weather import atlas
    from weather.server import gunicorn_app

    app = _create(settings)
    try:
        # Before the fork, so that the workers share the tables.
        atlas.load()
    except atlas.CorruptAtlas as error:
        print(error, file=sys.stderr)
        return 2
    if (age := (datetime.now(UTC).date() - min(atlas.dates().values())).days) > _OLD:
        logging.warning("The embedded tables are %d days old: a newer release has newer.", age)
    gunicorn_app.serve(app, settings)
    return 0


def _health(settings: Settings) -> int:
    """Exit status 0 if the service on this machine answers; what a container's engine asks."""
    host = "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host  # noqa: S104
    address = f"[{host}]" if ":" in host else host
    try:
        with urlopen(f"http://{address}:{settings.port}/healthz", timeout=3) as answer:
            return 0 if answer.status == 200 else 1
    except (URLError, OSError) as error:
        print(f"The service does not answer: {error}", file=sys.stderr)
        return 1


def _update_geoip(settings: Settings) -> int:
    from weather.cli import update_geoip
    from weather.factory import user_agent
    from weather.upstream import download

    if len(settings.geoip_database) != 1:
        raise SettingsError("GEOIP_DATABASE must name the one file to write.")
    fetch = partial(
        download.fetch,
        user_agent=user_agent(settings),
        proxy=settings.https_proxy,
        ca_bundle=settings.ssl_cert_file,
    )
    try:
        update_geoip.update(
            settings.geoip_download_url,
            settings.geoip_database[0],
            now=datetime.now(UTC).date(),
            out=sys.stdout,
            fetch=fetch,
            force="--force" in sys.argv,
        )
    except WeatherError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _create(settings: Settings) -> Flask:
    from weather import create_app

    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(message)s"
    )
    return create_app(settings)


_COMMANDS: dict[str, Callable[[Settings], int]] = {
    "serve": _serve,
    "health": _health,
    "update-geoip": _update_geoip,
}


def main() -> int:
    name = sys.argv[1] if len(sys.argv) > 1 else "serve"
    if name not in _COMMANDS:
        print((__doc__ or "").strip(), file=sys.stderr)
        return 0 if name in {"help", "-h", "--help"} else 2
    try:
        return _COMMANDS[name](Settings.from_environment())
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
else:
    app = _create(Settings.from_environment())

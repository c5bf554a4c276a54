"""python -m tests.isolated: asks the service as it is by default, where there is no network at
all; prints a JSON object of paths with their status and provider."""

from __future__ import annotations

import json

from weather import create_app
from weather.settings import Settings

_VISITOR = {"REMOTE_ADDR": "129.132.19.216"}
_PATHS = ("/", "/?ip=131.111.150.25", "/London", "/api/v1/weather", "/api/v1/weather?q=Tokyo")


def main() -> None:
    client = create_app(Settings(cache_url="memory")).test_client()
    told = {}
    for path in _PATHS:
        headers = {"Accept": "application/json"}
        answer = client.get(path, headers=headers, environ_overrides=_VISITOR)
        told[path] = [answer.status_code, (answer.json or {})["provenance"]["provider"]]
    print(json.dumps(told))


if __name__ == "__main__":
    main()

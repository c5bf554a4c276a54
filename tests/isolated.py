"""python -m tests.isolated: requests to the service with default settings, for a machine without a
network. Prints a JSON object: [status, provider] by path."""

from __future__ import annotations

import json

from weather import create_app
from weather.settings import Settings

_VISITOR = {"REMOTE_ADDR": "129.132.19.216"}
_PATHS = ("/", "/?ip=131.111.150.25", "/London", "/api/v1/weather", "/api/v1/weather?q=Tokyo")


def main() -> None:
    client = create_app(Settings(cache_url="memory")).test_client()
    results = {}
    for path in _PATHS:
        headers = {"Accept": "application/json"}
        response = client.get(path, headers=headers, environ_overrides=_VISITOR)
        results[path] = [response.status_code, (response.json or {})["provenance"]["provider"]]
    print(json.dumps(results))


if __name__ == "__main__":
    main()

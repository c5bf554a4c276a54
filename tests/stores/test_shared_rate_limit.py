"""The rate limit of replicas on one Redis."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import until
from tests.redis_server import RedisServer

VISITOR = {"X-Forwarded-For": "203.0.113.7"}


def used(client: FlaskClient, quota: int) -> int:
    header = client.get("/healthz/none", headers=VISITOR).headers["RateLimit"]
    match = re.match(r'"minute";r=(\d+);', header)
    assert match
    return quota - int(match[1])


def test_replicas_on_one_redis_count_a_busy_client_together(
    make_app: Callable[..., Flask], redis: RedisServer
) -> None:
    quota = 400
    apps = [make_app(cache_url=redis.url, trusted_proxies="1", rate_limit=quota) for _ in range(2)]
    one, two = (app.test_client() for app in apps)
    own = 0  # requests to the second one, of all minutes

    def others_are_counted() -> bool:
        nonlocal own
        for _ in range(20):
            used(one, quota)
        own += 1
        return used(two, quota) > own + 10

    # The second one reads the sum once it is busy itself, at an eighth of the quota.
    for _ in range(quota // 8):
        used(two, quota)
        own += 1
    until(others_are_counted)


def test_replicas_with_stores_of_their_own_do_not(
    make_app: Callable[..., Flask], tmp_path: object
) -> None:
    apps = [
        make_app(cache_url=f"{tmp_path}/{name}", trusted_proxies="1", rate_limit=16)
        for name in "ab"
    ]
    for _ in range(10):
        used(apps[0].test_client(), 16)
    assert used(apps[1].test_client(), 16) == 1

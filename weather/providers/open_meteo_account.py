"""What Open-Meteo's services share: the key of a paid plan, the quota, its weights and errors.

https://open-meteo.com/en/pricing
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from weather.core.errors import UpstreamError
from weather.core.setting import Setting, header_text
from weather.providers.declaration import Account
from weather.providers.parsing import mapping, text
from weather.upstream.limit import Limit, per_minute_hour_day

if TYPE_CHECKING:
    from weather.upstream.client import UpstreamResponse

log = logging.getLogger(__name__)

_NUMBER = re.compile(r"[-+]?\d[\d.]*")  # coordinates are not logged


def _calls(text: str) -> tuple[int, ...]:
    counts = [part.strip() for part in text.split(",")] if text else []
    if not all(count.isascii() and count.isdigit() and int(count) for count in counts):
        raise ValueError("must be whole numbers with commas between")
    if len(counts) not in {0, 3}:
        raise ValueError("must be three numbers: calls a minute, an hour, a day")
    return tuple(map(int, counts))


API_KEY = Setting(
    "open_meteo_api_key",
    "",
    header_text,
    "Key of a paid plan; the default URLs then change to its `customer-` hosts",
)
BUDGET = Setting(
    "open_meteo_budget",
    "600,5000,10000",
    _calls,
    "Most calls a minute, an hour and a day, in Open-Meteo's weights; empty, or the default "
    "together with a key: no limit",
)


def _limits(settings: object) -> tuple[Limit, ...]:
    if API_KEY.of(settings) and BUDGET.is_default(settings):
        return ()
    return per_minute_hour_day(BUDGET.of(settings))


# Free calls are counted together, whichever of the services they are made to.
ACCOUNT = Account("Open-Meteo", _limits, ("open_meteo_url", API_KEY.name))


def customer_url(url: Setting[str], settings: object) -> str:
    """The URL, at the host for holders of a key where there is one and the URL is the default."""
    if API_KEY.of(settings) and url.is_default(settings):
        return url.of(settings).replace("https://", "https://customer-")
    return url.of(settings)


def key_parameter(api_key: str) -> dict[str, str]:
    """The query parameter of a paid call; none without a key."""
    return {"apikey": api_key} if api_key else {}


def weight(variables: int, days: int) -> float:
    """How many calls of the free tier's 10,000 a day one call counts for."""
    return max(1.0, variables / 10, variables / 10 * days / 14)


def payload(response: UpstreamResponse) -> Mapping[str, Any]:
    """The JSON object of a response. Raises `UpstreamError` for another form or a refusal."""
    content = mapping(response.json(), response.provider)
    if response.status != 200 or content.get("error"):
        # One line: what a provider sends must not write lines of its own into the log.
        reason = _NUMBER.sub("…", text(content.get("reason"), 200) or "no reason given")
        log.warning("%s refused: %s", response.provider, reason)
        raise UpstreamError(f"{response.provider} has no answer for this place.")
    return content

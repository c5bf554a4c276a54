"""All metrics of the service: names, meanings and labels, in the order of their text.

Names and units are as Prometheus recommends (prometheus.io/docs/practices/naming). No label has a
value that a visitor chooses.
"""

from __future__ import annotations

from weather.core.dataclass import dataclass

# Upper bounds of buckets in seconds; each histogram has one more, without a bound.
REQUEST_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
CALL_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
AGE_BUCKETS = (60.0, 300.0, 900.0, 1800.0, 3600.0, 7200.0, 21600.0, 86400.0)


@dataclass(frozen=True, slots=True)
class Family:
    """A metric; `kind` is counter, gauge or histogram."""

    name: str
    kind: str
    help: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its samples."""
        if self.kind != "histogram":
            return (self.name,)
        return tuple(f"{self.name}_{suffix}" for suffix in ("bucket", "sum", "count"))

    def series(self, *values: str) -> str:
        """The name of one series, with the values of its labels, as the text has it."""
        pairs = [f'{name}="{value}"' for name, value in zip(self.labels, values, strict=True)]
        return f"{self.name}{{{','.join(pairs)}}}" if pairs else self.name


REQUESTS = Family(
    "weather_requests_total",
    "counter",
    "Responses by route, status and representation; cache: response (kept whole), or how the "
    "forecast was had (hit, miss, stale-while-revalidate, stale-if-error, call-declined), or none.",
    ("route", "status", "representation", "cache"),
)
DURATION = Family(
    "weather_request_duration_seconds",
    "histogram",
    "From the arrival of a complete request to its response, time in the queue included.",
    ("route",),
    REQUEST_BUCKETS,
)
AGE = Family(
    "weather_served_age_seconds",
    "histogram",
    "Age of the forecasts that responses show, since they were fetched.",
    (),
    AGE_BUCKETS,
)
SHED = Family(
    "weather_shed_total",
    "counter",
    "What was refused or closed to protect the service, by reason: rate_limit, call_share (429), "
    "queue (503); connections that were closed: connections (too many), buffers (too many bytes), "
    "request_timeout (half a request), send_timeout (half a response).",
    ("reason",),
)
REFUSED = Family(
    "weather_refused_requests_total",
    "counter",
    "Requests that the server itself refuses, which no route counts, by status: 400, 417 and 501 "
    "(malformed, or not supported), 408 (incomplete), 414 and 431 (too long).",
    ("status",),
)
LOOKUPS = Family(
    "weather_cache_lookups_total",
    "counter",
    "Values that were needed of the cache, by kind; outcome: hit, miss (fetched), "
    "stale-while-revalidate, stale-if-error, call-declined, error (nothing to serve).",
    ("kind", "outcome"),
)
STORE_ENTRIES = Family(
    "weather_store_entries", "gauge", "Entries in the store that all processes share, estimated."
)
STORE_BYTES = Family("weather_store_bytes", "gauge", "Bytes of these entries, estimated.")
STORE_UP = Family(
    "weather_store_up", "gauge", "1: the store answers; 0: memory is used in its place."
)
CALLS = Family(
    "weather_upstream_calls_total",
    "counter",
    "Calls to providers by result: success, refused (4xx), unavailable, timeout, error.",
    ("provider", "result"),
)
CALL_DURATION = Family(
    "weather_upstream_call_duration_seconds",
    "histogram",
    "Duration of calls to providers, a second try included.",
    ("provider",),
    CALL_BUCKETS,
)
SKIPPED = Family(
    "weather_upstream_calls_skipped_total",
    "counter",
    "Calls that were not made, by reason: breaker, slots, quota, call_share, reserve, crawler, "
    "stopping.",
    ("provider", "reason"),
)
BREAKER = Family(
    "weather_upstream_breaker_open",
    "gauge",
    "Worker processes that have failed several times in a row to call the provider.",
    ("provider",),
)
SHARED_BREAKER = Family(
    "weather_upstream_shared_breaker_open",
    "gauge",
    "1: the circuit breaker is open that all processes and replicas on a store share.",
    ("provider",),
)
BUDGET = Family(
    "weather_upstream_budget_calls",
    "gauge",
    "Calls that an account grants in a window, in the provider's weights.",
    ("account", "window"),
)
BUDGET_LEFT = Family(
    "weather_upstream_budget_remaining_calls",
    "gauge",
    "Calls that are left of them in the present window.",
    ("account", "window"),
)
INFO = Family("weather_build_info", "gauge", "1, with the version.", ("version",))

FAMILIES = (
    *(REQUESTS, DURATION, AGE, SHED, REFUSED, LOOKUPS, STORE_ENTRIES, STORE_BYTES, STORE_UP),
    *(CALLS, CALL_DURATION, SKIPPED, BREAKER, SHARED_BREAKER, BUDGET, BUDGET_LEFT, INFO),
)

"""The keys of a request's WSGI environment (PEP 3333) that the service adds."""

from __future__ import annotations

# float: when the request came, by the monotonic clock; only where our own server sets it.
ARRIVED = "weather.arrived"
# Address | None: the client's address, behind the trusted proxies.
VISITOR = "weather.visitor"
# Allowance | None: what the client has left of its rate limit; None if it is not limited.
ALLOWANCE = "weather.allowance"
# VaryOn: set by the application, what of the visitor the response depends on.
VARY_ON = "weather.vary-on"

"""The keys that the service adds to a request's WSGI environment (PEP 3333)."""

from __future__ import annotations

from typing import Final

# float: when the request arrived, by time.monotonic(). Set by the gunicorn worker; absent
# under another WSGI server.
ARRIVED: Final = "weather.arrived"
# Address | None: the client's address, forwarded headers considered. Set by the middleware.
VISITOR: Final = "weather.visitor"
# Allowance | None: what the rate limit leaves to the client. Set by the middleware.
ALLOWANCE: Final = "weather.allowance"
# Payer | None: whose allowance the upstream calls of the request spend. Set by the routes.
PAYER: Final = "weather.payer"
# VaryOn: which property of the visitor the response depends on. Set by the routes, read by the
# microcache once the response is made.
VARY_ON: Final = "weather.vary_on"
# str | None: the visitor's country, as the response was made. Set by the routes, read by the
# microcache once the response is made; absent where the country was not looked up.
COUNTRY: Final = "weather.country"
# datetime: when the request will mean another place. Set by the routes, read by the microcache.
UNTIL: Final = "weather.until"
# Reuse: for how long a response stays true, and its body. Set by the routes, read by the
# microcache; absent from responses that are kept for two seconds only.
REUSE: Final = "weather.reuse"
# Served: what the response is, for the metrics. Set by the application and the microcache.
SERVED: Final = "weather.served"
# Present in requests that came by the listener of the metrics. Set by the gunicorn worker.
METRICS_LISTENER: Final = "weather.metrics_listener"

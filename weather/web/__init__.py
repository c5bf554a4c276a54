"""HTTP: routes, requests, responses and the middleware around them."""

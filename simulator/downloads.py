"""DB-IP's monthly file: `world.databases` by month, 404 for every other month."""

import re

from .messages import Request, Response
from .world import World

FILE = re.compile(r"/free/dbip-city-lite-(\d{4}-\d{2})\.mmdb\.gz")


def db_ip(request: Request, world: World) -> Response:
    match = FILE.fullmatch(request.path)
    data = world.databases.get(match[1]) if match else None
    if data is None:
        return Response(404, b"<html><h1>404 Not Found</h1></html>", "text/html")
    # No Content-Encoding: the gzip file is the resource itself.
    return Response(200, data, "application/gzip", {"Accept-Ranges": "bytes"})

"""DB-IP's monthly file: the bytes a test put there, 404 for every other month."""

import re

from .messages import Request, Response
from .world import World

FILE = re.compile(r"/free/dbip-city-lite-(\d{4}-\d{2})\.mmdb\.gz")


def db_ip(request: Request, world: World) -> Response:
    found = FILE.fullmatch(request.path)
    data = world.databases.get(found[1]) if found else None
    if data is None:
        return Response(404, b"<html><h1>404 Not Found</h1></html>", "text/html")
    # the archive is the payload itself, so no Content-Encoding
    return Response(200, data, "application/gzip", {"Accept-Ranges": "bytes"})

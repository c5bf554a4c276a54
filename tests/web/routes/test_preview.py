"""The picture of a page."""

from __future__ import annotations

import re
from html import unescape

from flask.testing import FlaskClient

from tests.web.clients import (
    BROWSER,
    get,
)


def test_the_preview_of_a_page(client: FlaskClient) -> None:
    page = get(client, "/Paris?units=imperial", headers=BROWSER).text
    (url,) = re.findall(r'og:image" content="http://localhost([^"]+)"', page)
    picture = get(client, unescape(url))
    assert (picture.status_code, picture.content_type) == (200, "image/png")
    assert picture.data.startswith(b"\x89PNG")
    assert get(client, "/preview.png?q=Xyzzyville").status_code == 404
    assert get(client, "/preview.png").status_code == 404, "a visitor's own place is not located"

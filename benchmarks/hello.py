"""The speed of the framework itself: a constant response under the service's own gunicorn."""

from __future__ import annotations

from flask import Flask

from weather.server.gunicorn_app import serve
from weather.settings import Settings

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    return "Hello, world!\n"


if __name__ == "__main__":
    serve(app, Settings.from_environment())

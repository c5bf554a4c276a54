"""Only `flask.cli` uses it, which is replaced too."""

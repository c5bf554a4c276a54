"""gunicorn: its configuration and its worker."""

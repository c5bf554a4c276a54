"""gunicorn: the application with its configuration, and the worker."""

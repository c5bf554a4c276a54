"""gunicorn reads a configuration of logging if it is given one, which the service does not do."""


def dictConfig(config: object) -> None:  # noqa: N802  # the standard library's name
    raise RuntimeError("Configuration of logging by a file is left out of this executable.")


fileConfig = jsonConfig = dictConfig  # noqa: N816

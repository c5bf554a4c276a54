"""The version of the program, which pyproject.toml reads."""

VERSION = "0.1.0"

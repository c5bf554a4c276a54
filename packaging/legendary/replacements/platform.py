"""The name of the operating system, which is all that gunicorn wants to know."""

import os


def system() -> str:
    return os.uname().sysname

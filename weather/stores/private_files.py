"""Files and folders of this user alone.

Whoever can write a shared folder may put anything in the place of a file: a link to a file
elsewhere, a pipe that holds its reader for ever, gigabytes. What is opened here is a regular file
of this user, or the call raises `OSError`.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from errno import EPERM
from pathlib import Path

_MODE_FOLDER, _MODE_FILE = 0o700, 0o600
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
# Without O_NONBLOCK, opening a pipe waits for its other end; O_NOCTTY: a terminal stays none of
# this process.
_SAFELY = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class Unsafe(PermissionError):
    """A folder or file that another user owns or can write, or that is of another kind; `strerror`
    says which."""

    def __init__(self, reason: str) -> None:
        super().__init__(EPERM, reason)


def make_folder(path: Path) -> None:
    """Make the folder and its parents for this user alone; one that exists must be a folder that
    no other user owns or can write, and no link. Raises `Unsafe`, or another `OSError`."""
    for folder in (*reversed(path.parents), path):
        with suppress(FileExistsError):
            os.mkdir(folder, _MODE_FOLDER)
    _check_folder(os.lstat(path))


def _check_folder(status: os.stat_result) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise Unsafe("it is a symbolic link: name its target")
    if not stat.S_ISDIR(status.st_mode):
        raise Unsafe("it is no folder")
    if status.st_uid != os.geteuid():
        raise Unsafe(
            f"it belongs to user {status.st_uid} and this is user {os.geteuid()}: name a folder "
            "below it, which is then made"
        )
    if status.st_mode & _OTHERS_WRITE:
        raise Unsafe(
            f"other users can write to it (mode {stat.S_IMODE(status.st_mode):o}): chmod 700 it, "
            "or name a folder below it, which is then made"
        )


def open_folder(path: Path) -> int:
    """The descriptor of a folder that `make_folder` accepts. Raises `Unsafe`, or another
    `OSError`."""
    folder = os.open(path, _FOLDER)
    try:
        _check_folder(os.fstat(folder))
    except BaseException:
        os.close(folder)
        raise
    return folder


def open_file(name: str | Path, flags: int, folder: int | None = None) -> int:
    """The descriptor of a regular file of this user, opened without a wait and not by a link; made
    for this user alone with `O_CREAT`. Raises `Unsafe`, or another `OSError`."""
    file = os.open(name, flags | _SAFELY, _MODE_FILE, dir_fd=folder)
    try:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode):
            raise Unsafe(f"{name} is no regular file")
        if status.st_uid != os.geteuid():
            raise Unsafe(f"{name} belongs to user {status.st_uid}")
    except BaseException:
        os.close(file)
        raise
    return file


def read_file(name: str, folder: int, largest: int) -> bytes:
    """The bytes of a file. Raises `Unsafe` where there are more than `largest`, or another
    `OSError`."""
    file = open_file(name, os.O_RDONLY, folder)
    try:
        size = os.fstat(file).st_size
        if size > largest:
            raise Unsafe(f"{name} is too large")
        return os.read(file, size)
    finally:
        os.close(file)

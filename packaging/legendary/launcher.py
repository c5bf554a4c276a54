"""Starts the service in the static executable, which needs no files."""

from __future__ import annotations

import os
import runpy
import ssl
import sys
import warnings
import zipimport
from io import BytesIO

import certifi
import embedded

LIMITS = (
    "One static executable: no module can be added to it, C extensions least of all, and "
    "tracebacks show line numbers without the lines (of libraries, those of the functions)."
)


def ca_bundle() -> str:
    """The path of the CA bundle, a file in memory: OpenSSL and requests accept only a path."""
    if path := os.environ.get("SSL_CERT_FILE"):
        return path
    global _bundle  # noqa: PLW0603  # one file, created at the first call
    if not _bundle:
        file = os.memfd_create("ca-bundle.pem")
        pem = "".join(map(ssl.DER_cert_to_PEM_cert, embedded.CERTIFICATES))
        os.write(file, pem.encode())
        _bundle = f"/proc/self/fd/{file}"
    return _bundle


_bundle = ""


def embed_zones() -> None:
    """`zoneinfo` reads the system's time zones, and the embedded ones where the system has none."""
    os.environ.setdefault("PYTHONTZPATH", "/usr/share/zoneinfo")  # by default read from a Makefile
    from zoneinfo import ZoneInfoNotFoundError, _common  # noqa: PLC0415  # after the line above

    def load(key: str) -> BytesIO:
        if key not in embedded.ZONES:
            raise ZoneInfoNotFoundError(f"No time zone found with key {key}")
        return BytesIO(embedded.ZONES[key])

    _common.load_tzdata = load  # type: ignore[assignment]  # both return binary files


def embed_files() -> None:
    """Packages' small files are constants, and read as others in the archive: by its importer."""
    read = zipimport.zipimporter.get_data

    def get_data(self: zipimport.zipimporter, path: str) -> bytes:
        data = embedded.FILES.get(path.removeprefix(f"{self.archive}/"))
        return read(self, path) if data is None else data

    zipimport.zipimporter.get_data = get_data  # type: ignore[method-assign, assignment]


def embed_catalogues() -> None:
    from weather.i18n import catalogues  # noqa: PLC0415  # after the patches above it

    catalogues.install_reader(embedded.CATALOGUES.__getitem__)


def import_everything() -> int:
    """Imports every embedded module, for the image's test. Returns 1 if one fails."""
    failed = 0
    for name in embedded.MODULES:
        try:
            __import__(name)
        except BaseException as error:  # noqa: BLE001  # of any kind
            print(f"{name}: {error!r}")
            failed += 1
    print(f"{len(embedded.MODULES)} modules, {failed} fail to import")
    return min(failed, 1)


def main() -> None:
    certifi.where = ca_bundle
    embed_zones()
    embed_files()
    embed_catalogues()
    # requests warns that it cannot guess charsets. The service reads only JSON.
    warnings.filterwarnings("ignore", "Unable to find acceptable character detection")
    if not os.path.isdir("/tmp"):  # noqa: S108
        os.environ.setdefault("TMPDIR", "/dev/shm")  # noqa: S108
    if sys.argv[1:] == ["import-everything"]:
        sys.exit(import_everything())
    if sys.argv[1:] in ([], ["serve"]):
        print(LIMITS, file=sys.stderr)
    runpy.run_module("app", run_name="__main__", alter_sys=True)

"""The network around a container: an upstream behind TLS, and a name server."""

from __future__ import annotations

import socket
import ssl
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

_ONE_MINUTE = 60


def certify(folder: Path, host: str) -> tuple[Path, Path]:
    """The paths of a CA, and of its certificate for a host with the key."""
    ca, leaf = folder / "ca.pem", folder / f"{host}.pem"
    new: list[str | Path] = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
    ]
    if not ca.exists():
        usage = ["-subj", "/CN=Test CA", "-addext", "keyUsage=critical,keyCertSign"]
        _run(*new, *usage, "-keyout", folder / "ca.key", "-out", ca)
    key, own = folder / "key", folder / "own"
    signed: list[str | Path] = [
        "-CA",
        ca,
        "-CAkey",
        folder / "ca.key",
        "-addext",
        "keyUsage=digitalSignature",
    ]
    signed += ["-addext", "basicConstraints=CA:FALSE"]
    name = ["-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}"]
    _run(*new, *signed, *name, "-keyout", key, "-out", own)
    leaf.write_text(own.read_text() + key.read_text())
    ca.chmod(0o644)
    return ca, leaf


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def front(port: int, host: str = "127.0.0.1", certificate: Path | None = None) -> Iterator[int]:
    """Forwards connections to a port of this machine, with TLS if there is a certificate. Yields
    the port to connect to."""
    listener = socket.create_server((host, 0))
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    Thread(target=_serve, args=(listener, port, context), daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _serve(listener: socket.socket, port: int, context: ssl.SSLContext | None) -> None:
    with suppress(OSError):
        while True:
            near, _ = listener.accept()
            Thread(target=_join, args=(near, port, context), daemon=True).start()


def _join(near: socket.socket, port: int, context: ssl.SSLContext | None) -> None:
    """One request's bytes there, then all of the answer's back: HTTP/1.1, one at a time."""
    with suppress(OSError), near:
        near.settimeout(_ONE_MINUTE)
        outside = context.wrap_socket(near, server_side=True) if context else near
        with outside, socket.create_connection(("127.0.0.1", port), _ONE_MINUTE) as inside:
            back = Thread(target=_pump, args=(inside, outside), daemon=True)
            back.start()
            _pump(outside, inside)
            back.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@contextmanager
def name_server(host: str, name: str) -> Iterator[None]:
    """A DNS server on a host's port 53 that knows one name, which stands for the host itself."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind((host, 53))
        Thread(target=_answer, args=(server, host, name), daemon=True).start()
        yield
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)


def _answer(server: socket.socket, host: str, name: str) -> None:
    with suppress(OSError):
        while True:
            query, client = server.recvfrom(512)
            if not query:
                return
            end = query.index(0, 12) + 5
            question, kind = query[12:end], query[end - 4 : end - 2]
            known = b"".join(bytes([len(part)]) + part.encode() for part in name.split("."))
            here = question.lower().startswith(known + b"\0")
            record = b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 60, 4) + socket.inet_aton(host)
            answers = [record] if here and kind == b"\0\1" else []
            flags = 0x8180 if here else 0x8183
            header = query[:2] + struct.pack(">HHHHH", flags, 1, len(answers), 0, 0)
            server.sendto(header + question + b"".join(answers), client)

"""A TLS server on the loopback address that stands for wttr.in and its subdomains, in front of the
service."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

HOSTS = ("wttr.in", "*.wttr.in")


@dataclass(frozen=True)
class StandIn:
    """The port that stands for 443, and the certificate of the authority that clients trust."""

    port: int
    authority: Path


@contextmanager
def standing_in(folder: Path, service_port: int) -> Iterator[StandIn]:
    """Relays each connection to the service, without TLS, until the end of the block."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*_certificate(folder))
    loop = asyncio.new_event_loop()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ours, theirs = await asyncio.open_connection("127.0.0.1", service_port)
        await asyncio.gather(_copy(reader, theirs), _copy(ours, writer))

    server = loop.run_until_complete(asyncio.start_server(relay, "127.0.0.1", 0, ssl=context))
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield StandIn(server.sockets[0].getsockname()[1], folder / "authority.pem")
    finally:
        asyncio.run_coroutine_threadsafe(_close(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Copies to the end of the source. A client may close without the end of TLS."""
    with suppress(ConnectionError, ssl.SSLError):
        while data := await source.read(1 << 16):
            target.write(data)
            await target.drain()
    with suppress(ConnectionError, ssl.SSLError):
        target.close()
        await target.wait_closed()


async def _close(server: asyncio.Server) -> None:
    server.close()
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _certificate(folder: Path) -> tuple[Path, Path]:
    """The server's certificate and its key, signed by an authority of its own."""
    names = ",".join(f"DNS:{host}" for host in HOSTS)
    (folder / "names").write_text(f"subjectAltName={names}\nextendedKeyUsage=serverAuth\n")
    new = ("-newkey", "rsa:2048", "-nodes")
    _openssl(
        *("req", "-x509", *new, "-keyout", "authority.key", "-out", "authority.pem"),
        *("-days", "2", "-subj", "/CN=Test authority"),
        *("-addext", "keyUsage=critical,keyCertSign"),
        folder=folder,
    )
    _openssl(
        *("req", *new, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=wttr.in"),
        folder=folder,
    )
    _openssl(
        *("x509", "-req", "-in", "server.csr", "-out", "server.pem", "-days", "2"),
        *("-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial"),
        *("-extfile", "names"),
        folder=folder,
    )
    return folder / "server.pem", folder / "server.key"


def _openssl(*arguments: str, folder: Path) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

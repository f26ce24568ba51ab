"""A mail server of this machine's own, as small as a test needs: it keeps what it is given."""

from __future__ import annotations

import base64
import socketserver
import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST = "127.0.0.1"


@dataclass
class Mailbox:
    """What a server was given, and how it answers: `answers` names a command and its refusal."""

    answers: dict[str, str] = field(default_factory=dict)
    offers: tuple[str, ...] = ()
    certificate: ssl.SSLContext | None = None
    messages: list[bytes] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    port: int = 0


class _Talk(socketserver.StreamRequestHandler):
    mailbox: Mailbox
    timeout = 10

    def handle(self) -> None:
        """Answer one connection, command after command."""
        self._say("220 a server for tests")
        while line := self.rfile.readline().decode("ascii").strip():
            command = line.split(":")[0].split()[0].upper()
            if command in self.mailbox.answers:
                if not self.mailbox.answers[command]:
                    return
                self._say(self.mailbox.answers[command])
            elif command == "QUIT":
                self._say("221 bye")
                return
            else:
                self._do(command, line)

    def finish(self) -> None:
        """Close what encryption wrapped as well."""
        super().finish()
        self.connection.close()

    def _do(self, command: str, line: str) -> None:
        if command == "EHLO":
            offers = ["a server for tests", *self.mailbox.offers]
            for offer in offers[:-1]:
                self._say(f"250-{offer}")
            self._say(f"250 {offers[-1]}")
        elif command == "STARTTLS":
            self._say("220 go on")
            assert self.mailbox.certificate is not None
            wrapped = self.mailbox.certificate.wrap_socket(self.connection, server_side=True)
            self.connection = wrapped
            self.rfile, self.wfile = wrapped.makefile("rb"), wrapped.makefile("wb")
        elif command == "AUTH":
            self.mailbox.logins.append(base64.b64decode(line.split()[2]).decode())
            self._say("235 welcome")
        elif command == "DATA":
            self._say("354 go on")
            self._keep()
        else:
            if command == "MAIL":
                self.mailbox.senders.append(line)
            self._say("250 fine")

    def _keep(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        self.mailbox.messages.append(b"".join(lines))
        self.mailbox.encrypted.append(isinstance(self.connection, ssl.SSLSocket))
        self._say("250 kept")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode("ascii"))
        self.wfile.flush()


class _Server(socketserver.TCPServer):
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that leaves in the middle is what some tests are about."""


@contextmanager
def mail_server(mailbox: Mailbox, *, tls_at_once: bool = False) -> Iterator[Mailbox]:
    """Run a server until the end of the block; its port is the mailbox's."""
    talk = type("Talk", (_Talk,), {"mailbox": mailbox})
    with _Server((HOST, 0), talk) as server:
        if tls_at_once:
            assert mailbox.certificate is not None
            server.socket = mailbox.certificate.wrap_socket(server.socket, server_side=True)
        mailbox.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield mailbox
        finally:
            server.shutdown()
            thread.join()


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make a certificate for this machine; give the server's side and a client that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    trusting = ssl.create_default_context(
        cadata=made.public_bytes(serialization.Encoding.PEM).decode()
    )
    return server, trusting

"""Small servers of this machine that keep what they are sent: one for mail, one for a webhook."""

from __future__ import annotations

import base64
import json
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


@dataclass
class MailServer:
    """An SMTP server; `offers` are what it tells to EHLO, `context` serves STARTTLS."""

    port: int = 0
    offers: tuple[str, ...] = ("AUTH PLAIN",)
    accounts: tuple[tuple[str, str], ...] = ()
    refuse: str = ""
    context: ssl.SSLContext | None = None
    said: list[str] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    messages: list[EmailMessage] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)


@contextmanager
def mail_server(server: MailServer) -> Iterator[MailServer]:
    """Serve mail on a free port of this machine."""

    class Handler(socketserver.StreamRequestHandler):
        timeout = 5

        def answer(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())
            self.wfile.flush()

        def handle(self) -> None:
            secure = False
            self.answer("220 essai")
            while line := self.rfile.readline().decode().strip():
                server.said.append(line)
                word = line.split()[0].upper()
                if word == "EHLO":
                    lines = ["essai", *server.offers]
                    for each in lines[:-1]:
                        self.answer(f"250-{each}")
                    self.answer(f"250 {lines[-1]}")
                elif word == "STARTTLS" and server.context is not None:
                    self.answer("220 go")
                    try:
                        self.connection = server.context.wrap_socket(
                            self.connection, server_side=True
                        )
                    except OSError:
                        return
                    self.rfile = self.connection.makefile("rb")
                    self.wfile = self.connection.makefile("wb")
                    secure = True
                elif word == "AUTH":
                    _, user, secret = base64.b64decode(line.split()[2]).decode().split("\0")
                    server.logins.append((user, secret))
                    known = (user, secret) in server.accounts
                    self.answer("235 ok" if known else f"535 no, not {secret}")
                elif word == server.refuse:
                    self.answer("550 no")
                elif word == "DATA":
                    self.answer("354 go")
                    data = b""
                    while not data.endswith(b"\r\n.\r\n"):
                        data += self.rfile.readline()
                    message = message_from_bytes(data[:-3], policy=policy.default)
                    assert isinstance(message, EmailMessage)
                    server.messages.append(message)
                    server.encrypted.append(secure)
                    self.answer("250 ok")
                elif word == "QUIT":
                    self.answer("221 bye")
                    return
                else:
                    self.answer("250 ok")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as tcp:
        tcp.daemon_threads = True
        server.port = tcp.server_address[1]
        thread = threading.Thread(target=tcp.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            tcp.shutdown()
            thread.join(5)


@dataclass
class Webhook:
    """A chat room: what it was sent, and the status that it answers."""

    url: str = ""
    status: int = 200
    location: str = ""
    heard: list[Any] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


@contextmanager
def webhook_server(hook: Webhook, path: str = "/hooks/essai") -> Iterator[Webhook]:
    """Serve a webhook on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            hook.heard.append(json.loads(self.rfile.read(length)))
            hook.paths.append(self.path)
            self.send_response(hook.status)
            if hook.location:
                self.send_header("Location", hook.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as http:
        hook.url = f"http://127.0.0.1:{http.server_address[1]}{path}"
        thread = threading.Thread(target=http.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield hook
        finally:
            http.shutdown()
            thread.join(5)

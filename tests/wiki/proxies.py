"""A proxy on loopback: it lets a request through, refuses it, or opens a tunnel."""

from __future__ import annotations

import socket
import threading
from http.client import HTTPConnection
from urllib.parse import urlsplit

from tests.wiki.loopback import LoopbackServer, SilentHandler


class StubProxy(LoopbackServer):
    """A context manager; `status` other than 200 is its answer to whatever comes."""

    def __init__(self, status: int = 200) -> None:
        super().__init__(_Handler)
        self.status = status
        self.seen: list[tuple[str, str, str | None]] = []  # method, target, who asks

    def address(self, who: str = "") -> str:
        """Return what to configure; `who` is `user:password`, percent-encoded."""
        return f"http://{who}{'@' if who else ''}127.0.0.1:{self.server_port}"


class _Handler(SilentHandler):
    server: StubProxy

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._remember()
        if self.server.status != 200:
            self._refuse()
            return
        parts = urlsplit(self.path)
        way = HTTPConnection(parts.hostname or "", parts.port)
        headers = {k: v for k, v in self.headers.items() if not k.lower().startswith("proxy")}
        way.request(self.command, f"{parts.path}?{parts.query}", body, headers)
        answer = way.getresponse()
        data = answer.read()
        self.send_response_only(answer.status)
        self.send_header("Content-Type", answer.headers["Content-Type"])
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        way.close()

    do_GET = do_POST = _pass_on

    def do_CONNECT(self) -> None:
        self._remember()
        if self.server.status != 200:
            self._refuse()
            return
        host, _, port = self.path.rpartition(":")
        with socket.create_connection((host, int(port))) as way:
            self.send_response_only(200, "Connection established")
            self.end_headers()
            back = threading.Thread(target=_pump, args=(way, self.connection), daemon=True)
            back.start()
            _pump(self.connection, way)
        self.close_connection = True

    def _remember(self) -> None:
        who = self.headers.get("Proxy-Authorization")
        self.server.seen.append((self.command, self.path, who))

    def _refuse(self) -> None:
        data = f"<html>{self.headers.get('Proxy-Authorization')} !".encode()
        self.send_response_only(self.server.status, "Proxy Authentication Required")
        self.send_header("Proxy-Authenticate", 'Basic realm="proxy"')
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return

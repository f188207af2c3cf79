"""A door in front of a web server: it remembers what went through, and may fail on purpose."""

from __future__ import annotations

import email.message
import email.parser
import email.policy
import http.client
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from tests.mediawiki.faults import Answer, Ending, Fault, Faults, Point

# Every action that is not known to read counts as one that writes. Logging in and out changes
# a session, not the wiki.
READING_ACTIONS = frozenset(
    {
        "ask",
        "askargs",
        "browsebysubject",
        "checktoken",
        "clientlogin",
        "compare",
        "expandtemplates",
        "feedrecentchanges",
        "help",
        "login",
        "logout",
        "opensearch",
        "paraminfo",
        "parse",
        "query",
        "smwbrowse",
        "smwinfo",
        "tokens",
    }
)
# Of one connection, not of the message (RFC 9110, section 7.6.1).
HOP_BY_HOP = frozenset(
    {
        "connection",
        "content-length",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)


@dataclass(frozen=True)
class SeenRequest:
    """One request, as it arrived; `at` is when, in seconds of a clock of its own."""

    method: str
    path: str
    parameters: dict[str, str]
    at: float = field(default_factory=time.monotonic, compare=False)

    @property
    def action(self) -> str:
        """The `action` parameter, empty when there is none."""
        return self.parameters.get("action", "")

    @property
    def writes(self) -> bool:
        """Whether it can change the wiki; MediaWiki takes changes by POST alone."""
        reads = self.path.endswith("/api.php") and self.action in READING_ACTIONS
        return self.method not in ("GET", "HEAD") and not reads


class RecordingDoor(ThreadingHTTPServer):
    """Hands every request on to a server on this machine, and keeps a list of them.

    It listens on a free port of its own from the start; `stop` ends it. Without a
    `target_port` it answers 502. What is to go wrong is said to `faults`.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self) -> None:
        # A port that was asked for by its number is kept by the system while it is closed.
        super().__init__(("127.0.0.1", free_port()), _Handler)
        self.target_port = 0
        self.faults = Faults()
        self._seen: list[SeenRequest] = []
        self._lock = threading.Lock()
        self._quiet = threading.Condition()
        self._busy = 0
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """The port to send requests to."""
        return self.server_port

    def remember(self, request: SeenRequest) -> None:
        """Add a request to the list."""
        with self._lock:
            self._seen.append(request)

    def seen(self) -> list[SeenRequest]:
        """What came since the start or the last `forget`, oldest first."""
        with self._lock:
            return list(self._seen)

    def forget(self) -> None:
        """Empty the list."""
        with self._lock:
            self._seen.clear()

    def close_port(self) -> None:
        """Refuse every new connection, as a machine does on which nothing listens."""
        # Not `close`: a forked child may hold the socket too, and would keep it listening.
        self.socket.shutdown(socket.SHUT_RDWR)

    def open_port(self) -> None:
        """Listen again, on the same port."""
        self.socket.listen(self.request_queue_size)

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Count a request that is under way."""
        with self._quiet:
            self._busy += 1
        try:
            yield
        finally:
            with self._quiet:
                self._busy -= 1
                self._quiet.notify_all()

    def wait_until_quiet(self, seconds: float = 30) -> None:
        """Wait until no request is under way: a client may have left, its request goes on."""
        with self._quiet:
            self._quiet.wait_for(lambda: not self._busy, seconds)

    def stop(self) -> None:
        """Stop listening."""
        self.shutdown()
        self.server_close()
        self._thread.join()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that went away."""


def free_port() -> int:
    """Return the number of a port on which nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


_Reply = tuple[int, list[tuple[str, str]], bytes]


class _Handler(BaseHTTPRequestHandler):
    server: RecordingDoor
    protocol_version = "HTTP/1.1"  # connections are kept, as a real server keeps them
    wbufsize = 1 << 16  # headers and body leave together
    disable_nagle_algorithm = True
    _announces = False

    def hand_on(self) -> None:
        with self.server.busy():
            self._hand_on()

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = hand_on

    def _hand_on(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length // 2)
        request = self._request(body)
        faults = self.server.faults.due(request, halfway=True)
        if not faults:
            body += self.rfile.read(length - len(body))
            request = self._request(body)
        self.server.remember(request)
        if not faults and len(body) < length:  # the client died in the midst of it
            self.close_connection = True
            return
        faults = faults or self.server.faults.due(request, halfway=False)
        if faults:
            self._fail(faults, body)
        else:
            self._reply(self._ask(body))

    def _fail(self, faults: Sequence[Fault], body: bytes) -> None:
        ending = next((fault for fault in faults if fault.how is not None), faults[0])
        for fault in faults:
            self._call(fault.begin)
        reply: _Reply = (502, [], b"")
        if ending.point in (Point.HALF_ON, Point.ANSWERED, Point.NONE):
            reply = self._ask(body)
        for fault in faults:
            self._call(fault.finish)
        self._announces = any(fault.announces for fault in faults)
        if any(fault.drops for fault in faults):
            self.close_connection = True
        how = ending.how
        if how is None:
            self._reply(reply)
        elif isinstance(how, Answer):
            self._reply((how.status, list(how.headers.items()), how.body))
        elif isinstance(how, Ending):
            self._end(how, reply)
        else:
            status, headers, content = reply
            self._reply((status, headers, how(content)))

    def _call(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Exception as error:  # the test asks for it
            self.server.faults.troubles.append(error)

    def _ask(self, body: bytes) -> _Reply:
        headers = {k: v for k, v in self.headers.items() if k.lower() not in HOP_BY_HOP}
        server = http.client.HTTPConnection("127.0.0.1", self.server.target_port, timeout=120)
        try:
            server.request(self.command, self.path, body or None, headers)
            answer = server.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        except (OSError, http.client.HTTPException) as error:
            return 502, [], f"the wiki behind the door: {error!r}".encode()
        finally:
            server.close()

    def _reply(self, reply: _Reply, *, promised: int | None = None) -> None:
        status, headers, content = reply
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content) if promised is None else promised))
        if self._announces:
            self.send_header("Connection", "close")  # which closes it, too
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        self.wfile.flush()

    def _end(self, how: Ending, reply: _Reply) -> None:
        status, headers, content = reply
        half = content[: len(content) // 2]
        if how is Ending.TRUNCATED:
            self._reply((status, headers, half))
            return
        if how is Ending.GARBLED:
            self._reply((status, [*headers, ("Content-Encoding", "gzip")], content))
            return
        self.close_connection = True
        if how is Ending.HALF:
            self._reply((status, headers, half), promised=len(content))
        elif how is Ending.SILENCE:
            self._keep_waiting()
        elif how is Ending.RESET:
            # A connection closed with a linger of 0 seconds ends by RST (socket(7)).
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.close()

    def _keep_waiting(self, seconds: float = 20) -> None:
        """Say nothing until the client leaves, or the faults are cleared."""
        era, end = self.server.faults.era, time.monotonic() + seconds
        self.connection.settimeout(0.02)
        while self.server.faults.era == era and time.monotonic() < end:
            try:
                if not self.connection.recv(1):
                    return
            except TimeoutError:
                continue
            except OSError:
                return

    def _request(self, body: bytes) -> SeenRequest:
        return SeenRequest(self.command, urlsplit(self.path).path, self._parameters(body))

    def _parameters(self, body: bytes) -> dict[str, str]:
        parameters = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
        kind = self.headers.get_content_type()
        if kind == "application/x-www-form-urlencoded":
            parameters.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        elif kind == "multipart/form-data":
            head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
            form = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
            for part in form.iter_parts():
                parameters[str(part.get_param("name", header="content-disposition"))] = _text(part)
        return parameters

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the list of requests is the log."""


def _text(part: email.message.Message) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""

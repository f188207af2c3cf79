"""A door in front of a web server that remembers what went through it."""

from __future__ import annotations

import email.message
import email.parser
import email.policy
import http.client
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

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
    """One request, as it arrived."""

    method: str
    path: str
    parameters: dict[str, str]

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
    `target_port` it answers 502.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target_port = 0
        self._seen: list[SeenRequest] = []
        self._lock = threading.Lock()
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

    def stop(self) -> None:
        """Stop listening."""
        self.shutdown()
        self.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: RecordingDoor
    protocol_version = "HTTP/1.1"  # connections are kept, as a real server keeps them
    wbufsize = 1 << 16  # headers and body leave together
    disable_nagle_algorithm = True

    def hand_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = urlsplit(self.path).path
        self.server.remember(SeenRequest(self.command, path, self._parameters(body)))
        headers = {k: v for k, v in self.headers.items() if k.lower() not in HOP_BY_HOP}
        server = http.client.HTTPConnection("127.0.0.1", self.server.target_port, timeout=120)
        try:
            server.request(self.command, self.path, body or None, headers)
            answer = server.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.send_error(502, f"the wiki behind the door: {error!r}")
            return
        finally:
            server.close()
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = hand_on

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

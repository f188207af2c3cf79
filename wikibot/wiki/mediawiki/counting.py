"""How many requests a session has made, and which of them were repetitions."""

from __future__ import annotations

import hashlib

import requests

from wikibot.edits import Requests


class Counter:
    """Counts what goes out. A request is known by a digest, so that no secret is kept here."""

    def __init__(self) -> None:
        self.requests = Requests()
        self._last = b""
        self._failed: set[bytes] = set()

    def count(self, request: requests.PreparedRequest) -> None:
        """Count a request about to leave; it counts as failed until `settle` says otherwise."""
        posts = request.method == "POST"
        self._last = _digest(request)
        again = self._last in self._failed
        known = self.requests
        self.requests = Requests(known.get + (not posts), known.post + posts, known.retries + again)
        self._failed.add(self._last)

    def settle(self) -> None:
        """Note that the last request got its answer: the same one again is no repetition."""
        self._failed.discard(self._last)


def _digest(request: requests.PreparedRequest) -> bytes:
    # Not the headers: a signature differs each time.
    body = request.body.encode() if isinstance(request.body, str) else request.body
    whole = hashlib.sha256(f"{request.method} {request.url}\n".encode())
    if isinstance(body, bytes):  # not one that dies half-way
        whole.update(body)
    return whole.digest()

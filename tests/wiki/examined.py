"""What the scripted server answers to a doctor."""

from __future__ import annotations

from typing import Any

from tests.wiki.stub_api import StubApi


def told(stub: StubApi, **more: object) -> dict[str, Any]:
    """The stub's usual answer about itself, at noon of a day, with `more` in it."""
    query = {**stub._site(), **more}
    return {"batchcomplete": True, "curtimestamp": "2026-01-31T12:00:00Z", "query": query}

"""Which run is under way: the log names it on each of its lines."""

from __future__ import annotations

from contextvars import ContextVar

RUNNING: ContextVar[str] = ContextVar("wikibot_run", default="")

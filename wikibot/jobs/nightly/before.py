"""What the last night has left, for this one to tell by whether anything is new."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from wikibot.jobs.reports import FOLDER
from wikibot.night import Night, Part
from wikibot.render import night as shown
from wikibot.wiki.folder import disk


def last_night(folder: Path, wikiid: str) -> dict[str, Any] | None:
    """Return the report of the last night of a wiki, None where there is none to be used."""
    for path in sorted((folder / FOLDER).glob("night-*.json"), reverse=True)[:1]:
        try:
            data, _ = disk.read(path)
            told = json.loads(data)
        except (OSError, ValueError, RecursionError):
            return None
        if isinstance(told, dict) and told.get("wiki") == wikiid:
            return told
    return None


def is_quiet(night: Night, before: dict[str, Any] | None, page: str) -> bool:
    """Return whether a night did nothing, and has nothing to tell that the page does not show.

    So it is where the last report was told on that page, or would have been the same, and what
    waits for a person has not changed since.
    """
    if before is None or night.edits or any(d.outcome.counts.get("tracker") for d in night.parts):
        return False
    now = shown.data(night)
    reports = [job for job in before.get("jobs", ()) if job.get("job") == "report"]
    codes = str(reports[-1].get("reason_code")) if reports else ""
    told = "page=told" in codes or "page=same" in codes
    same = before.get("needs") == now["needs"] and before.get("exit") == now["exit"]
    return told and same and before.get("page") == page


def mark_of(*contents: str) -> str:
    """Return the mark that the next night knows the same contents by."""
    return hashlib.sha256("\0".join(contents).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def is_marked(before: dict[str, Any] | None, part: Part, mark: str) -> bool:
    """Return whether the last night has left the same there, and nothing went wrong."""
    return any(
        (job.get("job"), job.get("what") or "", job.get("mark"), job.get("exit"))
        == (part.job, part.what, mark, 0)
        for job in (before or {}).get("jobs", ())
    )

"""A folder wiki in a test, and what it holds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from wikibot.wiki.folder import FolderWiki

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def wiki_of(folder: Path) -> FolderWiki:
    """Return the wiki of a folder where it is always noon."""
    return FolderWiki(folder, now=lambda: NOON)


def everything(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Return what a folder holds: content, mode and last change of each file in it."""
    return {
        str(path.relative_to(folder)): (
            path.read_bytes() if path.is_file() else b"",
            path.lstat().st_mode,
            path.lstat().st_mtime_ns,
        )
        for path in [folder, *folder.rglob("*")]
    }

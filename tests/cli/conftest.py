from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import ATLAS, PAGE


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder wiki of one page, and nothing around that could be a configuration."""
    monkeypatch.chdir(tmp_path)
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / f"{ATLAS}.wikitext").write_text(PAGE)
    return pages

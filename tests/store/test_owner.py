"""Whose journal a file is can be told without touching it."""

from __future__ import annotations

from pathlib import Path

import pytest

from wikibot.errors import ConfigError
from wikibot.store import Journal
from wikibot.store.owner import journal_owner


def test_a_folder_without_a_journal_has_no_owner_and_gets_no_file(tmp_path: Path) -> None:
    assert journal_owner(tmp_path) is None
    assert journal_owner(tmp_path / "absent") is None
    assert list(tmp_path.iterdir()) == []


def test_the_owner_is_the_wiki_that_it_was_begun_for(tmp_path: Path) -> None:
    folder = tmp_path / "dossier d'état #1?"
    with Journal.open(folder, "communs"):
        assert journal_owner(folder) == "communs"  # while it is in use, too
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert journal_owner(folder) == "communs"
    assert before.items() <= {f.name: f.read_bytes() for f in folder.iterdir()}.items()


@pytest.mark.parametrize("data", [b"", b"x", b"x" * 5000], ids=["empty", "short", "long"])
def test_a_file_that_is_no_journal_is_an_error_and_stays(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "journal.sqlite").write_bytes(data)
    with pytest.raises(ConfigError) as raised:
        journal_owner(tmp_path)
    assert raised.value.advice is not None
    assert (tmp_path / "journal.sqlite").read_bytes() == data

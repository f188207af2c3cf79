from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from filelock import FileLock

from tests.wiki.folders import NOON
from wikibot.errors import InputError, Unavailable
from wikibot.page import Revision
from wikibot.wiki.folder import FolderWiki
from wikibot.wiki.folder.history import History, page_id, revision_id


def log_of(folder: Path) -> Path:
    return folder / ".wikibot/history/revisions.jsonl"


def put(history: History, title: str, data: bytes) -> Revision:
    """Record a revision upon the last one."""
    with history.locked(1):
        last = history.of(title)
        parent_id = last[-1].revision.id if last else 0
        revision = Revision(revision_id(parent_id, title, data), parent_id, NOON, "Anne", "motif")
        history.keep(data)
        history.record(title, revision, data)
    return revision


def test_a_recorded_revision_is_read_by_another_process_as_it_was(tmp_path: Path) -> None:
    revisions = [put(History(tmp_path), "Été", data) for data in (b"un", b"deux")]
    history = History(tmp_path)
    assert history.refresh()
    assert [recorded.revision for recorded in history.of("Été")] == revisions
    assert history.text(revisions[0].id) == "un"
    assert history.of("Autre") == ()
    assert not history.refresh()


def test_the_log_is_one_json_object_a_line_with_the_promised_keys(tmp_path: Path) -> None:
    revision = put(History(tmp_path), "Un", b"un")
    (line,) = log_of(tmp_path).read_text(encoding="utf-8").splitlines()
    sha256 = hashlib.sha256(b"un").hexdigest()
    assert json.loads(line) == {
        "pageid": page_id("Un"),
        "title": "Un",
        "revid": revision.id,
        "parent": 0,
        "timestamp": "2026-01-31T12:00:00+00:00",
        "user": "Anne",
        "comment": "motif",
        "sha256": sha256,
    }
    assert (tmp_path / ".wikibot/history/texts" / sha256).read_bytes() == b"un"


def test_ids_follow_from_parent_title_and_bytes() -> None:
    assert revision_id(0, "Un", b"x") == int(hashlib.sha256(b"0:Unx").hexdigest()[:13], 16)
    assert page_id("Un") == int(hashlib.sha256(b"Un").hexdigest()[:13], 16)


@pytest.mark.parametrize("cut", [1, 10, 40])
def test_an_unfinished_line_does_not_count_and_the_next_one_replaces_it(
    tmp_path: Path, cut: int
) -> None:
    first = put(History(tmp_path), "Un", b"un")
    whole = log_of(tmp_path).read_bytes()
    reader = History(tmp_path)
    reader.refresh()
    log_of(tmp_path).write_bytes(whole + whole[:cut])
    assert not reader.refresh()
    history = History(tmp_path)
    history.refresh()
    assert [recorded.revision for recorded in history.of("Un")] == [first]
    second = put(history, "Un", b"deux")
    for seen in (reader, History(tmp_path)):
        seen.refresh()
        assert [recorded.revision for recorded in seen.of("Un")] == [first, second]
    assert len(log_of(tmp_path).read_bytes().splitlines()) == 2


def test_a_line_of_the_length_of_the_unfinished_one_is_seen(tmp_path: Path) -> None:
    first = put(History(tmp_path), "Un", b"un")
    whole = log_of(tmp_path).read_bytes()
    log_of(tmp_path).write_bytes(whole + b"x" * len(whole))
    reader = History(tmp_path)
    reader.refresh()
    log_of(tmp_path).write_bytes(whole + whole.replace(b"Un", b"De"))
    assert reader.refresh()
    assert reader.of("De")[0].revision == first == reader.of("Un")[0].revision


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b"{}",
        b"[]",
        b"\x00\x00",
        b'{"title":"Un","revid":1,"parent":0,"timestamp":"2026-01-31T12:00:00+00:00","user":null,'
        b'"comment":null,"sha256":"../../../etc/passwd"}',
        b'{"title":"Un","revid":1,"parent":0,"timestamp":"hier","user":null,"comment":null,'
        b'"sha256":"' + b"0" * 64 + b'"}',
    ],
)
def test_a_damaged_line_is_told_with_its_number(tmp_path: Path, line: bytes) -> None:
    put(History(tmp_path), "Un", b"un")
    with log_of(tmp_path).open("ab") as log:
        log.write(line + b"\n")
    (tmp_path / "Un.wikitext").touch()
    with pytest.raises(InputError) as raised:
        FolderWiki(tmp_path).page("Un")
    assert raised.value.message.fr.endswith("« " + str(log_of(tmp_path)) + " » (ligne 2).")
    assert raised.value.advice


def test_a_text_that_was_altered_is_not_given(tmp_path: Path) -> None:
    history = History(tmp_path)
    revision = put(history, "Un", b"un")
    (text,) = (tmp_path / ".wikibot/history/texts").iterdir()
    text.write_bytes(b"autre")
    with pytest.raises(InputError, match="altered"):
        history.text(revision.id)
    text.unlink()
    with pytest.raises(InputError, match="does not exist"):
        history.text(revision.id)


def test_a_history_moved_away_or_restored_is_read_anew(tmp_path: Path) -> None:
    history = History(tmp_path)
    put(history, "Un", b"un")
    (tmp_path / ".wikibot").rename(tmp_path / "away")
    assert history.refresh()
    assert history.of("Un") == ()
    (tmp_path / "away").rename(tmp_path / ".wikibot")
    assert history.refresh()
    assert len(history.of("Un")) == 1


def test_the_state_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / ".wikibot").touch()
    with pytest.raises(InputError, match=r"\.wikibot"):
        History(tmp_path).refresh()


def test_a_folder_kept_by_another_writer_is_unavailable_after_a_while(tmp_path: Path) -> None:
    wiki = FolderWiki(tmp_path, patience=0.1)
    wiki.create("Un", "un", "")
    page = wiki.page("Un")
    with FileLock(tmp_path / ".wikibot/history/lock"):
        with pytest.raises(Unavailable) as raised:
            wiki.save(page, "deux", "")
        assert wiki.page("Un") == page
    assert raised.value.exit_code == 5
    assert "depuis plus de" in raised.value.message.fr
    wiki.save(page, "deux", "")

"""The file of the mirror: words and links beside the texts, and how it came to its version."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wikibot.edits.contents import Contents, LinkTo, Passage, contents_of
from wikibot.errors import ConfigError, InputError, Unavailable
from wikibot.mapping import load_mapping
from wikibot.page import Page, Revision
from wikibot.store import mirror_schema
from wikibot.store.mirror import Copied, Mirror
from wikibot.store.wanted import Wanted, wanted
from wikibot.title import FRENCH
from wikibot.wikitext import FRENCH_WIKI

MAPPING = load_mapping("resilience")
NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
HAIES = "{{Ressource|Tags=haie, bocage|description=Retenir l'eau de pluie.}} [[Mares]]"


def page(number: int, title: str, text: str) -> Page:
    return Page(number, FRENCH.parse(title), Revision(number, 0, NOW), text)


def keep(mirror: Mirror, *pages: Page) -> None:
    for each in pages:
        mirror.keep(each, contents_of(each, MAPPING, FRENCH_WIKI))


def search(mirror: Mirror, *typed: str, templates: tuple[str, ...] | None = None) -> list[str]:
    found = mirror.passages.search(wanted(typed), templates)
    return [str(each.title) for each in found.pages(None, None)]


def check_index(mirror: Mirror) -> None:
    """Check that the words are those of the passages, no more and no fewer."""
    mirror._db.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")


# --- words ---

FOUND = {
    "eau": True,
    "EAU": True,
    "l'eau": True,
    "d’eau": True,
    "pluie eau": False,  # one argument: a phrase
    "eau de pluie": True,
    "« eau de pluie »": True,
    '"eau de" haie': True,
    '"de eau"': False,
    "plu*": True,
    "plu": False,
    "eau de plu*": True,
    "elephant": False,
    "éléphant*": False,
    "oeuvre": True,
    "ŒUVRES": True,
    '"œuvres"': False,
    "haies": True,
    "été": True,
    "qu'œuvre": True,
    "etes": True,
    "bien-être": True,
    "C++": True,
    "eau & pluie": False,
    "haie -eau": False,
    "aujourd’hui": True,
    "aujourd hui": True,
    "hui": True,
}


@pytest.mark.parametrize("typed", FOUND)
def test_a_french_word_is_found_however_it_is_typed(typed: str) -> None:
    text = HAIES + " Une œuvre, les étés, le bien-être. Le C, aujourdʼhui."
    with Mirror.temporary() as mirror:
        with mirror.writing():
            keep(mirror, page(1, "Haies", text))
        assert bool(search(mirror, typed)) == FOUND[typed]


def test_all_words_stand_on_a_page_that_is_found_wherever() -> None:
    with Mirror.temporary() as mirror:
        with mirror.writing():
            keep(
                mirror,
                page(1, "Mares", "{{Ressource|Tags=eau|description=Une haie}}"),
                page(2, "Étangs", "{{Ressource|Tags=eau}}"),
                page(3, "L'eau et la haie", "{{Action}}"),
                page(4, "Talus", "{{Ressource|description=Une haie et de l'eau}}"),
            )
        assert search(mirror, "haie", "eau") == ["L'eau et la haie", "Talus", "Mares"]
        assert search(mirror, "haie", "eau", templates=("Ressource",)) == ["Talus", "Mares"]
        found = mirror.passages.search(wanted(["haie", "eau"]))
        (best,) = found.pages(1, None)
        assert best.heading == (("L'", False), ("eau", True), (" et la ", False), ("haie", True))
        *_, last = found.pages(None, 1)
        assert (last.places, len(last.hits)) == (2, 1)
        (hit,) = last.hits
        assert hit.passage == ("Ressource", 0, "description", 0, "Une haie")


words = st.text(st.sampled_from("ab'’\"*«»-+^:(){}é œ\0\x02\ud800\U0010ffff"), max_size=8)
operators = st.sampled_from(["AND", "NEAR(a b)", "value:a", "-a", "a*b", "a OR b", "^a"])


@pytest.fixture(scope="module")
def small() -> Iterator[Mirror]:
    with Mirror.temporary() as mirror:
        with mirror.writing():
            keep(mirror, page(1, "A", "{{Ressource|Tags=b}} AND NEAR"))
        yield mirror


@settings(max_examples=300)
@given(st.lists(words | operators, max_size=4))
def test_whatever_is_typed_is_looked_for_or_refused_in_words(
    small: Mirror, typed: list[str]
) -> None:
    try:
        search(small, *typed)
    except InputError as error:
        assert "mot" in error.message.fr


@given(st.text(st.sampled_from("aéœÀçñ'’0 -"), min_size=1).filter(str.strip))
def test_what_stands_on_a_page_is_found_as_a_phrase(said: str) -> None:
    looked_for = Wanted(said)
    with Mirror.temporary() as mirror:
        with mirror.writing():
            mirror.keep(page(1, "A", ""), Contents((), (Passage(None, 0, "title", 0, said),), ()))
        found = mirror.passages.search([looked_for])
        assert len(found) == any(sign.isalnum() for sign in said)


# --- the index follows ---


def test_the_index_follows_whatever_is_kept_and_dropped(tmp_path: Path) -> None:
    with Mirror.open(tmp_path, "communs") as mirror:
        with mirror.writing():
            keep(mirror, page(1, "Haies", HAIES), page(2, "Mares", "{{Ressource|Tags=eau}}"))
        with mirror.writing():
            keep(mirror, page(1, "Haies", "{{Ressource|Tags=talus}}"))
            keep(mirror, page(1, "Haies", "{{Ressource|Tags=lavoir}}"))  # twice at once
            keep(mirror, page(3, "Mares", "{{Ressource|Tags=étang}}"))  # in place of another
        check_index(mirror)
        assert search(mirror, "lavoir") == ["Haies"]
        assert search(mirror, "étang") == ["Mares"]
        assert not search(mirror, "talus")
        assert not search(mirror, "eau")
        with pytest.raises(RuntimeError), mirror.writing():
            keep(mirror, page(4, "Talus", "{{Ressource|Tags=talus}}"))
            raise RuntimeError
        with Mirror.open(tmp_path, "communs") as other, other.writing():
            keep(other, page(4, "Rives", "{{Ressource|Tags=mare}}"))
        with mirror.writing():
            keep(mirror, page(5, "Fossés", "{{Ressource|Tags=fossé}}"))
        check_index(mirror)
        assert not search(mirror, "talus")
        assert search(mirror, "fossé") == ["Fossés"]
        with mirror.writing():
            mirror.passages.clear()
            mirror.passages.keep(5, Contents((), (Passage(None, 0, "title", 0, "Rigoles"),), ()))
            mirror.drop([1, 3])
        check_index(mirror)
        assert search(mirror, "rigoles") == ["Fossés"]
        assert not search(mirror, "fossé")


def test_what_is_read_is_of_one_instant_whatever_is_written(tmp_path: Path) -> None:
    with Mirror.open(tmp_path, "communs") as mirror, Mirror.open(tmp_path, "communs") as pulling:
        with mirror.writing():
            keep(mirror, page(1, "Haies", HAIES))
        with mirror.reading() as passages:
            found = passages.search(wanted(["bocage"]))
            with pulling.writing():
                pulling.drop([1])
            ((hit,),) = [each.hits for each in found.pages(None, None)]
            assert hit.passage.value == "bocage"
        assert not search(mirror, "bocage")


def test_a_damaged_file_is_told_in_words(tmp_path: Path) -> None:
    with Mirror.open(tmp_path, "communs") as mirror:
        mirror._db.execute("DROP TABLE passage")
        with pytest.raises(Unavailable, match="Local copy"), mirror.reading() as passages:
            passages.search(wanted(["bocage"]))


def test_who_links_to_a_page_and_to_what_it_links() -> None:
    with Mirror.temporary() as mirror:
        with mirror.writing():
            keep(
                mirror,
                page(1, "Haies", HAIES),
                page(2, "Mares", "{{Ressource|communs_proches=Haies, Mares}} [[Mares]]"),
            )
        mares = FRENCH.parse("Mares")
        assert list(mirror.passages.linking_to(mares)) == [
            (FRENCH.parse("Haies"), LinkTo(0, "Mares", "text"))
        ]
        assert LinkTo(0, "Haies", "field", "Ressource", "communs_proches") in (
            mirror.passages.links_of(2)
        )


def test_a_page_type_is_a_view_for_who_reads_the_file(tmp_path: Path) -> None:
    with Mirror.open(tmp_path, "communs") as mirror, mirror.writing():
        keep(mirror, page(1, "Haies", HAIES + "{{Ressource|licence=L'une}}"))
        for _ in range(2):
            mirror.passages.finish("d", MAPPING)
    with closing(sqlite3.connect(tmp_path / "mirror.sqlite")) as db:
        rows = db.execute("SELECT _title, _call, tags, licence FROM type_commun").fetchall()
        assert rows == [("Haies", 0, "haie\nbocage", None), ("Haies", 1, None, "L'une")]
        assert db.execute("SELECT count(*) FROM type_action").fetchone() == (0,)
        fields = db.execute("SELECT field, ordinal, value FROM field WHERE pageid=1").fetchall()
        assert ("tags", 1, "bocage") in fields


def test_without_full_text_search_one_line_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Without(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            return super().execute(sql.replace("'fts5'", "'none'"), *values)

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda place: connect(place, factory=Without))
    with pytest.raises(ConfigError, match="FTS5"), Mirror.open(tmp_path, "communs"):
        pass
    assert not list(tmp_path.iterdir())


# --- from version to version ---


def first_version(folder: Path) -> Path:
    """Write a copy as version 1 did, with a page."""
    file = folder / "mirror.sqlite"
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        for statement in mirror_schema.FIRST:
            db.execute(statement)
        kept = {
            "wikiid": "communs",
            "moment": NOW.isoformat(),
            "templates": '["Ressource"]',
            "mark": "17",
            "reconciled": NOW.isoformat(),
        }
        db.executemany("INSERT INTO meta VALUES (?,?)", kept.items())
        db.execute(
            "INSERT INTO page VALUES (1, 0, 'Haies', '', 7, 0, ?, 'Alix', '', ?)",
            (NOW.isoformat(), HAIES),
        )
        db.execute("INSERT INTO call VALUES (1, 'Ressource')")
        db.execute("INSERT INTO standing VALUES ('Mares', 'Mares', 0, 'Mares', '', 0, NULL, 0)")
        db.execute("PRAGMA user_version=1")
        db.commit()
    return file


def test_a_copy_of_the_first_version_is_brought_up_to_date_and_keeps_what_it_knows(
    tmp_path: Path,
) -> None:
    first_version(tmp_path)
    for _ in range(2):
        with Mirror.open(tmp_path, "communs") as mirror:
            assert mirror.copied == Copied(NOW, ("Ressource",), "17", NOW)
            (kept,) = mirror.pages_with(["Ressource"])
            assert (kept.text, kept.revision.user) == (HAIES, "Alix")
            assert mirror.standings(["Mares"])["Mares"] is not None
            assert mirror.passages.derived is None
    with Mirror.open(tmp_path, "communs") as mirror:
        with mirror.writing():
            keep(mirror, kept)
        assert search(mirror, "eau") == ["Haies"]


def test_the_tables_are_the_same_whatever_version_a_copy_began_with(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "old").mkdir()
    first_version(tmp_path / "old")
    schemas = []
    for folder in ("new", "old"):
        with Mirror.open(tmp_path / folder, "communs") as mirror:
            rows = mirror._db.execute("SELECT sql FROM sqlite_master ORDER BY name")
            schemas.append(rows.fetchall())
    assert schemas[0] == schemas[1]


def test_another_wiki_s_copy_and_a_newer_one_are_left_as_they_are(tmp_path: Path) -> None:
    file = first_version(tmp_path)
    before = file.read_bytes()
    with pytest.raises(ConfigError, match="another wiki"), Mirror.open(tmp_path, "autre"):
        pass
    assert file.read_bytes() == before
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA user_version=99")
    with pytest.raises(ConfigError, match="version 99 > 2"), Mirror.open(tmp_path, "communs"):
        pass


KILLED = """
import os, sys
from pathlib import Path
from wikibot.store import database, mirror_schema
from wikibot.store.mirror import Mirror
steps, at = mirror_schema.STEPS[2], int(sys.argv[2])
class Dying(tuple):
    def __iter__(self):
        for number, statement in enumerate(steps):
            if number == at:
                os._exit(9)
            yield statement
from wikibot.store import mirror
mirror._KIND.steps[2] = Dying(steps)
with Mirror.open(Path(sys.argv[1]), "communs"):
    os._exit(9 if at == len(steps) else 1)
"""


@pytest.mark.parametrize("at", [1, len(mirror_schema.STEPS[2]) - 1, len(mirror_schema.STEPS[2])])
def test_a_migration_that_is_killed_leaves_the_version_of_before_or_the_next(
    tmp_path: Path, at: int
) -> None:
    file = first_version(tmp_path)
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(at)], check=False)
    assert done.returncode == 9
    with closing(sqlite3.connect(file)) as db:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
    assert (version, "passage" in tables, "link" in tables) in ((1, False, False), (2, True, True))
    assert (version == 2) == (at == len(mirror_schema.STEPS[2]))
    with Mirror.open(tmp_path, "communs") as mirror:
        assert [kept.text for kept in mirror.pages()] == [HAIES]
        with mirror.writing():
            keep(mirror, *mirror.pages())
        assert search(mirror, "bocage") == ["Haies"]


def test_the_copy_is_private(tmp_path: Path) -> None:
    with Mirror.open(tmp_path, "communs"):
        assert os.stat(tmp_path / "mirror.sqlite").st_mode & 0o077 == 0

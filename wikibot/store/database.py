"""An SQLite file in the state folder: opened or begun, private, and of one wiki alone.

The journal has an own way (`schema`): it is migrated, and never begun anew.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir

from wikibot.errors import ConfigError, Unavailable
from wikibot.language import Text, same

_WHOSE = Text(
    "il appartient à un autre wiki, {owner}, et non à {wikiid}",
    "it is another wiki's, {owner}, not of {wikiid}",
)
_RIGHTS = Text(
    "Vérifiez les droits et la place sur le disque.", "Check the rights and the space on the disk."
)


PATIENCE = 10.0  # seconds for which another process may hold a file


@dataclass(frozen=True)
class Kind:
    """What a file keeps: its name in the state folder, its version, the tables of the first one.

    `words` names it for people; `anew` says what happens where somebody puts it aside. `steps`
    lead from each version to the next; a new file goes through all of them.
    """

    name: str
    version: int
    schema: tuple[str, ...]
    words: Text
    anew: Text
    steps: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def unusable(self, path: Path, why: Text) -> ConfigError:
        """Return the error of a file that cannot serve here."""
        found = Text(
            "{words} : fichier inutilisable, {path} ({why}).",
            "{words}: unusable file {path} ({why}).",
        )
        return ConfigError(found.format(words=self.words, path=path, why=why), self.anew)

    def unavailable(self, path: Path, error: Exception) -> Unavailable:
        """Return the error of a disk that does not take or give what it should."""
        why = getattr(error, "strerror", None) or error
        found = Text(
            "{words} : impossible de lire ou d'écrire {path} ({why}).",
            "{words}: cannot read or write {path} ({why}).",
        )
        return Unavailable(found.format(words=self.words, path=path, why=why), _RIGHTS)

    @contextmanager
    def told(self, path: Path) -> Iterator[None]:
        """Raise what SQLite says of a file within as `unavailable` or `unusable`."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise self.unavailable(path, error) from None
        except sqlite3.DatabaseError as error:
            raise self.unusable(path, same(error)) from None


@contextmanager
def opened(
    kind: Kind, folder: Path, wikiid: str, *pragmas: str
) -> Iterator[tuple[sqlite3.Connection, Path]]:
    """Open (or begin) the file of a kind in `folder`, which serves `wikiid` and no other wiki.

    Raises:
        ConfigError: it is another wiki's, of a newer wikibot, or no such file.
        Unavailable: the disk does not take or give what it should. Both here or within.
    """
    path = folder / kind.name
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600))
        db = sqlite3.connect(path, isolation_level=None, timeout=PATIENCE)
    except (OSError, sqlite3.Error) as error:
        raise kind.unavailable(path, error) from None
    try:
        with kind.told(path):
            for pragma in pragmas:
                db.execute(f"PRAGMA {pragma}")
            _prepare(db, kind, wikiid, path)
            yield db, path
    finally:
        db.close()


@contextmanager
def temporary(kind: Kind) -> Iterator[tuple[sqlite3.Connection, Path]]:
    """Open a new file of a kind that nobody else sees and that is gone when it is closed.

    Raises:
        Unavailable: the disk does not take or give what it should.
    """
    path = Path(gettempdir())
    db = sqlite3.connect("", isolation_level=None)  # in memory, on the disk where it gets large
    try:
        with kind.told(path):
            _prepare(db, kind, "", path)
            yield db, path
    finally:
        db.close()


def _prepare(db: sqlite3.Connection, kind: Kind, wikiid: str, path: Path) -> None:
    """Create the tables in a new file; check whose an old one is, which no writer keeps us from."""
    if db.execute("PRAGMA user_version").fetchone()[0] != kind.version:
        _bring_up(db, kind, wikiid, path)
    _check_owner(db, kind, wikiid, path)


def _check_owner(db: sqlite3.Connection, kind: Kind, wikiid: str, path: Path) -> None:
    row = db.execute("SELECT value FROM meta WHERE key='wikiid'").fetchone()
    owner = row[0] if row else "?"
    if owner != wikiid:
        raise kind.unusable(path, _WHOSE.format(owner=owner, wikiid=wikiid))


def _bring_up(db: sqlite3.Connection, kind: Kind, wikiid: str, path: Path) -> None:
    """Create the tables, or bring those of an older wikibot up to date: all at once, or not.

    Somebody else may have done so meanwhile.
    """
    db.execute("BEGIN IMMEDIATE")
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > kind.version:
        raise kind.unusable(path, same(f"version {version} > {kind.version}"))
    if version == 0:
        for statement in kind.schema:
            db.execute(statement)
        db.execute("INSERT INTO meta VALUES ('wikiid', ?)", (wikiid,))
    else:
        _check_owner(db, kind, wikiid, path)
    for step in range(max(version, 1) + 1, kind.version + 1):
        for statement in kind.steps[step]:
            db.execute(statement)
    db.execute(f"PRAGMA user_version={kind.version}")
    db.execute("COMMIT")

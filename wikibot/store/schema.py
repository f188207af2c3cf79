"""The tables of the journal, and what is wrong with a file that is no journal."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from wikibot.errors import ConfigError, Unavailable
from wikibot.language import Text

SCHEMA_VERSION = 4

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE run (
  run_id TEXT PRIMARY KEY, started TEXT NOT NULL, ended TEXT, command TEXT NOT NULL,
  plan_id TEXT NOT NULL, undoes TEXT, exit INTEGER
) STRICT;
CREATE TABLE op (
  op_id INTEGER PRIMARY KEY, run_id TEXT NOT NULL REFERENCES run, plan_id TEXT NOT NULL,
  seq INTEGER NOT NULL, title TEXT NOT NULL, pageid INTEGER NOT NULL,
  base_revid INTEGER NOT NULL, changes TEXT NOT NULL, summary TEXT NOT NULL,
  old_text TEXT, new_text TEXT, state TEXT NOT NULL, old_revid INTEGER, new_revid INTEGER,
  merged INTEGER NOT NULL DEFAULT 0, verified INTEGER NOT NULL DEFAULT 0,
  reason_fr TEXT, reason_en TEXT, undoes_op INTEGER REFERENCES op, at TEXT NOT NULL,
  UNIQUE (run_id, seq)
) STRICT;
CREATE INDEX op_of_plan ON op (plan_id, title);
CREATE INDEX op_undone ON op (undoes_op) WHERE undoes_op IS NOT NULL;
"""

# From each version to the next; a new file goes through all of them.
STEPS = {
    2: """
ALTER TABLE op ADD COLUMN code TEXT NOT NULL DEFAULT '';
CREATE INDEX op_of_page ON op (pageid, state);
""",
    3: "ALTER TABLE op ADD COLUMN planned TEXT NOT NULL DEFAULT '';",
    4: """
ALTER TABLE op ADD COLUMN purged TEXT NOT NULL DEFAULT '';
ALTER TABLE op ADD COLUMN kept_days INTEGER NOT NULL DEFAULT 0;
CREATE INDEX op_to_purge ON op (at) WHERE purged='';
""",
}


def prepare(db: sqlite3.Connection, wikiid: str, path: Path) -> None:
    """Create the tables in a new file; check whose an old one is, and bring it up to date.

    Raises:
        ConfigError: it is another wiki's, or of a newer wikibot.
    """
    db.execute("BEGIN IMMEDIATE")
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version == 0:
        _run(db, SCHEMA)
        db.execute("INSERT INTO meta VALUES ('wikiid', ?), ('swept', '1')", (wikiid,))
    elif version <= SCHEMA_VERSION:
        _check_owner(db, wikiid, path)
    if version > SCHEMA_VERSION:
        db.execute("ROLLBACK")
        raise unusable(path, f"version {version} > {SCHEMA_VERSION}")
    for step in range(max(version, 1) + 1, SCHEMA_VERSION + 1):
        _run(db, STEPS[step])
    if version < SCHEMA_VERSION:
        db.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
    db.execute("COMMIT")


def _run(db: sqlite3.Connection, statements: str) -> None:
    for statement in filter(str.strip, statements.split(";")):
        db.execute(statement)


def _check_owner(db: sqlite3.Connection, wikiid: str, path: Path) -> None:
    owner = db.execute("SELECT value FROM meta WHERE key='wikiid'").fetchone()[0]
    if owner != wikiid:
        db.execute("ROLLBACK")
        raise ConfigError(
            Text(
                f"{path} est le journal d'un autre wiki ({owner}), pas de {wikiid}.",
                f"{path} is the journal of another wiki ({owner}), not of {wikiid}.",
            ),
            Text(
                "Donnez à chaque wiki son propre dossier « state ».",
                "Give each wiki a “state” folder of its own.",
            ),
        )


def unusable(path: Path, why: str) -> ConfigError:
    """Return the error of a journal that cannot be opened."""
    return ConfigError(
        Text(f"Journal illisible : {path} ({why}).", f"Unusable journal: {path} ({why})."),
        Text(
            "Ne le supprimez pas : il sert à annuler les modifications. Restaurez-le.",
            "Do not delete it: undo needs it. Restore it from a backup.",
        ),
    )


def failing(error: sqlite3.Error) -> Unavailable:
    """Return the error of a journal that worked until now (a full disk, a failing one)."""
    return Unavailable(
        Text(
            f"Le journal ne peut plus être tenu ({error}) : l'exécution s'arrête.",
            f"The journal cannot be kept any more ({error}): the run stops.",
        ),
        Text(
            "Vérifiez la place sur le disque, puis relancez : rien n'est perdu.",
            "Check the space on the disk, then run again: nothing is lost.",
        ),
    )

"""The tables of the mirror, as they are and as each version made them of the one before.

`page` is what the wiki gave. `call`, `passage`, `link` and `words` are derived from its text and
title alone, by `edits.contents`, and follow them in the same transaction (`passages`); `words` is
an index of `passage` that keeps no text of its own. The views are for people who read the file.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

from wikibot.errors import ConfigError
from wikibot.language import Text
from wikibot.mapping import Field, Mapping

VERSION = 2

FIRST = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    "CREATE TABLE page ("
    " pageid INTEGER PRIMARY KEY, namespace INTEGER NOT NULL, name TEXT NOT NULL,"
    " prefix TEXT NOT NULL, revid INTEGER NOT NULL, parent INTEGER NOT NULL,"
    " moment TEXT NOT NULL, user TEXT, comment TEXT, text TEXT NOT NULL,"
    " UNIQUE (namespace, name)) STRICT",
    "CREATE TABLE unreadable ("  # listed, but no wikitext or hidden: not asked for at each pull
    " pageid INTEGER PRIMARY KEY, title TEXT NOT NULL, revid INTEGER NOT NULL) STRICT",
    "CREATE TABLE call ("  # the templates that the text of a page calls; "" where none can tell
    " pageid INTEGER NOT NULL REFERENCES page ON DELETE CASCADE, name TEXT NOT NULL,"
    " PRIMARY KEY (name, pageid)) STRICT, WITHOUT ROWID",
    "CREATE INDEX call_of_page ON call (pageid)",
    "CREATE TABLE standing ("  # `title` is as the wiki spells it; without one it told nothing
    " asked TEXT PRIMARY KEY, title TEXT, namespace INTEGER, name TEXT, prefix TEXT,"
    " there INTEGER, target TEXT, several INTEGER) STRICT, WITHOUT ROWID",
    "CREATE INDEX standing_of_title ON standing (title)",
    "CREATE TABLE shelf (what TEXT PRIMARY KEY, titles TEXT NOT NULL) STRICT, WITHOUT ROWID",
)
# Elided articles stand apart from their nouns: an apostrophe divides words in unicode61, whatever
# its shape, but for U+02BC, which is a letter to Unicode. Source: SQLite FTS5, section 4.3.1.
_WORDS = (
    "CREATE VIRTUAL TABLE words USING fts5 (value, content='passage', content_rowid='id',"
    " columnsize=0, tokenize=\"unicode61 remove_diacritics 2 separators '\u02bc'\")"
)
SECOND = (
    "CREATE TABLE passage ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT, pageid INTEGER NOT NULL REFERENCES page,"
    " template TEXT, call INTEGER NOT NULL, field TEXT NOT NULL, ordinal INTEGER NOT NULL,"
    " value TEXT NOT NULL) STRICT",
    "CREATE INDEX passage_of_page ON passage (pageid)",
    "CREATE TABLE link ("
    " pageid INTEGER NOT NULL REFERENCES page ON DELETE CASCADE, namespace INTEGER NOT NULL,"
    " name TEXT NOT NULL, how TEXT NOT NULL, template TEXT, field TEXT) STRICT",
    "CREATE INDEX link_of_page ON link (pageid)",
    "CREATE INDEX link_to ON link (name, namespace)",
    _WORDS,
    "CREATE VIEW field AS SELECT pageid, template, call, field, ordinal, value"
    " FROM passage WHERE template IS NOT NULL",
)
STEPS = {2: SECOND}


def check_search() -> None:
    """Check that the SQLite of this Python can look words up.

    Raises:
        ConfigError: it was built without FTS5.
    """
    with closing(sqlite3.connect(":memory:")) as db:
        known = db.execute("SELECT 1 FROM pragma_module_list WHERE name='fts5'").fetchone()
    if known is None:
        raise ConfigError(
            Text(
                f"Le SQLite de ce Python ({sqlite3.sqlite_version}) ne sait pas chercher des mots "
                "(il est construit sans FTS5) : il ne peut pas tenir la copie locale.",
                f"The SQLite of this Python ({sqlite3.sqlite_version}) cannot look words up (it is "
                "built without FTS5): it cannot keep the local copy.",
            ),
            Text(
                "Prenez le Python de python.org ou celui de votre distribution.",
                "Take the Python of python.org or that of your distribution.",
            ),
        )


def show_types(db: sqlite3.Connection, mapping: Mapping) -> None:
    """Make a view for each page type of a mapping, `type_ID`, in place of those there were.

    A row is a record, a column a field (an id never begins with `_`); of a list the values stand
    one a line.
    """
    views = db.execute("SELECT name FROM sqlite_master WHERE type='view' AND name GLOB 'type_*'")
    for (name,) in views.fetchall():
        db.execute(f'DROP VIEW "{name}"')
    for page_type in mapping.page_types:
        templates = ", ".join(map(_quoted, page_type.templates))
        columns = "".join(f", {_column(field)}" for field in page_type.fields)
        db.execute(
            f'CREATE VIEW "type_{page_type.id}" AS SELECT page.pageid AS _pageid,'
            " iif(prefix = '', name, prefix || ':' || name) AS _title, template AS _template,"
            f" call AS _call{columns}"
            " FROM (SELECT * FROM passage ORDER BY id) AS passage JOIN page USING (pageid)"
            f" WHERE template IN ({templates}) GROUP BY page.pageid, template, call"
        )


def _column(field: Field) -> str:
    value = f"CASE WHEN field = {_quoted(field.id)} THEN value END"
    return f'group_concat({value}, char(10)) AS "{field.id}"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

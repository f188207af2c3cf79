"""How a person's name is found in what is kept, and replaced."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.language import same
from wikibot.store.database import Kind
from wikibot.store.persons import (
    PSEUDONYM,
    named_in,
    naming,
    pattern_of,
    remove_file,
    strings,
    veiled,
)

NAME = "Éloïse Maquette"
KIND = Kind("essai.sqlite", 1, (), same("essai"), same("essai"))


@pytest.mark.parametrize(
    "text",
    [
        "Éloïse Maquette",
        "éloïse maquette",
        "[[Utilisateur:Éloïse_Maquette|E.]]",
        "Éloïse\u00a0 Maquette,",
        "E\u0301loi\u0308se Maquette",  # not composed
        json.dumps("texte\nÉloïse Maquette"),
        json.dumps("texte\nÉloïse Maquette", ensure_ascii=False),
        repr("texte\nÉloïse Maquette".encode("latin-1")),
        f"https://wiki.example.org/wiki/{quote('Utilisateur:Éloïse_Maquette')}",
        "_Éloïse Maquette_",
    ],
)
def test_a_name_is_found(text: str) -> None:
    assert naming(NAME)(text)
    assert naming("  éloïse_maquette ")(text)


@pytest.mark.parametrize(
    "text", ["", "Éloïse", "Éloïse Maquettes", "Chléloïse Maquette", "Éloïse, Maquette"]
)
def test_what_is_another_name_is_not(text: str) -> None:
    assert not naming(NAME)(text)


@given(st.text(), st.text())
def test_what_is_replaced_is_not_found_any_more_and_nothing_else_changes(a: str, b: str) -> None:
    pattern = pattern_of(NAME)
    value = {"clé": [f"{a} {NAME} {b}", None, 3, True]}
    now = veiled(value, pattern)
    assert PSEUDONYM in now["clé"][0]
    assert not any(pattern.search(text) for text in strings(now))
    assert (list(now), now["clé"][1:]) == (["clé"], [None, 3, True])
    assert veiled(now, pattern) == now


@given(st.text(min_size=3))
def test_any_name_finds_itself(name: str) -> None:
    if sum(map(str.isalnum, name)) >= 3:
        assert naming(name)(f"« {' '.join(name.split())} »") or "_" in name


def test_every_table_of_a_file_is_looked_through_and_removing_it_leaves_nothing(
    tmp_path: Path,
) -> None:
    path = tmp_path / KIND.name
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE page (user TEXT, n INTEGER, body BLOB)")
        db.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
        db.execute('CREATE TABLE "une autre" (x TEXT)')
        db.commit()
        assert not named_in(KIND, path, naming(NAME))
        db.execute('INSERT INTO "une autre" VALUES (?)', (f"par {NAME}",))
        db.commit()
        assert named_in(KIND, path, naming(NAME))
        assert len(list(tmp_path.iterdir())) == 3
        remove_file(path)
    assert list(tmp_path.iterdir()) == []

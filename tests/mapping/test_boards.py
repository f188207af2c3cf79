"""The table [board] of a page type: what it needs, and what it may leave out."""

from __future__ import annotations

from pathlib import Path

import pytest

from wikibot.errors import WikibotError
from wikibot.mapping import load_mapping

WIKI = 'id = "essai"\nlabel = { fr = "Essai", en = "Trial" }\n'
TYPE = """\
id = "tache"
label = { fr = "Tâche", en = "Task" }
template = "Tâche"

[board]
label = { fr = "Tableau", en = "Board" }
column = "colonne"
columns = ["A faire", "Fait"]
related = "page"
title = "titre"
%s
"""
FIELDS = "".join(
    f'[[fields]]\nid = "{name}"\nlabel = {{ fr = "{name}", en = "{name}" }}\n'
    f'parameter = "{name}"\nkind = "text"\n'
    for name in ("titre", "colonne", "page", "statut")
)


def load(folder: Path, *lines: str) -> None:
    (folder / "page_types").mkdir()
    (folder / "wiki.toml").write_text(WIKI, encoding="utf-8")
    text = TYPE % "\n".join(lines) + FIELDS
    (folder / "page_types" / "tache.toml").write_text(text, encoding="utf-8")
    load_mapping(str(folder))


@pytest.mark.parametrize(
    "lines", [(), ('status = "statut"', 'open = "Ouvert"'), ("done_closes = true",)]
)
def test_a_board_may_do_without_a_status(tmp_path: Path, lines: tuple[str, ...]) -> None:
    load(tmp_path, *lines)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('status = "statut"', "go together"),
        ('open = "Ouvert"', "go together"),
        ('assigned = "qui"', "board.assigned"),
        ('details = "quoi"', "board.details"),
        ('resolution = "fin"', "board.resolution"),
        ("closes = true", "closes"),
    ],
)
def test_what_it_names_must_be_there(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(WikibotError, match=words):
        load(tmp_path, line)

"""Adds aliases to the terms of a vocabulary file that a person wrote."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Words
from collections.abc import Sequence

import tomlkit
from tomlkit.items import Array, Table

from wikibot.discovery import documents
from wikibot.mapping import Vocabulary


def with_aliases(text: str, vocabulary: Vocabulary, new: Words[str, Sequence[str]]) -> str | None:
    """Return the file of `vocabulary` with new aliases, given by the label of their term.

    Comments, order and line ends stay. None: its terms are written so that it cannot be done.
    """
    of_windows = text.count("\r\n") == text.count("\n") > 0
    document = tomlkit.parse(text.replace("\r\n", "\n") if of_windows else text)
    tables = documents.entries(document, "terms")
    if tables is None:
        return None
    for term, table in zip(vocabulary.terms, tables, strict=True):
        added = list(new.get(term.label, ()))
        if added:
            _add(table, added)
    changed = tomlkit.dumps(document)
    if of_windows:
        changed = changed.replace("\n", "\r\n")
    wanted = [[*term.aliases, *new.get(term.label, ())] for term in vocabulary.terms]
    return changed if _aliases(changed) == wanted else None


def _add(table: Table, added: list[str]) -> None:
    array = table.get("aliases")
    if isinstance(array, Array):
        for word in added:
            array.append(word)
    else:
        documents.put(table, "aliases", added, "")


def _aliases(text: str) -> list[list[str]] | None:
    """Return the aliases of each term, None where a comment at the end of a list spoiled it."""
    try:
        return [term.get("aliases", []) for term in tomllib.loads(text)["terms"]]
    except tomllib.TOMLDecodeError:
        return None

"""Changes to TOML that a person wrote: comments, order and whatever else is there stay."""

from __future__ import annotations

from typing import Any, Protocol

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import AoT, Item, Table

from wikibot.discovery.layout import ASSUMED

Tail = list[tuple[Any, Item]]


class Put(Protocol):
    """Sets a key of one table, with the words of a comment."""

    def __call__(self, key: str, value: object, words: str = "") -> None:
        """Set it."""


def entries(document: TOMLDocument, name: str) -> AoT | None:
    """Return the `[[name]]` entries, or None where they are written in another way."""
    found = document.get(name)
    return found if isinstance(found, AoT) else None


def insert(array: AoT, place: int, text: str, name: str) -> None:
    """Insert an entry given as text; comments before the next entry stay before that one."""
    new = entries(tomlkit.parse(text), name)
    assert new is not None
    table = new[0]
    if place > 0:
        before = array[place - 1]
        tail = _take_tail(before)
        _give_tail(before, [(None, tomlkit.ws("\n"))])
        _give_tail(table, tail or ([(None, tomlkit.ws("\n"))] if place < len(array) else []))
    elif len(array):
        _give_tail(table, [(None, tomlkit.ws("\n"))])
    array.insert(place, table)


def put(table: Table | TOMLDocument, key: str, value: object, words: str) -> None:
    """Set a key; a comment that a person wrote beside it stays, an assumption goes."""
    item = table.get(key)
    if item is None:
        new = tomlkit.item(value)
        if words:
            new.comment(words)
        tail = _take_tail(table)
        table.append(key, new)
        _give_tail(table, tail)
        return
    old = item.trivia.comment if isinstance(item, Item) else ""
    trivia = (item.trivia.comment_ws, old) if isinstance(item, Item) else ("", "")
    table[key] = value
    new = table[key]
    if isinstance(new, Item):
        if old and not is_assumption(old):
            new.trivia.comment_ws, new.trivia.comment = trivia
        else:
            new.trivia.comment_ws, new.trivia.comment = "", ""
            if words:
                new.comment(words)


def forget_assumption(table: Table | TOMLDocument, key: str, words: str) -> bool:
    """Put a proof in place of a comment that said “assumed”; tell whether there was one."""
    item = table.get(key)
    if not isinstance(item, Item) or not is_assumption(item.trivia.comment):
        return False
    item.trivia.comment_ws, item.trivia.comment = "", ""
    if words:
        item.comment(words)
    return True


def assumed(table: Table | TOMLDocument, key: str) -> bool:
    """Return whether the comment beside a key says that its value is but assumed."""
    item = table.get(key)
    return isinstance(item, Item) and is_assumption(item.trivia.comment)


def is_assumption(comment: str) -> bool:
    """Return whether a comment is one of ours that marks an assumption."""
    words = comment.lstrip("# ")
    return words.startswith((ASSUMED.fr.strip(), ASSUMED.en.strip()))


def _body(table: Table | TOMLDocument) -> Tail:
    container = table.value if isinstance(table, Table) else table
    body: Tail = container.body
    return body


def _take_tail(table: Table | TOMLDocument) -> Tail:
    """Take blank lines and comments off the end of a table, and return them."""
    body = _body(table)
    tail: Tail = []
    while body and body[-1][0] is None:
        tail.insert(0, body.pop())
    return tail


def _give_tail(table: Table | TOMLDocument, tail: Tail) -> None:
    _body(table).extend(tail)

"""Ids and labels made of the names that a wiki uses."""

from __future__ import annotations

import re
from collections.abc import Container

from wikibot.mapping import fold

_CAMEL = re.compile(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Ý][a-zà-ÿ])|(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])")
_NOT_ID = re.compile(r"[^a-z0-9]+")


def spaced(name: str) -> str:
    """Return a name as words: `referentAdeme` and `referent_Ademe` are `referent Ademe`."""
    return " ".join(_CAMEL.sub(" ", name.replace("_", " ").replace("-", " ")).split())


def words_of(name: str) -> frozenset[str]:
    """Return the words of a name, folded."""
    return frozenset(fold(spaced(name)).split())


def id_of(name: str, taken: Container[str] = ()) -> str:
    """Return a stable ASCII id for a name, one that is not taken.

    `communauté d'intérêt` gives `communaute_d_interet`, `shortDescription`
    `short_description`, `1` `p1`.
    """
    made = _NOT_ID.sub("_", fold(spaced(name))).strip("_") or "p"
    if not made[0].isalpha():
        made = f"p{made}"
    made, number = made[:60].rstrip("_"), 1
    found = made
    while found in taken:
        number += 1
        found = f"{made}_{number}"
    return found


def label_of(name: str) -> str:
    """Return a name as a label: words, with a capital at its beginning.

    `shortDescription` gives `Short description`, `DUE_DATE` `Due date`.
    """
    words = [
        word.lower() if word.istitle() or name.isupper() else word for word in spaced(name).split()
    ]
    label = " ".join(words)
    return label[:1].upper() + label[1:]

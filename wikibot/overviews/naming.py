"""Ids of columns and tables that are made from what a wiki holds."""

from __future__ import annotations

from collections.abc import Iterable

from wikibot.mapping import fold

_LONGEST = 40


def slugs(labels: Iterable[str]) -> tuple[str, ...]:
    """Return an ASCII id for each label, in order; no two are the same, none is empty.

    `Économie circulaire` gives `economie_circulaire`, a second one `economie_circulaire_2`.
    """
    taken: set[str] = set()
    found = []
    for label in labels:
        ascii_only = fold(label).encode("ascii", "ignore").decode()
        bare = "_".join(ascii_only.replace("+", " plus ").split())[:_LONGEST].strip("_") or "value"
        name, number = bare, 1
        while name in taken:
            number += 1
            name = f"{bare}_{number}"
        taken.add(name)
        found.append(name)
    return tuple(found)

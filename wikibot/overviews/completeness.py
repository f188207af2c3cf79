"""How complete a page is, and what it lacks: one meaning wherever an overview tells it.

What counts are the fields that the mapping requires, as an error or a warning, and those that the
overview of the page type has as columns of its table at a glance. Where there is neither, all
fields count. Fields that the template computes, and those that repeat another field, never do.
"""

from __future__ import annotations

from collections.abc import Container

from wikibot.mapping import Field, PageType


def expected(page_type: PageType) -> tuple[str, ...]:
    """Return the ids of the fields that count, in the order of the form."""
    shown = page_type.overview.glance if page_type.overview is not None else ()
    able = [f for f in page_type.fields if not f.computed and f.same_as is None]
    wanted = [f.id for f in able if f.required or f.id in shown]
    return tuple(wanted or [f.id for f in able])


def completeness(page_type: PageType, filled: Container[str]) -> float:
    """Return the share, from 0 to 1, of the fields that count and in which something stands."""
    wanted = expected(page_type)
    return sum(each in filled for each in wanted) / len(wanted) if wanted else 1.0


def missing(page_type: PageType, filled: Container[str]) -> tuple[Field, ...]:
    """Return the fields that count and are empty: required ones first, then as in the form."""
    ids = set(expected(page_type))
    empty = [f for f in page_type.fields if f.id in ids and f.id not in filled]
    return tuple(sorted(empty, key=lambda f: _RANK[f.required]))


_RANK: dict[str | bool, int] = {"error": 0, "warning": 1, False: 2}

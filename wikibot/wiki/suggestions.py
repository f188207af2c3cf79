"""The errors for what is not there; a page with the titles that come close."""

from __future__ import annotations

from collections.abc import Iterable

from wikibot.errors import InputError
from wikibot.language import Text

_CLOSE = 60  # of 100; below, a suggestion puzzles more than it helps


def no_such_page(title: str, place: str, titles: Iterable[str]) -> InputError:
    """Return the error for an unknown page; its advice names up to three nearest titles."""
    from rapidfuzz import process, utils

    near = process.extract(
        title, titles, processor=utils.default_process, limit=3, score_cutoff=_CLOSE
    )
    advice = None
    if near:
        advice = Text(
            "Vouliez-vous dire " + " ou ".join(f"« {found[0]} »" for found in near) + " ?",
            "Did you mean " + " or ".join(f"“{found[0]}”" for found in near) + "?",
        )
    return InputError(
        Text(
            f"Aucune page « {title} » dans {place}.",
            f"There is no page “{title}” in {place}.",
        ),
        advice,
        "missingtitle",
    )


def no_such_revision(revid: int, place: str) -> InputError:
    """Return the error for a revision whose text the wiki does not give."""
    return InputError(
        Text(
            f"Aucun texte pour la révision {revid} dans {place}.",
            f"There is no text of the revision {revid} in {place}.",
        ),
        code="norevision",
    )

"""The errors for what is not there; a page with the titles that come close."""

from __future__ import annotations

from collections.abc import Iterable

from wikibot.errors import InputError
from wikibot.language import Text
from wikibot.mapping import fold

_CLOSE = 75  # of 100; below, a suggestion puzzles more than it helps
_TELLING, _SAME = 5, 90  # letters of a word that suggests a title alone; how much it is the same
_MOST = 3


def no_such_page(title: str, place: str, titles: Iterable[str]) -> InputError:
    """Return the error for an unknown page; its advice names up to three nearest titles."""
    near = nearest_titles(title, titles)
    advice = None
    if near:
        advice = Text(
            "Vouliez-vous dire " + " ou ".join(f"« {found} »" for found in near) + " ?",
            "Did you mean " + " or ".join(f"“{found}”" for found in near) + "?",
        )
    return InputError(
        Text(
            f"Aucune page « {title} » dans {place}.",
            f"There is no page “{title}” in {place}.",
        ),
        advice,
        "missingtitle",
    )


def nearest_titles(asked: str, titles: Iterable[str]) -> tuple[str, ...]:
    """Return up to three titles that a person may have meant, the nearest first.

    What was typed may be a title with slips of the pen, some of its words, or one long word of
    it; accents, case and punctuation do not count.
    """
    wanted = fold(asked)
    ranked = sorted((_unlike(wanted, fold(title)), title) for title in set(titles))
    return tuple(title for (distance, _), title in ranked[:_MOST] if distance <= 100 - _CLOSE)


def _unlike(wanted: str, title: str) -> tuple[float, float]:
    """Return how far a title is from what was typed: as a whole or word by word; as a whole."""
    from rapidfuzz import fuzz  # only when something is wrong

    whole = fuzz.ratio(wanted, title)
    met = [
        (len(word), max((fuzz.ratio(word, each) for each in title.split()), default=0.0))
        for word in wanted.split()
    ]
    by_word = sum(length * near for length, near in met) / (sum(n for n, _ in met) or 1)
    if any(length >= _TELLING and near >= _SAME for length, near in met):
        by_word = max(by_word, _CLOSE)
    return 100 - max(whole, by_word), 100 - whole


def no_such_revision(revid: int, place: str) -> InputError:
    """Return the error for a revision whose text the wiki does not give."""
    return InputError(
        Text(
            f"Aucun texte pour la révision {revid} dans {place}.",
            f"There is no text of the revision {revid} in {place}.",
        ),
        code="norevision",
    )

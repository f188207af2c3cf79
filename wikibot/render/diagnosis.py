"""What a doctor found: for a person, and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, zip_longest
from typing import Any

from wikibot.diagnosis import GROUPS, Diagnosis, Outcome, Point
from wikibot.language import Language, Text, counted
from wikibot.redaction import redacted
from wikibot.visible import visible

_SIGN: dict[Outcome, str] = {"ok": "✓", "warning": "!", "failed": "✗", "unknown": "?"}
_COUNTED: dict[Outcome, tuple[Text, Text]] = {
    "ok": (Text("point bon", "point is good"), Text("points bons", "points are good")),
    "warning": (Text("à regarder", "to look at"), Text("à regarder", "to look at")),
    "failed": (Text("à corriger", "to mend"), Text("à corriger", "to mend")),
    "unknown": (Text("non vérifié", "not checked"), Text("non vérifiés", "not checked")),
}
_COLON = Text(" :", ":")
_INDENT = "    "


def text(found: Diagnosis, language: Language) -> Iterator[str]:
    """Yield the points under the headings of their groups, then one line that sums up.

    What could not be looked at for one reason stands on one line a group, its remedy but once; the
    remedy of several points in a row stands below the last of them.
    """
    told: set[Text | None] = {None}
    for group, points in groupby(found.points, key=lambda point: point.group):
        yield GROUPS[group].into(language)
        for silent, alike in groupby(points, key=lambda p: p.outcome == "unknown" and p.found):
            points_alike = list(alike)
            rows = [points_alike] if silent else [[point] for point in points_alike]
            for row, following in zip_longest(rows, rows[1:]):
                remedy = row[0].remedy
                if (silent and remedy in told) or (following and following[0].remedy == remedy):
                    remedy = None
                told.add(remedy)
                yield from _lines(row, remedy, language)
        yield ""
    yield summary(found).into(language)


def _lines(points: list[Point], remedy: Text | None, language: Language) -> Iterator[str]:
    names = ", ".join(point.name.into(language) for point in points)
    first, *more = _shown(points[0].found, language)
    yield f"{_SIGN[points[0].outcome]} {names}{_COLON.into(language)} {first}"
    yield from (f"{_INDENT}{line}" for line in more)
    for number, line in enumerate(_shown(remedy, language)):
        yield f"{_INDENT}{'  ' if number else '→ '}{line}"


def _shown(words: Text | None, language: Language) -> list[str]:
    lines = redacted(words.into(language)).splitlines() if words else []
    return [visible(line) for line in lines]


def summary(found: Diagnosis) -> Text:
    """Return «12 points bons, 2 à regarder.», and what that means for a run."""
    numbers = Counter(point.outcome for point in found.points)
    parts = [counted(numbers[each], *words) for each, words in _COUNTED.items() if numbers[each]]
    then = Text("Tout est prêt.", "All is ready.")
    if numbers["failed"]:
        then = Text(
            "Corrigez ce qui est marqué ✗, puis relancez « wikibot doctor ».",
            "Mend what is marked ✗, then run “wikibot doctor” again.",
        )
    elif numbers["warning"] or numbers["unknown"]:
        then = Text(
            "Rien n'empêche wikibot de travailler ; lisez tout de même ce qui n'est pas marqué ✓.",
            "Nothing keeps wikibot from working; all the same read what is not marked ✓.",
        )
    return Text(
        f"{', '.join(part.fr for part in parts)}. {then.fr}",
        f"{', '.join(part.en for part in parts)}. {then.en}",
    )


def data(found: Diagnosis, language: Language) -> dict[str, Any]:
    """Return the diagnosis for programs."""
    return {
        "wiki": found.wiki,
        "points": [
            {
                "id": point.id,
                "group": point.group,
                "outcome": point.outcome,
                "found": point.found.into(language),
                "remedy": point.remedy.into(language) if point.remedy else None,
            }
            for point in found.points
        ],
        "exit": found.exit_code,
    }

"""Counts over time: for a person, and for a program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from wikibot.checks.snapshot import SEVERITIES, Snapshot
from wikibot.language import Language, Text, counted, day, number, same

_HEADINGS = (
    Text("date", "date"),
    Text("pages", "pages"),
    Text("erreurs", "errors"),
    Text("à revoir", "warnings"),
    Text("remarques", "remarks"),
    Text("en tout", "in all"),
    Text("écart", "change"),
)


def table(
    shown: Sequence[Snapshot], language: Language, before: Snapshot | None = None
) -> Iterator[str]:
    """Yield a line a snapshot under headings; `before` is the one before the first shown."""
    rows = [[heading.into(language) for heading in _HEADINGS]]
    for earlier, taken in zip((before, *shown), shown, strict=False):
        numbers = (taken.pages, *map(taken.of, SEVERITIES), taken.total)
        cells = [day(taken.day), *map(number, numbers), _difference(taken, earlier)]
        rows.append([cell.into(language) for cell in cells])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        line = [first.ljust(widths[0])]
        line += [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        yield "  ".join(line).rstrip()


def _difference(taken: Snapshot, earlier: Snapshot | None) -> Text:
    if earlier is None:
        return same("")
    change = taken.total - earlier.total
    if change == 0:
        return same("=")
    size, sign = number(abs(change)), "+" if change > 0 else "−"
    return Text(f"{sign}{size.fr}", f"{sign}{size.en}")


def changed_rules(
    shown: Sequence[Snapshot], language: Language, before: Snapshot | None = None
) -> Iterator[str]:
    """Yield a line for each snapshot by another wikibot than the one before: its rules differ."""
    for earlier, taken in zip((before, *shown), shown, strict=False):
        if earlier is not None and earlier.wikibot != taken.wikibot:
            on = day(taken.day)
            yield Text(
                f"{on.fr} : wikibot {taken.wikibot} (avant : {earlier.wikibot}) ; l'écart vient "
                "peut-être des règles.",
                f"{on.en}: wikibot {taken.wikibot} (before: {earlier.wikibot}); the change may "
                "come from the rules.",
            ).into(language)


def since(taken: Snapshot, before: Snapshot) -> Text:
    """Return how many findings fewer or more there are than the time before."""
    on, change = day(before.day), taken.total - before.total
    if before.wikibot != taken.wikibot:  # other rules, perhaps
        by = before.wikibot
        on = Text(f"{on.fr}, avec wikibot {by}", f"{on.en}, by wikibot {by}")
    if change == 0:
        return Text(f"Autant que le {on.fr}.", f"As many as on {on.en}.")
    size = counted(abs(change), Text("point", "finding"), Text("points", "findings"))
    how = Text("de plus", "more") if change > 0 else Text("de moins", "fewer")
    return Text(f"{size.fr} {how.fr} que le {on.fr}.", f"{size.en} {how.en} than on {on.en}.")


def older(left: int) -> Text:
    """Return the line that says how many are not shown."""
    one, many = Text("relevé plus ancien", "older"), Text("relevés plus anciens", "older")
    size = counted(left, one, many)
    return Text(f"{size.fr} : voyez --last.", f"{size.en}: see --last.")


def data(
    shown: Sequence[Snapshot], rule: str | None, before: Snapshot | None = None
) -> dict[str, Any]:
    """Return the JSON shape: the snapshots, oldest first; `rule` is the only one counted."""
    return {
        "rule": rule,
        "snapshots": [
            {
                "day": taken.day.isoformat(),
                "moment": taken.moment.isoformat(timespec="seconds"),
                "wikibot": taken.wikibot,
                "mapping": taken.mapping,
                "pages": taken.pages,
                "total": taken.total,
                "difference": None if earlier is None else taken.total - earlier.total,
                "counts": {
                    **{severity: taken.of(severity) for severity in SEVERITIES},
                    "rules": taken.rules,
                },
                "waived": sum(taken.waived.values()),
            }
            for earlier, taken in zip((before, *shown), shown, strict=False)
        ],
    }

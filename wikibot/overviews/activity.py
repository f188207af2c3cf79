"""What happened on the pages: edits month by month, and how long ago each was edited last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from wikibot.language import Text, day
from wikibot.overviews.collection import Collection
from wikibot.overviews.settings import shown_types
from wikibot.overviews.values import Block, Chart, Column, Figure, Figures, Section, Table

MOST_MONTHS = 36
MOST_STALE = 1000  # rows
_SHORTEST = timedelta(days=7)  # told: a copy of last edits alone has nothing to tell of months

# Months since the last edit: from, label.
_AGES = (
    (0, Text("moins d'un mois", "less than a month")),
    (1, Text("1 à 3 mois", "1 to 3 months")),
    (3, Text("3 à 6 mois", "3 to 6 months")),
    (6, Text("6 à 12 mois", "6 to 12 months")),
    (12, Text("1 à 2 ans", "1 to 2 years")),
    (24, Text("plus de 2 ans", "more than 2 years")),
)


def activity(collection: Collection) -> Section | None:
    """Return the section on activity; None where there is no page."""
    last = last_edits(collection)
    if not last:
        return None
    blocks = (*_months(collection), *_ages(collection, last), *_stale(collection))
    return Section("activity", _HEADING, blocks, _INTRO)


def last_edits(collection: Collection) -> dict[str, date]:
    """Return title → the day (UTC) of the last edit, of the pages that overviews show."""
    return {
        member.title: member.edited.date()
        for shown in shown_types(collection)
        for member in shown.members
    }


def months_until(first: date, last: date) -> tuple[date, ...]:
    """Return the first day of every month from one day to another, the latest 36 at most."""
    begun = first.year * 12 + first.month - 1
    ended = last.year * 12 + last.month - 1
    numbers = range(max(begun, ended - MOST_MONTHS + 1), ended + 1)
    return tuple(date(number // 12, number % 12 + 1, 1) for number in numbers)


def months_since(then: date, today: date) -> int:
    """Return how many whole months lie between two days, never less than none."""
    months = (today.year - then.year) * 12 + today.month - then.month - (today.day < then.day)
    return max(0, months)


def _months(collection: Collection) -> Iterator[Block]:
    """Yield the edits month by month, from the first whole month that the wiki tells of."""
    since, today = collection.told_since, collection.today
    if since is None or today - since < _SHORTEST:
        return
    edits = [(on, title) for on, title in collection.edits if since <= on <= today]
    months = months_until(since, today)
    by_month = Counter(_first(on) for on, _ in edits)
    pages = Counter(month for month, _ in {(_first(on), title) for on, title in edits})
    made = _made(collection, since)
    columns = [
        Column("month", Text("Mois", "Month"), "date"),
        Column("edits", Text("Modifications", "Edits"), "number"),
        Column("pages", Text("Pages modifiées", "Pages edited"), "number"),
    ]
    if made:
        columns.append(Column("created", Text("Pages créées", "Pages created"), "number"))
    rows = tuple(
        (month, by_month[month], pages[month], *((made[month],) if made else ()))
        for month in months
    )
    note = _TOLD.format(day=day(max(since, months[0]))) if months else None
    label = _BY_MONTH
    yield Figures(
        "activity_figures",
        (
            Figure("edits", _EDITS, len(edits), note=_SINCE.format(day=day(since))),
            Figure("edited", _EDITED, len({title for _, title in edits})),
            *((Figure("created", _CREATED, made.total()),) if made else ()),
        ),
    )
    if len(months) > 1:
        lines = tuple(column.id for column in columns[1:])
        yield Chart("months_chart", label, "lines", "months", "month", lines, most=MOST_MONTHS)
    yield Table("months", label, tuple(columns), rows, note=note)


def _made(collection: Collection, since: date) -> Counter[date]:
    shown = last_edits(collection)
    return Counter(
        _first(on)
        for title, on in collection.created.items()
        if title in shown and since <= on <= collection.today
    )


def _ages(collection: Collection, last: dict[str, date]) -> Iterator[Block]:
    found = Counter(_age(on, collection.today) for on in last.values())
    rows = tuple(
        (label, found[place], found[place] / len(last)) for place, (_, label) in enumerate(_AGES)
    )
    columns = (
        Column("age", Text("Dernière modification", "Last edit"), "text"),
        Column("pages", Text("Pages", "Pages"), "number"),
        Column("share", Text("Part", "Share"), "share"),
    )
    yield Chart("ages_chart", _BY_AGE, "bars", "ages", "age", ("pages",))
    yield Table("ages", _BY_AGE, columns, rows, (Text("Toutes", "All"), len(last), 1.0))


def _stale(collection: Collection) -> Iterator[Block]:
    """Yield the pages that nobody edited for longer than their page type allows."""
    found = []
    for page_type, _, members in shown_types(collection):
        limit = page_type.stale_after_months
        for title, on in {m.title: m.edited.date() for m in members}.items() if limit else ():
            months = months_since(on, collection.today)
            if limit is not None and months >= limit:
                found.append((on, title, page_type.label.text, months))
    if not found:
        return
    found.sort(key=lambda each: each[:2])
    columns = (
        Column("page", Text("Page", "Page"), "page"),
        Column("type", Text("Type de page", "Page type"), "text"),
        Column("edited", Text("Dernière modification", "Last edit"), "date"),
        Column("months", Text("Mois depuis", "Months since"), "number"),
    )
    rows = tuple((title, label, on, months) for on, title, label, months in found)
    cut = _CUT.format(kept=MOST_STALE) if len(rows) > MOST_STALE else None
    yield Table("stale", _STALE, columns, rows[:MOST_STALE], note=cut)


def _first(on: date) -> date:
    return on.replace(day=1)


def _age(on: date, today: date) -> int:
    months = months_since(on, today)
    return max(place for place, (least, _) in enumerate(_AGES) if months >= least)


_HEADING = Text("Activité", "Activity")
_INTRO = Text(
    "Quand les pages ont été modifiées, et lesquelles attendent une relecture.",
    "When pages were edited, and which ones wait to be read again.",
)
_BY_MONTH = Text("Modifications par mois", "Edits by month")
_TOLD = Text(
    "Le wiki les donne en entier depuis le {day}. Le mois en cours n'est pas fini.",
    "The wiki tells them all since {day}. The current month is not over.",
)
_SINCE = Text("Depuis le {day}.", "Since {day}.")
_EDITS = Text("Modifications", "Edits")
_EDITED = Text("Pages modifiées", "Pages edited")
_CREATED = Text("Pages créées", "Pages created")
_BY_AGE = Text("Âge de la dernière modification", "Age of the last edit")
_STALE = Text("Les pages à relire", "Pages to be read again")
_CUT = Text(
    "Le tableau s'arrête aux {kept} plus anciennes.", "The table ends after the {kept} oldest."
)

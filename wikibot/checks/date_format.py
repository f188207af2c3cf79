"""What: A date is not written as year-month-day.

Why: The wiki reads only that right. It takes `03/04/2026` for the 4th of March and `1er avril
2026` for the year 1, without a word; and dates written otherwise sort wrongly.

Example: `|DUE_DATE=31/12/2026` for 2026-12-31.

Fix safety: Safe where one reading is possible (`31/12/2026`, `1er avril 2026`, `en avril 2026`).
Unsafe where day and month, or the century, could be another, or where the date says less or more
than a day or a month (`fin 2025`). What may be several dates (`fév ou mars 2024`) is told with
them, and has no fix, nor has a date that does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wikibot.checks.finding import Finding, Rule, Severity, finding, rule
from wikibot.checks.reading import plain, replaced
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.edits.dates import DateReading, read_date
from wikibot.edits.french_dates import FrenchDate, read_french_date
from wikibot.language import Text
from wikibot.mapping import Kind, Mapping

FR = """Quoi : Une date n'est pas écrite année-mois-jour.

Pourquoi : Le wiki ne lit bien que cela. Il prend `03/04/2026` pour le 4 mars et `1er avril 2026`
pour l'an 1, sans rien dire ; et les dates écrites autrement se trient mal.

Exemple : `|DUE_DATE=31/12/2026` pour 2026-12-31.

Correction : Sûre si une seule lecture est possible (`31/12/2026`, `1er avril 2026`, `en avril
2026`). À confirmer si le jour et le mois, ou le siècle, peuvent être autres, ou si la date en dit
moins ou plus qu'un jour ou un mois (`fin 2025`). Ce qui peut être plusieurs dates (`fév ou mars
2024`) est signalé avec elles, sans correction, comme une date qui n'existe pas.
"""

_KINDS: frozenset[Kind] = frozenset({"date"})

_MESSAGES = {
    "one": Text(
        "Dans le champ {field}, écrivez {new} au lieu de {value} : le wiki trie et lit les dates "
        "par année, mois et jour.",
        "In the field {field}, write {new} instead of {value}: the wiki sorts and reads dates by "
        "year, month and day.",
    ),
    "misread": Text(
        "Dans le champ {field}, le wiki lit {value} de travers, sans prévenir : écrivez {new}.",
        "In the field {field}, the wiki misreads {value} without a word: write {new}.",
    ),
    "day first": Text(
        "Dans le champ {field}, le wiki peut prendre le jour et le mois de {value} l'un pour "
        "l'autre. Si vous voulez dire {new} (année-mois-jour), écrivez-le ainsi.",
        "In the field {field}, the wiki may take day and month of {value} one for the other. If "
        "you mean {new} (year-month-day), write it so.",
    ),
    "short year": Text(
        "Dans le champ {field}, l'année de {value} n'a que deux chiffres et le wiki la prend telle "
        "quelle. Si vous voulez dire {new}, écrivez-le ainsi.",
        "In the field {field}, the year of {value} has but two digits and the wiki takes it as it "
        "is. If you mean {new}, write it so.",
    ),
    "impossible": Text(
        "Dans le champ {field}, {value} n'existe pas au calendrier : le wiki n'en retient rien. "
        "Écrivez la bonne date, par exemple 2026-04-03.",
        "In the field {field}, {value} is not in the calendar: the wiki keeps nothing of it. Write "
        "the right date, such as 2026-04-03.",
    ),
    "no date": Text(
        "Dans le champ {field}, {value} n'est pas une date que le wiki sait lire : écrivez-la "
        "année-mois-jour, par exemple 2026-04-03, ou seulement 2026-04 ou 2026.",
        "In the field {field}, {value} is no date that the wiki can read: write year-month-day, "
        "such as 2026-04-03, or only 2026-04 or 2026.",
    ),
    "in words": Text(
        "Dans le champ {field}, le wiki ne sait pas lire {value} comme une date : écrivez {new}.",
        "In the field {field}, the wiki cannot read {value} as a date: write {new}.",
    ),
    "perhaps": Text(
        "Dans le champ {field}, le wiki ne sait pas lire {value} comme une date. Si vous voulez "
        "dire {new}, écrivez-le ainsi.",
        "In the field {field}, the wiki cannot read {value} as a date. If you mean {new}, write it "
        "so.",
    ),
    "several": Text(
        "Dans le champ {field}, le wiki ne sait pas lire {value} comme une date : choisissez entre "
        "{candidates}, ou écrivez seulement {common}.",
        "In the field {field}, the wiki cannot read {value} as a date: choose between "
        "{candidates}, or write {common} alone.",
    ),
    "one of": Text(
        "Dans le champ {field}, le wiki ne sait pas lire {value} comme une date : choisissez entre "
        "{candidates}.",
        "In the field {field}, the wiki cannot read {value} as a date: choose between "
        "{candidates}.",
    ),
}


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each date that is not in ISO order."""
    for found in plain(record, _KINDS):
        for item in dict.fromkeys(found.items):
            reading = read_date(item)
            if reading.state == "right":
                continue
            words = read_french_date(item) if reading.state == "no date" else FrenchDate()
            new = words.candidates[0] if len(words.candidates) == 1 else reading.new
            yield finding(
                RULE,
                record,
                found,
                _MESSAGES[_case(reading, words)].format(
                    field=label(found.field),
                    value=quoted(item),
                    new=new,
                    candidates=_among(words.candidates),
                    common=_common(words.candidates),
                ),
                severity=_severity(reading),
                value=item,
                new=replaced(found, item, [new]) if new else None,
                safe=reading.state == "one" or words.sure,
            )


def _case(reading: DateReading, words: FrenchDate) -> str:
    if len(words.candidates) > 1:
        return "several" if _common(words.candidates) else "one of"
    if words.candidates:
        return "in words" if words.sure else "perhaps"
    return "misread" if reading.state == "one" and reading.misread else reading.state


def _common(dates: Sequence[str]) -> str:
    """Return the month, else the year, in which all of some dates lie; "" for neither."""
    for length in (len("2024-02"), len("2024")):
        shared = {date[:length] for date in dates}
        if len(shared) == 1 and all(len(date) > length for date in dates):
            return shared.pop()
    return ""


def _among(dates: Sequence[str]) -> Text:
    """Return dates joined by «and»; what is read by everyone needs no quotation marks."""
    first, last = ", ".join(dates[:-1]), dates[-1] if dates else ""
    return Text(f"{first} et {last}", f"{first} and {last}")


def _severity(reading: DateReading) -> Severity:
    return "warning" if reading.state == "one" and not reading.misread else "error"


RULE: Rule = rule("VAL103", "date-format", "error", "safe", find, __doc__, FR)

"""What: The mark of a list or of a heading stands inside a line.

Why: The wiki knows these marks at the start of a line alone: readers see `#` and `===` in the
middle of a sentence. It happens when lines were joined on the way from another program.

Example: `Voir : # Résilience : … # Territoire : …`, or `=== Pourquoi ? === Les fondements`.

Fix safety: Beginning a line at each mark is offered and unsafe: the blank lines around it are a
matter of taste, and a mark may be meant as a sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, holds_markup, rule
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Kind, Mapping

FR = """Quoi : La marque d'une liste ou d'un titre se trouve à l'intérieur d'une ligne.

Pourquoi : Le wiki ne connaît ces marques qu'en début de ligne : le lecteur voit `#` et `===` au
milieu d'une phrase. Cela arrive quand des lignes ont été collées depuis un autre logiciel.

Exemple : `Voir : # Résilience : … # Territoire : …`, ou `=== Pourquoi ? === Les fondements`.

Correction : Commencer une ligne à chaque marque est proposé, à confirmer : les lignes vides autour
sont affaire de goût, et une marque est peut-être un simple signe.
"""

_KINDS: frozenset[Kind] = frozenset({"longtext"})

_HEADING = re.compile(r"(?:^|(?<=\s))(={2,6}) ?([^\s=][^=\n]{0,150}?) ?\1(?=\s|$)", re.MULTILINE)
_ITEM = re.compile(r"(?<=\S) +([#*]) (?=[^\W\d_a-z]|\d)")
_FEWEST_ITEMS = 2
# Where a line does not mean a line: no certainty there.
_OPAQUE = re.compile(r"<(?:nowiki|pre|code|syntaxhighlight|source|math)\b|^\s*\{\|", re.I | re.M)

_IN_HEADING = Text(
    "Dans le champ {field}, le titre {mark} n'est pas seul sur sa ligne : il s'affiche avec ses "
    "signes « = ». Mettez-le sur une ligne à lui.",
    "In the field {field}, the heading {mark} is not alone on its line: it shows with its signs "
    "“=”. Put it on a line of its own.",
)
_IN_LIST = Text(
    "Dans le champ {field}, {count} éléments de liste sont au milieu d'une ligne, comme {mark} : "
    "le signe s'affiche tel quel. Commencez une ligne à chacun.",
    "In the field {field}, {count} items of a list are in the middle of a line, as {mark}: the "
    "sign shows as it is. Begin a line for each.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for misplaced headings, and one for misplaced items, of each long text."""
    for found in record.filled(_KINDS):
        text = found.wikitext
        if not found.field.wikitext:
            continue
        headings = list(_stray_headings(text)) if "==" in text else []
        items = _stray_items(text) if " # " in text or " * " in text else []
        if not (headings or items) or _OPAQUE.search(text):
            continue
        if headings:
            yield finding(
                RULE,
                record,
                found,
                _IN_HEADING.format(field=label(found.field), mark=quoted(headings[0].group())),
                value=headings[0].group(),
                new=None if holds_markup(found) else _apart(text, headings),
            )
        if items:
            first = items[0].start(1)
            mark = text[first : first + 40].partition("\n")[0]
            yield finding(
                RULE,
                record,
                found,
                _IN_LIST.format(field=label(found.field), count=len(items), mark=quoted(mark)),
                value=mark,
                new=None if holds_markup(found) else _broken(text, items),
            )


def _stray_headings(text: str) -> Iterator[re.Match[str]]:
    for heading in _HEADING.finditer(text):
        line_start = text.rfind("\n", 0, heading.start()) + 1
        line_end = text.find("\n", heading.end())
        before = text[line_start : heading.start()]
        after = text[heading.end() : line_end if line_end >= 0 else len(text)]
        if before.strip() or after.strip():
            yield heading


def _stray_items(text: str) -> list[re.Match[str]]:
    """Return the marks of items that share a line with another one; one alone is a sign."""
    by_line: dict[int, list[re.Match[str]]] = {}
    for item in _ITEM.finditer(text):
        by_line.setdefault(text.rfind("\n", 0, item.start()), []).append(item)
    return [
        item
        for items in by_line.values()
        if len(items) >= _FEWEST_ITEMS and len({i.group(1) for i in items}) == 1
        for item in items
    ]


def _apart(text: str, headings: list[re.Match[str]]) -> str:
    for heading in reversed(headings):
        before, after = text[: heading.start()].rstrip(" "), text[heading.end() :].lstrip(" ")
        lead = "\n" if before and not before.endswith("\n") else ""
        tail = "\n" if after and not after.startswith("\n") else ""
        text = f"{before}{lead}{heading.group()}{tail}{after}"
    return text


def _broken(text: str, items: list[re.Match[str]]) -> str:
    for item in reversed(items):
        text = f"{text[: item.start()]}\n{item.group(1)} {text[item.end() :]}"
    return text


RULE: Rule = rule("TXT103", "marker-inside-line", "warning", "unsafe", find, __doc__, FR)

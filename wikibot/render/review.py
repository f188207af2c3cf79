"""A plan as one page for a browser, to be reviewed: each page's fields before and after.

Values are shown whole and as they are, mail addresses too: who reviews has to see what changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from wikibot.checks import RULES
from wikibot.edits import Change, PageEdit, Plan
from wikibot.language import Language, Text
from wikibot.mapping import Mapping
from wikibot.redaction import redacted
from wikibot.render import page
from wikibot.render.differences import (
    Piece,
    Pieces,
    differences,
    field_of,
    name_of,
    shortened,
    values_of,
)
from wikibot.render.text import plan_counts
from wikibot.visible import visible

Asked = Literal["safe", "hint", "wish"]  # by a rule that is sure; by one that is not; by somebody
_KEPT = 400  # characters of what stays in a long value, around what changes
_WORDS = {
    "title": Text("Modifications à relire", "Changes to review"),
    "field": Text("Champ", "Field"),
    "old": Text("Avant", "Before"),
    "new": Text("Après", "After"),
    "why": Text("Pourquoi", "Why"),
    "made": Text("Plan préparé le", "Plan made on"),
    "none": Text("Rien à changer.", "Nothing to change."),
    "hint": Text("Proposition, à vérifier", "Hint, to be checked"),
    "wish": Text("Demandée", "Asked for"),
    "parameter": Text("paramètre", "parameter"),
    "becomes": Text("devient", "becomes"),
    "number_of": Text("n°", "no."),
    "new_page": Text("Nouvelle page", "New page"),
    "not_there": Text("(n'existe pas encore)", "(not there yet)"),
    "shown": Text("{n} sur {all} affichées", "{n} of {all} shown"),
}

_TO_CHANGE = Text("À modifier : {counts}.", "To change: {counts}.")


@dataclass(frozen=True)
class _Row:
    """One line of the review; `name` is the parameter where it is not the field's usual one."""

    number: int
    field: str
    name: str
    renamed_from: str
    old: Pieces
    new: Pieces
    asked: Asked
    rules: tuple[str, ...]
    why: str
    creates: bool = False


def html(
    plan: Plan,
    mapping: Mapping,
    language: Language,
    *,
    place: str,
    address: Callable[[str], str | None] = lambda title: None,
) -> str:
    """Return the page, to be opened, printed or sent; `address` says where a page of the wiki is.

    The lines are numbered as in the workbook of the same plan.
    """
    numbers = iter(range(1, len(plan.edits) + plan.changes + 1))
    pages = [
        {
            "title": _plain(edit.title),
            "address": page.web(address(edit.title)),
            "lines": list(_rows(edit, mapping, language, numbers)),
        }
        for edit in plan.edits
    ]
    codes = [c for e in plan.edits for change in e.changes for c in rules_of(change)]
    asked = Counter(asked_by(change) for edit in plan.edits for change in edit.changes)
    made = date.fromisoformat(plan.created[:10]) if plan.created else date.today()
    return page.filled(
        "review.html.j2",
        language,
        _WORDS,
        place=place,
        today=made,
        counts=_TO_CHANGE.format(counts=plan_counts(plan.edits)).into(language),
        rules=[(code, _what(code, language), n) for code, n in Counter(codes).most_common()],
        some_safe=bool(asked["safe"]) and len(asked) > 1,
        pages=pages,
    )


def rules_of(change: Change) -> tuple[str, ...]:
    """Return the codes of the rules that ask for a change."""
    return tuple(change.rule.split("+")) if change.rule else ()


def asked_by(change: Change) -> Asked:
    """Return who asks for a change: a rule that is sure of it, one that is not, or somebody."""
    if not change.rule:
        return "wish"
    return "safe" if change.safe else "hint"


def why(change: Change, language: Language) -> str:
    """Return why a change is proposed: its own reason, which is French, or what its rules say."""
    rules = " ".join(_what(code, language) for code in rules_of(change)).strip()
    return _plain(change.reason if language == "fr" and change.reason else rules or change.reason)


def _what(code: str, language: Language) -> str:
    return RULES[code].what.into(language) if code in RULES else ""


def _rows(
    edit: PageEdit, mapping: Mapping, language: Language, numbers: Iterator[int]
) -> Iterator[_Row]:
    if edit.text is not None:
        text = (Piece(_plain(edit.text), True),)
        yield _Row(next(numbers), "", "", "", (), text, "wish", (), "", creates=True)
    for change in edit.changes:
        field = field_of(change, mapping)
        old, new = (_plain(shown) for shown in values_of(change, field))
        pieces = differences(old, new, field.separator if field and field.many else "")
        aside = field is not None and change.parameter != field.parameter
        yield _Row(
            number=next(numbers),
            field=_plain(name_of(change, field).into(language)),
            name=_plain(change.parameter) if aside or change.renamed_from else "",
            renamed_from=_plain(change.renamed_from),
            old=shortened(pieces[0], _KEPT),
            new=shortened(pieces[1], _KEPT),
            asked=asked_by(change),
            rules=tuple(map(_plain, rules_of(change))),
            why=why(change, language),
        )


def _plain(text: str) -> str:
    """Return text without secrets and hidden signs; its lines stay lines."""
    return "\n".join(visible(line) for line in redacted(text).split("\n"))

"""A plan as a workbook, to be reviewed line by line: a person says yes, no, or another value.

The plan itself travels along on a hidden sheet, so that what comes back is that plan and nothing
else; each row carries a sign by which one sees whether it still is what was written.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from collections.abc import Callable, Iterator

from wikibot.edits import PageEdit, Plan
from wikibot.language import Language, Text
from wikibot.mapping import Mapping
from wikibot.redaction import redacted
from wikibot.render.differences import field_of, name_of, values_of
from wikibot.render.review import asked_by, rules_of, why
from wikibot.visible import visible
from wikibot.workbook import Column, Link, Written, WrittenSheet

PLAN_SHEET = "wikibot-plan"
_CHUNK = 30_000  # characters of a cell; it holds 32,767
_LONGEST = 32_000  # of a value, as UTF-16 counts; what is longer is cut, and says so
YES, NO = Text("oui", "yes"), Text("non", "no")
HEADINGS = {
    "page": Text("Page", "Page"),
    "field": Text("Champ", "Field"),
    "old": Text("Avant", "Before"),
    "new": Text("Après", "After"),
    "accept": Text("Accepter", "Accept"),
    "correction": Text("Valeur corrigée", "Corrected value"),
    "why": Text("Pourquoi", "Why"),
    "rule": Text("Règle", "Rule"),
    "sure": Text("Sûre ?", "Safe?"),
    "number": Text("N°", "No."),
    "sign": Text("Contrôle", "Check"),
}
_WIDTHS = {
    **{"page": 32, "field": 26, "old": 40, "new": 40, "accept": 11, "correction": 34, "why": 50},
    **{"rule": 14, "sure": 16, "number": 6, "sign": 10},
}
_NOTES = {
    "accept": Text(
        "oui : la modification sera publiée. non, ou rien : elle ne le sera pas.",
        "yes: the change will be saved. no, or nothing: it will not.",
    ),
    "correction": Text(
        "Pour publier une autre valeur que celle de la colonne « Après » : écrivez-la ici, "
        "entière, telle qu'elle doit se lire dans le champ.",
        "To save another value than that of the column “After”: write it here, whole, as it is to "
        "read in the field.",
    ),
}
_SURE = {
    "safe": Text("sûre", "safe"),
    "hint": Text("à vérifier", "to check"),
    "wish": Text("demandée", "asked for"),
}
_EMPTY = Text("(vide)", "(empty)")
_NEW_PAGE = Text("(nouvelle page)", "(new page)")
_CUT = Text("… (coupé, la valeur est plus longue)", "… (cut, the value is longer)")
_SHEET = Text("À relire", "To review")
_GUIDE = Text("Mode d'emploi", "How to")
_GUIDE_LINES = (
    Text(
        "Chaque ligne de la feuille « À relire » est une modification proposée. Rien n'est "
        "encore publié.",
        "Each row of the sheet “To review” is a proposed change. Nothing is saved yet.",
    ),
    Text(
        "1. Colonne « Accepter » : choisissez oui ou non. Une ligne laissée sans réponse n'est "
        "pas publiée.",
        "1. Column “Accept”: choose yes or no. A row without an answer is not saved.",
    ),
    Text(
        "2. Une autre valeur vous paraît juste ? Écrivez-la dans « Valeur corrigée », entière : "
        "pour une liste, toutes les valeurs. Elle remplace celle de la colonne « Après », et vaut "
        "un oui.",
        "2. Another value is right? Write it into “Corrected value”, whole: for a list, all the "
        "values. It replaces that of the column “After”, and means yes.",
    ),
    Text(
        "3. Vous pouvez trier et filtrer les lignes, élargir ou masquer des colonnes. Ne changez "
        "pas le texte des autres colonnes ; une ligne supprimée n'est pas publiée.",
        "3. You may sort and filter the rows, widen or hide columns. Do not change the text of "
        "the other columns; a deleted row is not saved.",
    ),
    Text(
        "4. Enregistrez, fermez le classeur, puis : wikibot plan show FICHIER (pour revoir ce qui "
        "est accepté), wikibot apply FICHIER (pour le publier).",
        "4. Save, close the workbook, then: wikibot plan show FILE (to see what is accepted), "
        "wikibot apply FILE (to save it to the wiki).",
    ),
)


def sheets(
    plan: Plan,
    mapping: Mapping,
    language: Language,
    address: Callable[[str], str | None] = lambda title: None,
) -> tuple[WrittenSheet, ...]:
    """Return the sheets of the workbook; `address` says where a page of the wiki is.

    Nothing is locked: no program sorts rows of which a cell is.
    """
    columns = tuple(
        Column(
            heading.into(language),
            _WIDTHS[key],
            choices=(YES.into(language), NO.into(language)) if key == "accept" else (),
            strict=key == "accept",
            hidden=key == "sign",
            note=_NOTES[key].into(language) if key in _NOTES else "",
        )
        for key, heading in HEADINGS.items()
    )
    rows = tuple(_rows(plan, mapping, language, address))
    guide = tuple((line.into(language),) for line in _GUIDE_LINES)
    packed = tuple(enumerate(_packed(plan)))
    return (
        WrittenSheet(_SHEET.into(language), columns, rows),
        WrittenSheet(
            _GUIDE.into(language), (Column(_GUIDE.into(language), 110),), guide, filtered=False
        ),
        WrittenSheet(
            PLAN_SHEET, (Column("n", 6), Column("plan", 60)), packed, hidden=True, filtered=False
        ),
    )


def sign(number: str, page: str, field: str, old: str, new: str) -> str:
    """Return the sign of a row: the same as long as these cells read the same."""
    cells = (
        " ".join(unicodedata.normalize("NFC", cell).split()) for cell in (page, field, old, new)
    )
    return hashlib.sha256("\0".join((number, *cells)).encode()).hexdigest()[:16]


def _packed(plan: Plan) -> Iterator[str]:
    """Yield the file of the plan in pieces that no program changes: no blanks, no accents."""
    data = base64.b64encode(plan.to_json().encode("utf-8", "surrogatepass")).decode()
    return (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))


def unpacked(pieces: Iterator[str]) -> str:
    """Return the file of the plan from its pieces.

    Raises:
        ValueError: they are not what `sheets` wrote.
    """
    data = base64.b64decode("".join(pieces), validate=True)
    return data.decode("utf-8", "surrogatepass")


def _rows(
    plan: Plan, mapping: Mapping, language: Language, address: Callable[[str], str | None]
) -> Iterator[tuple[Written, ...]]:
    cells = (row for edit in plan.edits for row in _of_edit(edit, mapping, language))
    for number, (title, field, old, new, reason, rule, sure) in enumerate(cells, 1):
        page = _plain(title)
        where = address(title)
        yield (
            *(Link(page, where) if where else page, field, old, new),
            *("", "", reason, rule, sure, number),
            sign(str(number), page, field, old, new),
        )


def _of_edit(
    edit: PageEdit, mapping: Mapping, language: Language
) -> Iterator[tuple[str, str, str, str, str, str, str]]:
    if edit.text is not None:
        text = _fitting(_plain(edit.text), language)
        yield (edit.title, _NEW_PAGE.into(language), "", text, "", "", _SURE["wish"].into(language))
    for change in edit.changes:
        field = field_of(change, mapping)
        name = name_of(change, field).into(language)
        if change.renamed_from:
            name = f"{name} ({change.renamed_from} → {change.parameter})"
        elif field is not None and change.parameter != field.parameter:
            name = f"{name} ({change.parameter})"
        old, new = values_of(change, field)
        empty = _EMPTY.into(language)
        yield (
            edit.title,
            _fitting(_plain(name), language),
            _fitting(_plain(old), language) or empty,
            _fitting(_plain(new), language) or empty,
            _fitting(why(change, language), language),
            _plain(", ".join(rules_of(change))),
            _SURE[asked_by(change)].into(language),
        )


def _plain(text: str) -> str:
    """Return text without secrets and hidden signs; its lines stay lines."""
    return "\n".join(visible(line) for line in redacted(text).split("\n"))


def _fitting(text: str, language: Language) -> str:
    """Return text as a cell holds it."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _LONGEST:
        return text
    return units[: 2 * _LONGEST].decode("utf-16-le", "ignore") + _CUT.into(language)

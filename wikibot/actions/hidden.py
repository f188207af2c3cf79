"""Why a board does not show an action, and what to write so that it does."""

from __future__ import annotations

from dataclasses import dataclass

from wikibot.actions.action import Action
from wikibot.edits.boards import bare_column, column_meant
from wikibot.language import Text
from wikibot.mapping import Board, Field, Mapping, PageType


@dataclass(frozen=True)
class Remedy:
    """What to write into a field: its id, and the value as a person types it."""

    field: str
    value: str


@dataclass(frozen=True)
class Hidden:
    """An action that a board does not show. `reason` is a short name of `why`.

    It is `closed`, as it should be, or there is something to mend: `unknown-status`,
    `empty-status`, `no-column`, `label-without-prefix`, `label-spelling`, `unreadable-label`,
    `plus-for-blank`, `address`, `split-title`, `page-gone`, `no-page`. `remedy` is None where only
    a person knows.
    """

    action: Action
    reason: str
    why: Text
    remedy: Remedy | None = None


def off_the_columns(action: Action, board: Board, page_type: PageType, mapping: Mapping) -> Hidden:
    """Return why an action that names a page is in no column of its board."""
    if action.state == "closed":
        return Hidden(action, "closed", _CLOSED)
    if action.state != "open":
        return _by_status(action, board, page_type, mapping)
    field = _field(page_type, board.column)
    vocabulary = mapping.vocabulary(field)
    if any("{{" in label or "<" in label for label in action.labels):
        return Hidden(action, "unreadable-label", _UNREADABLE.format(field=_named(field)))
    meant = {label: column_meant(label, board, vocabulary) for label in action.labels}
    wrong = next((label for label, column in meant.items() if column), None)
    if wrong is None:
        why = _OTHER_LABELS if action.labels else _NO_LABEL
        labels, columns = ", ".join(action.labels), _columns(board)
        words = why.format(field=_named(field), labels=labels, columns=columns)
        return Hidden(action, "no-column", words)
    column = meant[wrong] or ""
    reason = "label-without-prefix" if bare_column(wrong, board) else "label-spelling"
    labels = _joined(dict.fromkeys(meant[label] or label for label in action.labels), field)
    return Hidden(
        action,
        reason,
        _LABEL.format(field=_named(field), wrong=wrong, column=column),
        Remedy(field.id, labels),
    )


def stray(action: Action, item: str, kind: str, target: str | None, page_type: PageType) -> Hidden:
    """Return why an action is not on the board of the page that it means."""
    assert page_type.board is not None
    field = _field(page_type, page_type.board.related)
    if kind == "no-page":
        return Hidden(action, kind, _NO_PAGE.format(field=_named(field)))
    words = _STRAYS[kind]
    advice = _WRITE.format(target=target) if target else _COPY
    remedy = None
    if target and kind != "split-title":
        pages = dict.fromkeys(target if page == item else page for page in action.related)
        remedy = Remedy(field.id, _joined(pages, field))
    return Hidden(action, kind, words.format(field=_named(field), item=item, advice=advice), remedy)


def _by_status(action: Action, board: Board, page_type: PageType, mapping: Mapping) -> Hidden:
    field = _field(page_type, board.status or "")
    vocabulary = mapping.vocabulary(field)
    term = vocabulary.meant_by(action.status) if vocabulary and action.status else None
    terms = [known.label for known in vocabulary.terms] if vocabulary else [board.open or ""]
    known = Text(" ou ".join(f"« {t} »" for t in terms), " or ".join(f"“{t}”" for t in terms))
    if not action.status:
        why = _EMPTY_STATUS.format(field=_named(field), terms=known)
        return Hidden(action, "empty-status", why, Remedy(field.id, board.open or ""))
    why = _STATUS.format(field=_named(field), status=action.status, terms=known)
    remedy = Remedy(field.id, term.label) if term else None
    return Hidden(action, "unknown-status", why, remedy)


def _field(page_type: PageType, field_id: str) -> Field:
    field = page_type.field(field_id)
    assert field is not None  # the mapping was checked when it was loaded
    return field


def _named(field: Field) -> Text:
    return Text(f"« {field.label.fr} »", f"“{field.label.en}”")


def _columns(board: Board) -> Text:
    return Text(
        " ou ".join(f"« {column} »" for column in board.columns),
        " or ".join(f"“{column}”" for column in board.columns),
    )


def _joined(values: dict[str, None], field: Field) -> str:
    return f"{field.separator} ".join(values) if field.many else next(iter(values), "")


_CLOSED = Text("Close.", "Closed.")
_UNREADABLE = Text(
    "Le champ {field} contient un modèle ou une balise : wikibot ne peut pas dire dans quelle "
    "colonne le wiki la met.",
    "The field {field} holds a template or a tag: wikibot cannot tell in which column the wiki "
    "puts it.",
)
_NO_LABEL = Text(
    "Le champ {field} est vide : elle n'est dans aucune colonne. Écrivez-y {columns}.",
    "The field {field} is empty: it is in no column. Write {columns} there.",
)
_OTHER_LABELS = Text(
    "Dans le champ {field}, « {labels} » n'est pas une colonne. Ajoutez-y {columns}.",
    "In the field {field}, “{labels}” is no column. Add {columns} there.",
)
_LABEL = Text(
    "Dans le champ {field}, le tableau ne reconnaît pas « {wrong} ». Écrivez « {column} ».",
    "In the field {field}, the board does not know “{wrong}”. Write “{column}”.",
)
_STATUS = Text(
    "Le champ {field} contient « {status} », que le tableau ne connaît pas. Écrivez {terms}.",
    "The field {field} holds “{status}”, which the board does not know. Write {terms}.",
)
_EMPTY_STATUS = Text(
    "La ligne du champ {field} est là, mais vide : elle n'est ni ouverte ni close. Écrivez-y "
    "{terms}.",
    "The line of the field {field} is there but empty: it is neither open nor closed. Write "
    "{terms} there.",
)
_PLUS = Text(
    "Le champ {field} a des signes plus à la place des espaces : « {item} ». {advice}",
    "The field {field} has plus signs in place of blanks: “{item}”. {advice}",
)
_ADDRESS = Text(
    "Le champ {field} contient une adresse, « {item} », au lieu d'un titre. {advice}",
    "The field {field} holds an address, “{item}”, instead of a title. {advice}",
)
_GONE = Text(
    "Aucune page ne s'appelle « {item} » : elle a sans doute été renommée ou supprimée. {advice}",
    "No page is called “{item}”: it was probably renamed or deleted. {advice}",
)
_NO_PAGE = Text(
    "Le champ {field} est vide : elle n'est au tableau d'aucune page. Écrivez-y le titre exact de "
    "la page qu'elle concerne.",
    "The field {field} is empty: it is on the board of no page. Write the exact title of the page "
    "that it is about there.",
)
_SPLIT = Text(
    "« {item} » a une virgule, que le wiki prend pour deux titres, et n'est qu'une redirection. "
    "{advice}",
    "“{item}” has a comma, which the wiki takes for two titles, and is a mere redirect. {advice}",
)
_STRAYS = {
    "plus-for-blank": _PLUS,
    "address": _ADDRESS,
    "split-title": _SPLIT,
    "page-gone": _GONE,
}
_WRITE = Text("Écrivez « {target} », si c'est bien elle.", "Write “{target}”, if that is the one.")
_COPY = Text(
    "Écrivez le titre affiché en haut de la page voulue.",
    "Write the title shown at the top of the page you mean.",
)

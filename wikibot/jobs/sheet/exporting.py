"""sheet export: pages as a workbook that people can edit and give back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wikibot import __version__
from wikibot.edits import records_of
from wikibot.errors import InputError
from wikibot.jobs.files import SHARED, write_whole
from wikibot.jobs.pages import matching
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.language import Language, Text, same
from wikibot.mapping import Field, Mapping, PageType, fold
from wikibot.page import Page
from wikibot.sheets import Layout, lay_out
from wikibot.wiki import Wiki
from wikibot.workbook import Kind, book_bytes


@dataclass(frozen=True)
class ExportedSheet:
    """A workbook as bytes, and what it holds.

    `sheets` are (name, rows, fields). `left_out` are pages of which nobody can say whether they
    belong there or what they hold, and why; `frozen` are (title, field's name, what the cell
    says instead) of values that no cell can hold.
    """

    data: bytes
    sheets: tuple[tuple[str, int, int], ...]
    left_out: tuple[tuple[str, Text], ...]
    frozen: tuple[tuple[str, Text, str], ...]

    @property
    def pages(self) -> int:
        """Return the number of rows of all sheets."""
        return sum(rows for _, rows, _ in self.sheets)


def export_sheet(
    pages: Iterable[Page],
    mapping: Mapping,
    wiki: Wiki,
    kind: Kind,
    *,
    conditions: Sequence[str] = (),
    types: Sequence[str] = (),
    fields: Sequence[str] = (),
    language: Language = "fr",
    around: Surroundings = REAL,
) -> ExportedSheet:
    """Return the workbook of the pages on which every condition holds, a sheet a page type.

    `types` are ids of page types (all where none is named), `fields` ids, parameters or labels
    of fields (all but those that the wiki computes).

    Raises:
        InputError: an unknown type, field or condition; no page; a CSV of several page types.
    """
    of_type = _fields(mapping, types, fields)
    left_out: list[tuple[str, Text]] = []

    def put_aside(page: Page, why: Text) -> None:
        left_out.append((str(page.title), why))

    records = [
        record
        for found in matching(pages, conditions, mapping, wiki, left_out=put_aside)
        for record in records_of(found.page, mapping, wiki.syntax)
        if record.page_type.id in of_type
    ]
    present = list(dict.fromkeys(record.page_type.id for record in records))
    if not records:
        raise _nothing(left_out)
    if kind == "csv" and len(present) > 1:
        raise _one_type(present)
    layout = Layout(
        mapping=mapping,
        wiki=wiki.wikiid,
        place=str(wiki.place),
        version=__version__,
        language=language,
        made=around.now(),
        fields={type_id: of_type[type_id] for type_id in present},
        typed=kind != "csv",
    )
    laid = lay_out(records, layout)
    return ExportedSheet(
        data=book_bytes(laid.sheets, kind),
        sheets=tuple((name, rows, len(of_type[type_id])) for type_id, name, rows in laid.tables),
        left_out=tuple(left_out),
        frozen=tuple((title, field.label.text, words) for title, field, words in laid.frozen),
    )


def _nothing(left_out: Sequence[tuple[str, Text]]) -> InputError:
    """Return the error of an export without a page; one that cannot be read is named."""
    advice = Text(
        "Élargissez la recherche, ou vérifiez --type.", "Widen the search, or check --type."
    )
    for title, why in left_out[:1]:
        advice = Text(f"Laissée de côté : {title} — {why.fr}", f"Left out: {title} — {why.en}")
    return InputError(Text("Aucune page à exporter.", "No page to export."), advice)


def new_sheet(path: Path, *, overwrite: bool = False) -> Kind:
    """Return the kind of workbook that a file's name asks for, if it can be written there.

    Raises:
        InputError: it is no kind that wikibot writes, there is no such folder, or the file is
            there already: somebody's changes may be in it.
    """
    kinds: dict[str, Kind] = {".xlsx": "xlsx", ".ods": "ods", ".csv": "csv"}
    found = kinds.get(path.suffix.lower())
    if found is None:
        raise InputError(
            Text(
                f"« {path.name} » : on exporte en .xlsx, .ods ou .csv.",
                f"“{path.name}”: an export is .xlsx, .ods or .csv.",
            ),
            Text(
                f"Par exemple : {path.stem or 'communs'}.xlsx",
                f"For example: {path.stem or 'communs'}.xlsx",
            ),
        )
    if not path.parent.is_dir():
        folder = path.parent
        raise _unwritable(
            path, Text(f"le dossier {folder} n'existe pas", f"there is no folder {folder}")
        )
    if path.exists() and not overwrite:
        raise InputError(
            Text(
                f"{path} existe déjà, et contient peut-être des modifications.",
                f"{path} exists already, and may hold changes.",
            ),
            Text(
                "Importez-le d'abord, choisissez un autre nom, ou ajoutez --overwrite.",
                "Import it first, choose another name, or add --overwrite.",
            ),
        )
    return found


def save_sheet(path: Path, data: bytes) -> None:
    """Write a workbook, whole or not at all.

    Raises:
        InputError: it cannot be written there; what was there stays.
    """
    try:
        write_whole(path, data, SHARED)
    except OSError as error:
        raise _unwritable(path, same(error.strerror or type(error).__name__)) from None


def _unwritable(path: Path, why: Text) -> InputError:
    return InputError(
        Text(f"Impossible d'écrire {path} : {why.fr}.", f"Cannot write {path}: {why.en}."),
        Text(
            "Donnez un fichier dans un dossier où vous pouvez écrire.",
            "Name a file in a folder where you may write.",
        ),
    )


def _fields(
    mapping: Mapping, types: Sequence[str], names: Sequence[str]
) -> dict[str, tuple[Field, ...]]:
    """Return the fields to export of each page type that has any.

    Raises:
        InputError: an unknown type, or a field that none of the types has.
    """
    chosen = [_type(mapping, name) for name in types] or list(mapping.page_types)
    if not names:
        return {pt.id: tuple(f for f in pt.fields if not f.computed) for pt in chosen}
    found: dict[str, tuple[Field, ...]] = {}
    unknown = dict.fromkeys(names)
    for page_type in chosen:
        fields: list[Field] = []
        for name in names:
            field = _field(page_type, name)
            if field is not None:
                fields.append(field)
                unknown.pop(name, None)
        if fields:
            found[page_type.id] = tuple(dict.fromkeys(fields))
    if unknown:
        raise _no_field(next(iter(unknown)), chosen)
    return found


def _type(mapping: Mapping, name: str) -> PageType:
    for page_type in mapping.page_types:
        words = (page_type.id, page_type.label.fr, page_type.label.en, page_type.template)
        if fold(name) in map(fold, words):
            return page_type
    known = ", ".join(page_type.id for page_type in mapping.page_types)
    raise InputError(
        Text(f"Aucun type de pages « {name} ».", f"There is no page type “{name}”."),
        Text(f"Les types : {known}.", f"The types: {known}."),
    )


def _field(page_type: PageType, name: str) -> Field | None:
    exact = page_type.field(name) or page_type.field_of(name)
    if exact is not None:
        return exact
    for field in page_type.fields:
        if fold(name) in map(fold, (field.id, *field.parameters, field.label.fr, field.label.en)):
            return field
    return None


def _no_field(name: str, types: Sequence[PageType]) -> InputError:
    from rapidfuzz import process, utils

    ids = list(dict.fromkeys(field.id for page_type in types for field in page_type.fields))
    near = process.extract(name, ids, processor=utils.default_process, score_cutoff=60, limit=3)
    hints = ", ".join(field_id for field_id, _, _ in near)
    return InputError(
        Text(f"Aucun champ « {name} ».", f"There is no field “{name}”."),
        Text(
            f"Vouliez-vous dire : {hints} ?" if hints else "« mapping show » liste les champs.",
            f"Did you mean: {hints}?" if hints else "“mapping show” lists the fields.",
        ),
    )


def _one_type(present: Sequence[str]) -> InputError:
    listed = ", ".join(present)
    return InputError(
        Text(
            f"Un fichier .csv n'a qu'une feuille, et il y a plusieurs types de pages : {listed}.",
            f"A .csv file is one sheet, and there are several page types: {listed}.",
        ),
        Text(
            "Choisissez-en un avec --type, ou exportez en .xlsx ou .ods.",
            "Choose one with --type, or export to .xlsx or .ods.",
        ),
    )

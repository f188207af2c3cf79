"""What a workbook says to who opens it: a sheet of instructions, and a note on each heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from wikibot.language import Language, Text, moment
from wikibot.mapping import Field, Vocabulary


def guide(
    sheets: Sequence[str], place: str, version: str, made: datetime, language: Language
) -> tuple[str, ...]:
    """Return the lines of the instructions; `sheets` are the names of those to be filled in."""
    return tuple(text.into(language) for text in _lines(sheets, place, version, made))


def _lines(sheets: Sequence[str], place: str, version: str, made: datetime) -> Iterator[Text]:
    names = Text(", ".join(f"« {n} »" for n in sheets), ", ".join(f"“{n}”" for n in sheets))
    yield Text(
        f"Les fiches du wiki sont dans {names.fr} : une ligne par fiche, une colonne par champ.",
        f"The pages of the wiki are in {names.en}: a row for each page, a column for each field.",
    )
    yield from _LINES
    when = moment(made)
    yield Text(
        f"Exporté le {when.fr} depuis {place}, par wikibot {version}.",
        f"Exported on {when.en} from {place}, by wikibot {version}.",
    )


_LINES = (
    Text(
        "Modifiez les cellules que vous voulez, enregistrez, puis rendez ce fichier à la personne "
        "qui vous l'a donné, ou lancez « wikibot sheet import » suivi de son nom.",
        "Change the cells you like, save, then give this file back to whoever gave it to you, or "
        "run “wikibot sheet import” with its name.",
    ),
    Text(
        "Rien ne part sur le wiki tant que quelqu'un n'a pas relu la liste des changements et "
        "demandé de les publier.",
        "Nothing goes to the wiki before somebody has reviewed the list of changes and asked to "
        "save them.",
    ),
    Text(
        "Seules les cellules que vous changez sont prises en compte. Si quelqu'un a modifié le "
        "même champ sur le wiki entre-temps, rien n'y est écrit et les deux valeurs vous sont "
        "montrées.",
        "Only the cells that you change count. If somebody has changed the same field on the wiki "
        "meanwhile, nothing is written there and you are shown both values.",
    ),
    Text(
        "Plusieurs valeurs dans une cellule : séparez-les par un point-virgule, par exemple "
        "« arbre; bocage; mare ». Une valeur qui contient elle-même un point-virgule se met entre "
        "guillemets droits.",
        "Several values in one cell: put a semicolon between them, such as tree; hedge; pond. A "
        "value that holds a semicolon itself goes in straight double quotes.",
    ),
    Text(
        "Dates : année-mois-jour, par exemple 2026-04-03, ou seulement 2026-04 ou 2026. Le tableur "
        "peut les afficher autrement, cela ne change rien.",
        "Dates: year-month-day, such as 2026-04-03, or only 2026-04 or 2026. A spreadsheet may "
        "show them otherwise; that changes nothing.",
    ),
    Text(
        "Listes déroulantes : choisissez dans la liste. Pour les colonnes à plusieurs valeurs, "
        "copiez les termes depuis la feuille « Valeurs possibles ».",
        "Drop-downs: choose from the list. For columns of several values, copy the terms from the "
        "sheet “Possible values”.",
    ),
    Text(
        "Vider une cellule vide le champ sur le wiki.",
        "Emptying a cell empties the field on the wiki.",
    ),
    Text(
        "Supprimer une ligne ou une colonne ne supprime rien sur le wiki : elle n'est simplement "
        "plus prise en compte.",
        "Deleting a row or a column deletes nothing on the wiki: it just does not count any more.",
    ),
    Text(
        "Vous pouvez trier, filtrer, masquer ou déplacer des lignes et des colonnes. Triez "
        "toujours le tableau entier, jamais une colonne seule.",
        "You may sort, filter, hide or move rows and columns. Always sort the whole table, never "
        "a single column.",
    ),
    Text(
        "Une fois vos changements publiés, exportez à nouveau avant d'en faire d'autres.",
        "Once your changes are saved to the wiki, export again before you make others.",
    ),
    Text(
        "Nouvelle fiche : écrivez son titre dans « Page », sur une ligne vide sous la dernière, et "
        "remplissez la ligne. Elle n'est créée que si la personne qui importe le demande.",
        "New page: type its title in “Page”, on an empty row below the last, and fill in the row. "
        "It is created only if whoever imports asks for it.",
    ),
    Text(
        "Ne copiez pas une ligne entière sur une autre et ne changez pas les titres des fiches "
        "existantes : ces lignes seraient mises de côté. Une page se renomme sur le wiki.",
        "Do not copy a whole row onto another, nor change the titles of existing pages: such rows "
        "are put aside. A page is renamed on the wiki.",
    ),
    Text(
        "Une cellule entre parenthèses comme « (trop long : modifiez-le sur le wiki) » ne se "
        "modifie pas ici.",
        "A cell in brackets such as “(too long: edit it on the wiki)” cannot be edited here.",
    ),
    Text(
        "Les titres sont verrouillés, sans mot de passe, pour ne pas être changés par mégarde. "
        "Pour trier, ôtez d'abord la protection de la feuille (Excel : Révision ; LibreOffice : "
        "Outils), puis triez.",
        "Titles are locked, without a password, lest they be changed by mistake. To sort, first "
        "take the protection off the sheet (Excel: Review; LibreOffice: Tools), then sort.",
    ),
)


def note(field: Field, vocabulary: Vocabulary | None) -> Text:
    """Return the comment on the heading of a field's column."""
    parts = [field.help.text] if field.help else []
    if field.computed:
        parts.append(_COMPUTED)
    elif field.many:
        parts.append(_LINES_OF if field.separator == "\n" else _SEVERAL)
        if vocabulary:
            parts.append(_FROM_SHEET)
    elif field.kind == "date":
        parts.append(_DATE)
    if field.required:
        parts.append(_REQUIRED)
    return Text("\n".join(p.fr for p in parts), "\n".join(p.en for p in parts))


_COMPUTED = Text("Calculé par le wiki : ne s'écrit pas ici.", "Computed by the wiki: not for you.")
_SEVERAL = Text(
    "Plusieurs valeurs : un point-virgule entre deux.", "Several values: a semicolon between two."
)
_LINES_OF = Text("Plusieurs valeurs : une par ligne.", "Several values: each on its own line.")
_FROM_SHEET = Text(
    "Les termes sont dans la feuille « Valeurs possibles ».",
    "The terms are in the sheet “Possible values”.",
)
_DATE = Text("Année-mois-jour : 2026-04-03.", "Year-month-day: 2026-04-03.")
_REQUIRED = Text("À remplir.", "To be filled in.")

"""Why a row is put aside, or a whole file refused: the words for people."""

from __future__ import annotations

from wikibot.errors import InputError, SafetyStop
from wikibot.language import Text

_AGAIN = Text(
    "Exportez à nouveau et reportez vos modifications dans le nouveau fichier.",
    "Export again and carry your changes over into the new file.",
)
DAMAGED = (
    Text(
        "la cellule masquée « wikibot » de cette ligne a été modifiée : on ne sait plus de quelle "
        "page il s'agit. La ligne est mise de côté.",
        "the hidden cell “wikibot” of this row was changed: nobody can tell which page it is. The "
        "row is put aside.",
    ),
    _AGAIN,
)
OTHER_TITLE = (
    Text(
        "ce titre n'est pas celui de la page de cette ligne : une seule colonne a été triée ou "
        "collée, ou le titre a été changé. La ligne est mise de côté.",
        "this title is not that of the page of this row: a single column was sorted or pasted, or "
        "the title was changed. The row is put aside.",
    ),
    Text(
        "Remettez le titre d'origine ; une page se renomme sur le wiki.",
        "Put the first title back; a page is renamed on the wiki.",
    ),
)
COPIED = (
    Text(
        "la même ligne se trouve plusieurs fois dans le fichier : on ne sait pas laquelle compte. "
        "Toutes sont mises de côté.",
        "the same row stands more than once in the file: nobody can tell which one counts. All of "
        "them are put aside.",
    ),
    Text(
        "Supprimez les copies. Pour une nouvelle fiche, tapez son titre sous la dernière ligne.",
        "Delete the copies. For a new page, type its title below the last row.",
    ),
)
OTHER_SHEET = (
    Text(
        "cette ligne vient d'une autre feuille ou d'un autre export. Elle est mise de côté.",
        "this row comes from another sheet or another export. It is put aside.",
    ),
    Text("Remettez-la dans sa feuille.", "Put it back into its sheet."),
)


def twice(sheet: str, heading: str) -> InputError:
    """Return the error of two columns with one heading."""
    return InputError(
        Text(
            f"{_sheet(sheet).fr} : deux colonnes s'appellent « {heading} ».",
            f"{_sheet(sheet).en}: two columns are called “{heading}”.",
        ),
        Text(
            "Supprimez ou renommez celle qui est en trop ; rien n'a été lu.",
            "Delete or rename the one too many; nothing was read.",
        ),
    )


def no_key(sheet: str) -> InputError:
    """Return the error of a sheet without the hidden column."""
    return InputError(
        Text(
            f"{_sheet(sheet).fr} : la colonne masquée « wikibot » manque ou a changé de nom, on ne "
            "sait pas à quelles pages vont les lignes.",
            f"{_sheet(sheet).en}: the hidden column “wikibot” is missing or was renamed, nobody "
            "can tell to which pages the rows belong.",
        ),
        Text(
            "Prenez un fichier écrit par « sheet export » ; si la colonne a été supprimée, "
            "exportez à nouveau et reportez vos modifications.",
            "Take a file written by “sheet export”; if the column was deleted, export again and "
            "carry your changes over.",
        ),
    )


def empty() -> SafetyStop:
    """Return the stop of a file without any row."""
    return SafetyStop(
        Text(
            "Le fichier ne contient plus aucune ligne : il a sans doute été vidé par erreur.",
            "The file holds no row any more: it was probably emptied by mistake.",
        ),
        Text(
            "Rien n'est changé. Reprenez une copie du fichier, ou exportez à nouveau.",
            "Nothing is changed. Take a copy of the file, or export again.",
        ),
        "no-row",
    )


def _sheet(name: str) -> Text:
    """Return a sheet in a sentence; that of a text file has no name."""
    if not name:
        return Text("Le fichier", "The file")
    return Text(f"Feuille « {name} »", f"Sheet “{name}”")

"""What makes a file unreadable, before anybody says which file it is."""

from __future__ import annotations

from wikibot.language import Text

_SAVE_AGAIN = Text(
    "Ouvrez-le dans votre tableur, enregistrez-le à nouveau et recommencez ; si le tableur ne "
    "l'ouvre pas non plus, reprenez une copie plus ancienne.",
    "Open it in your spreadsheet program, save it again and retry; if that program cannot open "
    "it either, take an older copy.",
)


class Unreadable(Exception):
    """A file that is not read: what is wrong with it, and what to do."""

    def __init__(self, message: Text, advice: Text) -> None:
        """Keep both texts."""
        super().__init__(message.en)
        self.message = message
        self.advice = advice


def damaged(detail: Text) -> Unreadable:
    """Return the refusal of a file that is cut off or broken; `detail` says what was seen."""
    return Unreadable(
        Text(
            "le fichier est incomplet ou abîmé ({detail})",
            "the file is incomplete or damaged ({detail})",
        ).format(detail=detail),
        _SAVE_AGAIN,
    )


def dangerous(detail: Text) -> Unreadable:
    """Return the refusal of a file that no spreadsheet program writes, and that may do harm."""
    return Unreadable(
        Text("le fichier est refusé : {detail}", "the file is refused: {detail}").format(
            detail=detail
        ),
        Text(
            "Aucun tableur n'écrit un tel fichier : demandez d'où il vient avant de l'ouvrir.",
            "No spreadsheet program writes such a file: ask where it comes from before you "
            "open it.",
        ),
    )


def too_large(detail: Text) -> Unreadable:
    """Return the refusal of a file that would take too much memory."""
    return Unreadable(
        Text("le fichier est trop grand ({detail})", "the file is too large ({detail})").format(
            detail=detail
        ),
        Text(
            "Gardez les seules lignes et colonnes utiles, supprimez ce qui se trouve loin sous le "
            "tableau ou à sa droite, ou partagez-le en plusieurs fichiers.",
            "Keep only the rows and columns that are needed, delete what stands far below the "
            "table or to its right, or split it into several files.",
        ),
    )

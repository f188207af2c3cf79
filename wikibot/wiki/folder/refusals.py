"""Why a page file was not read or not written, in words for people."""

from __future__ import annotations

import errno
from pathlib import Path

from wikibot.errors import (
    AccessError,
    EditConflict,
    InputError,
    OutcomeUnknown,
    PageExists,
    PageMissing,
    SaveRefused,
    Unavailable,
)
from wikibot.language import Text
from wikibot.title import Title
from wikibot.wiki.folder.names import shown
from wikibot.wiki.unreadable import why


def unusable(name: str, reason: Text, advice: Text | None = None) -> InputError:
    """Return the error for a file of the folder that cannot be read as what it should be."""
    return InputError(
        Text(f"Fichier « {shown(name)} » : {reason.fr}.", f"File “{shown(name)}”: {reason.en}."),
        advice,
    )


def unreadable_folder(folder: Path, error: OSError) -> InputError:
    """Return the error for a folder that cannot be listed."""
    if isinstance(error, FileNotFoundError):
        reason = Text("n'existe pas", "does not exist")
    elif isinstance(error, NotADirectoryError):
        reason = Text("n'est pas un dossier", "is not a folder")
    else:
        cause = why(error)
        reason = Text(f"ne peut pas être lu : {cause.fr}", f"cannot be read: {cause.en}")
    return InputError(
        Text(f"« {shown(folder)} » {reason.fr}.", f"“{shown(folder)}” {reason.en}."),
        Text("Donnez le chemin d'un dossier de pages.", "Name a folder that holds pages."),
    )


def unwritable(folder: Path, error: OSError) -> AccessError | Unavailable:
    """Return the error for a folder where nothing can be written, for good or for now."""
    place = shown(folder)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return AccessError(
            Text(
                f"Le dossier « {place} » est en lecture seule : rien n'a été écrit.",
                f"The folder “{place}” is read-only: nothing was written.",
            ),
            Text(
                "Demandez le droit d'y écrire, ou travaillez sur une copie.",
                "Ask for the right to write there, or work on a copy.",
            ),
        )
    cause = error.strerror or error
    return Unavailable(
        Text(
            f"Impossible d'écrire dans « {place} » : {cause}.",
            f"Writing into “{place}” failed: {cause}.",
        ),
        Text(
            "La page est restée comme elle était ; recommencez quand ce sera réglé.",
            "The page is as it was; run again once this is settled.",
        ),
    )


def changed(title: Title) -> EditConflict:
    """Return the error for a page that is no longer what was read."""
    return EditConflict(
        Text(
            f"La page « {title} » a été modifiée entre-temps : rien n'a été écrit.",
            f"The page “{title}” was changed meanwhile: nothing was written.",
        ),
        Text(
            "Recommencez : la nouvelle révision sera relue.",
            "Run again: the new revision will be read.",
        ),
    )


def gone(title: Title) -> PageMissing:
    """Return the error for a page whose file has vanished."""
    return PageMissing(
        Text(
            f"La page « {title} » n'existe plus : rien n'a été écrit.",
            f"The page “{title}” no longer exists: nothing was written.",
        )
    )


def exists(title: Title, name: str) -> PageExists:
    """Return the error for a page to be created whose file is there."""
    return PageExists(
        Text(
            f"La page « {title} » existe déjà (fichier « {shown(name)} »).",
            f"The page “{title}” exists already (file “{shown(name)}”).",
        )
    )


def taken(title: Title, name: str, other: Title) -> InputError:
    """Return the error for a page whose file name `index.json` gives to another."""
    return InputError(
        Text(
            f"La page « {title} » ne peut pas être créée : index.json donne le fichier "
            f"« {shown(name)} » à « {other} ».",
            f"The page “{title}” cannot be created: index.json gives the file “{shown(name)}” "
            f"to “{other}”.",
        ),
        Text("Corrigez index.json.", "Mend index.json."),
    )


def protected(title: Title, name: str) -> SaveRefused:
    """Return the error for a page whose file is marked read-only."""
    return SaveRefused(
        Text(
            f"La page « {title} » est protégée : le fichier « {shown(name)} » est en "
            "lecture seule.",
            f"The page “{title}” is protected: the file “{shown(name)}” is read-only.",
        ),
        Text("Rendez-le modifiable si c'est voulu.", "Make it writable if that is meant."),
    )


def no_unicode() -> SaveRefused:
    """Return the error for a text that UTF-8 cannot write."""
    return SaveRefused(
        Text(
            "Le texte contient un demi-caractère (surrogate) qu'aucun fichier UTF-8 ne peut "
            "porter.",
            "The text holds half a character (a lone surrogate), which UTF-8 cannot write.",
        )
    )


def unrecorded(title: Title, error: OSError) -> OutcomeUnknown:
    """Return the error for a page that was written while its history was not."""
    cause = error.strerror or error
    return OutcomeUnknown(
        Text(
            f"La page « {title} » est écrite, mais l'historique n'a pas pu l'être : {cause}.",
            f"The page “{title}” is written, but its history could not be: {cause}.",
        ),
        Text("Relisez la page avant de recommencer.", "Read the page before you run again."),
    )

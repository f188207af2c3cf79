"""The form as a file of the person alone, kept until what it says is saved or given up."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wikibot.errors import InputError, LockHeld
from wikibot.jobs.files import write_whole
from wikibot.language import Text
from wikibot.mapping import fold
from wikibot.page import Page, Revision
from wikibot.title import Namespaces, Title

FOLDER = "forms"
_FORMAT = 1
_LONGEST = 60  # characters of a title in the name of a file


@dataclass(frozen=True)
class Draft:
    """A form and the page it was written from.

    `creates` is the id of the page type where the page does not exist yet (its id is 0 then).
    `notes` are the comments on what is wrong that were put into the form.
    """

    path: Path
    page: Page
    creates: str = ""
    notes: tuple[str, ...] = ()


def draft_path(state: Path, title: Title) -> Path:
    """Return where the form of a page is kept: a name that people recognise, and no other's."""
    name = re.sub(r"[^a-z0-9]+", "-", fold(str(title)))[:_LONGEST].strip("-") or "page"
    mark = hashlib.sha256(str(title).encode()).hexdigest()[:8]
    return state / FOLDER / f"{name}-{mark}.toml"


def keep(draft: Draft, text: str) -> None:
    """Write a form, and beside it what it was made from; readable by the person alone.

    Raises:
        InputError: it cannot be written there.
    """
    page = draft.page
    body = {
        "format": _FORMAT,
        "title": str(page.title),
        "pageid": page.id,
        "revid": page.revision.id,
        "timestamp": page.revision.timestamp.isoformat(),
        "user": page.revision.user,
        "text": page.text,
        "creates": draft.creates,
        "notes": draft.notes,
    }
    try:
        _make_folder(draft.path.parent)
        write_whole(_origin(draft.path), json.dumps(body, ensure_ascii=False).encode("utf-8"))
        write_whole(draft.path, text.encode("utf-8"))
    except OSError as error:
        raise _not_kept(draft.path.parent, error) from None


def _make_folder(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.mkdir(exist_ok=True, mode=0o700)


def _not_kept(folder: Path, error: Exception) -> InputError:
    why = getattr(error, "strerror", None) or f"{error}"
    return InputError(
        Text(
            f"Le formulaire ne peut pas être gardé dans {folder} : {why}.",
            f"The form cannot be kept in {folder}: {why}.",
        ),
        Text(
            "Donnez-vous le droit d'écrire dans ce dossier, ou changez « state » dans "
            "wikibot.toml.",
            "Make this folder writable for you, or change “state” in wikibot.toml.",
        ),
    )


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the form of a page, so that no second editor writes over the first one.

    The kernel lets go of it when the process dies.

    Raises:
        LockHeld: it is open elsewhere. InputError: its folder cannot be written.
    """
    from filelock import FileLock, Timeout

    file = path.with_suffix(".lock")
    try:
        _make_folder(path.parent)
        lock = FileLock(file, timeout=0, mode=0o600, fallback_to_soft=False)
        lock.acquire()
    except Timeout:
        raise LockHeld(
            Text(
                "Le formulaire de cette page est déjà ouvert dans un éditeur.",
                "The form of this page is open in an editor already.",
            ),
            Text("Fermez d'abord l'autre.", "Close the other one first."),
        ) from None
    except (OSError, NotImplementedError) as error:
        raise _not_kept(path.parent, error) from None
    try:
        yield
    finally:
        with suppress(OSError):
            file.unlink()
        lock.release()
        with suppress(OSError):  # something else is kept there
            path.parent.rmdir()


def find_draft(path: Path, namespaces: Namespaces) -> Draft | None:
    """Return the form that was kept there, or None.

    Raises:
        InputError: it is there, but not what it was made from.
    """
    if not path.exists():
        return None
    try:
        body = json.loads(_origin(path).read_bytes())
        if body["format"] != _FORMAT:
            raise ValueError(body["format"])
        at = datetime.fromisoformat(body["timestamp"])
        revision = Revision(int(body["revid"]), 0, at, body["user"])
        title = namespaces.parse(body["title"])
        page = Page(int(body["pageid"]), title, revision, str(body["text"]))
        notes = tuple(map(str, body["notes"]))
        return Draft(path, page, str(body["creates"]), notes)
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(
            Text(
                f"La saisie gardée dans {path} ne peut plus être reprise.",
                f"What was typed into {path} cannot be taken up any more.",
            ),
            Text(
                "Recommencez avec --restart : ce fichier est mis de côté, rien n'en est perdu.",
                "Begin anew with --restart: this file is put aside, nothing of it is lost.",
            ),
        ) from None


def text_of(draft: Draft) -> str:
    """Return what stands in the file of a form.

    Raises:
        InputError: it is gone, cannot be read, or is not UTF-8.
    """
    try:
        return draft.path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise InputError(
            Text(
                f"{draft.path} n'est pas en UTF-8 (octet {error.start}).",
                f"{draft.path} is not UTF-8 (byte {error.start}).",
            ),
            Text(
                "Dans votre éditeur, enregistrez ce fichier en UTF-8.",
                "Save this file as UTF-8 in your editor.",
            ),
        ) from None
    except OSError as error:
        raise InputError(
            Text(
                f"{draft.path} ne se lit pas : {error.strerror}.",
                f"{draft.path} cannot be read: {error.strerror}.",
            )
        ) from None


def discard(draft: Draft) -> None:
    """Remove a form."""
    for path in (draft.path, _origin(draft.path)):
        path.unlink(missing_ok=True)


def set_aside(path: Path) -> Path:
    """Give a form another name, so that the next one is written anew; return that name."""
    number = 1
    while (aside := path.with_suffix(f".{number}.toml")).exists():
        number += 1
    path.replace(aside)
    _origin(path).unlink(missing_ok=True)
    return aside


def _origin(path: Path) -> Path:
    return path.with_suffix(".json")

"""Opens a file in the editor of the person, and waits until it is closed."""

from __future__ import annotations

import os
import shlex
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from wikibot.cli.asking import somebody_is_there
from wikibot.errors import InputError
from wikibot.language import Text

AT_ONCE = 1.0  # seconds; nobody reads a form in less: the editor did not wait for its window
_USUAL = ("notepad",) if os.name == "nt" else ("nano", "vi")
_CHOOSE = Text(
    "Choisissez un éditeur par la variable EDITOR, par exemple : EDITOR=nano",
    "Choose an editor by the variable EDITOR, for example: EDITOR=nano",
)


def edit_file(path: Path) -> float:
    """Let the person edit a file; return how many seconds it took.

    The editor is the one of VISUAL or EDITOR, as for git; else nano or vi (notepad on Windows),
    where a person sits at a terminal. Ctrl-C is the editor's own business meanwhile.

    Raises:
        InputError: there is no editor, or it ended with an error; the file stays.
    """
    import subprocess

    words = chosen_editor(os.environ)
    began = time.monotonic()
    with _leaving_the_keyboard():
        try:
            code = subprocess.Popen([*words, os.fspath(path)]).wait()
        except OSError as error:
            raise InputError(
                Text(
                    f"L'éditeur « {words[0]} » ne se lance pas : {error.strerror}.",
                    f"The editor “{words[0]}” cannot be started: {error.strerror}.",
                ),
                _CHOOSE,
            ) from None
    if code:
        how = Text(f"code {code}", f"code {code}")
        if code < 0:
            how = Text(f"signal {-code}", f"signal {-code}")
        raise InputError(
            Text(
                f"L'éditeur « {words[0]} » s'est mal terminé ({how.fr}) : rien n'est publié.",
                f"The editor “{words[0]}” ended badly ({how.en}): nothing is saved.",
            )
        )
    return time.monotonic() - began


def chosen_editor(environ: Mapping[str, str]) -> list[str]:
    """Return the words that start the editor.

    Raises:
        InputError: none is chosen, and none can be used.
    """
    for name in ("VISUAL", "EDITOR"):
        chosen = environ.get(name, "").strip()
        if chosen:
            with suppress(ValueError):  # a quotation mark that is not closed
                return shlex.split(chosen, posix=os.name != "nt")
            return [chosen]
    import shutil

    found = next((path for name in _USUAL if (path := shutil.which(name))), None)
    if found is None or not somebody_is_there():
        raise InputError(
            Text("Aucun éditeur n'est choisi.", "No editor is chosen."),
            _CHOOSE,
        )
    return [found]


@contextmanager
def _leaving_the_keyboard() -> Iterator[None]:
    """Let Ctrl-C pass; a handler of ours is not inherited, as ignoring the signal would be."""
    try:
        former = signal.signal(signal.SIGINT, lambda number, frame: None)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)

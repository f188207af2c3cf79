"""Runs many commands without starting Python for each: forked from a warm process.

That process has loaded all of wikibot in one language (the words of the command line are chosen
as they are loaded); a command is a child of it, with a folder, an environment and an output of its
own. What is loaded when, and how wikibot starts, is for tests that start true processes.
"""

from __future__ import annotations

import atexit
import importlib
import multiprocessing
import os
import pkgutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock

_SECONDS = 120
_ONE_AT_A_TIME = Lock()


def run_warm(words: Sequence[str], folder: Path, environ: Mapping[str, str]) -> tuple[int, str]:
    """Run a command in `folder`; return its exit code and what it printed, both outputs in one."""
    with _ONE_AT_A_TIME, tempfile.NamedTemporaryFile() as printed:
        host = _host(environ["LANG"])
        host.send((tuple(words), str(folder), dict(environ), printed.name))
        return host.recv(), printed.read().decode()


@lru_cache
def _host(locale: str) -> Connection:
    """Start the warm process of a locale; it ends with this one."""
    ours, theirs = multiprocessing.Pipe()
    host = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    kept = dict(os.environ)
    for name in ("LC_ALL", "LANGUAGE"):
        os.environ.pop(name, None)
    os.environ["LANG"] = locale  # from its start: what runs this here may load wikibot there first
    try:
        host.start()
    finally:
        os.environ.clear()
        os.environ.update(kept)
    theirs.close()
    atexit.register(ours.close)
    return ours


def _serve(asked: Connection) -> None:
    """Load wikibot; then fork for each command, and answer its exit code."""
    import wikibot

    for found in pkgutil.walk_packages(wikibot.__path__, "wikibot."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    while True:
        try:
            words, folder, environ, printed = asked.recv()
        except EOFError:
            return
        child = os.fork()
        if child == 0:
            asked.close()
            signal.alarm(_SECONDS)
            os._exit(_command(words, folder, environ, printed))
        asked.send(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _command(words: Sequence[str], folder: str, environ: Mapping[str, str], printed: str) -> int:
    """Do what a process of its own would; return its exit code."""
    from wikibot.cli import main

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    file = os.open(printed, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(file, descriptor)
    sys.argv = ["wikibot", *words]
    code: object = 0
    try:
        with (
            open(1, "w", encoding="utf-8", buffering=1, closefd=False) as sys.stdout,
            open(2, "w", encoding="utf-8", buffering=1, closefd=False) as sys.stderr,
        ):
            try:
                main(list(words))
            except SystemExit as end:
                code = end.code
    except BaseException:
        os.write(2, traceback.format_exc().encode())
        return 99
    return code if isinstance(code, int) else 0 if code is None else 1

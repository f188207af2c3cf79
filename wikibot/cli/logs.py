"""The log: on standard error, and in a file for who was not there; one line a record.

The file tells what happened to which page by numbers and names of fields. No value of a page
stands in it, and no one's name but the bot's, so that it may be kept and read as logs are. Once a
month, or when it is full, it is put aside (`jobs.logfiles`).
"""

from __future__ import annotations

import json
import logging
import os
import stat
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import click

from wikibot.cli.discreet import traceback_of
from wikibot.cli.spoken import LANGUAGE, say
from wikibot.errors import (
    AmbiguousWikitext,
    ConfigError,
    InputError,
    PlanError,
    SaveError,
    UnsafeValue,
    WikibotError,
)
from wikibot.language import Text
from wikibot.redaction import redacted, redacted_data
from wikibot.visible import visible

Format = Literal["text", "json"]
_APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT
_APPEND |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # a pipe would wait
_QUOTING = (AmbiguousWikitext, InputError, PlanError, SaveError, UnsafeValue)  # values of pages


class _Lines(logging.Handler):
    """Prints records; a record made of a `Text` is printed in the language."""

    def __init__(self, level: int, form: Format) -> None:
        super().__init__(level)
        self._form = form

    def emit(self, record: logging.LogRecord) -> None:
        """Print one record."""
        if self._form == "json":
            click.echo(_json(record), err=True)
            return
        lead = say("Note : ", "Note: ") if record.levelno >= logging.WARNING else ""
        click.echo(visible(f"{lead}{_words(record)}"), err=True)


class _File(logging.Handler):
    """Appends records to a file of our own."""

    def __init__(self, path: Path, level: int, form: Format) -> None:
        super().__init__(level)
        self._form = form
        self.path = path
        self._descriptor: int | None = _begun(path)

    def emit(self, record: logging.LogRecord) -> None:
        """Append one record; a file that takes no more is told of once, and left."""
        if self._descriptor is None:
            return
        line = _json(record) if self._form == "json" else visible(redacted(_line(record)))
        try:
            os.write(self._descriptor, f"{line}\n".encode("utf-8", "backslashreplace"))
        except OSError as error:
            self.close()
            place, why = visible(self.path), error.strerror
            message = say(
                f"Note : le journal {place} ne s'écrit plus ({why}).",
                f"Note: the log {place} cannot be written any more ({why}).",
            )
            click.echo(message, err=True)

    def close(self) -> None:
        """Close the file."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)
        super().close()


def _begun(path: Path) -> int:
    """Open a log to be appended to, a new one where that of before is full or old."""
    from wikibot.jobs.logfiles import put_aside

    descriptor = _own_file(path)  # what is not ours is refused before it is touched
    if not put_aside(path, datetime.now(UTC)):
        return descriptor
    os.close(descriptor)
    return _own_file(path)


def _own_file(path: Path) -> int:
    """Open a log to be appended to, ours alone: nothing of it is written through a link.

    Raises:
        ConfigError: it cannot be written, or is no file of our own.
    """
    try:
        descriptor = os.open(path, _APPEND, 0o600)
    except OSError as error:
        link = path.is_symlink()
        raise _no_log(path, say("c'est un lien", "it is a link") if link else error) from None
    status = os.fstat(descriptor)
    ours = status.st_uid == os.getuid() if hasattr(os, "getuid") else True
    if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1 or not ours:
        os.close(descriptor)
        why = say("ce n'est pas un fichier à vous seul", "it is no file of yours alone")
        raise _no_log(path, why)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, 0o600)
    return descriptor


def _no_log(path: Path, why: str | OSError) -> ConfigError:
    told = why if isinstance(why, str) else why.strerror or type(why).__name__
    return ConfigError(
        Text(
            f"Le journal ne peut pas être écrit dans {path} : {told}.",
            f"The log cannot be written to {path}: {told}.",
        ),
        Text(
            "Donnez à --log-file un fichier ordinaire, dans un dossier où vous pouvez écrire.",
            "Give --log-file an ordinary file, in a folder where you may write.",
        ),
    )


def _words(record: logging.LogRecord) -> str:
    said = record.msg
    return said.into(LANGUAGE) if isinstance(said, Text) else record.getMessage()


def _time(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _run() -> str:
    from wikibot.jobs.running import RUNNING

    return RUNNING.get()


def _trace(record: logging.LogRecord) -> str:
    error = record.exc_info[1] if record.exc_info else None
    return traceback_of(error) if error is not None else ""


def _line(record: logging.LogRecord) -> str:
    run, trace = _run(), _trace(record)
    mark = f" [{run}]" if run else ""
    end = f" {trace.rstrip()}" if trace else ""
    return f"{_time(record)} {record.levelname} {record.name}{mark} {_words(record)}{end}"


def _json(record: logging.LogRecord, **more: object) -> str:
    line: dict[str, Any] = {
        "time": _time(record),
        "level": record.levelname,
        "logger": record.name,
        "run_id": _run() or None,
        "message": _words(record),
        "traceback": _trace(record) or None,
        **more,
    }
    told = {key: value for key, value in line.items() if value is not None}
    return json.dumps(redacted_data(told), ensure_ascii=False)


_chosen: dict[str, Format] = {"form": "text"}


def start(debug: bool, form: Format = "text", file: Path | None = None) -> None:
    """Show the warnings, and with `debug` what is done meanwhile; keep both in `file`.

    Raises:
        ConfigError: the file cannot be written.
    """
    stop()
    level = logging.INFO if debug else logging.WARNING
    logger = logging.getLogger("wikibot")
    handlers: list[logging.Handler] = [_Lines(level, form)]
    if file is not None:
        handlers.append(_File(file, logging.DEBUG if debug else logging.INFO, form))
    logger.handlers = handlers
    logger.setLevel(min(handler.level for handler in handlers))
    _chosen["form"] = form
    # Libraries log what they sent and were sent; what matters of it our own errors say.
    logging.getLogger().addHandler(_SILENT)


_SILENT = logging.NullHandler()


def path() -> Path | None:
    """Return the file of `--log-file`, or None."""
    handlers = logging.getLogger("wikibot").handlers
    return next((handler.path for handler in handlers if isinstance(handler, _File)), None)


def stop() -> None:
    """Close the file, and leave logging as it was found."""
    logger = logging.getLogger("wikibot")
    for handler in logger.handlers:
        if isinstance(handler, _File):
            handler.close()
    logger.handlers = []
    logger.setLevel(logging.NOTSET)
    logging.getLogger().removeHandler(_SILENT)


def complain(message: Text, advice: Text | None) -> None:
    """Say on standard error what went wrong, in the form that the log has there."""
    if _chosen["form"] == "json":
        record = logging.makeLogRecord({"name": "wikibot", "levelno": 40, "levelname": "ERROR"})
        record.msg = message
        told = {} if advice is None else {"advice": advice.into(LANGUAGE)}
        click.echo(_json(record, **told), err=True)
        return
    if sys.stderr.isatty():  # over what counted the pages until now
        click.echo("\r" + " " * 20 + "\r", err=True, nl=False)
    lead = say("Erreur : ", "Error: ")
    for index, line in enumerate(message.into(LANGUAGE).splitlines()):
        click.echo(f"{'' if index else lead}{visible(line)}", err=True)
    if advice:
        click.echo(f"→ {visible(advice.into(LANGUAGE))}", err=True)


def keep(error: BaseException) -> None:
    """Write into the file, if there is one, what ended the command.

    Of an error that may quote a page only its name and code are kept; of one that nobody
    foresaw, the traceback.
    """
    foreseen = isinstance(error, WikibotError)
    words: object = type(error).__name__
    if isinstance(error, WikibotError):
        words = error.message
        if isinstance(error, _QUOTING):
            words = f"{type(error).__name__} {error.code}".rstrip()
    record = logging.makeLogRecord({"name": "wikibot", "levelno": 40, "levelname": "ERROR"})
    record.msg = words
    if not foreseen and isinstance(error, Exception):
        record.exc_info = (type(error), error, error.__traceback__)
    for handler in logging.getLogger("wikibot").handlers:
        if isinstance(handler, _File):
            with suppress(Exception):
                handler.handle(record)

"""The metrics of a night as a text file, for the node exporter of Prometheus to read."""

from __future__ import annotations

import logging
import os
from importlib.metadata import version
from pathlib import Path

from wikibot.errors import ConfigError
from wikibot.jobs.files import PUBLIC, write_whole
from wikibot.jobs.nightly.room import Room
from wikibot.language import Text
from wikibot.night import Night
from wikibot.render.metrics import metrics

_LONGEST = 2**20  # bytes of the file of before
log = logging.getLogger(__name__)


def look_at_metrics(path: Path) -> None:
    """Complain about a place that the metrics cannot be written to.

    Raises:
        ConfigError: its folder is not there, or closed to us; or no file is in its place.
    """
    if not path.parent.is_dir():
        why = Text("ce dossier n'existe pas", "there is no such folder")
    elif not os.access(path.parent, os.W_OK | os.X_OK):
        why = Text("ce dossier est fermé en écriture", "this folder cannot be written to")
    elif path.is_symlink() or path.is_dir():
        why = Text("ce n'est pas un fichier", "it is no file")
    else:
        return
    raise ConfigError(
        Text(
            f"Les mesures ne peuvent pas être écrites dans {path} : {why.fr}.",
            f"The metrics cannot be written to {path}: {why.en}.",
        ),
        Text(
            "Corrigez metrics, sous [nightly.report], ou donnez ce dossier au compte qui lance "
            "wikibot.",
            "Mend metrics, under [nightly.report], or give that folder to the account that runs "
            "wikibot.",
        ),
    )


def write_metrics(room: Room, night: Night) -> None:
    """Write the metrics of a night that is over, whole or not at all, for all to read.

    Nothing is raised: where they cannot be written, the log says so, as the report has.
    """
    given = room.table.report.metrics
    if not given:
        return
    path = room.path(given)
    try:
        told = metrics(night, version("wikibot"), room.copied(), _before(path))
        write_whole(path, told.encode("utf-8", "backslashreplace"), PUBLIC)
    except OSError as error:
        why = error.strerror or type(error).__name__
        log.warning(
            Text(
                f"Les mesures de la nuit n'ont pas pu être écrites dans {path} : {why}.",
                f"The metrics of the night could not be written to {path}: {why}.",
            )
        )


def _before(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST).decode("utf-8", "replace")
    except OSError:
        return ""

"""The options that say who works on a whole export, and the check of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wikibot.cli.session import Session
from wikibot.cli.spoken import say

if TYPE_CHECKING:
    import wikibot
    from wikibot.jobs.spreading import Crews


def spreading_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--workers` and `--scheduler`."""
    for option in (
        click.option(
            "--scheduler",
            metavar="ADDRESS",
            help=say(
                "Sur une grappe Dask, celle de cet ordonnanceur (tcp://machine:8786).",
                "On a Dask cluster, that of this scheduler (tcp://machine:8786).",
            ),
        ),
        click.option(
            "--workers",
            type=click.IntRange(min=1),
            metavar="NUMBER",
            help=say(
                "Pour un export : nombre de processus (par défaut : un par cœur si l'export est "
                "grand, sinon un seul).",
                "For an export: number of processes (by default one a core where the export is "
                "large, else one).",
            ),
        ),
    ):
        function = option(function)
    return function


def export_of(
    session: Session, workers: int | None, scheduler: str | None, pages: Sequence[str] = ()
) -> tuple[wikibot.DumpWiki, Crews] | None:
    """Return the export whose pages are to be worked on, and who does; None for any other wiki.

    Raises:
        UsageError: work that cannot be spread shall be.
    """
    import wikibot

    if workers and scheduler:
        raise click.UsageError(
            say(
                "--workers et --scheduler s'excluent : ici, ou sur une grappe.",
                "--workers and --scheduler exclude each other: here, or on a cluster.",
            )
        )
    wiki = session.live
    if isinstance(wiki, wikibot.DumpWiki) and not (pages or session.from_mirror):
        return wiki, wikibot.crews_for(Path(wiki.place), workers, scheduler)
    if workers or scheduler:
        raise click.UsageError(
            say(
                "--workers et --scheduler valent pour un export entier (--wiki EXPORT.xml), sans "
                "nommer de page et sans --mirror.",
                "--workers and --scheduler are for a whole export (--wiki EXPORT.xml), without "
                "naming pages and without --mirror.",
            )
        )
    return None

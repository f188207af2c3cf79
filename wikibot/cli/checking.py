"""The command check, and the options that say which findings count."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wikibot.cli.discovering import NEEDS_A_PERSON
from wikibot.cli.session import Session, echo_json, format_option
from wikibot.cli.spoken import command, say
from wikibot.language import Text

if TYPE_CHECKING:
    import wikibot


def choosing_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--select`, `--ignore` and `--waivers`."""
    for option in (
        click.option(
            "--waivers",
            "waiver_file",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help=say(
                "Un fichier de dispenses, en plus de celles des pages et de la correspondance.",
                "A file of waivers, beside those of the pages and of the mapping.",
            ),
        ),
        click.option(
            "--ignore",
            multiple=True,
            metavar="RULE",
            help=say(
                "Tout sauf ceux-là ; ce qui est le plus précis l'emporte.",
                "All but those; the more specific wins.",
            ),
        ),
        click.option(
            "--select",
            multiple=True,
            metavar="RULE",
            help=say(
                "Seulement ces règles (VOC102, term-alias), familles (VOC) ou gravités (erreur) ; "
                "répétable, ou séparées par des virgules.",
                "Only these rules (VOC102, term-alias), families (VOC) or severities (error); "
                "repeatable, or separated by commas.",
            ),
        ),
    ):
        function = option(function)
    return function


@command(
    help=say(
        "Dit ce qui ne va pas sur les pages (toutes, si aucune n'est nommée).",
        "Says what is wrong on the pages (on all, where none is named).",
    )
)
@click.argument("pages", nargs=-1, metavar="[PAGE]…")
@choosing_options
@click.option(
    "--show-waived",
    is_flag=True,
    help=say("Montre aussi ce que les dispenses laissent passer.", "Shows what waivers let pass."),
)
@click.option(
    "--baseline",
    "baseline_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=say(
        "Ne compte que ce qui n'est pas dans cette liste de points connus.",
        "Counts only what is not in this list of known findings.",
    ),
)
@click.option(
    "--write-baseline",
    "new_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=say(
        "Écrit cette liste avec ce qui est relevé maintenant.",
        "Writes that list, with what is found now.",
    ),
)
@format_option
@click.pass_obj
def check(
    session: Session,
    pages: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    waiver_file: Path | None,
    show_waived: bool,
    baseline_file: Path | None,
    new_file: Path | None,
    form: str,
) -> None:
    """Print the findings that count; exit 3 when there is any."""
    import wikibot
    from wikibot.render import data, text

    selection = wikibot.parse_selection(select, ignore)
    waivers = wikibot.load_waivers(waiver_file) if waiver_file else ()
    baseline = wikibot.load_baseline(baseline_file) if baseline_file else None
    wiki, mapping = session.wiki, session.mapping
    read = list(session.counted(wikibot.pages_to_read(wiki, mapping, pages)))
    sifted = wikibot.sift(
        wikibot.check(read, mapping, wiki, whole=not pages),
        read,
        mapping,
        wiki,
        selection=selection,
        baseline=baseline,
        waivers=waivers,
        whole=not pages,
    )
    if new_file is not None:
        wikibot.save_baseline(wikibot.new_baseline(sifted, read), new_file)
        sifted = sifted.all_known()
    if form == "json":
        echo_json(data.sifted(sifted, len(read), session.language, waived=show_waived))
    else:
        for line in text.findings(sifted.findings, session.language):
            click.echo(line)
        _tell_rest(session, sifted, len(read), show_waived, new_file)
    sys.exit(NEEDS_A_PERSON if sifted.findings else 0)


def _tell_rest(
    session: Session,
    sifted: wikibot.Sifted,
    pages: int,
    show_waived: bool,
    new_file: Path | None,
) -> None:
    """Print what follows the findings: the waived ones, how many, how many were left out."""
    from wikibot.render import sifting, text

    for line in sifting.waived(sifted, session.language) if show_waived else ():
        click.echo(line)
    click.echo(session.show(text.finding_counts(sifted.findings, pages)))
    for words in sifting.left_out(sifted):
        click.echo(session.show(words))
    if new_file is not None:
        again = session.command("check", "--baseline", str(new_file))
        click.echo(
            session.show(
                Text(
                    f"Les points connus sont dans {new_file}. Pour ne voir que les nouveaux : "
                    f"{again}",
                    f"The known findings are in {new_file}. To see only new ones: {again}",
                )
            )
        )

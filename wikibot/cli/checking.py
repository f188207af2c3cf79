"""The command check, the options that say which findings count, and the form of its report."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wikibot.cli.discovering import NEEDS_A_PERSON
from wikibot.cli.options import forms_option, look_at_output, output_option
from wikibot.cli.session import Session
from wikibot.cli.spoken import command, say
from wikibot.cli.spreading import export_of, spreading_options
from wikibot.language import Language, Text
from wikibot.redaction import redacted, redacted_data

if TYPE_CHECKING:
    import wikibot
    from wikibot.render.checked import Checked

_FORMATS = ("text", "json", "sarif", "html", "xlsx", "advice", "todo")
_WITHOUT_TEXTS = ("text", "json")  # they tell findings alone, not where in a page they stand


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
                "Tout sauf cela ; le plus précis l'emporte.",
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
@forms_option(
    _FORMATS,
    say(
        "text : pour lire ici. json, sarif : pour un programme. html : une page à ouvrir ou à "
        "imprimer. xlsx : un classeur (avec --output). advice : des conseils à coller sur les "
        "pages de discussion. todo : qui a quoi à corriger.",
        "text: to be read here. json, sarif: for a program. html: a page to open or to print. "
        "xlsx: a workbook (with --output). advice: hints in French, to be pasted on talk pages. "
        "todo: who has what to mend.",
    ),
)
@output_option
@spreading_options
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
    report: Path | None,
    workers: int | None,
    scheduler: str | None,
) -> None:
    """Print the findings that count, or write them to a file; exit 3 when there is any."""
    import wikibot
    from wikibot.jobs.outputs import save_report

    look_at_output(report, form)
    selection = wikibot.parse_selection(select, ignore)
    waivers = wikibot.load_waivers(waiver_file) if waiver_file else ()
    baseline = wikibot.load_baseline(baseline_file) if baseline_file else None
    export = export_of(session, workers, scheduler, pages)
    wiki, mapping, on_pages = session.wiki, session.mapping, None
    if export is not None:
        texts = form not in _WITHOUT_TEXTS
        told = wikibot.check_export(
            export[0], mapping, export[1], texts=texts, counted=session.counted
        )
        read, found, on_pages = list(told.pages), told.findings, told.waivers
    else:
        read = list(session.counted(wikibot.pages_to_read(wiki, mapping, pages)))
        found = wikibot.check(read, mapping, wiki, whole=not pages)
    sifted = wikibot.sift(
        found,
        read,
        mapping,
        wiki,
        selection=selection,
        baseline=baseline,
        waivers=waivers,
        whole=not pages,
        on_pages=on_pages,
    )
    if new_file is not None:
        wikibot.save_baseline(wikibot.new_baseline(sifted, read), new_file)
        sifted = sifted.all_known()
    checked = _checked(session.wiki, mapping, sifted, read)
    since = None if pages or select or ignore else _since(session, checked, baseline_file)
    if form != "text":
        data = _report(form, checked, session.language, show_waived)
    else:
        lines = (*_found(session, sifted, show_waived), *_rest(session, checked, new_file, since))
        data = _encoded("".join(f"{line}\n" for line in lines))
    if report is None:
        click.echo(data.decode(), nl=False)
    else:
        save_report(report, data)
        for line in _rest(session, checked, new_file, since):
            click.echo(line)
        click.echo(say(f"Le rapport est dans {report}.", f"The report is in {report}."))
    sys.exit(NEEDS_A_PERSON if sifted.findings else 0)


def _checked(
    wiki: wikibot.Wiki, mapping: wikibot.Mapping, sifted: wikibot.Sifted, read: list[wikibot.Page]
) -> Checked:
    from datetime import date

    from wikibot.jobs.outputs import address_in
    from wikibot.render.checked import Checked

    return Checked(
        sifted=sifted,
        pages={page.title: page for page in read},
        mapping=mapping,
        syntax=wiki.syntax,
        place=wiki.place,
        today=date.today(),
        address=address_in(wiki),
    )


def _report(form: str, checked: Checked, language: Language, waived: bool) -> bytes:
    """Return the report; what a form needs is loaded for that form alone."""
    if form == "json":
        import json

        from wikibot.render import data

        shape = data.sifted(checked.sifted, len(checked.pages), language, waived=waived)
        whole = json.dumps(redacted_data(shape), ensure_ascii=False, indent=1) + "\n"
        return whole.encode("utf-8", "backslashreplace")
    if form == "sarif":
        from wikibot import __version__
        from wikibot.render.sarif import log

        return log(checked, __version__, language).encode("utf-8", "backslashreplace")
    if form == "html":
        from wikibot.render.html import html

        return _encoded(html(checked, language))
    if form == "xlsx":
        from wikibot.render.workbook import workbook

        return workbook(checked, language)
    if form == "advice":
        from wikibot.render.advice import advice

        lines = advice(checked)
    else:
        from wikibot.render.todo import todo

        lines = todo(checked, language)
    return _encoded("".join(f"{line}\n" for line in lines))


def _encoded(text: str) -> bytes:
    return redacted(text).encode("utf-8", "backslashreplace")


def _found(session: Session, sifted: wikibot.Sifted, waived: bool) -> Iterator[str]:
    """Yield the findings, then those that are waived."""
    from wikibot.render import sifting, text

    yield from text.findings(sifted.findings, session.language)
    if waived:
        yield from sifting.waived(sifted, session.language)


def _since(session: Session, checked: Checked, baseline: Path | None) -> Text | None:
    """Keep the numbers of a check of everything; return how they compare to those of a day before.

    Beside a baseline, which compares by itself, nothing is told.
    """
    import wikibot
    from wikibot.render import trend

    read = list(checked.pages.values())
    taken, before = wikibot.keep_snapshot(
        checked.sifted, read, checked.mapping, session.wiki, state=session.state
    )
    return None if before is None or baseline else trend.since(taken, before)


def _rest(
    session: Session, checked: Checked, new_file: Path | None, since: Text | None
) -> Iterator[str]:
    """Yield what follows the findings: how many, how many left out, since when, where known."""
    from wikibot.render import sifting, text

    yield session.show(text.finding_counts(checked.sifted.findings, len(checked.pages)))
    yield from map(session.show, sifting.left_out(checked.sifted))
    if since is not None:
        yield session.show(since)
    if new_file is not None:
        again = session.command("check", "--baseline", str(new_file))
        yield session.show(
            Text(
                f"Les points connus sont dans {new_file}. Pour ne voir que les nouveaux : {again}",
                f"The known findings are in {new_file}. To see only new ones: {again}",
            )
        )

"""The demo command: the whole round on a small wiki of files, told step by step."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wikibot.cli.session import Session
from wikibot.cli.spoken import command, say
from wikibot.errors import SafetyStop
from wikibot.language import Text

if TYPE_CHECKING:
    import wikibot

_MAPPING = "resilience"
_BOARD = "Boîte à outils : rues fraîches"  # it hides an action
_MOVED, _MOVED_ON = "Publier le guide d'animation relu", "Atlas participatif des haies"
_WIDTH = 100


@command(
    help=say(
        "Écrit un petit wiki d'essai dans DOSSIER et y fait tout le tour : lire, vérifier, "
        "corriger, publier, annuler, suivre les actions, montrer l'état du wiki.",
        "Writes a small trial wiki to FOLDER and goes the whole round on it: read, check, mend, "
        "save, take back, follow the actions, show the state of the wiki.",
    )
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def demo(session: Session, folder: Path) -> None:
    """Show the main job from end to end, on a copy: the folder only gets a page to open."""
    import tempfile

    import wikibot

    number = wikibot.write_demo(folder)
    with tempfile.TemporaryDirectory(prefix="wikibot-demo-") as copy:
        wikibot.write_demo(Path(copy))
        _tour(session, folder, Path(copy), number)
    sys.exit(0)


def _tour(session: Session, folder: Path, copy: Path, number: int) -> None:
    import wikibot
    from wikibot.jobs.demo import TRACKER
    from wikibot.render import ledger, text

    language, title, tell = session.language, partial(_title, session), partial(_tell, session)
    wiki = wikibot.open_wiki(copy)
    mapping = wikibot.load_mapping(session.mapping_option or _MAPPING)
    before = _bytes(copy)
    tell(
        f"{number} pages inventées sont dans {folder} : un fichier par page. Le tour se fait sur "
        "une copie.",
        f"{number} invented pages are in {folder}: one file a page. The round is made on a copy.",
    )

    title("1. Lire et vérifier", "1. Read and check")
    pages = list(wikibot.pages_to_read(wiki, mapping, ()))
    found = wikibot.check(pages, mapping, wiki, whole=True)
    shown, _ = Counter(f.title for f in found if f.safe).most_common(1)[0]
    example = [f for f in found if f.title == shown]
    for line in text.findings(example, language):
        click.echo(line)
    click.echo(text.finding_counts(found, len(pages)).into(language))

    title("2. Préparer les corrections sûres", "2. Plan the safe fixes")
    plan = wikibot.fix(pages, mapping, wiki)
    example_edits = [edit for edit in plan.edits if edit.title == str(shown)]
    for line in text.edits(example_edits, mapping, language):
        click.echo(line)
    counts = text.plan_counts(plan.edits)
    tell(
        f"En tout : {counts.fr}. Rien n'est encore écrit.",
        f"In all: {counts.en}. Nothing is written yet.",
    )

    title("3. Publier", "3. Save")
    run = wikibot.apply(plan, wiki, command="fix")
    for item in run.items:
        click.echo(ledger.item(item, language))
    click.echo(ledger.counts(run).into(language))
    again = wikibot.apply(plan, wiki)
    tell(
        f"Le même plan une seconde fois : {again.counts['done']} page écrite.",
        f"The same plan a second time: {again.counts['done']} pages written.",
    )
    left = wikibot.check(wikibot.pages_to_read(wiki, mapping, ()), mapping, wiki, whole=True)
    tell(
        f"Points relevés : {len(found)} avant, {len(left)} après ; le reste demande une personne.",
        f"Findings: {len(found)} before, {len(left)} after; the rest needs a person.",
    )

    title("4. Annuler", "4. Take back")
    back = wikibot.undo(run.id, wiki)
    click.echo(ledger.counts(back).into(language))
    if _bytes(copy) != before:
        raise SafetyStop(
            Text("les pages ne sont pas revenues à l'octet près.", "the pages differ from before.")
        )
    tell(
        "Toutes les pages sont revenues à l'octet près.",
        "All pages are back, byte for byte.",
    )

    if mapping.id == _MAPPING:
        _follow(session, copy, wiki, mapping)
    _show(session, folder, mapping)

    title("À vous", "Your turn")
    click.echo(f"  {_typed(['cd', str(folder)])}")
    page = str(shown)
    for words in (
        ("check", page),
        ("show", page),
        ("set", page, "licence=CC BY-SA 4.0"),
        ("fix", "--apply"),
        ("runs",),
        ("actions", "board", _BOARD),
        ("actions", "sync", TRACKER),
        ("overview",),
    ):
        click.echo(f"  {_typed(['wikibot', *words])}")


def _follow(session: Session, copy: Path, wiki: wikibot.Wiki, mapping: wikibot.Mapping) -> None:
    """Show a board, then a workbook that a colleague edits and that a sync brings into line."""
    import wikibot
    from wikibot.config import FILE, load_config
    from wikibot.jobs.demo import TRACKER, type_into
    from wikibot.render import board, syncing

    language, title, tell = session.language, partial(_title, session), partial(_tell, session)
    title("5. Suivre les actions", "5. Follow the actions")
    actions = wikibot.read_actions(wiki, mapping)
    (shown,) = wikibot.action_boards(actions, wiki, _BOARD)
    lines = board.board(shown, (), actions.is_overdue, lambda hidden: "", language, _WIDTH)
    for line in lines:
        click.echo(line)

    title("6. Accorder un classeur et le wiki", "6. Bring a workbook and the wiki into line")
    book, rules = wikibot.open_tracker(TRACKER, load_config(copy / FILE), mapping)

    def synced(*, now: bool) -> wikibot.Synced:
        return wikibot.sync_actions(TRACKER, wiki, book, mapping, rules, apply_now=now)

    tell("L'aperçu d'abord :", "The preview first:")
    before = synced(now=False)
    click.echo(f"  {syncing.counts(before).into(language)}")
    _written(session, synced(now=True))
    type_into(Path(book.place), _MOVED, "Avancement", "Fait")
    tell(
        f"Dans le classeur, une collègue met « {_MOVED} » dans « Fait » :",
        f"In the workbook, a colleague puts “{_MOVED}” into “Fait”:",
    )
    for line in syncing.lines(_moved(synced(now=False)), language):
        click.echo(f"  {line}")
    _written(session, synced(now=True))
    (now,) = wikibot.action_boards(wikibot.read_actions(wiki, mapping), wiki, _MOVED_ON)
    columns = ", ".join(f"{column.name} {len(column.actions)}" for column in now.columns)
    tell(
        f"Le tableau de « {_MOVED_ON} » compte maintenant : {columns}.",
        f"The board of “{_MOVED_ON}” now counts: {columns}.",
    )
    again = synced(now=True)
    if again.run is not None or again.written:
        raise SafetyStop(
            Text("la synchronisation n'en finit pas.", "the sync does not come to an end.")
        )
    tell("Une fois de plus : rien à écrire.", "Once more: nothing to write.")


def _show(session: Session, folder: Path, mapping: wikibot.Mapping) -> None:
    """Write the overview of the pages, as they are there, beside them."""
    import wikibot
    from wikibot.cli.overview_files import USUAL, save

    number = 7 if mapping.id == _MAPPING else 5
    _title(session, f"{number}. Montrer l'état du wiki", f"{number}. Show the state of the wiki")
    wiki = wikibot.open_wiki(folder)
    made = wikibot.make_overview(wiki, mapping, keep=False)
    save(session, wiki, made, "html", folder / session.show(USUAL))


def _moved(report: wikibot.Synced) -> wikibot.Synced:
    """Return a report with only what is to be written: the rest was told already."""
    return replace(report, steps=tuple(step for step in report.steps if step.writes))


def _written(session: Session, report: wikibot.Synced) -> None:
    done = report.run.counts["done"] if report.run else 0
    written = sum(each.error is None for each in report.written)
    _tell(
        session,
        f"Écrit : {done} sur le wiki, {written} dans le classeur.",
        f"Written: {done} on the wiki, {written} in the workbook.",
    )


def _title(session: Session, fr: str, en: str) -> None:
    click.secho(f"\n— {session.show(Text(fr, en))}", bold=True)


def _tell(session: Session, fr: str, en: str) -> None:
    click.echo(session.show(Text(fr, en)))


def _bytes(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.glob("*.wikitext")}


def _typed(words: Sequence[str]) -> str:
    """Return a command as a person types it: in double quotes where a word needs any."""
    return " ".join(f'"{word}"' if set(word) - _PLAIN else word for word in words)


_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:,+")

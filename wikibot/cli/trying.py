"""The demo command: the whole round on a small wiki of files, told step by step."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from wikibot.cli.session import Session
from wikibot.cli.spoken import command, say
from wikibot.errors import SafetyStop
from wikibot.language import Text


@command(
    help=say(
        "Écrit un petit wiki d'essai dans DOSSIER et y fait tout le tour : lire, vérifier, "
        "corriger, publier, annuler.",
        "Writes a small trial wiki to FOLDER and goes the whole round on it: read, check, mend, "
        "save, take back.",
    )
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def demo(session: Session, folder: Path) -> None:
    """Show the main job from end to end, on a copy: the folder is left as it was written."""
    import wikibot

    number = wikibot.write_demo(folder)
    with tempfile.TemporaryDirectory(prefix="wikibot-demo-") as copy:
        wikibot.write_demo(Path(copy))
        _tour(session, folder, Path(copy), number)
    sys.exit(0)


def _tour(session: Session, folder: Path, copy: Path, number: int) -> None:
    import wikibot
    from wikibot.render import ledger, text

    language = session.language

    def title(fr: str, en: str) -> None:
        click.secho(f"\n— {Text(fr, en).into(language)}", bold=True)

    def tell(fr: str, en: str) -> None:
        click.echo(Text(fr, en).into(language))

    wiki = wikibot.open_wiki(copy)
    mapping = wikibot.load_mapping(session.mapping_option or "resilience")
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

    title("À vous", "Your turn")
    page = str(shown)
    for words in (
        ("check", page),
        ("show", page),
        ("set", page, "licence=CC BY-SA 4.0"),
        ("fix", "--apply"),
        ("runs",),
    ):
        click.echo(f"  {_typed(['wikibot', '--wiki', str(folder), *words])}")


def _bytes(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.glob("*.wikitext")}


def _typed(words: Sequence[str]) -> str:
    """Return a command as a person types it: in double quotes where a word needs any."""
    return " ".join(f'"{word}"' if set(word) - _PLAIN else word for word in words)


_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:,+")

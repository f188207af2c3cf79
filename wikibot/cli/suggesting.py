"""mapping suggest: aliases learned from what people corrected by hand, to be approved."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wikibot.cli.asking import ask, somebody_is_there
from wikibot.cli.options import format_option
from wikibot.cli.session import Session, echo_json
from wikibot.cli.spoken import say
from wikibot.language import Text, counted, day

if TYPE_CHECKING:
    import wikibot

NEEDS_A_PERSON = 3
_YES = ("o", "oui", "y", "yes")


@click.option(
    "--since",
    metavar="DATE",
    help=say(
        "Regarde les corrections depuis ce jour, par exemple 2026-01-31 (sinon : depuis la "
        "dernière exécution, ou 90 jours).",
        "Looks at corrections since this day, such as 2026-01-31 (else: since the last run, or "
        "90 days).",
    ),
)
@click.option(
    "--least",
    type=click.IntRange(min=1),
    default=2,
    metavar="N",
    help=say(
        "Ne propose que ce qui a été corrigé sur N pages différentes au moins (par défaut : 2).",
        "Proposes only what was corrected on N different pages at least (default: 2).",
    ),
)
@click.option(
    "--only",
    multiple=True,
    metavar="SPELLING",
    help=say("Seulement cette graphie (répétable).", "This spelling only (repeatable)."),
)
@click.option(
    "--accept",
    is_flag=True,
    help=say(
        "Écrit dans la correspondance tout ce qui est proposé.",
        "Writes all that is proposed into the mapping.",
    ),
)
@format_option
@click.pass_obj
def suggest(
    session: Session, since: str | None, least: int, only: tuple[str, ...], accept: bool, form: str
) -> None:
    """Print the aliases to approve; write those that were approved; exit 3 when some are left."""
    import wikibot
    from wikibot.jobs.suggest import chosen, moment

    wiki, mapping = session.wiki, session.mapping
    begun = moment(since) if since else None
    pages = session.counted(wikibot.pages_to_read(wiki, mapping, ()))
    found = wikibot.suggest(pages, mapping, wiki, since=begun, least=least, state=session.state)
    proposals = chosen(found.proposals, only)
    if form == "text":
        _show(session, found, proposals, least)
    approved = proposals if accept else ()
    if not accept and form == "text":
        approved = _asked(session, proposals)
    if accept and approved and _folder(session) is None:
        raise _packaged(session)
    folder = _folder(session)
    written = wikibot.accept_aliases(approved, folder) if approved and folder else ()
    if form == "json":
        _echo_data(session, found, proposals, written)
    else:
        _tell(session, found, proposals, approved, written, least)
    sys.exit(NEEDS_A_PERSON if len(approved) < len(proposals) else 0)


def _show(
    session: Session,
    found: wikibot.Suggestions,
    proposals: Sequence[wikibot.Proposal],
    least: int,
) -> None:
    from wikibot.render import suggestions

    since = day(found.since)
    why = Text(" (dernière exécution)", " (the last run)") if found.after_run else Text("", "")
    pages = counted(
        found.read,
        Text("page modifiée depuis le", "page changed since"),
        Text("pages modifiées depuis le", "pages changed since"),
    )
    click.echo(
        session.show(Text(f"{pages.fr} {since.fr}{why.fr}.", f"{pages.en} {since.en}{why.en}."))
    )
    if found.read and not found.compared:
        click.echo(
            say(
                "Aucune n'a ici de révision antérieure à comparer ; un export doit contenir "
                "l'historique complet des pages.",
                "None has an earlier revision here to compare; an export has to hold the whole "
                "history of the pages.",
            )
        )
    for proposal in proposals:
        click.echo(suggestions.proposal(proposal, session.language))
    for line in suggestions.disputes(found.disputed, session.language):
        click.echo(line)
    if found.rarer:
        rarer = counted(
            found.rarer,
            Text("graphie a été corrigée", "spelling was corrected"),
            Text("graphies ont été corrigées", "spellings were corrected"),
        )
        click.echo(
            session.show(
                Text(
                    f"{rarer.fr} sur moins de {least} pages ; --least 1 les montre toutes.",
                    f"{rarer.en} on fewer than {least} pages; --least 1 shows all.",
                )
            )
        )


def _asked(
    session: Session, proposals: tuple[wikibot.Proposal, ...]
) -> tuple[wikibot.Proposal, ...]:
    """Return what a person at the terminal approves; nothing where nobody can be asked."""
    if not proposals or not somebody_is_there() or not _folder(session):
        return ()
    from wikibot.visible import visible

    approved = []
    for proposal in proposals:
        question = say(
            f"Ajouter l'alias « {proposal.spelling} » → « {proposal.term} » ? (o/n)",
            f"Add the alias “{proposal.spelling}” → “{proposal.term}”? (y/n)",
        )
        if ask(visible(question, 400), default="n").casefold() in _YES:
            approved.append(proposal)
    return tuple(approved)


def _tell(
    session: Session,
    found: wikibot.Suggestions,
    proposals: Sequence[wikibot.Proposal],
    approved: Sequence[wikibot.Proposal],
    written: Sequence[Path],
    least: int,
) -> None:
    """Print what was written, and what to type for the rest."""
    if not proposals:
        nothing = say("Rien à apprendre.", "Nothing to learn.")
        other = say("Rien à approuver.", "Nothing to approve.")
        click.echo(other if found.disputed or found.rarer else nothing)
    for path in written:
        click.echo(say(f"Écrit : {path}", f"Written: {path}"))
    if len(approved) == len(proposals):
        return
    if _folder(session) is None:
        refusal = _packaged(session)
        click.echo(session.show(refusal.message))
        if refusal.advice:
            click.echo(session.show(refusal.advice))
        return
    since = found.since.isoformat().removesuffix("T00:00:00+00:00")
    words = ["mapping", "suggest", "--since", since, "--least", str(least), "--accept"]
    lead = (
        say("Rien d'autre n'est écrit.", "Nothing else is written.")
        if written
        else say("Rien n'est écrit.", "Nothing is written.")
    )
    all_of_it = say("Pour tout approuver :", "To approve all:")
    click.echo(f"{lead} {all_of_it} {session.command(*words)}")
    click.echo(
        say(
            "Pour n'en approuver qu'une partie, ajoutez --only GRAPHIE (répétable).",
            "To approve some only, add --only SPELLING (repeatable).",
        )
    )


def _echo_data(
    session: Session,
    found: wikibot.Suggestions,
    proposals: Sequence[wikibot.Proposal],
    written: Sequence[Path],
) -> None:
    from wikibot.render import suggestions

    echo_json(
        {
            "since": found.since.isoformat(),
            "pages": found.read,
            "compared": found.compared,
            "proposals": [suggestions.proposal_data(one) for one in proposals],
            "disputed": [
                suggestions.disputed_data(one, session.language) for one in found.disputed
            ],
            "rarer": found.rarer,
            "written": [str(path) for path in written],
        }
    )


def _folder(session: Session) -> Path | None:
    """Return the folder of the mapping, None where it is one that ships with wikibot."""
    from wikibot.mapping import packaged_mappings

    named = session.mapping_option or (session.config.mapping if session.config else "resilience")
    if isinstance(named, str) and named in packaged_mappings():
        return None
    return Path(named)


def _packaged(session: Session) -> wikibot.WikibotError:
    """Return why nothing can be written into a mapping of wikibot's own, and the way round."""
    from wikibot.errors import InputError
    from wikibot.resources import data_folder

    named = session.mapping_option or (session.config.mapping if session.config else "resilience")
    source = data_folder("mappings") / str(named)
    return InputError(
        Text(
            f"La correspondance « {named} » est fournie avec wikibot : rien n'y est écrit.",
            f"The mapping “{named}” ships with wikibot: nothing is written into it.",
        ),
        Text(
            f"Copiez d'abord le dossier {source}, nommez la copie par --mapping DOSSIER (ou par "
            "la clé mapping de wikibot.toml), puis relancez avec --accept.",
            f"Copy the folder {source} first, name the copy by --mapping FOLDER (or by the key "
            "mapping of wikibot.toml), then run again with --accept.",
        ),
    )

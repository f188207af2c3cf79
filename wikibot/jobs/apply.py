"""apply: writes a plan to the wiki, once, and says what became of every edit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wikibot.edits import Item, Plan, Run
from wikibot.errors import InputError, SafetyStop
from wikibot.jobs.guards import Guards
from wikibot.jobs.leftovers import settle_leftovers
from wikibot.jobs.manners import USUAL, Manners
from wikibot.jobs.planning import check_wiki
from wikibot.jobs.reports import write_report
from wikibot.jobs.saving import save_all
from wikibot.jobs.state import run_lock, state_folder
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.jobs.task import Task
from wikibot.language import Text
from wikibot.store import Journal
from wikibot.wiki import Wiki


def apply(
    plan: Plan,
    wiki: Wiki,
    *,
    state: Path | None = None,
    command: str = "apply",
    manners: Manners = USUAL,
    told: Callable[[Item], None] = lambda item: None,
    around: Surroundings = REAL,
) -> Run:
    """Write the edits of a plan; return the run with how each of them ended.

    A page that moved on keeps every other change made to it; a field that somebody changed
    meanwhile is a conflict, and that page is left alone. An edit that this plan already made is
    never made again, even where somebody took it back since: their word counts, and so it does
    for what a rule changed in any earlier plan.

    What an earlier run has left open is settled first, also where there is nothing to write.

    `state` is the folder of the journal (by default the wiki's own) and of the run's report,
    `manners` are the limits of the run, `told` is called after each edit.

    Raises:
        PlanError: the plan is for another wiki.
        InputError: this wiki is read-only.
        LockHeld: another run works on it.
        SafetyStop: the plan has more edits than a run may make.

    What keeps the run from beginning, or stops it, is in the run: `stopped` and `exit_code`.
    """
    check_wiki(plan, wiki)
    check_writable(wiki)
    most = manners.edits_per_run
    if most is not None and len(plan.edits) > most:
        raise SafetyStop(
            Text(
                f"Le plan compte {len(plan.edits)} pages, la limite est de {most}.",
                f"The plan has {len(plan.edits)} pages, the limit is {most}.",
            ),
            Text(
                "Relisez-le, puis relevez « edits_per_run » dans wikibot.toml.",
                "Review it, then raise “edits_per_run” in wikibot.toml.",
            ),
            "edits-per-run",
        )
    folder = state_folder(wiki, state)
    if not plan.edits and not Journal.exists(folder):
        return Run("", around.stamp(), around.stamp(), command, ())
    with run_lock(folder), Journal.open(folder, wiki.wikiid) as journal:
        settle_leftovers(wiki, journal, around, give_up="unknown" in manners.allow)
        guards = Guards(wiki, manners, folder, around)
        return save_all(
            wiki,
            journal,
            [Task(edit) for edit in plan.edits],
            command=command,
            plan_id=plan.id,
            manners=manners,
            guards=guards,
            around=around,
            told=told,
            ended=lambda run: write_report(folder, run, wiki.wikiid, wiki.place),
        )


def check_writable(wiki: Wiki) -> None:
    """Check that the wiki is of a kind that can be written.

    Raises:
        InputError: it is a dump.
    """
    if not wiki.writable:
        raise InputError(
            Text(
                f"{wiki.place} est un export : il se lit, il ne s'écrit pas.",
                f"{wiki.place} is a dump: it is read, never written.",
            ),
            Text(
                "Donnez l'adresse du wiki ou un dossier de pages avec --wiki.",
                "Name the wiki's address or a folder of pages with --wiki.",
            ),
        )

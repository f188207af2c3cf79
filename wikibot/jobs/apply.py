"""apply: writes a plan to the wiki, once, and says what became of every edit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wikibot.edits import Item, Plan, Run
from wikibot.errors import InputError, SafetyStop
from wikibot.jobs.leftovers import settle_leftovers
from wikibot.jobs.pacing import EDITS_PER_MINUTE, pacing
from wikibot.jobs.planning import check_wiki
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
    edits_per_run: int | None = None,
    edits_per_minute: int = EDITS_PER_MINUTE,
    told: Callable[[Item], None] = lambda item: None,
    around: Surroundings = REAL,
) -> Run:
    """Write the edits of a plan; return the run with how each of them ended.

    A page that moved on keeps every other change made to it; a field that somebody changed
    meanwhile is a conflict, and that page is left alone. An edit that this plan already made is
    never made again, even where somebody took it back since: their word counts.

    `state` is the folder of the journal (by default the wiki's own), `edits_per_minute` is kept
    on a server (0: no pause), `told` is called after each edit.

    Raises:
        PlanError: the plan is for another wiki.
        InputError: this wiki is read-only.
        LockHeld: another run works on it.
        SafetyStop: the plan has more than `edits_per_run` edits.
    """
    check_wiki(plan, wiki)
    check_writable(wiki)
    if edits_per_run is not None and len(plan.edits) > edits_per_run:
        raise SafetyStop(
            Text(
                f"Le plan compte {len(plan.edits)} pages, la limite est de {edits_per_run}.",
                f"The plan has {len(plan.edits)} pages, the limit is {edits_per_run}.",
            ),
            Text(
                "Relisez-le, puis relevez « edits_per_run » dans wikibot.toml.",
                "Review it, then raise “edits_per_run” in wikibot.toml.",
            ),
        )
    folder = state_folder(wiki, state)
    with run_lock(folder), Journal.open(folder, wiki.wikiid) as journal:
        settle_leftovers(wiki, journal, around)
        tasks = [Task(edit) for edit in plan.edits]
        return save_all(
            wiki,
            journal,
            tasks,
            command=command,
            plan_id=plan.id,
            around=around,
            pace=pacing(wiki, edits_per_minute, around),
            told=told,
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

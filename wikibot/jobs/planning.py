"""Turns changes of pages into a plan, and a plan file back into one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from wikibot.edits import Change, PageEdit, Plan
from wikibot.edits.plan import damaged
from wikibot.edits.summary import summary
from wikibot.errors import InputError, PlanError
from wikibot.jobs.files import write_whole
from wikibot.jobs.surroundings import Surroundings
from wikibot.language import Text
from wikibot.mapping import Field, Mapping
from wikibot.page import Page
from wikibot.wiki import Wiki


def page_edit(page: Page, changes: Sequence[Change], mapping: Mapping) -> PageEdit:
    """Return the edit of one page, with the summary that says what it does."""
    return PageEdit(
        title=str(page.title),
        pageid=page.id,
        base_revid=page.revision.id,
        changes=tuple(changes),
        summary=_summary(changes, mapping),
    )


def with_changes(edit: PageEdit, changes: Sequence[Change], mapping: Mapping) -> PageEdit:
    """Return the edit with other changes; a summary that told the old ones tells these."""
    told = edit.summary == _summary(edit.changes, mapping)
    words = _summary(changes, mapping) if told else edit.summary
    return replace(edit, changes=tuple(changes), summary=words)


def _summary(changes: Iterable[Change], mapping: Mapping) -> str:
    return summary(((change, _field(change, mapping)) for change in changes), mapping.wiki.summary)


def _field(change: Change, mapping: Mapping) -> Field | None:
    page_type = mapping.type_of(change.template)
    return page_type.field(change.field) if page_type else None


def make_plan(wiki: Wiki, edits: Iterable[PageEdit], around: Surroundings) -> Plan:
    """Return a plan of the edits, for this wiki, dated now."""
    return Plan(
        id=f"plan-{around.fresh_id()}",
        wiki=wiki.wikiid,
        created=around.stamp(),
        edits=tuple(edit for edit in edits if edit.changes or edit.text is not None),
    )


def save_plan(plan: Plan, path: Path) -> None:
    """Write a plan file, whole or not at all, readable by its owner only.

    Raises:
        InputError: it cannot be written there.
    """
    try:
        write_whole(path, plan.to_json().encode("utf-8"))
    except OSError as error:
        raise InputError(
            Text(
                f"Impossible d'écrire le plan {path} : {error.strerror}.",
                f"Cannot write the plan {path}: {error.strerror}.",
            ),
            Text(
                "Donnez un fichier dans un dossier où vous pouvez écrire.",
                "Name a file in a folder where you may write.",
            ),
        ) from None


def load_plan(path: Path) -> Plan:
    """Return the plan of a file.

    Raises:
        InputError: the file cannot be read.
        PlanError: it is no plan, or was changed since it was written.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise InputError(
            Text(f"Le plan {path} n'existe pas.", f"There is no plan {path}."),
            Text(
                "Préparez-le avec « set --plan FICHIER » ou « fix --plan FICHIER ».",
                "Make one with “set --plan FILE” or “fix --plan FILE”.",
            ),
        ) from None
    except OSError as error:
        raise InputError(
            Text(
                f"Impossible de lire le plan {path} : {error.strerror}.",
                f"Cannot read the plan {path}: {error.strerror}.",
            )
        ) from None
    except UnicodeDecodeError:
        raise damaged(str(path), Text("ce n'est pas de l'UTF-8", "it is not UTF-8")) from None
    return Plan.from_json(text, str(path))


def check_wiki(plan: Plan, wiki: Wiki) -> None:
    """Check that a plan was made for this wiki.

    Raises:
        PlanError: it was made for another one.
    """
    if plan.wiki != wiki.wikiid:
        raise PlanError(
            Text(
                f"Ce plan est fait pour un autre wiki ({plan.wiki}), pas pour {wiki.place}.",
                f"This plan was made for another wiki ({plan.wiki}), not for {wiki.place}.",
            ),
            Text("Préparez un plan sur ce wiki-ci.", "Make a plan on this wiki."),
        )

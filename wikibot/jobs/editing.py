"""edit: the fields of a page as a form, and what a person made of it as a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from wikibot.edits import PageEdit, Plan, Record, rebase
from wikibot.edits.rebase import Clash
from wikibot.errors import EditConflict, PageMissing
from wikibot.jobs.assign import Assignment
from wikibot.jobs.creation import creation_problems
from wikibot.jobs.form.answers import Answers, Problem, edit_of, noted, read_answers, without_notes
from wikibot.jobs.form.draft import Draft, draft_path, keep, set_aside
from wikibot.jobs.form.layout import Typed, form_text
from wikibot.jobs.form.lines import Place
from wikibot.jobs.planning import make_plan, page_edit
from wikibot.jobs.select import records_on, the_field
from wikibot.jobs.state import state_folder
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.language import Language, Text
from wikibot.mapping import Mapping as WikiMapping
from wikibot.page import Page
from wikibot.wiki import Wiki


@dataclass(frozen=True)
class Taken:
    """What became of a form: a plan, or what is wrong; the draft is then the form with notes."""

    draft: Draft
    plan: Plan | None = None
    problems: tuple[Problem, ...] = ()


def draft_of(wiki: Wiki, page: Page, state: Path | None = None) -> Path:
    """Return the file in which the form of a page is kept, whether it is there or not."""
    return draft_path(state_folder(wiki, state), page.title)


def begin_form(
    page: Page,
    mapping: WikiMapping,
    wiki: Wiki,
    language: Language,
    *,
    state: Path | None = None,
    creates: str = "",
    typed: Mapping[Place, Typed] | None = None,
) -> Draft:
    """Write the form of a page into the state folder; of one to be created, `creates` its type.

    Raises:
        InputError: the page calls no template of the mapping; the folder cannot be written.
        AmbiguousWikitext: the page cannot be read with certainty.
    """
    draft = Draft(draft_of(wiki, page, state), page, creates)
    keep(draft, form_text(records_on(page, mapping, wiki), mapping, language, typed))
    return draft


def take_form(
    draft: Draft,
    text: str,
    mapping: WikiMapping,
    wiki: Wiki,
    language: Language,
    *,
    around: Surroundings = REAL,
) -> Taken:
    """Return what a person made of a form: the plan of the changed fields, or what is wrong.

    What is wrong is written into the file of the form, beside each field. What others changed
    on the wiki meanwhile stays as they made it.

    Raises:
        EditConflict: somebody changed the same field meanwhile. The form is written anew, from
            the page as it is now, with the values of the person and a note at each such field.
        PageMissing: the page is gone. AmbiguousWikitext: it cannot be read with certainty.
    """
    records = records_on(draft.page, mapping, wiki)
    answers = read_answers(without_notes(text, draft.notes), records, mapping)
    edit: PageEdit | None = None
    problems = answers.problems
    if not any(problem.place is None for problem in problems):
        if draft.creates:
            values = {field_id: said for (_, field_id), said in answers.wikitext.items()}
            edit, more = creation_problems(records[0], values, mapping, wiki)
            found = tuple(
                Problem((1, field_id) if field_id else None, said) for field_id, said in more
            )
        else:
            edit, found = edit_of(records, answers, mapping, wiki)
        problems += found
    if problems or edit is None:
        clean = without_notes(text, draft.notes)
        with_notes, notes = noted(clean, problems, language)
        draft = replace(draft, notes=notes)
        keep(draft, with_notes)
        return Taken(draft, None, problems)
    if edit.changes:
        edit = _onto_now(draft, text, edit, answers, mapping, wiki, language)
    filled = not draft.creates or answers.wikitext  # a form left empty creates nothing
    return Taken(draft, make_plan(wiki, [edit] if filled else [], around))


def _onto_now(
    draft: Draft,
    typed: str,
    edit: PageEdit,
    answers: Answers,
    mapping: WikiMapping,
    wiki: Wiki,
    language: Language,
) -> PageEdit:
    """Return the edit for the page as it is now."""
    now = next(iter(wiki.pages_by_id([draft.page.id])), None)
    if now is None:
        raise PageMissing(
            Text(
                f"La page « {draft.page.title} » n'existe plus.",
                f"The page “{draft.page.title}” is not there any more.",
            ),
        )
    if now.revision.id == draft.page.revision.id:
        return edit
    rebased = rebase(now, edit, wiki.syntax)
    if not rebased.clashes:
        return page_edit(now, rebased.written, mapping)
    records, before = records_on(now, mapping, wiki), records_on(draft.page, mapping, wiki)
    alike = [r.page_type.id for r in records] == [r.page_type.id for r in before]
    if alike:
        text = form_text(records, mapping, language, answers.typed)
        problems = [_both(clash, records) for clash in rebased.clashes]
        text, notes = noted(text, problems, language)
        keep(draft, typed)
        set_aside(draft.path)
        keep(replace(draft, page=now, notes=notes), text)
    names = ", ".join(dict.fromkeys(f"« {clash.change.field} »" for clash in rebased.clashes))
    user = now.revision.user
    by = Text(f" par {user}", f" by {user}") if user else Text("", "")
    raise EditConflict(
        Text(
            f"La page « {now.title} » a été modifiée entre-temps{by.fr}, là où vous écriviez : "
            f"{names}. Rien n'est publié.",
            f"The page “{now.title}” was edited meanwhile{by.en}, where you were writing: "
            f"{names}. Nothing is saved.",
        ),
        Text(
            "Reprenez le formulaire : il contient la page d'aujourd'hui, vos valeurs, et à côté "
            "ce que l'autre personne a écrit.",
            "Take up the form: it holds the page as it is now, your values, and beside them what "
            "the other person wrote.",
        )
        if alike
        else Text(
            "Des fiches ont été ajoutées à la page ou retirées : recommencez avec --restart, "
            "votre saisie est mise de côté.",
            "Records were added to the page or taken out: begin anew with --restart, what you "
            "typed is put aside.",
        ),
    )


def _both(clash: Clash, records: Sequence[Record]) -> Problem:
    """Return the note on a field that both sides changed, or that may stand elsewhere now."""
    change = clash.change
    place, held = None, ""
    for number, record in enumerate(records, 1):
        if (record.call.name, record.index) == (change.template, change.index):
            place, held = (number, change.field), record[change.field].text
    told = Text(f"« {held} »", f"“{held}”") if held else Text("rien", "nothing")
    lead = Text("Modifié entre-temps", "Changed meanwhile")
    if clash.found is None:
        lead = Text("La page a changé entre-temps", "The page changed meanwhile")
    return Problem(
        place,
        Text(
            f"{lead.fr} : la page contient ici {told.fr}. Enregistrer y met la valeur "
            "ci-dessous ; sinon, remplacez-la.",
            f"{lead.en}: the page holds {told.en} here. Saving puts the value below there; "
            "else replace it.",
        ),
    )


def is_untouched(draft: Draft, text: str, mapping: WikiMapping, wiki: Wiki) -> bool:
    """Return whether a form asks for nothing: what it says is what the page held."""
    records = records_on(draft.page, mapping, wiki)
    answers = read_answers(without_notes(text, draft.notes), records, mapping)
    return not answers.typed and not answers.problems


def typed_in(record: Record, assignments: Sequence[Assignment]) -> dict[Place, Typed]:
    """Return the values that assignments give, as the form of a new page has them.

    Raises:
        InputError: a field that the page type does not have.
    """
    typed: dict[Place, Typed] = {}
    for assignment in assignments:
        field, said = the_field(record, assignment.field), assignment.value.strip()
        items = tuple(item.strip() for item in said.split(field.separator) if item.strip())
        typed[1, field.id] = items if field.many else said
    return typed

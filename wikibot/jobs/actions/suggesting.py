"""actions suggest: the actions that a page's plan in prose asks for, to be accepted one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wikibot import value as values
from wikibot.actions.action import Action
from wikibot.actions.board import names_page
from wikibot.actions.proposals import Proposed, proposals
from wikibot.edits import FieldValue, Plan, Record, records_of
from wikibot.edits.titles import title_named
from wikibot.errors import InputError
from wikibot.jobs.actions.adding import NewAction, creations
from wikibot.jobs.actions.reading import read_actions
from wikibot.jobs.naming import find_field, nearest_fields, pages_named
from wikibot.jobs.planning import make_plan
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.language import Text
from wikibot.mapping import Field, Mapping, fold
from wikibot.page import Page
from wikibot.wiki import Wiki
from wikibot.wikitext import redirect_target

_SAME = 92.0  # of 100: two summaries that differ by a slip of the pen


@dataclass(frozen=True)
class Suggestion:
    """A proposed action; `number` is what a person calls it by, `late`: its day is past today."""

    number: int
    proposed: Proposed
    late: bool


@dataclass(frozen=True)
class Known:
    """A proposed action that is on the board already, perhaps closed."""

    proposed: Proposed
    action: Action


@dataclass(frozen=True)
class ActionSuggestions:
    """What the fields of a page ask for: `suggestions` are new, `known` are not.

    `page` is its title. `plan` creates the pages of the suggestions, in their order; nothing of it
    is to be applied before a person has seen it.
    """

    page: str
    fields: tuple[Field, ...]
    suggestions: tuple[Suggestion, ...]
    known: tuple[Known, ...]
    plan: Plan


def suggest_actions(
    name: str,
    mapping: Mapping,
    wiki: Wiki,
    *,
    fields: Sequence[str] = (),
    only: Sequence[int] = (),
    around: Surroundings = REAL,
) -> ActionSuggestions:
    """Return the actions that a page asks for in the fields that hold its plans.

    These are those that the mapping marks (`plans_actions`), or `fields`. `only` keeps the
    suggestions of these numbers. An action of the page that says the same, open or closed, is
    `known`, and so is one whose details quote the same sentence.

    Raises:
        InputError: no such page, field or number; the page type has no field that holds plans;
            a field cannot hold what is to be written.
        AmbiguousWikitext: the page cannot be read with certainty.
    """
    page = _page(name, mapping, wiki)
    found = _fields(page, fields, mapping, wiki)
    tracker = read_actions(wiki, mapping, around=around)
    column = mapping.vocabulary(tracker.field(tracker.board.column))
    asked = [one for value in found for one in proposals(value.wikitext, tracker.board, column)]
    title = str(page.title)
    own = [a for a in tracker.actions if names_page(a, title, tracker.related, tracker.places)]
    new: list[Proposed] = []
    known: list[Known] = []
    for one in asked:
        action = next((action for action in own if _is_same(one, action)), None)
        if action is not None:
            known.append(Known(one, action))
        elif not any(_alike(one.summary, other.summary) for other in new):
            new.append(one)
    today = around.now().date()
    suggestions = [Suggestion(n, one, _late(one, today)) for n, one in enumerate(new, 1)]
    kept = _chosen(suggestions, only)
    details = found[0].field if len(found) == 1 else None
    wanted = [_new_action(each.proposed, title, details, mapping) for each in kept]
    edits = creations(wanted, tracker, wiki, around) if wanted else ()
    plan = make_plan(wiki, edits, around)
    return ActionSuggestions(title, tuple(value.field for value in found), kept, tuple(known), plan)


def _late(one: Proposed, today: date) -> bool:
    return one.due is not None and one.due < today


def _page(name: str, mapping: Mapping, wiki: Wiki) -> Page:
    """Return the page of a name, redirects followed. Raises InputError."""
    (page,) = pages_named(wiki, mapping, (name,))
    target = redirect_target(page.text)
    led = title_named(target, wiki.syntax.namespaces) if target else None
    return wiki.page(str(led)) if led else page


def _fields(
    page: Page, names: Sequence[str], mapping: Mapping, wiki: Wiki
) -> tuple[FieldValue, ...]:
    """Return the values of the fields that hold plans, or of those that a person names.

    Raises:
        InputError: the page has none of them.
    """
    records = records_of(page, mapping, wiki.syntax)
    if not records:
        raise InputError(
            Text(
                f"La page « {page.title} » n'est pas une fiche : aucun champ n'y est à lire.",
                f"The page “{page.title}” is no record: it has no field to read.",
            ),
            Text("« pages » liste celles qui en sont.", "“pages” lists those that are."),
        )
    if names:
        return tuple(_named(name, records) for name in names)
    found = [r[f.id] for r in records for f in r.page_type.fields if f.plans_actions]
    if found:
        return tuple(found)
    label = records[0].page_type.label
    raise InputError(
        Text(
            f"La correspondance ne dit pas quel champ d'une fiche « {label.fr} » décrit ce qu'il "
            "y a à faire.",
            f"The mapping does not tell which field of a page “{label.en}” says what is to be "
            "done.",
        ),
        Text(
            "Nommez-le avec --field CHAMP, ou ajoutez-lui « plans_actions = true » dans la "
            "correspondance.",
            "Name it with --field FIELD, or add “plans_actions = true” to it in the mapping.",
        ),
    )


def _named(name: str, records: Sequence[Record]) -> FieldValue:
    for record in records:
        field = find_field(record.page_type, name)
        if field is not None:
            return record[field.id]
    page_type = records[0].page_type
    raise InputError(
        Text(
            f"La fiche « {page_type.label.fr} » n'a pas de champ « {name} ».",
            f"The page type “{page_type.label.en}” has no field “{name}”.",
        ),
        nearest_fields((page_type,), name),
    )


def _is_same(one: Proposed, action: Action) -> bool:
    quoted = fold(one.words)
    return _alike(one.summary, action.summary) or (
        len(quoted.split()) > 2 and quoted in fold(values.decode(action.details))
    )


def _alike(first: str, second: str) -> bool:
    """Return whether two summaries say the same; another number is another thing."""
    from rapidfuzz import fuzz

    one, other = fold(first), fold(second)
    if one == other:
        return True
    numbers = [sorted(w for w in text.split() if any(map(str.isdigit, w))) for text in (one, other)]
    return numbers[0] == numbers[1] and fuzz.ratio(one, other) >= _SAME


def _chosen(found: Sequence[Suggestion], only: Sequence[int]) -> tuple[Suggestion, ...]:
    """Return the suggestions of these numbers, all of them where none is named.

    Raises:
        InputError: there is no suggestion of that number.
    """
    known = {each.number for each in found}
    for number in only:
        if number not in known:
            raise InputError(
                Text(
                    f"Il n'y a pas de proposition n° {number}.",
                    f"There is no proposal no. {number}.",
                ),
                Text("Lancez sans --only pour les voir.", "Run without --only to see them."),
            )
    return tuple(each for each in found if not only or each.number in only)


def _new_action(one: Proposed, page: str, field: Field | None, mapping: Mapping) -> NewAction:
    language = mapping.wiki.language
    words = values.encode(one.words)
    place = Text(f" (« {field.label.fr} »)", f" (“{field.label.en}”)") if field else Text("", "")
    details = Text(
        f"Extrait de la fiche{place.fr} : « {words} »", f"From the page{place.en}: “{words}”"
    )
    return NewAction(
        page=page,
        summary=one.summary,
        column=one.column,
        due=one.due.isoformat() if one.due else "",
        details=details.into(language),
    )

"""The actions that a page's plan asks for: for a person, with the sentence of each, and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wikibot.actions.action import Action
from wikibot.actions.proposals import Proposed
from wikibot.language import Language, Text, counted, day
from wikibot.visible import visible

_LONGEST = 300  # characters of a sentence that are repeated


def heading(page: str, labels: tuple[Text, ...], count: int, doubtful: int) -> Text:
    """Return the line that says how much was found, and where."""
    found = counted(
        count,
        Text("action proposée", "action proposed"),
        Text("actions proposées", "actions proposed"),
    )
    if not count:
        found = Text("aucune action à proposer", "no action to propose")
    fields = Text(
        ", ".join(f"« {label.fr} »" for label in labels),
        ", ".join(f"“{label.en}”" for label in labels),
    )
    all_of_them = Text(", à vérifier", ", to be checked")
    less = Text(f", dont {doubtful} à vérifier", f", {doubtful} of them to be checked")
    told = all_of_them if doubtful == count else less
    told = told if doubtful else Text("", "")
    return Text(
        f"{page}, {fields.fr} : {found.fr}{told.fr}.",
        f"{page}, {fields.en}: {found.en}{told.en}.",
    )


def proposal(number: int, one: Proposed, late: bool, language: Language) -> Iterator[str]:
    """Yield the lines of one proposal; the sentence that asks for it is the last one."""
    yield f"{number:>3}  {visible(one.summary)}"
    facts = [_due(one, late), _column(one)]
    if one.section:
        facts.append(Text(f"sous « {one.section} »", f"below “{one.section}”"))
    yield f"     {visible(' · '.join(fact.into(language) for fact in facts), _LONGEST)}"
    if one.doubt is not None:
        words = Text(f"à vérifier : {one.doubt.fr}", f"to be checked: {one.doubt.en}")
        yield f"     {words.into(language)}"
    quoted = Text(f"« {one.words} »", f"“{one.words}”").into(language)
    yield f"     {visible(quoted, _LONGEST)}"


def known(one: Proposed, action: Action, language: Language) -> str:
    """Return the line of what is on the board already."""
    number = action.name
    closed = Text(", close", ", closed") if action.state == "closed" else Text("", "")
    words = Text(
        f"  n° {number}{closed.fr} : {action.summary}",
        f"  no. {number}{closed.en}: {action.summary}",
    )
    return visible(words.into(language), _LONGEST)


def _due(one: Proposed, late: bool) -> Text:
    notes = list(one.notes)
    if late:
        notes.append(Text("déjà passée", "past already"))
    told = Text(", ".join(n.fr for n in notes), ", ".join(n.en for n in notes))
    if one.due is None:
        if not one.due_words:
            return Text("sans échéance", "no due date")
        return Text(
            f"sans échéance (« {one.due_words} » : {told.fr})",
            f"no due date (“{one.due_words}”: {told.en})",
        )
    on = day(one.due)
    behind = Text(f" ; {told.fr}", f"; {told.en}") if notes else Text("", "")
    return Text(
        f"pour le {on.fr} (« {one.due_words} »{behind.fr})",
        f"by {on.en} (“{one.due_words}”{behind.en})",
    )


def _column(one: Proposed) -> Text:
    name = one.column.rpartition(":")[2]
    return Text(f"colonne « {name} »", f"column “{name}”")


def proposal_data(number: int, one: Proposed, late: bool, language: Language) -> dict[str, Any]:
    """Return one proposal as data."""
    return {
        "number": number,
        "summary": one.summary,
        "due": one.due.isoformat() if one.due else None,
        "due_words": one.due_words,
        "late": late,
        "column": one.column,
        "section": one.section,
        "source": one.source,
        "sure": one.doubt is None,
        "doubt": one.doubt.into(language) if one.doubt else "",
        "notes": [note.into(language) for note in one.notes],
    }


def known_data(one: Proposed, action: Action) -> dict[str, Any]:
    """Return what is on the board already as data."""
    return {
        "summary": one.summary,
        "source": one.source,
        "action": action.number,
        "page": str(action.title),
        "state": action.state,
    }

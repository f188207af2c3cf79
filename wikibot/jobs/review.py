"""Review of a plan: which of its changes are wanted, and with which values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from wikibot.edits import Change, PageEdit, Plan, records_of
from wikibot.errors import InputError
from wikibot.jobs.planning import with_changes
from wikibot.jobs.reading import GONE
from wikibot.jobs.typed import because, mistakes, refused, wikitext_of
from wikibot.language import Text
from wikibot.mapping import Mapping as WikiMapping
from wikibot.wiki import Wiki


@dataclass(frozen=True)
class Line:
    """One thing to say yes or no to: a change of a page, or a page to create (`change` is None).

    `number` counts the lines of a plan from 1, in its order.
    """

    number: int
    edit: PageEdit
    change: Change | None

    @property
    def rules(self) -> tuple[str, ...]:
        """Return the codes of the rules that ask for it."""
        return tuple(self.change.rule.split("+")) if self.change and self.change.rule else ()


def lines_of(plan: Plan) -> tuple[Line, ...]:
    """Return the lines of a plan."""
    return tuple(Line(n, edit, change) for n, (edit, change) in enumerate(_parts(plan), 1))


def _parts(plan: Plan) -> Iterator[tuple[PageEdit, Change | None]]:
    for edit in plan.edits:
        if edit.text is not None:
            yield edit, None
        for change in edit.changes:
            yield edit, change


def decided(plan: Plan, wanted: Mapping[int, Change | None], mapping: WikiMapping) -> Plan:
    """Return the part of a plan that is wanted.

    `wanted` gives, by the numbers of lines, the change to make: the plan's own, or one with
    another value; None for a page to create. What is not in it is left out.
    """
    edits = []
    numbered = iter(lines_of(plan))
    for edit in plan.edits:
        if edit.text is not None:
            if next(numbered).number in wanted:
                edits.append(edit)
            continue
        numbers = [next(numbered).number for _ in edit.changes]
        kept = [change for n in numbers if (change := wanted.get(n)) is not None]
        if tuple(kept) == edit.changes:
            edits.append(edit)
        elif kept:
            edits.append(with_changes(edit, kept, mapping))
    return plan.part(edits)


def corrected(line: Line, typed: str, wiki: Wiki, mapping: WikiMapping) -> Change:
    """Return the change that writes what a person typed instead of what a plan proposes.

    It is checked as `set` checks it. It is that person's own change, and no rule's.

    Raises:
        InputError: the field cannot hold that, or cannot be corrected here, or holds it already.
        AmbiguousWikitext, UnsafeValue: it cannot be written with certainty.
    """
    change = line.change
    if change is None:
        raise InputError(_NOT_HERE)
    page = next(iter(wiki.pages_by_id([line.edit.pageid])), None)
    if page is None:
        raise InputError(GONE)
    name = wiki.syntax.namespaces.template_name(change.template)
    records = records_of(page, mapping, wiki.syntax)
    record = next((r for r in records if (r.call.name, r.index) == (name, change.index)), None)
    field = record.page_type.field(change.field) if record else None
    if record is None or field is None:
        raise InputError(_NOT_HERE)
    new = wikitext_of(record[field.id], typed, mapping)
    if change.renamed_from and not new:
        raise refused(field, Text("une valeur vide ne se déplace pas.", "nothing cannot move."))
    if new == change.old and not change.renamed_from:
        raise refused(
            field,
            Text(
                "c'est déjà sa valeur ; pour la garder, répondez non.",
                "it holds that already; to keep it, answer no.",
            ),
        )
    made = replace(change, new=new, rule="", safe=True, reason="")
    edit = PageEdit(str(page.title), page.id, page.revision.id, (made,))
    for mistake in mistakes(page, edit, mapping, wiki):
        raise because(field, mistake)
    return made


_NOT_HERE = Text(
    "cette modification se prend ou se laisse, elle ne se corrige pas ici.",
    "this change is taken or left, it cannot be corrected here.",
)

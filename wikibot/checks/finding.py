"""What a rule says of a page, and what a rule is."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from wikibot.checks.neighbours import Neighbours
from wikibot.edits import Change, FieldValue, Record
from wikibot.language import Text
from wikibot.mapping import Mapping
from wikibot.title import Title

Severity = Literal["error", "warning", "info"]
Fix = Literal["safe", "unsafe", "none"]
Need = Literal["record", "titles", "collection"]


@dataclass(frozen=True)
class Finding:
    """One thing to mend on one page; `change` is what a fix would write, where there is one.

    `field` is a field's id or, for a parameter no field knows, the parameter's name; "" for
    the page as a whole.
    """

    rule: str
    severity: Severity
    title: Title
    field: str
    value: str
    message: Text
    change: Change | None = None

    @property
    def safe(self) -> bool:
        """Return whether the fix may be made without asking: only one answer is possible."""
        return self.change is not None and self.change.safe


@dataclass(frozen=True)
class Rule:
    """One rule: what it is called, what it says, how it looks.

    `severity` is the gravest it gives, `fix` the best it offers. `find` looks at one record
    and yields findings, made with the functions below. `find_among`, where there is one, looks
    at a record beside others; `needs` says how much of them it is fed: what the wiki knows of
    the "titles" that the record names, or every page of the "collection". `doc` is the module
    docstring of the rule (What, Why, Example, Fix safety); `doc_fr` the same in French (Quoi,
    Pourquoi, Exemple, Correction).
    """

    code: str
    name: str
    severity: Severity
    fix: Fix
    what: Text
    doc: str
    doc_fr: str
    find: Callable[[Record, Mapping], Iterable[Finding]]
    find_among: Callable[[Record, Mapping, Neighbours], Iterable[Finding]] | None = None
    needs: Need = "record"

    @property
    def explanation(self) -> Text:
        """Return the whole explanation, in both languages."""
        return Text(self.doc_fr, self.doc)


def rule(
    code: str,
    name: str,
    severity: Severity,
    fix: Fix,
    find: Callable[[Record, Mapping], Iterable[Finding]],
    doc: str | None,
    doc_fr: str,
) -> Rule:
    """Return a rule; what it says in one sentence is the first paragraph of its docs."""
    english, french = inspect.cleandoc(doc or ""), inspect.cleandoc(doc_fr)
    what = Text(_first_paragraph(french, "Quoi : "), _first_paragraph(english, "What: "))
    return Rule(code, name, severity, fix, what, english, french, find)


def rule_among(
    code: str,
    name: str,
    severity: Severity,
    fix: Fix,
    needs: Need,
    find_among: Callable[[Record, Mapping, Neighbours], Iterable[Finding]],
    doc: str | None,
    doc_fr: str,
) -> Rule:
    """Return a rule that looks at a record beside others."""
    alone = rule(code, name, severity, fix, nothing_alone, doc, doc_fr)
    return replace(alone, find_among=find_among, needs=needs)


def nothing_alone(record: Record, mapping: Mapping) -> Iterable[Finding]:
    """Yield no finding: a rule that looks beyond a record has nothing to say of one alone."""
    return ()


def _first_paragraph(doc: str, lead: str) -> str:
    return doc.partition("\n\n")[0].replace("\n", " ").removeprefix(lead)


def finding(
    by: Rule,
    record: Record,
    found: FieldValue,
    message: Text,
    *,
    severity: Severity | None = None,
    value: str | None = None,
    new: str | None = None,
    safe: bool = False,
    keeps_markup: bool = False,
) -> Finding:
    """Return a finding about one field of a record.

    `value` is what to show as the culprit (the whole text of the field when not given), `new`
    the wikitext a fix would write. A computed field never gets a fix, nor does one whose
    wikitext holds a call, a link, a tag or a comment, unless the rule says that its fix
    `keeps_markup` to the letter.
    """
    change = None
    if (
        new is not None
        and new != found.wikitext
        and not found.field.computed
        and (keeps_markup or not holds_markup(found))
    ):
        change = record.change(found, new, rule=by.code, safe=safe, reason=message.fr)
    return Finding(
        rule=by.code,
        severity=severity or by.severity,
        title=record.page.title,
        field=found.field.id,
        value=found.text if value is None else value,
        message=message,
        change=change,
    )


def holds_markup(found: FieldValue) -> bool:
    """Return whether a fix that writes plain text anew would lose something."""
    if found.parameter is None:
        return False
    written = found.parameter.value
    return "{{" in written or "[[" in written or "<" in written

"""The JSON shapes that programs rely on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from wikibot.checks import Finding, Rule
from wikibot.checks.sifting import Sifted
from wikibot.edits import Change, FieldValue, Record, Stale
from wikibot.language import Language


def sifted(
    shown: Sifted, pages: int, language: Language, *, waived: bool = False
) -> dict[str, Any]:
    """Return the result of `check`: what counts, how much was left out, what is resolved.

    With `waived`, also each finding that a waiver lets pass, with what the waiver says.
    """
    body = findings(shown.findings, pages, language)
    body |= {"left_out": shown.left_out, "resolved": shown.resolved}
    if waived:
        body["waived"] = [
            {
                **_finding(found, language),
                "reason": waiver.reason,
                "until": waiver.until.isoformat() if waiver.until else None,
            }
            for found, waiver in shown.waived
        ]
    return body


def findings(found: Sequence[Finding], pages: int, language: Language) -> dict[str, Any]:
    """Return the findings that count: number of pages, findings, counts by severity and rule."""
    severities = Counter(f.severity for f in found)
    return {
        "pages": pages,
        "findings": [_finding(f, language) for f in found],
        "counts": {
            **{severity: severities[severity] for severity in ("error", "warning", "info")},
            "rules": dict(sorted(Counter(f.rule for f in found).items())),
        },
    }


def _finding(found: Finding, language: Language) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "severity": found.severity,
        "page": str(found.title),
        "field": found.field,
        "value": found.value,
        "message": found.message.into(language),
        "fix": _fix(found),
    }


def _fix(found: Finding) -> dict[str, Any] | None:
    if found.change is None:
        return None
    fix: dict[str, Any] = {"old": found.change.old, "new": found.change.new, "safe": found.safe}
    if found.change.renamed_from:
        fix["parameter"] = found.change.parameter
        fix["renamed_from"] = found.change.renamed_from
    return fix


def record(shown: Record, others: int = 0) -> dict[str, Any]:
    """Return the fields of a page; `others` counts further calls that are not shown."""
    body: dict[str, Any] = {
        "title": str(shown.page.title),
        "type": shown.page_type.id,
        "revid": shown.page.revision.id,
        "fields": {name: _value(found) for name, found in shown.values.items()},
    }
    return {**body, "others": others} if others else body


def _value(found: FieldValue) -> str | list[str]:
    return list(found.items) if found.field.many else found.text


def rules(known: Iterable[Rule], language: Language) -> list[dict[str, str]]:
    """Return the catalogue of rules."""
    return [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity,
            "fix": rule.fix,
            "what": rule.what.into(language),
        }
        for rule in known
    ]


def change(made: Change) -> dict[str, Any]:
    """Return one changed field; `renamed_from` is there where its parameter gets a new name."""
    body = {
        "field": made.field,
        "template": made.template,
        "index": made.index,
        "parameter": made.parameter,
        "old": made.old,
        "new": made.new,
        "rule": made.rule,
        "safe": made.safe,
        "reason": made.reason,
    }
    return {**body, "renamed_from": made.renamed_from} if made.renamed_from else body


def stale(found: Stale) -> dict[str, Any]:
    """Return a change that does not fit any more, who is behind it and when."""
    return {
        "field": found.change.field,
        "parameter": found.parameter or found.change.parameter,
        "expected": found.expected,
        "found": found.found,
        "user": found.user,
        "changed": found.at.isoformat() if found.at else None,
    }

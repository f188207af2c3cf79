"""The JSON shapes that programs rely on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from wikibot.checks import Finding, Rule
from wikibot.edits import Change, FieldValue, Record
from wikibot.language import Language


def findings(found: Sequence[Finding], pages: int, language: Language) -> dict[str, Any]:
    """Return the result of `check`: number of pages, findings, counts by severity and rule."""
    severities = Counter(f.severity for f in found)
    return {
        "pages": pages,
        "findings": [
            {
                "rule": f.rule,
                "severity": f.severity,
                "page": str(f.title),
                "field": f.field,
                "value": f.value,
                "message": f.message.into(language),
                "fix": _fix(f),
            }
            for f in found
        ],
        "counts": {
            **{severity: severities[severity] for severity in ("error", "warning", "info")},
            "rules": dict(sorted(Counter(f.rule for f in found).items())),
        },
    }


def _fix(found: Finding) -> dict[str, Any] | None:
    if found.change is None:
        return None
    return {"old": found.change.old, "new": found.change.new, "safe": found.safe}


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
    """Return one changed field."""
    return {
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

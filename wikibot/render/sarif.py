"""Findings for the programs that read SARIF: editors, code hosts, dashboards.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0, with errata 01;
sections are named below.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import quote

from wikibot.checks import RULES, Finding, Rule
from wikibot.checks.baseline import baseline_of
from wikibot.checks.waivers import Waiver
from wikibot.edits import PageEdit
from wikibot.edits.rebase import rebase
from wikibot.errors import AmbiguousWikitext, UnsafeValue
from wikibot.language import Language, Text
from wikibot.page import Page
from wikibot.redaction import redacted_data
from wikibot.render.checked import Checked, shareable

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_FOLDER = "WIKI"
_PLACES = {rule: place for place, rule in enumerate(RULES)}


def log(checked: Checked, version: str, language: Language) -> str:
    """Return the SARIF log of a check: one run, its rules, what counts and what is left out.

    Waived findings are suppressed results, those that a baseline knows unchanged ones.
    """
    sifted = checked.sifted
    compared = sifted.resolved is not None
    results = [
        *(_result(checked, f, language, "new" if compared else None) for f in sifted.findings),
        *(_result(checked, f, language, "unchanged") for f in sifted.known),
        *(_result(checked, f, language, None, waiver) for f, waiver in sifted.waived),
    ]
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "wikibot",
                "version": version,
                "semanticVersion": version,
                "rules": [_rule(rule, language) for rule in RULES.values()],
            }
        },
        "language": language,
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": results,
    }
    if any(_file(checked, finding) for finding in _every(checked)):
        # Where the folder is on this machine is nobody's business (§3.14.14).
        words = Text("Le dossier des pages du wiki.", "The folder of the wiki's pages.")
        run["originalUriBaseIds"] = {_FOLDER: {"description": {"text": words.into(language)}}}
    body = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(redacted_data(body), ensure_ascii=False, indent=1) + "\n"


def _every(checked: Checked) -> tuple[Finding, ...]:
    sifted = checked.sifted
    return (*sifted.findings, *sifted.known, *(found for found, _ in sifted.waived))


def _rule(rule: Rule, language: Language) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": _message(rule.what.into(language)),
        "fullDescription": _message(rule.explanation.into(language).strip()),
        "help": _message(rule.explanation.into(language).strip()),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _message(text: str) -> dict[str, str]:
    # Braces would be placeholders (§3.11.5).
    return {"text": text.replace("{", "{{").replace("}", "}}")}


def _result(
    checked: Checked,
    finding: Finding,
    language: Language,
    state: str | None,
    waiver: Waiver | None = None,
) -> dict[str, Any]:
    shown = checked.shown(finding, language)
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": _PLACES[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": _message(shown.message),
        "locations": [_location(checked, finding, language)],
        "partialFingerprints": {"wikibotFinding/v1": _fingerprint(checked, finding)},
        # Either every result says whether it is suppressed, or none does (§3.27.23).
        "suppressions": [_suppression(waiver, language)] if waiver else [],
        "properties": {"page": shown.page, "field": finding.field, "value": shown.value},
    }
    if state:
        result["baselineState"] = state
    fix = _fix(checked, finding, language)
    if fix:
        result["fixes"] = [fix]
    return result


def _suppression(waiver: Waiver, language: Language) -> dict[str, Any]:
    told = {"justification": shareable(waiver.reason, language)} if waiver.reason else {}
    return {"kind": "inSource" if waiver.text else "external", "status": "accepted", **told}


def _fingerprint(checked: Checked, finding: Finding) -> str:
    """Return what a baseline knows the finding by, as a digest: it survives other edits."""
    (known,) = baseline_of([finding], {}).counts
    identity = json.dumps([known.page, known.rule, known.field, known.value])
    return hashlib.sha256(identity.encode()).hexdigest()


def _location(checked: Checked, finding: Finding, language: Language) -> dict[str, Any]:
    title = str(finding.title)
    logical = {"name": title, "fullyQualifiedName": title, "kind": "page"}
    if finding.field:
        # No title holds a «#»: it parts page and field in links too.
        logical = {
            "name": checked.label(finding, language),
            "fullyQualifiedName": f"{title}#{finding.field}",
            "kind": "field",
        }
    location: dict[str, Any] = {"logicalLocations": [logical]}
    address, file = checked.address(finding.title), _file(checked, finding)
    if file:
        physical = {"artifactLocation": _artifact(file)}
        region = _region(checked, finding)
        location["physicalLocation"] = {**physical, **({"region": region} if region else {})}
    elif address:  # a web page: lines of its wikitext would be none of its own
        location["physicalLocation"] = {"artifactLocation": {"uri": address}}
    return location


def _file(checked: Checked, finding: Finding) -> str | None:
    address = checked.address(finding.title)
    return address if address and "://" not in address else None


def _artifact(file: str) -> dict[str, str]:
    return {"uri": quote(file), "uriBaseId": _FOLDER}


def _region(checked: Checked, finding: Finding) -> dict[str, int] | None:
    """Return where on the page the culprit stands, else the value that holds it."""
    page, parameter = checked.pages.get(finding.title), checked.parameter(finding)
    if page is None or parameter is None:
        return None
    raw_start, raw_end = parameter.span
    raw = page.text[raw_start:raw_end]
    start = raw_start + len(raw) - len(raw.lstrip())
    end = max(start, raw_start + len(raw.rstrip()))
    if finding.value and raw.count(finding.value) == 1:
        start = raw_start + raw.index(finding.value)
        end = start + len(finding.value)
    return _span(page.text, start, end)


def _span(text: str, start: int, end: int) -> dict[str, int]:
    """Return a region; its end column is behind its last character (§3.30)."""
    first, last = _place(text, start), _place(text, end)
    return {
        "startLine": first[0],
        "startColumn": first[1],
        "endLine": last[0],
        "endColumn": last[1],
    }


def _place(text: str, offset: int) -> tuple[int, int]:
    line = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - line + 1


def _fix(checked: Checked, finding: Finding, language: Language) -> dict[str, Any] | None:
    """Return a safe change as the one replacement in its file, None where it cannot be told."""
    file, page = _file(checked, finding), checked.pages.get(finding.title)
    if not finding.safe or finding.change is None or file is None or page is None:
        return None
    mended = _mended(checked, page, finding)
    if mended is None or mended == page.text:
        return None
    start, end, inserted = _difference(page.text, mended)
    if shareable(inserted, language) != inserted:
        return None
    words = Text("Correction sûre", "Safe fix").into(language)
    return {
        "description": {"text": words},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(file),
                "replacements": [
                    {
                        "deletedRegion": _span(page.text, start, end),
                        "insertedContent": {"text": inserted},
                    }
                ],
            }
        ],
    }


def _mended(checked: Checked, page: Page, finding: Finding) -> str | None:
    """Return the text of the page with the fix of one finding, as `fix` would write it."""
    assert finding.change is not None
    edit = PageEdit(str(page.title), page.id, page.revision.id, (finding.change,))
    try:
        done = rebase(page, edit, checked.syntax)
    except (AmbiguousWikitext, UnsafeValue):
        return None
    return None if done.clashes else done.text


def _difference(old: str, new: str) -> tuple[int, int, str]:
    """Return where one text differs from another, and what stands there instead."""
    shortest = min(len(old), len(new))
    start = next((i for i in range(shortest) if old[i] != new[i]), shortest)
    left = shortest - start
    tail = next((i for i in range(left) if old[-1 - i] != new[-1 - i]), left)
    return start, len(old) - tail, new[start : len(new) - tail]

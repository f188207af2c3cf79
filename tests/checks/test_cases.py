"""Every rule against its cases, `cases/CODE.toml`.

A case is a page and either `ok = true` (the rule says nothing) or its findings, all of them, in
order: `field`, `value`, a part of the French `message`, `severity` where it is not the rule's
own, and `fixed`, the value after the fix, with `safe` where it may be made without asking, and
`renamed`, "old → new", where its parameter gets another name.

For a rule that looks at other pages, a case has them as `[[case.pages]]` (`title`, `text` and
`edited`, a date), beside its own `title` and `edited`. They are a copy, which knows of no accounts
and files; with `server = true` they are the whole wiki, with these `accounts` and `files`.
`improper` is what Semantic MediaWiki could not read on the page: pairs of a property and of what
it tells of it.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from tests.checks.support import HERE, applied, findings, mended
from wikibot.checks import RULES, Finding
from wikibot.value import without_comments
from wikibot.wikitext import transclusions

Case = dict[str, Any]

_KEYS = {"name", "page", "ok", "finding"}
_COLLECTION_KEYS = {"title", "edited", "pages", "server", "accounts", "files", "improper"}
_FINDING_KEYS = {"field", "value", "message", "severity", "fixed", "safe", "renamed"}


def _cases() -> list[tuple[str, Case]]:
    return [
        (file.stem, case)
        for file in sorted((HERE / "cases").glob("*.toml"))
        for case in tomllib.loads(file.read_text("utf-8"))["case"]
    ]


CASES = _cases()


@pytest.mark.parametrize(("code", "case"), CASES, ids=[f"{c}: {x['name']}" for c, x in CASES])
def test_case(code: str, case: Case) -> None:
    assert set(case) <= _KEYS | _COLLECTION_KEYS
    assert case.get("ok", False) != bool(case.get("finding"))
    found = findings(case["page"], code, case)
    expected = case.get("finding", [])
    assert [_summary(f, e) for f, e in zip(found, expected, strict=False)] == expected
    assert len(found) == len(expected), [f.message.fr for f in found]
    for finding in found:
        assert_sound(finding, case["page"], code, case)
    if expected and all("fixed" in e for e in expected):
        assert findings(mended(case["page"], code, case), code, case) == []


def _summary(finding: Finding, expected: dict[str, Any]) -> dict[str, Any]:
    """Return the finding in the words of the case, as far as the case speaks of it."""
    assert set(expected) <= _FINDING_KEYS
    said: dict[str, Any] = {}
    for key in expected:
        if key == "message":
            part = expected["message"]
            said[key] = part if part in finding.message.fr else finding.message.fr
        elif key == "fixed":
            said[key] = finding.change.new if finding.change else None
        elif key == "renamed":
            said[key] = _renamed(finding)
        else:
            said[key] = getattr(finding, key)
    if finding.change and "fixed" not in expected:
        said["fixed"] = finding.change.new
    if _renamed(finding) and "renamed" not in expected:
        said["renamed"] = _renamed(finding)
    if finding.safe and "safe" not in expected:
        said["safe"] = True
    if "severity" not in expected and finding.severity != RULES[finding.rule].severity:
        said["severity"] = finding.severity
    return said


def _renamed(finding: Finding) -> str:
    change = finding.change
    return f"{change.renamed_from} → {change.parameter}" if change and change.renamed_from else ""


def assert_sound(finding: Finding, text: str, code: str, case: Case) -> None:
    """Check what holds for every finding: its words, and that its fix mends it and only it."""
    for words in (finding.message.fr, finding.message.en):
        assert re.search(r"[.?]\Z", words), words
        own = re.sub("« .*? »|“.*?”", "…", words)
        assert not re.search(r"None|[{}]|  |\.\.\Z| \. |…… ", own.replace("{{!}}", "signs")), words
    assert _facts(finding.message.fr, text) == _facts(finding.message.en, text)
    change = finding.change
    if change is None:
        return
    assert change.new != change.old or change.renamed_from
    new = applied(text, change)
    call = [c for c in transclusions(new) if c.name == change.template][change.index]
    held = call.parameters.get(change.parameter)
    assert (without_comments(held.value) if held else "") == change.new
    assert change.renamed_from not in call.parameters
    left = [(f.field, f.value) for f in findings(new, code, case)]
    assert left.count((finding.field, finding.value)) == 0
    assert len(left) < len(findings(text, code, case))


def _facts(words: str, text: str) -> tuple[list[str], list[str]]:
    """Return the numbers and the quotations of the page in a message, in no order."""
    quotations = re.findall(r"« (.*?) »", words) or re.findall(r"“(.*?)”", words)
    said = sorted(q for q in quotations if q.rstrip("…") in text)
    return sorted(re.findall(r"\d+", words)), said


def test_every_rule_has_cases() -> None:
    have = {code for code, _ in CASES}
    assert have == set(RULES)


def test_every_rule_that_mends_has_a_case_for_it_and_one_for_silence() -> None:
    for code, rule in RULES.items():
        cases = [case for c, case in CASES if c == code]
        expected = [finding for case in cases for finding in case.get("finding", [])]
        assert any(case.get("ok") for case in cases), f"{code}: no case of a good page"
        assert any("fixed" in e for e in expected) == (rule.fix != "none"), code
        assert any(e.get("safe") for e in expected) == (rule.fix == "safe"), code
        grades = {e.get("severity", rule.severity) for e in expected}
        assert rule.severity in grades, f"{code}: no case of its own severity"


def test_the_names_of_cases_are_sentences_and_differ() -> None:
    names = [f"{code}: {case['name']}" for code, case in CASES]
    assert len(set(names)) == len(names)
    assert all(len(case["name"].split()) >= 3 for _, case in CASES)

"""How grave a finding is where the mapping says so."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from wikibot.checks import Finding
from wikibot.checks.finding import Severity
from wikibot.checks.settings import settled, weighed
from wikibot.language import Text
from wikibot.mapping import RuleSettings
from wikibot.title import Title


def found(number: int, rule: str = "VOC102", severity: Severity = "warning") -> list[Finding]:
    return [Finding(rule, severity, Title(0, "A"), "", str(n), Text("", "")) for n in range(number)]


def severities(findings: Iterable[Finding]) -> set[str]:
    return {finding.severity for finding in findings}


def test_a_rule_that_is_off_says_nothing() -> None:
    left = settled([*found(2), *found(1, "LST101")], {"VOC102": RuleSettings(enabled=False)})
    assert [finding.rule for finding in left] == ["LST101"]


def test_a_severity_that_is_set_holds_for_all_findings_of_the_rule() -> None:
    mixed = [*found(1, severity="error"), *found(1, severity="info"), *found(1, "LST101", "info")]
    left = settled(mixed, {"VOC102": RuleSettings(severity="warning")})
    assert [finding.severity for finding in left] == ["warning", "warning", "info"]


@pytest.mark.parametrize(
    ("settings", "number", "severity"),
    [
        ({"warn_above": 2}, 1, "info"),
        ({"warn_above": 2}, 2, "info"),
        ({"warn_above": 2}, 3, "warning"),
        ({"warn_above": 2, "error_above": 4}, 2, "info"),
        ({"warn_above": 2, "error_above": 4}, 4, "warning"),
        ({"warn_above": 2, "error_above": 4}, 5, "error"),
        ({"error_above": 4}, 4, "warning"),  # as the rule says
        ({"error_above": 4}, 5, "error"),
        ({}, 9, "warning"),
    ],
)
def test_the_number_of_findings_decides(
    settings: dict[str, int], number: int, severity: str
) -> None:
    rules = {"VOC102": RuleSettings.model_validate(settings)}
    left = weighed([*found(number), *found(9, "LST101", "info")], rules)
    assert severities(f for f in left if f.rule == "VOC102") == {severity}
    assert severities(f for f in left if f.rule == "LST101") == {"info"}
    assert len(left) == number + 9

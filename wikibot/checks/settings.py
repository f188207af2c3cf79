"""How grave a finding is on one wiki, as its mapping sets it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from wikibot.checks.finding import Finding, Severity
from wikibot.mapping import RuleSettings

Settings = Mapping[str, RuleSettings]


def settled(found: Iterable[Finding], rules: Settings) -> Iterable[Finding]:
    """Return the findings without those of rules that are off, in the severities set."""
    if not rules:
        return found
    kept = ((finding, rules.get(finding.rule)) for finding in found)
    return [
        replace(finding, severity=rule.severity) if rule and rule.severity else finding
        for finding, rule in kept
        if rule is None or rule.enabled
    ]


def weighed(found: Sequence[Finding], rules: Settings) -> tuple[Finding, ...]:
    """Return the findings in the severities that follow from how many there are of each rule.

    At most `warn_above`: info. More: warning. More than `error_above`: error. Without
    `warn_above`, at most `error_above` changes nothing.
    """
    counts = Counter(finding.rule for finding in found)
    severities = {
        code: _severity(counts[code], rule) for code, rule in rules.items() if code in counts
    }
    if not any(severities.values()):
        return tuple(found)
    return tuple(
        replace(finding, severity=severities.get(finding.rule) or finding.severity)
        for finding in found
    )


def _severity(count: int, rule: RuleSettings) -> Severity | None:
    if rule.error_above is not None and count > rule.error_above:
        return "error"
    if rule.warn_above is None:
        return None
    return "warning" if count > rule.warn_above else "info"

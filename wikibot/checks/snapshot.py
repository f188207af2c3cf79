"""How many findings there were on a day: numbers alone, no page and no person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from wikibot.checks.finding import Finding, Severity
from wikibot.checks.settings import Settings, weighed
from wikibot.checks.sifting import Sifted

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True)
class Snapshot:
    """The counts of one check of a whole wiki.

    `found` is what counts, by rule and severity, whether a baseline knew it or not; `waived` what
    waivers let pass, by rule. `day` is that of this machine's calendar, `moment` is in UTC.
    """

    day: date
    moment: datetime
    pages: int
    mapping: str
    wikibot: str
    found: Mapping[tuple[str, Severity], int] = field(default_factory=dict)
    waived: Mapping[str, int] = field(default_factory=dict)

    def of(self, severity: Severity) -> int:
        """Return how many findings of a severity there were."""
        return sum(n for (_, of), n in self.found.items() if of == severity)

    @property
    def total(self) -> int:
        """Return how many findings there were."""
        return sum(self.found.values())

    @property
    def rules(self) -> dict[str, int]:
        """Return how many findings of each rule there were."""
        numbers: Counter[str] = Counter()
        for (rule, _), n in self.found.items():
            numbers[rule] += n
        return dict(sorted(numbers.items()))

    def only(self, rule: str) -> Snapshot:
        """Return what it says of one rule."""
        return replace(
            self,
            found={key: n for key, n in self.found.items() if key[0] == rule},
            waived={code: n for code, n in self.waived.items() if code == rule},
        )


def snapshot_of(
    sifted: Sifted, pages: int, mapping: str, settings: Settings, now: datetime, wikibot: str
) -> Snapshot:
    """Return the counts of a check of all pages in which every rule was looked at.

    What a baseline knew is counted too, and weighed with the rest: whoever begins to use one
    does not see the number fall.
    """
    counting: tuple[Finding, ...] = sifted.findings
    if sifted.known:
        counting = weighed((*sifted.findings, *sifted.known), settings)
    return Snapshot(
        day=now.astimezone().date(),
        moment=now,
        pages=pages,
        mapping=mapping,
        wikibot=wikibot,
        found=Counter((finding.rule, finding.severity) for finding in counting),
        waived=Counter(finding.rule for finding, _ in sifted.waived),
    )

"""Parts the findings that count from those that are waived, known already or not asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from wikibot.checks import AMBIGUOUS
from wikibot.checks.baseline import Baseline, Known, compare
from wikibot.checks.finding import Finding
from wikibot.checks.selection import EVERYTHING, Selection
from wikibot.checks.settings import Settings, settled, weighed
from wikibot.checks.waivers import OnPage, Waiver, applying, expired
from wikibot.title import Title


@dataclass(frozen=True)
class Sifted:
    """What counts (`findings`), and what was left out, each for one reason.

    `resolved` is the number of findings of the baseline that are found no more, None without a
    baseline; `not_looked_for` what it knows of pages that were not read.
    """

    findings: tuple[Finding, ...]
    waived: tuple[tuple[Finding, Waiver], ...] = ()
    known: tuple[Finding, ...] = ()
    unselected: tuple[Finding, ...] = ()
    resolved: int | None = None
    not_looked_for: Mapping[Known, int] = field(default_factory=dict)

    def all_known(self) -> Sifted:
        """Return the same once a baseline knows all that counted."""
        return replace(self, findings=(), known=(*self.known, *self.findings), resolved=None)

    @property
    def left_out(self) -> dict[str, int]:
        """Return how many findings were left out, by the reason."""
        return {
            "waiver": len(self.waived),
            "baseline": len(self.known),
            "selection": len(self.unselected),
        }


@dataclass(frozen=True)
class Wishes:
    """What is to be left out, and why: asked for on the command line, in files, on that day.

    `whole` says that all pages of the wiki were read: a page that is not among them is gone.
    """

    today: date
    selection: Selection = EVERYTHING
    baseline: Baseline | None = None
    waivers: tuple[Waiver, ...] = ()
    settings: Settings = field(default_factory=dict)
    whole: bool = True


def sift(
    found: Iterable[Finding],
    ids: Mapping[Title, int],
    on_pages: Mapping[Title, OnPage],
    wishes: Wishes,
) -> Sifted:
    """Return the findings parted: waivers first, then the baseline, thresholds, the selection.

    `ids` are those of the pages read, in their order; `on_pages` the waivers written on them.
    """
    every = _with_waivers_told(found, ids, on_pages, wishes)
    standing, waived = [], []
    for finding in every:
        waiver = applying(_of(finding.title, on_pages, wishes), finding, wishes.today)
        if waiver is None:
            standing.append(finding)
        else:
            waived.append((finding, waiver))
    known: tuple[Finding, ...] = ()
    resolved, unseen = None, {}
    if wishes.baseline is not None:
        new = compare(standing, wishes.baseline, ids)
        gone = compare([finding for finding, _ in waived], Baseline(new.gone), ids).gone
        looked_for = _LookedFor(every, ids, wishes)
        standing, known = list(new.new), new.known
        resolved = sum(number for entry, number in gone.items() if looked_for(entry))
        unseen = {entry: number for entry, number in gone.items() if not looked_for(entry)}
    graded = weighed(standing, wishes.settings)
    takes = wishes.selection.takes
    return Sifted(
        findings=tuple(finding for finding in graded if takes(finding)),
        waived=tuple(waived),
        known=known,
        unselected=tuple(finding for finding in graded if not takes(finding)),
        resolved=resolved,
        not_looked_for=unseen,
    )


def _of(title: Title, on_pages: Mapping[Title, OnPage], wishes: Wishes) -> Sequence[Waiver]:
    return (*on_pages.get(title, OnPage()).waivers, *wishes.waivers)


class _LookedFor:
    """Whether an entry of a baseline would have been found again, had nobody mended it."""

    def __init__(self, every: Iterable[Finding], ids: Mapping[Title, int], wishes: Wishes) -> None:
        unreadable = {finding.title for finding in every if finding.rule == AMBIGUOUS}
        self._unreadable = {str(title) for title in unreadable}
        self._titles = {str(title) for title in ids}
        self._ids = {ids[title] for title in ids if title not in unreadable} - {0}
        self._off = {code for code, rule in wishes.settings.items() if not rule.enabled}
        self._whole = wishes.whole

    def __call__(self, known: Known) -> bool:
        if known.rule in self._off or known.page in self._unreadable:
            return False
        return self._whole or known.page in self._titles or known.pageid in self._ids


def _with_waivers_told(
    found: Iterable[Finding],
    ids: Mapping[Title, int],
    on_pages: Mapping[Title, OnPage],
    wishes: Wishes,
) -> list[Finding]:
    """Return the findings page by page, each page with what is wrong with its waivers."""
    by_page: dict[Title, list[Finding]] = {title: [] for title in ids}
    for finding in found:
        by_page.setdefault(finding.title, []).append(finding)
    over = [waiver for waiver in wishes.waivers if not waiver.holds(wishes.today)]
    for title, of_page in by_page.items():
        here = on_pages.get(title, OnPage())
        told = [expired(w, title) for w in here.waivers if not w.holds(wishes.today)]
        for waiver in tuple(over):  # of a file: told once, where it is missed
            if any(waiver.covers(finding) for finding in of_page):
                told.append(expired(waiver, title))
                over.remove(waiver)
        of_page.extend(settled((*here.malformed, *told), wishes.settings))
    return [finding for of_page in by_page.values() for finding in of_page]

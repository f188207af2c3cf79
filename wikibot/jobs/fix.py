"""fix: the changes that mend what the rules found, as a plan."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from wikibot.checks import AMBIGUOUS, RULES, Finding, Neighbours, check_page
from wikibot.checks.selection import EVERYTHING, Selection
from wikibot.edits import Change, PageEdit, Plan, rebase
from wikibot.edits.change import Place
from wikibot.errors import AmbiguousWikitext, UnsafeValue
from wikibot.jobs.findings import of_files, to_mend
from wikibot.jobs.neighbours import neighbours_of
from wikibot.jobs.planning import make_plan, page_edit
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.mapping import Mapping, WaiverEntry
from wikibot.page import Page
from wikibot.wiki import Wiki

# A fix may uncover the next one (a list is split, then its terms are known), and a list takes one
# pass an item. Rules that undid each other would end here instead of turning for ever.
_PASSES = 500


@dataclass(frozen=True)
class Fixed:
    """What fixing one page comes to: its edit, and what is not touched for want of certainty."""

    edit: PageEdit
    untouched: tuple[Finding, ...]


def fix(
    pages: Iterable[Page],
    mapping: Mapping,
    wiki: Wiki,
    *,
    unsafe: bool = False,
    rules: Collection[str] | None = None,
    selection: Selection = EVERYTHING,
    waivers: Iterable[WaiverEntry] = (),
    untouched: Callable[[Finding], None] = lambda finding: None,
    around: Surroundings = REAL,
) -> Plan:
    """Return the plan that mends what can be mended without asking anyone.

    With `unsafe`, also what more than one answer is possible for, as the rule suggests it.
    `rules` limits it to these codes, `selection` to what it takes. What a waiver lets pass (on
    the page, of the mapping, of `waivers`) stays, and so does what a rule that is off says.
    `untouched` is told of each page, and of each field that has a fix, that cannot be read with
    certainty and hence stays as it is.
    """
    edits = []
    of_all = of_files((*mapping.waivers, *waivers), wiki)
    read = tuple(pages)
    beside = _beside(read, mapping, wiki, unsafe, rules, around)
    for page in read:
        may = to_mend(page, mapping, wiki, selection, of_all, around)
        fixed = fix_page(page, mapping, wiki, unsafe=unsafe, rules=rules, may=may, beside=beside)
        edits.append(fixed.edit)
        for finding in fixed.untouched:
            untouched(finding)
    return make_plan(wiki, edits, around)


def fix_page(
    page: Page,
    mapping: Mapping,
    wiki: Wiki,
    *,
    unsafe: bool = False,
    rules: Collection[str] | None = None,
    may: Callable[[Finding], bool] = lambda finding: True,
    beside: Neighbours | None = None,
) -> Fixed:
    """Return the edit that mends one page: one change a field, from what stands there now.

    `may` says of a finding whether it is to be mended at all, `beside` what other pages tell.
    """
    net = _Net()
    refused: dict[tuple[str, str], Finding] = {}
    now = page
    for _ in range(_PASSES):
        taken: dict[tuple[Place, ...], Finding] = {}
        for found in check_page(now, mapping, wiki.syntax, beside):
            if found.rule == AMBIGUOUS:
                return Fixed(page_edit(page, (), mapping), (found,))
            wanted = found.change is not None and (found.safe or unsafe)
            wanted = wanted and (rules is None or found.rule in rules) and may(found)
            if found.change and wanted and (found.rule, found.field) not in refused:
                taken.setdefault(found.change.places, found)
        progress = False
        # A name first: what mends a value under two names would part the two.
        for found in sorted(taken.values(), key=lambda f: not (f.change and f.change.renamed_from)):
            assert found.change is not None
            edit = PageEdit(str(now.title), now.id, now.revision.id, (found.change,))
            try:
                rebased = rebase(now, edit, wiki.syntax)
            except (AmbiguousWikitext, UnsafeValue) as error:
                refused[found.rule, found.field] = replace(
                    found, rule=AMBIGUOUS, severity="error", message=error.message, change=None
                )
                continue
            if rebased.text != now.text:
                progress = True
                now = replace(now, text=rebased.text)
                net.add(found.change, twice=rebased.made[0] != (found.change,))
        if not progress:
            break
    return Fixed(page_edit(page, tuple(net.changes()), mapping), tuple(refused.values()))


def _beside(
    pages: Sequence[Page],
    mapping: Mapping,
    wiki: Wiki,
    unsafe: bool,
    rules: Collection[str] | None,
    around: Surroundings,
) -> Neighbours | None:
    """Return as much of what other pages tell as the fixes asked for go by; None if nothing."""
    needs = {
        rule.needs
        for rule in RULES.values()
        if (rule.fix == "safe" or (unsafe and rule.fix == "unsafe"))
        and (rules is None or rule.code in rules)
    }
    if not pages or needs <= {"record"}:
        return None
    today = around.now().date()
    return neighbours_of(pages, mapping, wiki, today, collection="collection" in needs)


class _Net:
    """What fixes come to that are made one after the other: one change a field."""

    def __init__(self) -> None:
        self._first: dict[Place, Change] = {}
        self._left: dict[Place, Place] = {}  # the place of a value that moved → where it was

    def add(self, change: Change, *, twice: bool) -> None:
        """Add the next fix; `twice`: the value that it moves stood under its new name too."""
        if not change.renamed_from:
            self._join(change)
            return
        plain = replace(change, renamed_from="")
        left = replace(plain, parameter=change.renamed_from, new="")
        self._left[plain.place] = left.place
        self._join(left)
        self._join(plain if twice else replace(plain, old=""))

    def changes(self) -> Iterator[Change]:
        """Yield the changes, from what stood there first to what stands there last."""
        moved = {place: self._moved(place, left) for place, left in self._left.items()}
        gone = {self._left[place] for place, change in moved.items() if change}
        for place, change in self._first.items():
            if found := moved.get(place):
                yield found
            elif place not in gone and change.old != change.new:
                yield change

    def _join(self, change: Change) -> None:
        before = self._first.get(change.place)
        self._first[change.place] = _joined(before, change) if before else change

    def _moved(self, place: Place, left: Place) -> Change | None:
        """Return the one change that moves a value and mends it, where one can say it."""
        gone, come = self._first[left], self._first[place]
        if gone.new or not come.new or come.old not in ("", gone.old):
            return None
        return replace(_joined(come, gone), old=gone.old, new=come.new, renamed_from=left[2])


def _joined(before: Change, change: Change) -> Change:
    """Return one change that does both, one after the other."""
    rules = dict.fromkeys((*before.rule.split("+"), *change.rule.split("+")))
    known = change.reason in before.reason
    return replace(
        before,
        new=change.new,
        rule="+".join(rules),
        safe=before.safe and change.safe,
        reason=before.reason if known else f"{before.reason} {change.reason}",
    )

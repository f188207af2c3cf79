"""fix: the changes that mend what the rules found, as a plan."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from wikibot.checks import AMBIGUOUS, Finding, check_page
from wikibot.edits import Change, PageEdit, Plan, rebase
from wikibot.errors import AmbiguousWikitext, UnsafeValue
from wikibot.jobs.planning import make_plan, page_edit
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.mapping import Mapping
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
    untouched: Callable[[Finding], None] = lambda finding: None,
    around: Surroundings = REAL,
) -> Plan:
    """Return the plan that mends what can be mended without asking anyone.

    With `unsafe`, also what more than one answer is possible for, as the rule suggests it.
    `rules` limits it to these codes. `untouched` is told of each page, and of each field that
    has a fix, that cannot be read with certainty and hence stays as it is.
    """
    edits = []
    for page in pages:
        fixed = fix_page(page, mapping, wiki, unsafe=unsafe, rules=rules)
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
) -> Fixed:
    """Return the edit that mends one page: one change a field, from what stands there now."""
    first: dict[tuple[str, int, str], Change] = {}
    refused: dict[tuple[str, str], Finding] = {}
    now = page
    for _ in range(_PASSES):
        taken: dict[tuple[str, int, str], Finding] = {}
        for found in check_page(now, mapping, wiki.syntax):
            if found.rule == AMBIGUOUS:
                return Fixed(page_edit(page, (), mapping), (found,))
            wanted = found.change is not None and (found.safe or unsafe)
            wanted = wanted and (rules is None or found.rule in rules)
            if found.change and wanted and (found.rule, found.field) not in refused:
                taken.setdefault(found.change.place, found)
        progress = False
        for place, found in taken.items():
            assert found.change is not None
            edit = PageEdit(str(now.title), now.id, now.revision.id, (found.change,))
            try:
                text = rebase(now, edit, wiki.syntax).text
            except (AmbiguousWikitext, UnsafeValue) as error:
                refused[found.rule, found.field] = replace(
                    found, rule=AMBIGUOUS, severity="error", message=error.message, change=None
                )
                continue
            if text != now.text:
                progress = True
                now = replace(now, text=text)
                first[place] = _joined(first.get(place), found.change)
        if not progress:
            break
    changes = [change for change in first.values() if change.old != change.new]
    return Fixed(page_edit(page, changes, mapping), tuple(refused.values()))


def _joined(before: Change | None, change: Change) -> Change:
    """Return one change that does both, one after the other."""
    if before is None:
        return change
    rules = dict.fromkeys((*before.rule.split("+"), change.rule))
    return replace(
        before,
        new=change.new,
        rule="+".join(rules),
        safe=before.safe and change.safe,
        reason=" ".join(dict.fromkeys((before.reason, change.reason))),
    )

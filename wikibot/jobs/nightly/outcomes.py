"""How a run or a plan ended, as a part of a night tells it: numbers, never titles or values."""

from __future__ import annotations

from collections import Counter

from wikibot.edits import Plan, Run
from wikibot.errors import SafetyStop
from wikibot.language import Text, counted
from wikibot.night import Outcome

PAGES = (Text("page", "page"), Text("pages", "pages"))
_OPEN = ("conflict", "failed", "unknown", "skipped")
_PASSING = frozenset({"deadline", "edits-per-run"})  # guards that say nothing of the wiki
_PERSON = 3


def written(run: Run, name: Text, extra: tuple[Text, ...] = ()) -> Outcome:
    """Return the outcome of a part that wrote a plan; `extra` waits for a person besides."""
    counts = run.counts
    done = counts["done"]
    lines: list[Text] = []
    needs = list(extra)
    if done:
        pages = counted(done, *_CHANGED)
        rules = _rules(run)
        lines += [
            _LINE.format(name=name, what=Text(f"{pages.fr}{rules}", f"{pages.en}{rules}")),
            Text(
                f"  pour l'annuler : wikibot undo {run.id} --apply",
                f"  to take it back: wikibot undo {run.id} --apply",
            ),
        ]
    elif not run.items:
        lines.append(_LINE.format(name=name, what=NOTHING))
    left = sum(counts[state] for state in _OPEN)
    if left:
        pages = counted(left, *_LEFT)
        why = Text(f"{pages.fr} : wikibot runs {run.id}", f"{pages.en}: wikibot runs {run.id}")
        needs.append(_LINE.format(name=name, what=why))
    if run.stopped is not None:
        needs.append(_LINE.format(name=name, what=run.stopped))
    code = run.exit_code or (_PERSON if extra else 0)
    return Outcome(
        "failed" if run.stopped is not None else "done",
        code,
        tuple(lines),
        tuple(needs),
        ",".join(run.guards) if run.stopped is not None else "",
        done,
        (run.id,) if run.id and run.items else (),
        counts,
        halts(run),
    )


def planned(plan: Plan, name: Text, extra: tuple[Text, ...] = ()) -> Outcome:
    """Return the outcome of a part that would write a plan."""
    number = len(plan.edits)
    pages = counted(number, *_TO_CHANGE)
    line = _LINE.format(name=name, what=pages if number else NOTHING)
    counts = {"planned": number}
    code = _PERSON if number or extra else 0
    return Outcome("preview", code, (line,), extra, counts=counts)


def halts(run: Run) -> bool:
    """Return whether the wiki, or somebody there, said that nothing more may be written."""
    stopped = run.stop_code == 4 or run.stop_code == SafetyStop.exit_code
    return stopped and not (run.guards and set(run.guards) <= _PASSING)


def line(name: Text, what: Text) -> Text:
    """Return a line of a report."""
    return _LINE.format(name=name, what=what)


def _rules(run: Run) -> str:
    rules = Counter(
        rule
        for item in run.items
        if item.state == "done"
        for change in item.changes
        for rule in change.rule.split("+")
        if rule
    )
    told = ", ".join(f"{rule} × {number}" for rule, number in sorted(rules.items()))
    return f" ({told})" if told else ""


_LINE = Text("{name} : {what}", "{name}: {what}")
NOTHING = Text("rien à faire", "nothing to do")
_CHANGED = (Text("page modifiée", "page changed"), Text("pages modifiées", "pages changed"))
_TO_CHANGE = (
    Text("page à modifier", "page to change"),
    Text("pages à modifier", "pages to change"),
)
_LEFT = (
    Text("page non enregistrée ou en doute", "page not saved or in doubt"),
    Text("pages non enregistrées ou en doute", "pages not saved or in doubt"),
)

"""Issues of a forge (GitHub, GitLab) read as entries, and what changing one comes to. Pure.

The title is the summary, the text the details, with a mark of ours in a comment that readers do
not see. The stage is a label; what is closed is in the last stage, whatever its labels, and keeps
them, so that one opened again stands where it stood. Other labels stay as they are.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from wikibot.actions.sync import Entry
from wikibot.actions.sync_values import Value
from wikibot.errors import SaveError
from wikibot.language import Text, same
from wikibot.mapping import fold
from wikibot.trackers.protocol import Wanted
from wikibot.visible import visible

_MARK = re.compile(r"<!--[ \t]*wikibot:[ \t]*page=(\d*),[ \t]*stamp=([^\s>]*?)[ \t]*-->")


@dataclass(frozen=True)
class Issue:
    """One issue as its forge has it; `people` are account names, `due` is a day or "".

    `trouble` says why it is not followed.
    """

    number: int
    title: str
    body: str = ""
    closed: bool = False
    labels: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    due: str = ""
    trouble: Text | None = None


@dataclass(frozen=True)
class Columns:
    """Which label is which stage. `names` are the stages in order; the last is what is closed.

    `given` are labels that mean a stage by configuration, `seen` the labels in use: a column is
    called as people call it there.
    """

    names: tuple[str, ...]
    given: Mapping[str, str] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()

    def of(self, label: str) -> str | None:
        """Return the stage that a label means, None for a label of another kind."""
        for name, stage in self.given.items():
            if _alike(name, label):
                return stage
        return next((name for name in self.names if _alike(name, label)), None)

    def label(self, stage: str) -> str:
        """Return the label that puts an issue into a stage."""
        own = [name for name, meant in self.given.items() if meant == stage]
        used = sorted(label for label in self.seen if self.of(label) == stage)
        return own[0] if own else used[0] if used else stage

    def stage(self, issue: Issue) -> str | None:
        """Return the stage of an issue, "" for none, None where its labels name several."""
        if issue.closed:
            return self.names[-1]
        found = dict.fromkeys(filter(None, map(self.of, issue.labels)))
        return None if len(found) > 1 else next(iter(found), "")


@dataclass(frozen=True)
class People:
    """Who is who: the name that the wiki has → the account, by configuration.

    Without anybody, who is assigned is not synced.
    """

    accounts: Mapping[str, str] = field(default_factory=dict)

    def names(self, accounts: Iterable[str]) -> tuple[str, ...] | None:
        """Return the names of accounts, None where one of them is nobody's."""
        by_account = {account.casefold(): name for name, account in self.accounts.items()}
        found = [by_account.get(account.casefold()) for account in accounts]
        known = tuple(name for name in found if name is not None)
        return known if len(known) == len(found) else None

    def account(self, name: str) -> str | None:
        """Return the account of a name, None where there is none."""
        return next((a for n, a in self.accounts.items() if n.casefold() == name.casefold()), None)


@dataclass(frozen=True)
class Rules:
    """How issues and actions are read as each other.

    `fields` are those that the forge holds. `plain` and `safe` take a text from the forge and
    back: some act upon what is written there.
    """

    fields: tuple[str, ...]
    columns: Columns
    people: People = People()
    plain: Callable[[str], str] = lambda text: text
    safe: Callable[[str], str] = lambda text: text


def mark_of(body: str) -> tuple[str, str]:
    """Return the page and the stamp that the last mark of a text bears, "" for none."""
    found = list(_MARK.finditer(body))
    return (found[-1][1], found[-1][2]) if found else ("", "")


def without_mark(body: str) -> str:
    """Return a text without its last mark: a person may have written below it."""
    found = list(_MARK.finditer(body))
    if not found:
        return body
    before, after = body[: found[-1].start()].rstrip("\r\n"), body[found[-1].end() :].strip("\r\n")
    return f"{before}\n\n{after}" if before and after else before or after


def marked(body: str, mark: str) -> str:
    """Return a text with another mark in the place of its last one; all else in it stays."""
    found = list(_MARK.finditer(body))
    if found:
        return body[: found[-1].start()] + mark + body[found[-1].end() :]
    return _with_mark(body, mark)


def _with_mark(text: str, mark: str) -> str:
    return f"{text}\n\n{mark}" if text else mark


def entry_of(issue: Issue, rules: Rules) -> Entry:
    """Return an issue as an entry. Its ETag tells what is synced: a comment changes nothing."""
    values: dict[str, Value | None] = {
        "summary": issue.title,
        "stage": rules.columns.stage(issue),
        "labels": tuple(label for label in issue.labels if rules.columns.of(label) is None),
        "details": rules.plain(without_mark(issue.body)),
        "due": issue.due,
        "assigned": rules.people.names(issue.people),
    }
    told = same(visible(", ".join(issue.labels), 200))
    who = same(visible(", ".join(issue.people), 200))
    page, stamp = mark_of(issue.body)
    whole = replace(issue, labels=_sorted(issue.labels), people=_sorted(issue.people), trouble=None)
    return Entry(
        f"{issue.number}",
        f"#{issue.number}" if issue.trouble else issue.title,
        {name: value for name, value in values.items() if name in rules.fields},
        hashlib.sha256(repr(whole).encode("utf-8", "surrogatepass")).hexdigest(),
        page,
        stamp,
        issue.trouble,
        unclear={"stage": _SEVERAL.format(labels=told), "assigned": _NOBODY.format(who=who)},
    )


def changed(issue: Issue, want: Wanted, rules: Rules) -> Issue:
    """Return an issue as it is to be; who has no account is left out (see `strangers`).

    Raises:
        SaveError: a label that means a column, where it is to be another one.
    """
    new, columns = want.new, rules.columns
    stage, closed, labels = new.get("stage"), issue.closed, issue.labels
    if isinstance(stage, str) and "stage" in new:
        closed = stage == columns.names[-1]
        labels = labels if closed else _in_column(labels, stage, columns)
    others = new.get("labels")
    if isinstance(others, tuple):
        if odd := [label for label in others if columns.of(label) is not None]:
            raise SaveError(_COLUMN.format(label=same(visible(odd[0], 100))))
        kept = [each for each in labels if columns.of(each) is not None or each in others]
        labels = tuple(dict.fromkeys([*kept, *others]))
    details = new.get("details")
    mark = f"<!-- wikibot: page={want.page}, stamp={want.stamp} -->"
    if isinstance(details, str):  # it may hold what looks like a mark: ours stands behind it
        body = _with_mark(rules.safe(details), mark)
    else:
        body = marked(issue.body, mark)
    people, who, due = issue.people, new.get("assigned"), new.get("due")
    if isinstance(who, tuple):
        people = tuple(account for name in who if (account := rules.people.account(name)))
    title = new.get("summary", issue.title)
    return replace(
        issue,
        title=title if isinstance(title, str) else issue.title,
        body=body,
        closed=closed,
        labels=labels,
        people=people,
        due=due if isinstance(due, str) else issue.due,
    )


def strangers(want: Wanted, people: People) -> tuple[str, ...]:
    """Return those who are to be assigned, and have no account here."""
    who = want.new.get("assigned", ())
    return tuple(name for name in who if people.account(name) is None)


def _in_column(labels: Sequence[str], stage: str, columns: Columns) -> tuple[str, ...]:
    """Return labels of which one, at most, means a stage: the one that is wanted."""
    wanted = [label for label in labels if columns.of(label) == stage][:1]
    if stage and not wanted:
        wanted = [columns.label(stage)]
    others = [label for label in labels if columns.of(label) is None or label in wanted]
    return tuple(dict.fromkeys([*others, *wanted]))


def not_taken(sent: Issue, got: Issue) -> Text | None:
    """Return what a forge has not made of an issue what it was sent, None where it has.

    Letters of labels and accounts may be capital or not, blanks at the ends may be gone.
    """
    wrong = []
    if " ".join(sent.title.split()) != " ".join(got.title.split()):
        wrong.append(_TITLE)
    if _lines(without_mark(sent.body)) != _lines(without_mark(got.body)):
        wrong.append(_BODY)
    if sent.closed != got.closed:
        wrong.append(_STATE)
    if _set(sent.labels) != _set(got.labels):
        wrong.append(_LABELS)
    if _set(sent.people) != _set(got.people):
        wrong.append(_PEOPLE)
    if sent.due != got.due:
        wrong.append(_DUE)
    if not wrong:
        return None
    return Text(", ".join(each.fr for each in wrong), ", ".join(each.en for each in wrong))


def _alike(one: str, two: str) -> bool:
    return (fold(one) or one) == (fold(two) or two)


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


def _set(names: Iterable[str]) -> set[str]:
    return {name.strip().casefold() for name in names}


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


_SEVERAL = Text(
    "le suivi a les étiquettes de plusieurs colonnes : « {labels} »",
    "the tracker has the labels of several columns: “{labels}”",
)
_NOBODY = Text(
    "le suivi la confie à « {who} » : ajoutez à « people » le compte qui y manque",
    "the tracker assigns it to “{who}”: add to “people” the account that is missing there",
)
_COLUMN = Text(
    "L'étiquette « {label} » désigne une colonne dans le suivi : elle n'y est pas écrite.",
    "The label “{label}” means a column in the tracker: it is not written there.",
)
_TITLE = Text("le titre", "the title")
_BODY = Text("la description", "the description")
_STATE = Text("l'état ouvert ou clos", "whether it is open")
_LABELS = Text("les étiquettes", "the labels")
_PEOPLE = Text("les responsables", "who is assigned")
_DUE = Text("l'échéance", "the due date")

"""Waivers: findings that a person wants left alone, with the reason, and until when.

On a page it is a comment, in French or in English:

    <!-- wikibot: ignorer VOC102 jusqu'au 2027-01-31 : le nom est voulu -->
    <!-- wikibot: ignore VOC102, LST until 2027-01-31: the name is wanted -->

Inside the value of a parameter it holds for that field, anywhere else for the page. Only live
comments count: one inside `<nowiki>` is a text about waivers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from wikibot.checks import expired_waiver, malformed_waiver
from wikibot.checks.finding import Finding
from wikibot.checks.selection import codes_of, near_words
from wikibot.checks.words import quoted
from wikibot.edits import records_of
from wikibot.edits.dates import read_date
from wikibot.errors import AmbiguousWikitext
from wikibot.language import Text
from wikibot.mapping import Mapping
from wikibot.page import Page
from wikibot.title import Title
from wikibot.wikitext import Syntax
from wikibot.wikitext.scan import scanner

_COMMENT = re.compile(r"<!--(.*?)-->", re.S)
_WAIVER = re.compile(r"wikibot\s*:\s*(ignor\w*)(.*)", re.S | re.IGNORECASE)
_VERBS = ("ignorer", "ignorez", "ignore")
_UNTIL = re.compile(
    r"(?:\A|(?<=[\s,;]))(?:jusqu['’]?\s*[aà]u?|until)\s(.*)\Z", re.S | re.IGNORECASE
)
_BETWEEN = re.compile(r"[\s,;]+")
_AND = ("et", "and")


@dataclass(frozen=True)
class Waiver:
    """Findings of these rules are left alone: of one page or of all, of one field or of all.

    `until` is the last day it holds, None for ever. `text` is the comment, "" for a file.
    """

    codes: frozenset[str]
    reason: str
    until: date | None = None
    field: str = ""
    title: Title | None = None
    text: str = ""

    def covers(self, finding: Finding) -> bool:
        """Return whether a finding is one of those, whatever the day."""
        return (
            finding.rule in self.codes
            and self.field in ("", finding.field)
            and self.title in (None, finding.title)
        )

    def holds(self, today: date) -> bool:
        """Return whether it has not expired."""
        return self.until is None or today <= self.until


@dataclass(frozen=True)
class OnPage:
    """The waivers written on one page, and what is wrong with those that cannot be read."""

    waivers: tuple[Waiver, ...] = ()
    malformed: tuple[Finding, ...] = ()


def waivers_on(page: Page, mapping: Mapping, syntax: Syntax) -> OnPage:
    """Return the waivers of a page; a page that cannot be read with certainty has none."""
    if "wikibot" not in page.text.casefold():
        return OnPage()
    try:
        found = list(_comments(page.text, syntax))
        places = list(_places(page, mapping, syntax)) if found else []
    except AmbiguousWikitext:
        return OnPage()
    waivers, malformed = [], []
    for at, match in found:
        field = next((name for start, end, name in places if start <= at < end), "")
        read = _read(match[1].casefold(), match[2])
        text = " ".join(match[0].split())
        if isinstance(read, Text):
            message = _MALFORMED.format(waiver=quoted(text), why=read)
            malformed.append(_finding(malformed_waiver.RULE.code, page.title, field, text, message))
        else:
            codes, reason, until = read
            waivers.append(Waiver(codes, reason, until, field, page.title, text))
    return OnPage(tuple(waivers), tuple(malformed))


def expired(waiver: Waiver, title: Title) -> Finding:
    """Return the finding that says, on a page, that a waiver has expired."""
    assert waiver.until is not None
    code, until = expired_waiver.RULE.code, waiver.until.isoformat()
    if waiver.text:
        message = _EXPIRED.format(waiver=quoted(waiver.text), until=until)
        return _finding(code, title, waiver.field, waiver.text, message)
    rules = ", ".join(sorted(waiver.codes))
    message = _EXPIRED_IN_FILE.format(rules=rules, reason=quoted(waiver.reason), until=until)
    return _finding(code, title, waiver.field, rules, message)


def _finding(code: str, title: Title, field: str, value: str, message: Text) -> Finding:
    return Finding(code, "warning", title, field, value, message)


def _comments(text: str, syntax: Syntax) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the place and the words of each live comment that speaks of ignoring."""
    for start, end in scanner(syntax.extension_tags).scan(text).comments:
        for comment in _COMMENT.finditer(text, start, end):
            match = _WAIVER.match(comment[1].strip())
            if match:
                yield comment.start(), match


def _places(page: Page, mapping: Mapping, syntax: Syntax) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, field) of each argument, those of inner calls first."""
    for record in reversed(records_of(page, mapping, syntax)):
        for argument in record.call.arguments:
            field = record.page_type.field_of(argument.name)
            yield (*argument.part, field.id if field else argument.name)


def _read(verb: str, body: str) -> tuple[frozenset[str], str, date | None] | Text:
    """Return (codes, reason, last day) of a waiver, or what is wrong with it."""
    head, _, reason = body.partition(":")
    found = _UNTIL.search(head)
    words = _BETWEEN.split((head[: found.start()] if found else head).strip(" \t\n,;"))
    words = [word for word in words if word and word not in _AND]
    reason = " ".join(reason.split())
    if verb not in _VERBS:
        return _NO_VERB.format(verb=quoted(verb))
    if not words:
        return _NO_RULE
    if not reason:
        return _NO_REASON
    unknown = next((word for word in words if not codes_of(word)), None)
    if unknown is not None:
        near = next((word for word in near_words(unknown) if codes_of(word)), None)
        what = _UNKNOWN.format(word=quoted(unknown))
        return _joined(what, _MEANT.format(word=quoted(near))) if near else what
    until = _day(found[1]) if found else None
    if found and until is None:
        return _NO_DAY.format(day=quoted(found[1]))
    return frozenset().union(*map(codes_of, words)), reason, until


def _day(text: str) -> date | None:
    """Return the one day that a text can mean, or None."""
    reading = read_date(text.strip())
    iso = {"right": " ".join(text.split())[:10], "one": reading.new or ""}.get(reading.state, "")
    return date.fromisoformat(iso) if len(iso) == len("2027-01-31") else None


def _joined(first: Text, second: Text) -> Text:
    return Text(f"{first.fr} {second.fr}", f"{first.en} {second.en}")


def applying(waivers: Iterable[Waiver], finding: Finding, today: date) -> Waiver | None:
    """Return the first waiver that lets a finding pass on that day, or None."""
    return next((w for w in waivers if w.covers(finding) and w.holds(today)), None)


_MALFORMED = Text(
    "La dispense {waiver} ne vaut pas : {why}", "The waiver {waiver} does not hold: {why}"
)
_EXPIRED = Text(
    "La dispense {waiver} ne vaut plus depuis le {until} au soir : retirez-la, ou prolongez-la.",
    "The waiver {waiver} has not held since the evening of {until}: remove it, or prolong it.",
)
_EXPIRED_IN_FILE = Text(
    "Dans le fichier des dispenses, celle de {rules} ({reason}) ne vaut plus depuis le {until} au "
    "soir : retirez-la, ou prolongez-la.",
    "In the file of waivers, the one for {rules} ({reason}) has not held since the evening of "
    "{until}: remove it, or prolong it.",
)
_NO_VERB = Text("le verbe est ignorer, et non {verb}.", "the verb is ignore, not {verb}.")
_NO_RULE = Text(
    "elle ne nomme aucune règle. Écrivez par exemple « wikibot: ignorer VOC102 : la raison ».",
    "it names no rule. Write for example “wikibot: ignore VOC102: the reason”.",
)
_NO_REASON = Text(
    "il manque la raison. Écrivez-la à la fin, après deux-points.",
    "the reason is missing. Write it at the end, behind a colon.",
)
_UNKNOWN = Text(
    "{word} n'est ni une règle, ni une famille de règles.", "{word} is no rule, no family of rules."
)
_MEANT = Text("Vouliez-vous dire {word} ?", "Did you mean {word}?")
_NO_DAY = Text(
    "{day} n'est pas un jour. Écrivez-le comme 2027-01-31.",
    "{day} is no day. Write it like 2027-01-31.",
)

"""The dates that a sentence names, and the day by which what it says is due.

What a date means is for `edits.dates` and `edits.french_dates` to say; here they are found in
running text. Nothing is relative to today, and a year that is not written is never guessed: it is
that of the period around it, where one year alone is possible there.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wikibot.edits.dates import read_date
from wikibot.edits.french_dates import read_french_date
from wikibot.language import Text

Notes = tuple[Text, ...]


@dataclass(frozen=True)
class Period:
    """From a day to a day, both within it."""

    first: date
    last: date


@dataclass(frozen=True)
class Mention:
    """A date in a text: where (with the words that lead to it), as written, and what it says.

    `bare` is the date alone, without accents and case; `period` is None where the year is missing.
    `begins`: it says when something begins, not when
    it ends; `before`: its first day is too late already.
    """

    start: int
    end: int
    words: str
    bare: str
    period: Period | None
    begins: bool = False
    before: bool = False
    notes: Notes = ()


@dataclass(frozen=True)
class Due:
    """The day by which something is due, None where nobody can say; `words` as written."""

    day: date | None = None
    words: str = ""
    notes: Notes = ()


_MONTH = (
    r"(?:janvier|janv\.?|fevrier|fevr?\.?|mars|avril|avr\.|mai|juin|juillet|juil\.?|aout"
    r"|septembre|sept\.?|octobre|oct\.|novembre|nov\.|decembre|dec\.)(?![a-z])"
)
_YEAR = r"(?:20\d\d)(?![\w/])"
_NTH = r"(?:1er|premier|2e|2eme|2nd|second|deuxieme|3e|3eme|troisieme|4e|4eme|quatrieme)"
_PART = r"(?:debut|mi|milieu|fin|courant)"
# One date each; the first alternative that fits is taken. Years may be missing but where told.
_DATE = "|".join(
    (
        r"20\d\d-\d\d(?:-\d\d)?(?!\d)",
        r"\d{1,2}[/.]\d{1,2}[/.](?:20)?\d\d(?!\d)",
        r"\d{1,2}/20\d\d(?!\d)",
        r"(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche )?\d{1,2}(?:er)?"
        rf"(?: ?(?:et|ou|au|a|-|–) ?(?:le )?\d{{1,2}}(?:er)?)? {_MONTH}(?: {_YEAR})?",
        rf"(?:{_PART}[ -](?:de |d'|du mois de |du mois d')?)?{_MONTH}(?: (?:de )?{_YEAR})?",
        rf"[tq] ?[1-4](?!\w)(?:[ /-](?:de )?{_YEAR})?",
        rf"20\d\d[ -]?[tq][1-4](?!\w)|s ?[12][ /-]{_YEAR}",
        rf"{_NTH} (?:trimestre|semestre)(?: (?:de )?{_YEAR})?",
        r"(?:l')?(?:ete|automne|hiver|printemps) 20\d\d-20\d\d"
        rf"|(?:l')?(?:ete|automne|hiver) {_YEAR}|printemps {_YEAR}"
        rf"|rentree (?:scolaire |de )?{_YEAR}",
        rf"(?:l'|cet )(?:ete|automne|hiver)(?!\w)(?: (?:de )?{_YEAR})?"
        rf"|(?:le|au|du|ce) printemps(?!\w)(?: (?:de )?{_YEAR})?"
        rf"|la rentree(?!\w)(?: (?:de )?{_YEAR})?",
        rf"{_PART}[ -](?:de l'annee |d'annee |de |l'annee )?{_YEAR}|fin (?:d'|de l')annee(?! 20)",
        rf"(?:annee )?{_YEAR}",
    )
)
_RANGE = r"(?: ?[-–—→/] ?| (?:et|ou|ou bien|puis|a|au|aux|a la|a l'|jusqu'a|jusqu'en|jusqu'au) )"
_FOUND = re.compile(rf"(?<![\w-])(?:{_DATE})(?:{_RANGE}(?:{_DATE}))?")
_NEAR = 60  # characters before a date that may lead to it
_LEAD = re.compile(
    r"(?:\b(?:d'ici(?: (?:a|le|la|au))?|jusqu'(?:a|au|en)|au plus tard|avant|vers|environ|pour"
    r"|courant|en|entre|de|du|d'|le|la|les|au|a la|a|l'|cet|ce|mois de|prevue?s?|dans|sur|date"
    r"|echeance|a partir|a compter|depuis|des|apres)(?: |(?<='))+:? ?)+\Z"
)
_BEGINS = re.compile(r"\b(?:a partir|a compter|depuis|des|apres) ?(?:d'|de |du |le |la |l')?\Z")
_BEFORE = re.compile(r"avant (?:le |la |l'|les )?\Z")
_HELD = re.compile(  # what may stand before a mere month or year for it to be a date
    r"(?:\b(?:en|de|d'|ici|ici a|avant|apres|depuis|des|pour|vers|mois de|mois d'|jusqu'en|jusqu'a"
    r"|courant|a partir de|l'annee|annee|entre|prevue?s?) |d'|[(,:;–—/-] ?|\A)\Z"
)
_LET_GO = re.compile(r"\Z|[).,;:!]| ?[-–—]|/| (?:a|et|ou|puis|pour|avec|par|sur|\()\b| \(")
_BARE_YEAR = re.compile(r"20\d\d\Z")
_BARE_MONTH = re.compile(rf"{_MONTH}\Z")
_BY_SUMMER = re.compile(r"\b(?:d'ici|d'ici a|avant) \Z")
_BOTH = re.compile(rf"({_DATE}){_RANGE}({_DATE})\Z")
_OR = re.compile(r" ou ")
# «l'enquête menée en 2023»: a participle before a date, which may be that of something else.
_TOLD = re.compile(
    r"\b(?!prévu|programm|planifi|fix|envisag|repouss|report|décal)\w+"
    r"(?:é|ée|és|ées|parue?s?|sortie?s?|écrite?s?|faite?s?|reçue?s?|tenue?s?|construite?s?)\Z"
)
_NOUN = re.compile(
    r"(?:journées?|soirées?|matinées?|années?|tournées?|randonnées?|veillées?|durées?|idées?"
    r"|musées?|lycées?|marchés?|étés?|\w+(?:ité|auté|iété|anté|berté)s?)\Z"
)
_DELAY = re.compile(
    r"\b(?:d'ici|dans|sous)(?: un delai de)? (?:\d+|un|une|deux|trois|quatre|six|neuf|douze)"
    r" (?:mois|ans?|semaines?|jours)\b"
)
_LASTS = re.compile(r"\b(\d{1,3}|un|deux|trois) (mois|ans?)\b")
_NUMBERS = {"un": 1, "deux": 2, "trois": 3}


def light(text: str) -> str:
    """Return text without accents and case, every character in its place."""
    return "".join(_light(c) for c in text)


def _light(c: str) -> str:
    if c in "’ʼ‘`":
        return "'"
    if c.isspace():
        return " "
    base = unicodedata.normalize("NFKD", c)[:1].casefold()
    return base if len(base) == 1 else c


def mentions(text: str) -> tuple[Mention, ...]:
    """Return the dates that a text names, in their order."""
    return tuple(_mentions(text))


def _mentions(text: str) -> Iterator[Mention]:
    folded = light(text)
    for found in _FOUND.finditer(folded):
        start, end = found.span()
        words, before = folded[start:end], folded[max(0, start - _NEAR) : start]
        if _BARE_YEAR.match(words) or _BARE_MONTH.match(words):
            if not (_HELD.search(before) and _LET_GO.match(folded, end)):
                continue
        elif words.startswith(("t", "q")) and len(words) < 4 and not _HELD.search(before):
            continue
        lead = _LEAD.search(before)
        first = start - (len(lead[0]) if lead else 0)
        of_some = text[max(0, start - 4) : start].lower() == "des "  # not «dès»
        if words.startswith("l'ete") and _BY_SUMMER.search(before):
            words = f"avant {words}"
        period, notes = _read(words)
        if period is None and not _may_be_a_date(words):
            continue
        behind = text[max(0, first - _NEAR) : first].rstrip().lower()
        if _TOLD.search(behind) and not _NOUN.search(behind):
            notes = (*notes, OTHER)
        yield Mention(
            first,
            end,
            text[first:end].strip(),
            words,
            period,
            bool(_BEGINS.search(before)) and not of_some,
            not words.startswith(("fin", "avant")) and bool(_BEFORE.search(before)),
            notes,
        )
    for delay in _DELAY.finditer(folded):
        words = text[slice(*delay.span())]
        yield Mention(*delay.span(), words, words, None, notes=(DELAY,))


def _may_be_a_date(words: str) -> bool:
    """Return whether a date without a year is one as soon as it has a year."""
    return _read(f"{words} 2024")[0] is not None


def _read(words: str) -> tuple[Period | None, Notes]:
    """Return what a date means, and what there is to say of it; None where its year is missing."""
    both = _BOTH.match(words)
    if both is None or _is_iso(words):
        return _one(words)
    last, notes = _one(both[2])
    first, more = _one(both[1])
    if last is not None and first is None:
        first, more = _one(f"{both[1]} {last.last.year}")
    if first is None or last is None or first.first > last.last:
        return _one(words)
    if _OR.search(words):
        notes = (LATER, *notes)
    return Period(first.first, last.last), (*notes, *more)


def _is_iso(words: str) -> bool:
    return re.fullmatch(r"20\d\d-\d\d(?:-\d\d)?", words) is not None


def _one(words: str) -> tuple[Period | None, Notes]:
    words = re.sub(r"^(?:cet|ce) | de(?= 20\d\d\Z)", "", words)
    reading = read_date(words)
    if reading.state == "right":
        return _period((" ".join(words.split()),)), ()
    if reading.new is not None:
        return _period((reading.new,)), () if reading.state == "one" else (DAY_FIRST,)
    candidates = read_french_date(words).candidates
    either = (LATER,) if _OR.search(words) and len(candidates) > 1 else ()
    return (_period(candidates), either) if candidates else (None, ())


def _period(candidates: tuple[str, ...]) -> Period:
    return Period(_first(candidates[0]), _last(candidates[-1]))


def _first(iso: str) -> date:
    parts = [int(part) for part in iso[:10].split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def _last(iso: str) -> date:
    parts = [int(part) for part in iso[:10].split("-")]
    if len(parts) > 2:
        return date(*parts[:3])
    month = parts[1] if len(parts) > 1 else 12
    return date(parts[0], month, calendar.monthrange(parts[0], month)[1])


def period_of(text: str) -> Period | None:
    """Return the period that a heading names, None where it names none.

    Where it tells a length too that the dates do not give («18 mois (janvier à mai 2025)»), it
    begins as early as its length asks for.
    """
    found = [mention.period for mention in mentions(text) if mention.period]
    if not found:
        return None
    first, last = min(p.first for p in found), max(p.last for p in found)
    lasts = _LASTS.search(light(text))
    if lasts:
        count = int(_NUMBERS.get(lasts[1], 0) or lasts[1])
        months = min(count * (12 if lasts[2].startswith("an") else 1), 120)
        begun = last.year * 12 + last.month - months
        if begun >= 12:
            first = min(first, date(begun // 12, begun % 12 + 1, 1))
    return Period(first, last)


def due_of(found: tuple[Mention, ...], around: Period | None) -> Due:
    """Return when what a sentence says is due; `around` is the period that it stands in."""
    ends = [mention for mention in found if not mention.begins]
    if not ends:
        words = ", ".join(mention.words for mention in found)
        return Due(None, words, (BEGINS,) if found else ())
    read = [(day, mention, notes) for mention in ends for day, notes in (_day(mention, around),)]
    days = [entry for entry in read if entry[0] is not None]
    if not days:
        _, mention, notes = read[-1]
        return Due(None, mention.words, notes)
    day, mention, notes = max(days, key=lambda entry: entry[0] or date.min)
    return Due(day, mention.words, (*notes, SEVERAL) if len(ends) > 1 else notes)


def _day(mention: Mention, around: Period | None) -> tuple[date | None, Notes]:
    """Return the last day that a date allows, and how it was come by."""
    period = mention.period
    notes: Notes = mention.notes
    if any(note == DELAY for note in notes):
        return None, notes
    if period is None:
        possible: list[tuple[Period, Notes]] = [
            (read, more)
            for year in (range(around.first.year, around.last.year + 1) if around else ())
            for read, more in (_read(f"{mention.bare} {year}"),)
            if read and around and read.last >= around.first and read.first <= around.last
        ]
        if len(possible) != 1:
            return None, (*notes, NO_YEAR)
        period, more = possible[0]
        notes = (*notes, *more, THE_YEAR)
    if mention.before and period.first != period.last:
        return date.fromordinal(period.first.toordinal() - 1), (*notes, EVE)
    return period.last, notes


LATER = Text("deux dates possibles : la plus tardive", "two dates possible: the later one")
SEVERAL = Text("plusieurs dates : la dernière", "several dates: the last one")
NO_YEAR = Text("l'année n'est pas dite", "no year is told")
THE_YEAR = Text("année reprise de la phase", "the year is that of the phase")
DAY_FIRST = Text("le jour est lu avant le mois", "the day is read before the month")
OTHER = Text(
    "cette date est peut-être celle d'autre chose", "this date may be that of something else"
)
BEGINS = Text("la date dit quand cela commence", "the date says when it begins")
EVE = Text("« avant » : la veille", "“before”: the day before")
DELAY = Text("un délai, sans date de départ", "a delay, from no day that is told")

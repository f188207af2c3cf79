"""Which findings a person asks for: `--select` and `--ignore`, by rule, family or severity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from wikibot.checks import RULES
from wikibot.checks.finding import Finding, Severity
from wikibot.errors import InputError
from wikibot.language import Text
from wikibot.mapping import fold

_SEVERITIES: dict[Severity, tuple[str, ...]] = {
    "error": ("error", "errors", "erreur", "erreurs"),
    "warning": ("warning", "warnings", "avertissement", "avertissements", "a revoir"),
    "info": ("info", "infos", "information", "remarque", "remarques", "remark", "remarks"),
}
_FAMILY = re.compile(r"[A-Z]{3}\d{0,2}")

# How narrow a word is: a family of n signs counts n, from VOC to VOC10. To choose by severity is
# the widest choice there is; to leave out by severity is no wider than any family.
_WIDEST, _LIKE_A_FAMILY, _ONE_RULE = 1, 5, 6


@dataclass(frozen=True)
class Word:
    """What one word means: rules, or else a severity; `narrow` is how narrow it is."""

    codes: frozenset[str]
    severity: Severity | None
    narrow: int

    def means(self, finding: Finding) -> bool:
        """Return whether a finding is one of those."""
        return finding.rule in self.codes or finding.severity == self.severity


@dataclass(frozen=True)
class Selection:
    """The findings asked for: all where `select` is empty, less those of `ignore`.

    Where a finding is in both, the narrower word wins, and `ignore` where both are as narrow:
    VOC102 is narrower than VOC1, VOC1 than VOC, VOC than a severity. A severity to ignore
    gives way to a rule named by itself alone.
    """

    select: tuple[Word, ...] = ()
    ignore: tuple[Word, ...] = ()

    def takes(self, finding: Finding) -> bool:
        """Return whether a finding is asked for."""
        if not self.ignore and not self.select:
            return True
        chosen = max((word.narrow for word in self.select if word.means(finding)), default=0)
        left = max((word.narrow for word in self.ignore if word.means(finding)), default=0)
        return chosen > left or (not self.select and not left)


EVERYTHING = Selection()


def codes_of(word: str) -> frozenset[str]:
    """Return the codes that a code, a name or a family means, in any case; none where unknown."""
    code = word.strip().upper()
    if code in RULES:
        return frozenset((code,))
    named = _by_name().get(word.strip().casefold())
    if named:
        return frozenset((named,))
    family = _FAMILY.fullmatch(code)
    return frozenset(known for known in RULES if family and known.startswith(code))


def parse_selection(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Selection:
    """Return the selection that these words ask for; each may be a list with commas.

    Raises:
        InputError: words that mean nothing, all of them, with the nearest that do.
    """
    unknown: list[str] = []
    chosen = _words(select, _WIDEST, unknown)
    left = _words(ignore, _LIKE_A_FAMILY, unknown)
    if unknown:
        raise _unknown(unknown)
    return Selection(chosen, left)


def _words(given: Iterable[str], severities: int, unknown: list[str]) -> tuple[Word, ...]:
    words = []
    for text in (part.strip() for words in given for part in words.split(",")):
        codes = codes_of(text)
        severity = next((s for s, names in _SEVERITIES.items() if fold(text) in names), None)
        if codes:
            one = len(codes) == 1 and not _FAMILY.fullmatch(text.upper())
            words.append(Word(codes, None, _ONE_RULE if one else len(text)))
        elif severity:
            words.append(Word(frozenset(), severity, severities))
        elif text:
            unknown.append(text)
    return tuple(words)


@cache
def _by_name() -> dict[str, str]:
    return {rule.name: code for code, rule in RULES.items()}


def near_words(word: str) -> tuple[str, ...]:
    """Return up to three words for rules, families and severities that look like `word`."""
    from rapidfuzz import fuzz, process

    families = dict.fromkeys(code[:3] for code in RULES)
    severities = (name for names in _SEVERITIES.values() for name in names[:3:2])
    known = [*families, *severities, *RULES, *_by_name()]
    found = process.extract(
        word, known, scorer=fuzz.ratio, processor=str.casefold, limit=3, score_cutoff=60
    )
    return tuple(hit[0] for hit in found)


def _unknown(words: Sequence[str]) -> InputError:
    near = ", ".join(dict.fromkeys(hit for word in words for hit in near_words(word)))
    one = len(words) == 1
    french = " et ".join(f"« {word} »" for word in words)
    english = " and ".join(f"“{word}”" for word in words)
    return InputError(
        Text(
            f"{french} ne désigne{'' if one else 'nt'} ni une règle, ni une famille de règles, "
            "ni une gravité.",
            f"{english} {'names' if one else 'name'} no rule, no family of rules, no severity.",
        ),
        Text(
            (f"Vouliez-vous dire : {near} ? " if near else "")
            + "Une gravité est « erreur », « avertissement » ou « remarque » ; "
            "« explain » liste les règles.",
            (f"Did you mean: {near}? " if near else "")
            + "A severity is “error”, “warning” or “info”; “explain” lists the rules.",
        ),
    )

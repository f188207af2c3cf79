"""What: A text cites a term by a code that belongs to an earlier vocabulary.

Why: The letters of the challenges changed their meaning between the calls: «B» was food in
2021 and is planning since 2023. A reader of today looks up the wrong one.

Example: `…dans les défis 2-“Objectifs et Diagnostic” et B-"Alimentation et agriculture"`.

Fix safety: There is no fix: the sentence was right in its time, and only its author can say
whether it is history or should follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import fold
from wikibot.checks.terms import is_obsolete
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Kind, Mapping, Term

FR = """Quoi : Un texte cite un terme sous un code d'un ancien vocabulaire.

Pourquoi : Les lettres des défis ont changé de sens entre les appels : « B » était l'alimentation en
2021 et désigne la planification depuis 2023. Le lecteur d'aujourd'hui se trompe de défi.

Exemple : `…dans les défis 2-“Objectifs et Diagnostic” et B-"Alimentation et agriculture"`.

Correction : Aucune : la phrase était juste en son temps, et seul son auteur peut dire si elle
raconte le passé ou doit suivre.
"""

_KINDS: frozenset[Kind] = frozenset({"text", "longtext"})
_CODED = re.compile(r"([A-Z]|\d{1,2})\s*-\s+(\S.*)")
# Found by its hyphen, which is rare; what stands before it is looked at then.
_CITED = re.compile(r"[-–—]\s?[“”\"«»\s]{0,3}([^\W\d_][^“”\"«»\n;,.:()\[\]{}|<>]{2,79})")
_CODE = re.compile(r"(?:^|[^\w/'’-])([A-Z]|\d{1,2})\s?\Z")

_MESSAGE = Text(
    "Le champ {field} cite {cited}, un nom et un code de {year} : {next}.",
    "The field {field} cites {cited}, a name and a code of {year}: {next}.",
)
_SUCCESSOR = Text("aujourd'hui, c'est {label}", "today it is {label}")
_NO_SUCCESSOR = Text(
    "précisez l'année, ou citez ce qui vaut aujourd'hui", "add the year, or cite what holds today"
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each code and name in a text that are those of an obsolete term."""
    known: list[_Old] | None = None
    for found in record.filled(_KINDS):
        if found.field.many:
            continue
        for match in _CITED.finditer(found.text):
            start = match.start()
            code = _CODE.search(found.text[max(0, start - 4) : start])
            if code is None:
                continue
            if known is None:
                known = _old_terms(record, mapping)
            words = fold(match.group(1))
            old = next((old for old in known if old.is_cited(code.group(1), words)), None)
            if old is None:
                continue
            yield finding(
                RULE,
                record,
                found,
                _MESSAGE.format(
                    field=label(found.field),
                    cited=quoted(old.spelling),
                    year=old.term.until,
                    next=_SUCCESSOR.format(label=quoted(old.term.replaced_by))
                    if old.term.replaced_by
                    else _NO_SUCCESSOR,
                ),
                value=old.spelling,
            )


@dataclass(frozen=True)
class _Old:
    """A spelling with a code, of a term of the past."""

    code: str
    name: str
    spelling: str
    term: Term

    def is_cited(self, code: str, words: str) -> bool:
        return code == self.code and (words == self.name or words.startswith(f"{self.name} "))


def _old_terms(record: Record, mapping: Mapping) -> list[_Old]:
    """Return the coded spellings that no present term shares, longest first."""
    old: list[_Old] = []
    present: set[tuple[str, str]] = set()
    used = {field.vocabulary for field in record.page_type.fields}
    for vocabulary in mapping.vocabularies:
        if vocabulary.id not in used:
            continue
        for term in vocabulary.terms:
            is_old = term.until is not None and is_obsolete(term, vocabulary)
            for spelling in (term.label, *term.aliases):
                coded = _CODED.match(spelling)
                if not coded:
                    continue
                code, name = coded.group(1), fold(coded.group(2))
                if is_old:
                    old.append(_Old(code, name, spelling, term))
                else:
                    present.add((code, name))
    old = [o for o in old if (o.code, o.name) not in present]
    return sorted(old, key=lambda o: -len(o.name))


RULE: Rule = rule("VOC105", "old-code-in-text", "info", "none", find, __doc__, FR)

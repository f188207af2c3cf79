"""What: The name of a licence lacks its version.

Why: The versions of a licence are different contracts: without the version nobody can say what is
allowed, and the page is not found under the licence.

Example: `|licence=CC BY-SA` or `|licence=GPL`.

Fix safety: The newest version is offered and unsafe: the version is a promise that only the authors
can spell out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import fold, replaced
from wikibot.checks.terms import is_obsolete, standing, suggested
from wikibot.checks.words import either, label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping, Term, Vocabulary

FR = """Quoi : Il manque sa version au nom d'une licence.

Pourquoi : Les versions d'une licence sont des contrats différents : sans la version, personne ne
peut dire ce qui est permis, et la page ne se trouve pas sous cette licence.

Exemple : `|licence=CC BY-SA` ou `|licence=GPL`.

Correction : La version la plus récente est proposée, à confirmer : la version est une promesse que
seuls les auteurs peuvent préciser.
"""

_VERSION = re.compile(r"\b(?:v|version )?\d+\+?|\b(?:or later|ou ulterieure|only|international)\b")

_MESSAGE = Text(
    "Dans le champ {field}, {value} ne dit pas quelle version de la licence s'applique. Regardez "
    "dans le commun lui-même, puis écrivez par exemple {labels}.",
    "In the field {field}, {value} does not say which version of the licence applies. Look into "
    "the commons itself, then write {labels} for instance.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each value that is a licence but for its version."""
    for found, vocabulary, odd in record.odd_terms:
        for item in odd:
            terms = versions_of(item, vocabulary)
            if terms:
                yield finding(
                    RULE,
                    record,
                    found,
                    _MESSAGE.format(
                        field=label(found.field),
                        value=quoted(item),
                        labels=either([term.label for term in terms[:3]]),
                    ),
                    severity="error" if found.field.required == "error" else "warning",
                    value=item,
                    new=replaced(found, item, [terms[0].label]),
                )


def versions_of(item: str, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """Return the licences that an unknown name without a number may be, the newest first.

    Where the name looks more like other terms, it may be any of them: none is returned.
    """
    if standing(item, vocabulary)[0] != "unknown" or not fold(item) or re.search(r"\d", item):
        return ()
    if not any(term.open is not None for term in vocabulary.terms):
        return ()
    meant = [
        term
        for term in vocabulary.terms
        if re.search(r"\d", term.label)
        and not is_obsolete(term, vocabulary)
        and any(fold(item) == _unversioned(spelling) for spelling in _spellings(term))
    ]
    near = suggested(item, vocabulary)[0] if meant else ()
    if not any(term.label in near for term in meant):
        return ()
    return tuple(sorted(meant, key=_newest_first))


def _spellings(term: Term) -> tuple[str, ...]:
    return (term.label, *term.aliases, *term.hints, *filter(None, (term.code,)))


def _unversioned(spelling: str) -> str:
    return " ".join(_VERSION.sub(" ", fold(spelling)).split())


def _newest_first(term: Term) -> tuple[list[int], int]:
    return [-int(number) for number in re.findall(r"\d+", term.label)], len(term.label)


RULE: Rule = rule("LIC102", "licence-without-version", "error", "unsafe", find, __doc__, FR)

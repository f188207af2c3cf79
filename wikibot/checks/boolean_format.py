"""What: A yes or no is written in a word that the wiki does not know.

Why: The property stays empty, as if nobody had answered.

Example: `|adherent=yes`: a French wiki knows `oui`, `vrai`, `true` and `1` only.

Fix safety: Safe for the plain words for yes and no; any other answer has no fix.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import fold, plain, replaced
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Kind, Mapping

FR = """Quoi : Un oui ou un non est écrit avec un mot que le wiki ne connaît pas.

Pourquoi : La propriété reste vide, comme si personne n'avait répondu.

Exemple : `|adherent=yes` : un wiki en français ne connaît que `oui`, `vrai`, `true` et `1`.

Correction : Sûre pour les mots qui veulent simplement dire oui ou non ; toute autre réponse n'a pas
de correction.
"""

_KINDS: frozenset[Kind] = frozenset({"boolean"})

# Semantic MediaWiki's messages smw_true_words and smw_false_words, and 1 and 0.
_KNOWN = {
    "fr": frozenset({"vrai", "v", "oui", "true", "1", "faux", "f", "non", "false", "0"}),
    "en": frozenset({"true", "t", "yes", "y", "1", "false", "f", "no", "n", "0"}),
}
_TRUE = frozenset({"vrai", "v", "oui", "true", "t", "yes", "y", "1"})
_YES = frozenset({"yes", "y", "oui", "o", "vrai", "true", "ok"})
_NO = frozenset({"no", "n", "non", "faux", "false"})
_WORDS = {"fr": ("oui", "non"), "en": ("yes", "no")}

_REWRITE = Text(
    "Dans le champ {field}, le wiki ne comprend pas {value} : écrivez {new}.",
    "In the field {field}, the wiki does not understand {value}: write {new}.",
)
_UNREAD = Text(
    "Dans le champ {field}, le wiki ne comprend pas {value} : écrivez {yes} ou {no}.",
    "In the field {field}, the wiki does not understand {value}: write {yes} or {no}.",
)


def truth(text: str, language: str) -> bool | None:
    """Return whether a text says yes or no, as the wiki reads it or as people mean it."""
    word = text.strip().lower()
    if word in _KNOWN[language]:
        return word in _TRUE
    folded = fold(text)
    return True if folded in _YES else False if folded in _NO else None


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each answer that the wiki does not know."""
    language = mapping.wiki.language
    yes, no = _WORDS[language]
    for found in plain(record, _KINDS):
        for item in dict.fromkeys(found.items):
            if item.strip().lower() in _KNOWN[language]:
                continue
            word = fold(item)
            new = yes if word in _YES else no if word in _NO else None
            yield finding(
                RULE,
                record,
                found,
                (_REWRITE if new else _UNREAD).format(
                    field=label(found.field),
                    value=quoted(item),
                    new=quoted(new or ""),
                    yes=quoted(yes),
                    no=quoted(no),
                ),
                value=item,
                new=replaced(found, item, [new]) if new else None,
                safe=True,
            )


RULE: Rule = rule("VAL104", "boolean-format", "error", "safe", find, __doc__, FR)

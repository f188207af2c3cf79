"""What: A field holds words that stand for «nothing yet».

Why: The page counts as filled, and readers see that nobody has come back to it.

Example: `|description=À compléter`.

Fix safety: Emptying the field is offered and unsafe: the right text is better than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import fold, plain, without
from wikibot.checks.words import label, quoted
from wikibot.edits import FieldValue, Record
from wikibot.language import Text
from wikibot.mapping import Kind, Mapping

FR = """Quoi : Un champ contient des mots qui veulent dire « rien pour l'instant ».

Pourquoi : La page compte comme remplie, et le lecteur voit que personne n'y est revenu.

Exemple : `|description=À compléter`.

Correction : Vider le champ est proposé, à confirmer : le bon texte vaut mieux que rien.
"""

_KINDS: frozenset[Kind] = frozenset({"text", "longtext", "page", "user"})
_LONGEST = 60
_WORDS = re.compile(
    r"(?:(?:texte |description |contenu |champ |partie |section )?"
    r"(?:reste )?a (?:completer|definir|renseigner|preciser|rediger|remplir|determiner)"
    r"(?: ulterieurement| plus tard| prochainement| svp)?"
    r"|en cours de (?:redaction|definition)|todo|to do|tbd|tbc|fixme"
    r"|to be (?:completed|defined|done)"
    r"|lorem ipsum(?: dolor.*)?|x{3,}|test test|asdf|blabla(?: blabla)*|votre texte ici"
    r"|(?:ecrivez|ecrire|saisir|saisissez|inserer) (?:votre |le |un )?texte(?: ici)?)\Z"
)
_LOREM = re.compile(r"\W*lorem ipsum dolor", re.IGNORECASE)
_SIGNS = re.compile(r"(?:[.…?_*-]{1,20}|/{2,})\Z")

_MESSAGE = Text(
    "Le champ {field} ne contient que {value}, qui n'apprend rien au lecteur : écrivez-y ce qui "
    "convient, ou videz-le en attendant.",
    "The field {field} holds only {value}, which tells readers nothing: write what belongs there, "
    "or empty it for the time being.",
)
_ITEM = Text(
    "Dans le champ {field}, {value} n'apprend rien au lecteur : remplacez-le par un nom, ou "
    "retirez-le.",
    "In the field {field}, {value} tells readers nothing: replace it by a name, or remove it.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each text, or item of a list, that is a placeholder alone."""
    for found in plain(record, _KINDS):
        if found.field.vocabulary:
            continue
        many = found.field.many and len(found.items) > 1
        for item in dict.fromkeys(found.items):
            if is_placeholder(item):
                yield finding(
                    RULE,
                    record,
                    found,
                    (_ITEM if many else _MESSAGE).format(
                        field=label(found.field), value=quoted(item)
                    ),
                    value=item,
                    new=_left(found, item),
                )


@lru_cache(maxsize=8192)
def is_placeholder(text: str) -> bool:
    """Return whether a text says nothing but that something is to come."""
    if len(text) > _LONGEST:
        return _LOREM.match(text) is not None
    return _WORDS.match(fold(text)) is not None or _SIGNS.match(text) is not None


def _left(found: FieldValue, item: str) -> str | None:
    return without(found, [item]) if found.field.many else ""


RULE: Rule = rule("TXT107", "placeholder-text", "warning", "unsafe", find, __doc__, FR)

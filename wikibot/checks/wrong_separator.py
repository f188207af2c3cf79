"""What: The values of a list are separated by another sign than the wiki's.

Why: The wiki takes all of it for one value, which is in no list and no count.

Example: `|Theme=Général/Enjeux; Anticipation/Prospective` where a comma separates.

Fix safety: Safe where each part is a term of the vocabulary or an address of its own; otherwise
unsafe, because the sign may belong to a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import is_free, replaced
from wikibot.checks.terms import standing, terms_within
from wikibot.checks.words import label, listed, quoted
from wikibot.edits import FieldValue, Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Les valeurs d'une liste sont séparées par un autre signe que celui du wiki.

Pourquoi : Le wiki prend le tout pour une seule valeur, qui n'est dans aucune liste ni aucun
décompte.

Exemple : `|Theme=Général/Enjeux; Anticipation/Prospective` là où une virgule sépare.

Correction : Sûre si chaque partie est un terme du vocabulaire ou une adresse à elle seule ; sinon
à confirmer, car le signe fait peut-être partie d'un nom.
"""

_SIGNS_OF_OTHERS = frozenset("\n;•")
_OTHERS = re.compile(r"\s*(?:\n[*#:\s]*|;|•)\s*")
_ADDRESSES = {
    "url": re.compile(r"(?:https?|ftp)://[^\s;]+\Z"),
    "email": re.compile(r"[^\s@;]+@[^\s@;]+\Z"),
}

_MESSAGE = Text(
    "Dans le champ {field}, {value} est lu comme une seule valeur : séparez {parts} par {sign}.",
    "In the field {field}, {value} is read as one value: separate {parts} by {sign}.",
)
_SIGNS = {
    ",": Text("une virgule", "a comma"),
    ";": Text("un point-virgule", "a semicolon"),
    "\n": Text("un retour à la ligne", "a line break"),
}


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each item that holds several values."""
    for found in record.plain_lists:
        sign = found.field.separator
        for item in dict.fromkeys(found.items):
            parts, certain = parts_of(item, found, mapping)
            if len(parts) < 2:
                continue
            yield finding(
                RULE,
                record,
                found,
                _MESSAGE.format(
                    field=label(found.field),
                    value=quoted(item),
                    parts=listed(parts),
                    sign=_SIGNS.get(sign, quoted(sign)),
                ),
                severity="error" if certain else "warning",
                value=item,
                new=replaced(found, item, parts),
                safe=certain,
            )


def parts_of(item: str, found: FieldValue, mapping: Mapping) -> tuple[list[str], bool]:
    """Return the values that an item holds, and whether it surely holds them."""
    vocabulary = mapping.vocabulary(found.field)
    if vocabulary:
        if standing(item, vocabulary)[1]:
            return [], False
        terms = [term.label for term in terms_within(item, vocabulary)]
        if terms or not is_free(found.field, mapping):
            return terms, True
    kind = found.field.kind
    if kind in _ADDRESSES:
        parts = re.split(r"[;\s]+", item.strip("; \n"))
        return parts if all(_ADDRESSES[kind].match(part) for part in parts) else [], True
    if _SIGNS_OF_OTHERS.isdisjoint(item) or kind not in ("text", "page", "user", "term", "file"):
        return [], False
    return [part for part in _OTHERS.split(item.strip("*# \n")) if part], False


RULE: Rule = rule("LST103", "wrong-separator", "error", "safe", find, __doc__, FR)

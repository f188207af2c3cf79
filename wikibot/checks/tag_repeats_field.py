"""What: A keyword repeats what another field of the page says already.

Why: Whoever searches finds the page by the other field; the keyword is worth more where it says
something that no field says.

Example: `|Tags=Bâtiment` beside `|challenge=F- Bâtiment`.

Fix safety: Taking the keywords out is offered and unsafe: a page or a link somewhere may list
pages by that keyword.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import bare_name, fold, without
from wikibot.checks.terms import meant
from wikibot.checks.words import label, listed
from wikibot.edits import FieldValue, Record
from wikibot.language import Text
from wikibot.mapping import Mapping, Vocabulary

FR = """Quoi : Un mot-clé répète ce que dit déjà un autre champ de la page.

Pourquoi : Qui cherche trouve la page par l'autre champ ; un mot-clé vaut mieux là où il dit ce
qu'aucun champ ne dit.

Exemple : `|Tags=Bâtiment` à côté de `|challenge=F- Bâtiment`.

Correction : Retirer ces mots-clés est proposé, à confirmer : une page ou un lien liste peut-être
les pages par ce mot-clé.
"""

_AND = re.compile(r"\s+(?:et|&)\s+|\s*,\s*|\s+-\s+")
_SMALL = frozenset(["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les"])

_ONE = Text(
    "Le mot-clé {tags} répète le champ {field} ; il n'apprend rien de plus.",
    "The keyword {tags} repeats the field {field}; it says nothing more.",
)
_SEVERAL = Text(
    "Les mots-clés {tags} répètent le champ {field} ; ils n'apprennent rien de plus.",
    "The keywords {tags} repeat the field {field}; they say nothing more.",
)

Words = frozenset[str]


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each field that some keywords of the page repeat."""
    tag_fields = [f for f in record.plain_lists if f.field.keywords]
    if not tag_fields:
        return
    said = [
        (found, vocabulary)
        for found in record.values.values()
        if found.items and found.field.vocabulary and not found.field.keywords
        if (vocabulary := mapping.vocabulary(found.field))
    ]
    for tags in tag_fields:
        left = {tag: words_of(tag) for tag in dict.fromkeys(tags.items)}
        for found, vocabulary in said:
            meant = _meant(found, vocabulary, {words for words in left.values() if words})
            repeated = [tag for tag, words in left.items() if words in meant]
            if not repeated:
                continue
            for tag in repeated:
                del left[tag]
            yield finding(
                RULE,
                record,
                tags,
                (_ONE if len(repeated) == 1 else _SEVERAL).format(
                    tags=listed(repeated), field=label(found.field)
                ),
                value=", ".join(repeated),
                new=without(tags, repeated),
            )


def _meant(found: FieldValue, vocabulary: Vocabulary, wanted: set[Words]) -> set[Words]:
    """Return which words the items of a field mean, as they are written and by their terms."""
    said = {*found.items, *(term.label for _, term in meant(found, vocabulary))}
    telling = (words for words in map(meanings, said) if not wanted.isdisjoint(words))
    return set().union(*telling) & wanted


@lru_cache(maxsize=8192)
def words_of(text: str) -> Words:
    """Return the words that count, in the singular, in any order."""
    return frozenset(
        word[:-1] if len(word) > 3 and word[-1] in "sx" else word
        for word in fold(text).split()
        if word not in _SMALL
    )


@lru_cache(maxsize=8192)
def meanings(term: str) -> frozenset[Words]:
    """Return the words of a term's name, and those of each thing it enumerates.

    `E- Mobilités et logistiques` means all of it, mobility, and logistics.
    """
    name = bare_name(term)
    return frozenset(words_of(part) for part in (name, *_AND.split(name)))


RULE: Rule = rule("LST106", "tag-repeats-field", "info", "unsafe", find, __doc__, FR)

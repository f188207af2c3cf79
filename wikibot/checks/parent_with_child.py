"""What: A list holds a term and a narrower term below it.

Why: The narrower one implies the other: the broad one adds nothing for readers, and counts by
theme take the page for several.

Example: `|Theme=Général, Général/Enjeux`.

Fix safety: Taking the broader terms out is offered and unsafe: someone may have meant the whole
branch, and a form with boxes to tick may tick the parent by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import without
from wikibot.checks.terms import labels_meant
from wikibot.checks.words import label, listed, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping, Vocabulary

FR = """Quoi : Une liste contient un terme et un terme plus précis de la même branche.

Pourquoi : Le plus précis suppose l'autre : le plus large n'apprend rien au lecteur, et les
décomptes par thème comptent la page plusieurs fois.

Exemple : `|Theme=Général, Général/Enjeux`.

Correction : Retirer les termes larges est proposé, à confirmer : quelqu'un a peut-être voulu toute
la branche, et un formulaire à cases peut cocher le parent de lui-même.
"""

_ONE = Text(
    "Le champ {field} contient {parents} et aussi un terme plus précis, {child} : le premier "
    "n'ajoute rien, vous pouvez le retirer.",
    "The field {field} holds {parents} and a narrower term too, {child}: the first adds nothing, "
    "you can remove it.",
)
_SEVERAL = Text(
    "Le champ {field} contient {parents}, et pour chacun un terme plus précis, comme {child} : ces "
    "{count} termes n'ajoutent rien, vous pouvez les retirer.",
    "The field {field} holds {parents}, and for each of them a narrower term such as {child}: "
    "these {count} terms add nothing, you can remove them.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield one finding for each list with parents of its own terms."""
    for found, vocabulary in record.plain_terms:
        if not found.field.many:
            continue
        held = labels_meant(found, vocabulary)
        if len(held) < 2:
            continue
        child_of: dict[str, str] = {}
        for term in held:
            parent = _above(term, vocabulary)
            seen = {term}
            while parent and parent not in seen:
                if parent in held:
                    child_of.setdefault(parent, term)
                seen.add(parent)
                parent = _above(parent, vocabulary)
        parents = [parent for parent in held if parent in child_of]
        items = [item for parent in parents for item in held[parent]]
        kept = {item for term in held if term not in child_of for item in held[term]}
        if parents:
            yield finding(
                RULE,
                record,
                found,
                (_ONE if len(parents) == 1 else _SEVERAL).format(
                    field=label(found.field),
                    parents=listed(parents),
                    child=quoted(child_of[parents[0]]),
                    count=len(parents),
                ),
                value=", ".join(parents),
                new=without(found, items) if kept.isdisjoint(items) else None,
            )


def _above(item: str, vocabulary: Vocabulary) -> str | None:
    """Return the label right above a term: as the vocabulary says, else by its path."""
    term = vocabulary.term(item)
    return (term.parent if term else None) or item.rpartition("/")[0].strip() or None


RULE: Rule = rule("LST105", "parent-with-child", "warning", "unsafe", find, __doc__, FR)

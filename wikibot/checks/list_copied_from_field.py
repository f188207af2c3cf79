"""What: A list is nearly the same as another list of the page.

Why: Two fields that ask different things (the theme of a commons, the skills it seeks) rarely
have the same answer: one was copied, and its answer is missing.

Example: `Theme` and `competences` with 20 values in common, of 21 and 23.

Fix safety: There is no fix: only a person knows what belongs in the copied one.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.terms import labels_meant
from wikibot.checks.words import label
from wikibot.edits import FieldValue, Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Une liste est presque la même qu'une autre liste de la page.

Pourquoi : Deux champs qui demandent des choses différentes (le thème d'un commun, les compétences
qu'il cherche) ont rarement la même réponse : l'un a été recopié, et sa réponse manque.

Exemple : `Theme` et `competences` avec 20 valeurs communes, sur 21 et 23.

Correction : Aucune : seule une personne sait ce qui revient au champ recopié.
"""

_FEWEST = 5
_SHARE = 0.8

_MESSAGE = Text(
    "Les champs {first} et {second} ont {shared} valeurs en commun, sur {one} et {two} : l'un "
    "semble recopié de l'autre. Vérifiez que chacun répond bien à sa question.",
    "The fields {first} and {second} have {shared} values in common, of {one} and {two}: one seems "
    "to be copied from the other. See that each answers its own question.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each pair of lists of one vocabulary that share most values."""
    before: dict[str, list[tuple[FieldValue, set[str]]]] = {}
    for found, vocabulary in record.plain_terms:
        if not found.field.many or found.field.same_as:
            continue
        items = set(labels_meant(found, vocabulary))
        if len(items) < _FEWEST:
            continue
        for other, others in before.setdefault(vocabulary.id, []):
            shared = len(items & others)
            if shared >= _FEWEST and shared >= _SHARE * max(len(items), len(others)):
                yield finding(
                    RULE,
                    record,
                    found,
                    _MESSAGE.format(
                        first=label(other.field),
                        second=label(found.field),
                        shared=shared,
                        one=len(others),
                        two=len(items),
                    ),
                )
        before[vocabulary.id].append((found, items))


RULE: Rule = rule("LST107", "list-copied-from-field", "warning", "none", find, __doc__, FR)

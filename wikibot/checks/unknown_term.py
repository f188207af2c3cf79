"""What: A value is not in the vocabulary of its field.

Why: Pages are found, counted and filtered by the words of the vocabulary: a page with another
word is in no list.

Example: `|Theme=Facteurs de résiliance/Urbanisme`.

Fix safety: Where one term alone looks like the value, writing it is offered and unsafe: the
value may be a new term that the vocabulary lacks.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.label_without_prefix import prefixed
from wikibot.checks.licence_without_version import versions_of
from wikibot.checks.reading import is_free, replaced
from wikibot.checks.terms import standing, suggested, terms_within
from wikibot.checks.unknown_status import is_status
from wikibot.checks.words import either, label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Une valeur ne fait pas partie du vocabulaire de son champ.

Pourquoi : Les pages se trouvent, se comptent et se filtrent par les mots du vocabulaire : une page
qui en emploie un autre n'est dans aucune liste.

Exemple : `|Theme=Facteurs de résiliance/Urbanisme`.

Correction : Si un seul terme ressemble à la valeur, l'écrire est proposé, à confirmer : la valeur
est peut-être un terme nouveau qui manque au vocabulaire.
"""

_NOT_ONE = Text(
    "{value} n'est pas une valeur du champ {field}.{hint}",
    "{value} is not a value of the field {field}.{hint}",
)
_HINT = Text(" Vouliez-vous dire {labels} ?", " Did you mean {labels}?")
_NO_HINT = Text(" Choisissez-en une dans le formulaire.", " Choose one in the form.")


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each item of a closed vocabulary that means no term."""
    for found, vocabulary, odd in record.odd_terms:
        if is_free(found.field, mapping) or found.is_empty or is_status(found.field, record):
            continue
        for item in odd:
            if standing(item, vocabulary)[0] != "unknown" or terms_within(item, vocabulary):
                continue
            if prefixed(item, record, found.field) or versions_of(item, vocabulary):
                continue  # rules of their own say more
            near, clear = suggested(item, vocabulary)
            yield finding(
                RULE,
                record,
                found,
                _NOT_ONE.format(
                    value=quoted(item),
                    field=label(found.field),
                    hint=_HINT.format(labels=either(near)) if near else _NO_HINT,
                ),
                severity="error" if found.field.required == "error" else "warning",
                value=item,
                new=replaced(found, item, [clear]) if clear else None,
            )


RULE: Rule = rule("VOC101", "unknown-term", "error", "unsafe", find, __doc__, FR)

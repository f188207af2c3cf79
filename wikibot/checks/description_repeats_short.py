"""What: A long text begins by repeating a short one of the same page.

Why: The page shows both, one below the other: readers read the same sentence twice.

Example: `|shortDescription=Outil d'aide au pilotage.` and `|description=Carto'Fictif : Outil d'aide
au pilotage. …`.

Fix safety: There is no fix: whether the long text stands without its first sentence, only a
person sees.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import fold
from wikibot.checks.words import label, quoted
from wikibot.edits import FieldValue, Record
from wikibot.language import Text
from wikibot.mapping import Kind, Mapping

FR = """Quoi : Un texte long commence par répéter un texte court de la même page.

Pourquoi : La page montre les deux, l'un sous l'autre : le lecteur lit deux fois la même phrase.

Exemple : `|shortDescription=Outil d'aide au pilotage.` et `|description=Carto'Fictif : Outil d'aide
au pilotage. …`.

Correction : Aucune : si le texte long tient sans sa première phrase, seule une personne le voit.
"""

_SHORT: frozenset[Kind] = frozenset({"text"})
_LONG: frozenset[Kind] = frozenset({"longtext"})
_SHORTEST = 30
_LEAD = 100  # how far into the long text the repetition may begin

_MESSAGE = Text(
    "Le champ {long} répète le champ {short}, {start} : commencez-le par ce qui est nouveau.",
    "The field {long} repeats the field {short}, {start}: begin it with what is new.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each long text that has a short one at its head."""
    for short in record.filled(_SHORT):
        if short.field.many or len(short.text) < _SHORTEST or _is_name(short, record):
            continue
        sentence = _even(short.text).rstrip(" .…!")
        for long in record.filled(_LONG):
            if sentence in _even(long.text[: _LEAD + 2 * len(short.text)]):
                yield finding(
                    RULE,
                    record,
                    long,
                    _MESSAGE.format(
                        long=label(long.field), short=label(short.field), start=quoted(short.text)
                    ),
                    value=short.text,
                )


def _is_name(short: FieldValue, record: Record) -> bool:
    """Return whether a short text is the name of the page, which any text may begin with."""
    return short.field.unique == "name" or fold(short.text) == fold(record.page.title.name)


def _even(text: str) -> str:
    plain = text.replace("'''", "").replace("''", "").replace("’", "'").replace("\u00a0", " ")
    return " ".join(plain.split()).casefold()


RULE: Rule = rule("TXT106", "description-repeats-short", "info", "none", find, __doc__, FR)

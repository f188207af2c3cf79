"""What: A page cannot be read with certainty.

Why: Where it is open which text belongs to which field, a change of one could damage another.
Such a page is left as it is.

Example: `|description=<b title='x|y'>z</b>`: to the wiki the bar inside the tag ends the value, to
another reader of wikitext it does not.

Fix safety: There is no fix: what cannot be read with certainty is never written.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, rule
from wikibot.edits import Record
from wikibot.errors import AmbiguousWikitext
from wikibot.language import Text
from wikibot.mapping import Mapping
from wikibot.page import Page
from wikibot.wikitext import reads_alike

FR = """Quoi : Une page ne peut pas être lue avec certitude.

Pourquoi : Quand on ne sait pas quel texte appartient à quel champ, changer l'un peut abîmer
l'autre. Une telle page reste comme elle est.

Exemple : `|description=<b title='x|y'>z</b>` : pour le wiki, la barre dans la balise finit la
valeur ; pour un autre lecteur de wikitexte, non.

Correction : Aucune : ce qui ne se lit pas avec certitude n'est jamais écrit.
"""

_MESSAGE = Text(
    "Cette page ne peut pas être lue avec certitude et n'a pas été vérifiée ; rien n'y sera "
    "changé. {reason}",
    "This page cannot be read with certainty and was not checked; nothing on it will be changed. "
    "{reason}",
)


_TWO_WAYS = Text(
    "La fiche de cette page se lit de deux façons : wikibot n'y touche pas. Cherchez une barre "
    "verticale dans une balise, un lien ou un tableau, et remplacez-la par {{!}}.",
    "The sheet of this page reads in two ways: ambiguous wikitext, not touched. Look for a bar in "
    "a tag, a link or a table, and replace it by {{!}}.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding where two readers differ; only a call with a stray bar is worth asking."""
    if any(argument.positional for argument in record.call.arguments) and not reads_alike(
        record.page.text, record.call
    ):
        yield Finding(RULE.code, "error", record.page.title, "", "", _TWO_WAYS)


def unreadable(page: Page, error: AmbiguousWikitext) -> Finding:
    """Return the finding for a page that gave no records."""
    return Finding(RULE.code, "error", page.title, "", "", _MESSAGE.format(reason=error.message))


RULE: Rule = rule("PAG101", "ambiguous-wikitext", "error", "none", find, __doc__, FR)

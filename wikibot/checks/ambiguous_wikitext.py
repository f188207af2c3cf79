"""What: A page cannot be read with certainty.

Why: Where it is open which text belongs to which field, a change of one could damage another.
Such a page is left as it is.

Example: A page with more nested calls than the wiki itself would read.

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

FR = """Quoi : Une page ne peut pas être lue avec certitude.

Pourquoi : Quand on ne sait pas quel texte appartient à quel champ, changer l'un peut abîmer
l'autre. Une telle page reste comme elle est.

Exemple : Une page avec plus d'appels imbriqués que le wiki lui-même n'en lit.

Correction : Aucune : ce qui ne se lit pas avec certitude n'est jamais écrit.
"""

_MESSAGE = Text(
    "Cette page ne peut pas être lue avec certitude et n'a pas été vérifiée ; rien n'y sera "
    "changé. {reason}",
    "This page cannot be read with certainty and was not checked; nothing on it will be changed. "
    "{reason}",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield nothing: a page that gave a record was read with certainty."""
    return iter(())


def unreadable(page: Page, error: AmbiguousWikitext) -> Finding:
    """Return the finding for a page that gave no records."""
    return Finding(RULE.code, "error", page.title, "", "", _MESSAGE.format(reason=error.message))


RULE: Rule = rule("PAG101", "ambiguous-wikitext", "error", "none", find, __doc__, FR)

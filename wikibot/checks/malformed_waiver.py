"""What: A waiver written on a page cannot be read, so it lets nothing pass.

Why: Whoever wrote it believes that the bot keeps away, and it does not. A waiver names the rules,
then, behind a colon, the reason: without one, nobody knows later whether it may go.

Example: `<!-- wikibot: ignore VOC102 -->`, which gives no reason.

Fix safety: There is no fix: the bot does not know the reason.
"""

from __future__ import annotations

from collections.abc import Iterable

from wikibot.checks.finding import Finding, Rule, rule
from wikibot.edits import Record
from wikibot.mapping import Mapping

FR = """Quoi : Une dispense écrite sur une page est illisible et ne laisse rien passer.

Pourquoi : Qui l'a écrite croit que le robot s'abstient, ce qui n'est pas le cas. Une dispense nomme
les règles puis, après deux-points, la raison : sans elle, personne ne saura si on peut l'enlever.

Exemple : `<!-- wikibot: ignorer VOC102 -->`, qui ne donne pas de raison.

Correction : Aucune : le robot ne connaît pas la raison.
"""


def find(record: Record, mapping: Mapping) -> Iterable[Finding]:
    """Return nothing: `wikibot.checks.waivers` reads the page's waivers, once a page."""
    return ()


RULE: Rule = rule("WAI102", "malformed-waiver", "warning", "none", find, __doc__, FR)

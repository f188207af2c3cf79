"""What: A waiver has expired, so what it let pass is told again.

Why: A waiver with a last day was made for a time. Whoever asked for it has to say whether it still
holds; until then the bot counts the finding, and mends what it can.

Example: `<!-- wikibot: ignore VOC102 until 2025-12-31: the name is wanted -->` in January 2026.

Fix safety: There is no fix: a person decides whether the page or the waiver changes.
"""

from __future__ import annotations

from collections.abc import Iterable

from wikibot.checks.finding import Finding, Rule, rule
from wikibot.edits import Record
from wikibot.mapping import Mapping

FR = """Quoi : Une dispense a expiré, et ce qu'elle laissait passer est de nouveau relevé.

Pourquoi : Une dispense avec un dernier jour valait pour un temps. Qui l'a demandée doit dire si
elle vaut encore ; d'ici là, le robot compte le point, et corrige ce qui peut l'être.

Exemple : `<!-- wikibot: ignorer VOC102 jusqu'au 2025-12-31 : le nom est voulu -->` en janvier 2026.

Correction : Aucune : une personne décide si c'est la page ou la dispense qui change.
"""


def find(record: Record, mapping: Mapping) -> Iterable[Finding]:
    """Return nothing: a waiver expires by the calendar, which `wikibot.checks.sifting` knows."""
    return ()


RULE: Rule = rule("WAI101", "expired-waiver", "warning", "none", find, __doc__, FR)

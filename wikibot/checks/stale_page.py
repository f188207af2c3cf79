"""What: Nobody has edited a page for longer than the wiki wants.

Why: What the page says of people, files and funding may no longer hold.

Example: A commons last edited in 2022, where the mapping says `stale_after_months = 24`.

Fix safety: There is no fix: a person has to read the page again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wikibot.checks.finding import Finding, Rule, rule_among
from wikibot.checks.neighbours import Neighbours
from wikibot.edits import Record
from wikibot.language import Text, day
from wikibot.mapping import Mapping

FR = """Quoi : Personne n'a modifié la page depuis plus longtemps que le wiki ne le souhaite.

Pourquoi : Ce qu'elle dit des personnes, des fichiers et du financement n'est peut-être plus vrai.

Exemple : Un commun modifié pour la dernière fois en 2022, quand la correspondance dit
`stale_after_months = 24`.

Correction : Aucune : une personne doit relire la page.
"""

_MESSAGE = Text(
    "Personne n'a modifié cette page depuis le {day}, il y a {months} mois : relisez-la, et "
    "enregistrez-la à jour.",
    "Nobody has edited this page since {day}, {months} months ago: read it again and save it up "
    "to date.",
)


def find_among(record: Record, mapping: Mapping, neighbours: Neighbours) -> Iterator[Finding]:
    """Yield a finding for a page that was last edited too long ago."""
    limit, today = record.page_type.stale_after_months, neighbours.today
    if limit is None or today is None or record.index:
        return
    last = record.page.revision.timestamp.date()
    months = _whole_months(last, today)
    if months > limit:
        message = _MESSAGE.format(day=day(last), months=months)
        yield Finding(RULE.code, RULE.severity, record.page.title, "", last.isoformat(), message)


def _whole_months(start: date, end: date) -> int:
    return 12 * (end.year - start.year) + end.month - start.month - (end.day < start.day)


RULE: Rule = rule_among("COL102", "stale-page", "info", "none", "titles", find_among, __doc__, FR)

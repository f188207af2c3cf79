"""Findings as one page for a browser: what stands in it of the wiki is text, whatever it is."""

from __future__ import annotations

from collections import Counter

from wikibot.checks import RULES
from wikibot.language import Language, Text
from wikibot.render import page
from wikibot.render.checked import RANK, Checked, by_page, shareable
from wikibot.render.text import finding_counts

_WORDS = {
    "title": Text("Ce qui est à corriger", "What is to be mended"),
    "severity": Text("Gravité", "Severity"),
    "none": Text("Rien à corriger.", "Nothing to mend."),
    "error": Text("Erreur", "Error"),
    "warning": Text("À revoir", "Warning"),
    "info": Text("Remarque", "Remark"),
    "errors": Text("Erreurs", "Errors"),
    "warnings": Text("À revoir", "Warnings"),
    "infos": Text("Remarques", "Remarks"),
}


def html(checked: Checked, language: Language) -> str:
    """Return the page, to be opened, printed or sent."""
    found = checked.sifted.findings
    rules = Counter(finding.rule for finding in found)
    pages = [
        {
            "title": shareable(str(title), language),
            "address": page.web(checked.address(title)),
            "lines": [checked.shown(finding, language) for finding in of_page],
        }
        for title, of_page in by_page(found)
    ]
    return page.filled(
        "findings.html.j2",
        language,
        _WORDS,
        place=checked.place,
        today=checked.today,
        counts=finding_counts(found, len(checked.pages)).into(language),
        severities=Counter(finding.severity for finding in found),
        order=list(RANK),
        rules=[(code, RULES[code].what.into(language), n) for code, n in rules.most_common()],
        some_safe=any(finding.safe for finding in found),
        pages=pages,
    )

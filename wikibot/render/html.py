"""Findings as one page for a browser: whole in itself, nothing asked of any network.

Source of its policy: W3C, Content Security Policy Level 3 (hashes of inline style and script).
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from pathlib import Path

from wikibot.checks import RULES
from wikibot.language import Language, Text
from wikibot.redaction import redacted
from wikibot.render.checked import RANK, Checked, by_page, shareable
from wikibot.render.text import finding_counts
from wikibot.resources import data_folder

_WORDS = {
    "title": Text("Ce qui est à reprendre", "What is to be mended"),
    "wiki": Text("Wiki", "Wiki"),
    "made": Text("Relevé du", "As of"),
    "skip": Text("Aller aux pages", "Skip to the pages"),
    "filter": Text("Filtrer", "Filter"),
    "rule": Text("Règle", "Rule"),
    "every_rule": Text("Toutes les règles", "All rules"),
    "words": Text("Mots cherchés", "Words to look for"),
    "severity": Text("Gravité", "Severity"),
    "safe_only": Text("Corrections sûres seulement", "Safe fixes only"),
    "reset": Text("Tout montrer", "Show all"),
    "by_rule": Text("Combien, règle par règle", "How many, rule by rule"),
    "what": Text("Ce qu'elle dit", "What it says"),
    "number": Text("Nombre", "Number"),
    "none": Text("Rien à reprendre.", "Nothing to mend."),
    "no_match": Text("Rien ne correspond à ce filtre.", "Nothing matches this filter."),
    "safe": Text("Correction sûre", "Safe fix"),
    "hint": Text("Proposition", "Hint"),
    "before": Text("avant", "before"),
    "after": Text("après", "after"),
    "empty": Text("(vide)", "(empty)"),
    "colon": Text(" :", ":"),
    "error": Text("Erreur", "Error"),
    "warning": Text("À revoir", "Warning"),
    "info": Text("Remarque", "Remark"),
    "errors": Text("Erreurs", "Errors"),
    "warnings": Text("À revoir", "Warnings"),
    "infos": Text("Remarques", "Remarks"),
    "shown": Text("{n} sur {all} affichés", "{n} of {all} shown"),
}


def html(checked: Checked, language: Language) -> str:
    """Return the page; what stands in it of the wiki is text, whatever it looks like."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    folder = data_folder("templates") / "report"
    style, script = ((folder / name).read_text("utf-8") for name in ("report.css", "report.js"))
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["quoting"] = _quoting
    found = checked.sifted.findings
    rules = Counter(finding.rule for finding in found)
    pages = [
        {
            "title": shareable(str(title), language),
            "address": _web(checked.address(title)),
            "findings": [checked.shown(finding, language) for finding in of_page],
        }
        for title, of_page in by_page(found)
    ]
    return environment.get_template("findings.html.j2").render(
        language=language,
        words={name: words.into(language) for name, words in _WORDS.items()},
        policy=_policy(style, script),
        style=Markup(style),  # our own files, shipped with wikibot
        script=Markup(script),
        place=redacted(_place(checked.place)),
        day=checked.today.strftime("%d/%m/%Y" if language == "fr" else "%d %B %Y"),
        today=checked.today.isoformat(),
        counts=finding_counts(found, len(checked.pages)).into(language),
        severities=Counter(finding.severity for finding in found),
        order=list(RANK),
        rules=[(code, RULES[code].what.into(language), n) for code, n in rules.most_common()],
        pages=pages,
        total=len(found),
    )


def _place(place: str) -> str:
    """Return where a wiki is; of a folder or a file its name, for others need not know more."""
    return place if "://" in place else Path(place).resolve().name


def _quoting(words: str) -> str:
    """Return words whose quotation marks stay with what they hold at the end of a line."""
    return words.replace("« ", "«\u00a0").replace(" »", "\u00a0»")


def _web(address: str | None) -> str | None:
    """Return an address to link to: of the web, nothing that a browser would run."""
    return address if address and address.startswith(("https://", "http://")) else None


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(inline: str) -> str:
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    return f"'sha256-{digest}'"

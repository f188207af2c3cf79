"""What our pages for a browser share: whole in themselves, nothing asked of any network.

Whatever is put into them is text: autoescaping makes it so, and a policy that allows the page's
own style and script and nothing else holds where that should ever fail.
Source of the policy: W3C, Content Security Policy Level 3 (hashes of inline style and script).
"""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from pathlib import Path
from typing import Any

from wikibot.language import Language, Text, day
from wikibot.redaction import redacted
from wikibot.resources import data_folder

# What listing.html.j2 and the form of a filter say; a page has words of its own beside them.
WORDS = {
    "wiki": Text("Wiki", "Wiki"),
    "made": Text("Relevé du", "As of"),
    "skip": Text("Aller aux pages", "Skip to the pages"),
    "filter": Text("Filtrer", "Filter"),
    "rule": Text("Règle", "Rule"),
    "every_rule": Text("Toutes les règles", "All rules"),
    "words": Text("Mots cherchés", "Words to look for"),
    "safe_only": Text("Corrections sûres seulement", "Safe fixes only"),
    "reset": Text("Tout montrer", "Show all"),
    "by_rule": Text("Combien, règle par règle", "How many, rule by rule"),
    "what": Text("Ce qu'elle dit", "What it says"),
    "number": Text("Nombre", "Number"),
    "no_match": Text("Rien ne correspond à ce filtre.", "Nothing matches this filter."),
    "safe": Text("Correction sûre", "Safe fix"),
    "hint": Text("Proposition", "Hint"),
    "before": Text("avant", "before"),
    "after": Text("après", "after"),
    "empty": Text("(vide)", "(empty)"),
    "colon": Text(" :", ":"),
    "shown": Text("{n} sur {all} affichés", "{n} of {all} shown"),
}


def filled(
    template: str,
    language: Language,
    words: dict[str, Text],
    *,
    place: str,
    today: date,
    styles: tuple[str, ...] = ("base.css", "report.css"),
    script: str = "report.js",
    **values: Any,
) -> str:
    """Return the page that a template makes of the values.

    `place` is where the wiki is; of a folder or a file only the name is told. `styles` and `script`
    are files beside the template.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    folder = data_folder("templates") / "report"
    style = "".join((folder / name).read_text("utf-8") for name in styles)
    program = (folder / script).read_text("utf-8")
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["quoting"] = _quoting
    return environment.get_template(template).render(
        language=language,
        words={name: text.into(language) for name, text in (WORDS | words).items()},
        policy=_policy(style, program),
        style=Markup(style),  # our own files, shipped with wikibot
        script=Markup(program),
        place=redacted(_place(place)),
        day=day(today).into(language),
        today=today.isoformat(),
        **values,
    )


def web(address: str | None) -> str | None:
    """Return an address to link to: of the web, nothing that a browser would run."""
    return address if address and address.startswith(("https://", "http://")) else None


def _place(place: str) -> str:
    return place if "://" in place else Path(place).resolve().name


def _quoting(words: str) -> str:
    """Return words whose quotation marks stay with what they hold at the end of a line."""
    return words.replace("« ", "«\u00a0").replace(" »", "\u00a0»")


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(inline: str) -> str:
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    return f"'sha256-{digest}'"

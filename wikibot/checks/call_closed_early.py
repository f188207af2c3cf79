"""What: Two closing braces in a value end the template too early.

Why: All that follows them is outside the template: it shows as loose text on the page, the fields
behind it are lost, and the next save of the form does not bring them back.

Example: A text with `}}` in it, and the page ends with a `}}` that closes nothing.

Fix safety: There is no fix: where the value was meant to end, only a person can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, rule
from wikibot.checks.parameters import is_known
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Deux accolades fermantes dans une valeur terminent le modèle trop tôt.

Pourquoi : Tout ce qui les suit est hors du modèle : cela s'affiche comme un texte perdu sur la
page, les champs suivants sont perdus, et le prochain enregistrement du formulaire ne les rend pas.

Exemple : Un texte qui contient `}}`, et la page finit par un `}}` qui ne ferme rien.

Correction : Aucune : où la valeur devait finir, seule une personne peut le dire.
"""

_OPAQUE = re.compile(
    r"<!--.*?(?:-->|\Z)|<(nowiki|pre|math|source|syntaxhighlight|code)\b[^<>]*>.*?</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_BRACES = re.compile(r"\{\{|\}\}")

_MESSAGE = Text(
    "Deux accolades fermantes dans le champ {field} terminent la fiche trop tôt : la suite, "
    "{lost}, n'est plus dans aucun champ. Retirez-les de ce texte, ou séparez-les par une espace.",
    "Two closing braces in the field {field} end the sheet too early: the rest, {lost}, is in no "
    "field any more. Remove them from that text, or put a blank between them.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for a call that is followed by the closing braces that were its own."""
    text = record.page.text
    start, end = record.call.span
    if "}}" not in text[end:] or not _begins_lines(record):
        return
    lost = _until_stray(text[end:])
    known = [a for a in record.call.arguments if is_known(a, record)]
    if lost is None or not known or _depth(text[:start]):
        return
    field = record.page_type.field_of(known[-1].name)
    if field:
        message = _MESSAGE.format(field=label(field), lost=quoted(lost))
        yield Finding(RULE.code, "error", record.page.title, field.id, lost, message)


def _begins_lines(record: Record) -> bool:
    """Return whether the parameters stand on lines of their own, as a form writes them."""
    text = record.page.text
    return all(text[a.part[0] - 2] == "\n" for a in record.call.arguments if is_known(a, record))


def _until_stray(after: str) -> str | None:
    """Return what stands before closing braces on a line of their own that close nothing."""
    plain, depth = _OPAQUE.sub(lambda m: " " * len(m.group()), after), 0
    for found in _BRACES.finditer(plain):
        if found.group() == "{{":
            depth += 1
        elif depth:
            depth -= 1
        else:
            lost, alone = after[: found.start()], plain[: found.start()].endswith("\n")
            return lost.strip() if alone and lost.strip() else None
    return None


def _depth(before: str) -> int:
    """Return how many braces are open in a text, to tell a call that stands in another."""
    braces = _BRACES.findall(_OPAQUE.sub("", before))
    return braces.count("{{") - braces.count("}}")


RULE: Rule = rule("PAR105", "call-closed-early", "error", "none", find, __doc__, FR)

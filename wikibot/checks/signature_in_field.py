"""What: A field holds a signature: a link to a user, with or without the hour.

Why: Signatures belong on talk pages. In a field they are shown to every reader and go into lists
and exports; who wrote what is in the history of the page.

Example: `|description=La carte est en ligne. ~~~~`.

Fix safety: Taking the signature away is offered and unsafe: a sentence may lose who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Kind, Mapping

FR = """Quoi : Un champ contient une signature : un lien vers un compte, avec ou sans l'heure.

Pourquoi : Les signatures ont leur place sur les pages de discussion. Dans un champ, tous les
lecteurs les voient, et elles partent dans les listes et les exports ; qui a écrit quoi se lit dans
l'historique de la page.

Exemple : `|description=La carte est en ligne. ~~~~`.

Correction : Retirer la signature est proposé, à confirmer : une phrase y perd peut-être qui parle.
"""

_KINDS: frozenset[Kind] = frozenset({"text", "longtext"})
_SPACE = r"(?:utilisateur|utilisatrice|user)"
_TALK = r"(?:discussion[ _](?:utilisateur|utilisatrice)|user[ _]talk)"
_HOUR = r"\d{1,2} [^\W\d_]{3,9}\.? \d{4} à \d{2}:\d{2}|\d{2}:\d{2}, \d{1,2} [A-Z][a-z]{2,8} \d{4}"
_PERHAPS = re.compile(rf"~~~|\[\[{_SPACE}:", re.IGNORECASE).search
_SIGNED = re.compile(
    r"[ \t]*(?:[–—-]{1,2} ?)?(?:"
    r"(?<!~)~{3,5}(?!~)"
    rf"|\[\[{_SPACE}:[^\[\]\n]+\]\][ \t]*"
    rf"(?:\(\[\[{_TALK}:[^\[\]\n]+\]\]\)(?:[ \t]*(?:{_HOUR})(?: \([A-Z]{{2,5}}\))?)?"
    rf"|(?:{_HOUR})(?: \([A-Z]{{2,5}}\))?)"
    r")",
    re.IGNORECASE,
)

_MESSAGE = Text(
    "Le champ {field} contient une signature, {mark} : retirez-la, l'historique de la page dit "
    "déjà qui a écrit et quand.",
    "The field {field} holds a signature, {mark}: remove it, the history of the page already says "
    "who wrote and when.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield one finding for each text with a signature in it."""
    for found in record.filled(_KINDS):
        text = found.wikitext
        if not _PERHAPS(text) or "<nowiki" in text:
            continue
        signed = list(_SIGNED.finditer(text))
        if signed:
            mark = signed[0].group().strip()
            yield finding(
                RULE,
                record,
                found,
                _MESSAGE.format(field=label(found.field), mark=quoted(mark)),
                value=mark,
                new=_SIGNED.sub("", text).strip(),
                keeps_markup=True,
            )


RULE: Rule = rule("TXT109", "signature-in-field", "warning", "unsafe", find, __doc__, FR)

"""What: A field for a web address holds something else.

Why: The wiki makes no link of it: readers cannot follow it, and the property stays empty or
leads nowhere.

Example: `|chat=Echanger, Poser des questions`, or `|url=www.example.org`.

Fix safety: Unsafe: putting `https://` in front, or keeping only the address out of a sentence, is
a guess; without any address there is no fix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import fold, replaced
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Kind, Mapping

FR = """Quoi : Un champ prévu pour une adresse web contient autre chose.

Pourquoi : Le wiki n'en fait pas de lien : le lecteur ne peut pas le suivre, et la propriété reste
vide ou ne mène nulle part.

Exemple : `|chat=Echanger, Poser des questions`, ou `|url=www.example.org`.

Correction : À confirmer : mettre `https://` devant, ou ne garder que l'adresse d'une phrase, est
une supposition ; sans aucune adresse, il n'y a pas de correction.
"""

_KINDS: frozenset[Kind] = frozenset({"url"})

_URL = re.compile(r"(?:https?|ftp)://[^\s<>\[\]{}|\"]+\Z", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s@]+@[^\s@]+\Z", re.IGNORECASE)
_INSIDE = re.compile(r"(?:https?|ftp)://[^\s<>\[\]{}|\"]+", re.IGNORECASE)
_BARE = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?:[:/?#]\S*)?\Z", re.IGNORECASE
)
# Where an address begins; one inside another, as archives have, does not count.
_START = re.compile(r"(?:^|[\s,;]+)(?=(?:https?|ftp)://)", re.IGNORECASE)
# A beginning that slipped: http:/, htttp://, https//.
_BROKEN = re.compile(r"\Ah?t{1,3}ps?(?:\s?:\s?/{0,3}|\s?/{1,3})\s?", re.IGNORECASE)
_PLAIN_HTTP = re.compile(r"h?t{1,3}p\s?[:/]", re.IGNORECASE)

_NONE = Text(
    "Le champ {field} contient {value}, qui n'est pas une adresse web : écrivez l'adresse "
    "complète, de https:// à la fin.",
    "The field {field} holds {value}, which is no web address: write the whole address, from "
    "https:// to its end.",
)
_LIKELY = Text(
    "Le champ {field} contient {value} ; le wiki n'en fait un lien que sous la forme {new}. "
    "Vérifiez que cette adresse s'ouvre.",
    "The field {field} holds {value}; the wiki makes a link of it only as {new}. See that this "
    "address opens.",
)
_OWN_NAME = Text(
    "Le champ {field} ne contient que son propre nom : écrivez l'adresse web complète, de https:// "
    "à la fin.",
    "The field {field} holds only its own name: write the whole web address, from https:// to its "
    "end.",
)
_SEVERAL = Text(
    "Le champ {field} n'attend qu'une adresse et en contient {count} : gardez la principale.",
    "The field {field} expects one address and holds {count}: keep the main one.",
)
_WITH_TEXT = Text(
    "Le champ {field} n'attend que l'adresse : gardez {new} et déplacez le reste.",
    "The field {field} expects the address alone: keep {new} and move the rest.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each value that is no address alone."""
    for found in record.filled(_KINDS):
        if found.field.wikitext or "{{" in found.wikitext:
            continue
        names = {fold(found.field.label.fr), fold(found.field.label.en)}
        for item in dict.fromkeys(found.items):
            count = len(_START.findall(item))
            if count < 2 and (_URL.match(item) or _MAIL.match(item)):
                continue
            new, message = (None, _SEVERAL) if count > 1 else _mended(item)
            yield finding(
                RULE,
                record,
                found,
                (_OWN_NAME if fold(item) in names else message).format(
                    field=label(found.field), value=quoted(item), new=new, count=count
                ),
                value=item,
                new=replaced(found, item, [new]) if new else None,
            )


def _mended(item: str) -> tuple[str | None, Text]:
    inside = _INSIDE.search(item)
    if inside:
        return inside.group().rstrip(".,;:!?)'»”"), _WITH_TEXT
    bare = _BROKEN.sub("", item, count=1)
    if _BARE.match(bare) and "@" not in bare:
        scheme = "http" if _PLAIN_HTTP.match(item) else "https"
        return f"{scheme}://{bare}", _LIKELY
    return None, _NONE


RULE: Rule = rule("VAL106", "url-format", "error", "unsafe", find, __doc__, FR)

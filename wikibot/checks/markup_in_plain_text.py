"""What: A field for plain text holds wiki markup or HTML.

Why: Lists, search results and exports show such a field as it stands: readers see quotes, brackets
and tags instead of bold text and links.

Example: `|shortDescription='''Un guide''' pour [[Bourg-Modèle]]`.

Fix safety: Taking away the marks of bold, italics and links is offered and unsafe: the author may
want the emphasis elsewhere, and a link loses its target. Tags and headings have no fix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Kind, Mapping

FR = """Quoi : Un champ de texte simple contient de la mise en forme wiki ou du HTML.

Pourquoi : Les listes, la recherche et les exports montrent un tel champ tel quel : le lecteur voit
des apostrophes, des crochets et des balises au lieu de gras et de liens.

Exemple : `|shortDescription='''Un guide''' pour [[Bourg-Modèle]]`.

Correction : Retirer les marques de gras, d'italique et de lien est proposé, à confirmer : l'auteur
tient peut-être à l'accent, et un lien perd sa cible. Balises et titres n'ont pas de correction.
"""

_KINDS: frozenset[Kind] = frozenset({"text", "longtext", "term", "page", "user"})

_SIGN = re.compile(r"[<\[\n]|''|==")  # every mark has one of these
_TAG = re.compile(
    r"</?(?:b|i|u|s|p|br|hr|em|strong|big|small|sup|sub|span|div|center|font|code|pre|nowiki|ref"
    r"|ul|ol|li|table|tr|td|th|h[1-6]|blockquote|gallery)\b[^<>]*>",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\[\[(?!(?:Fichier|File|Image|Cat[ée]gor(?:ie|y)):)(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]"
)
_EXTERNAL = re.compile(r"\[(?:https?:)?//[^\s\[\]]+(?:\s[^\[\]]*)?\]")
_HEADING = re.compile(r"^(={2,6})[^=\n]+\1\s*$", re.MULTILINE)
_QUOTES = re.compile(r"'{2,5}")
_QUOTED = re.compile(r"'{2,5}(?:[^\n]{1,60}?'{2,5})?")
_TYPED_TWICE = re.compile(r"(?<=\w)''(?=\w)")
_LIST = re.compile(r"\n[*#:;]+ ?\S")

_MESSAGE = Text(
    "Le champ {field} contient de la mise en forme, {mark} ; ce champ s'affiche tel quel : "
    "écrivez-le en texte simple.",
    "The field {field} holds markup, {mark}; this field shows as it stands: write it in plain "
    "text.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield one finding for each plain field with a mark of wikitext or HTML in it."""
    for found in record.filled(_KINDS):
        if found.field.wikitext or not _SIGN.search(found.wikitext):
            continue
        marks = _marks(found.wikitext)
        if not marks:
            continue
        mended = _mended(found.wikitext)
        only = found.wikitext if "<" not in found.wikitext and "{{" not in found.wikitext else ""
        yield finding(
            RULE,
            record,
            found,
            _MESSAGE.format(field=label(found.field), mark=quoted(marks)),
            value=marks,
            new=mended if only and mended and not _marks(mended) else None,
            keeps_markup=True,
        )


def _marks(written: str) -> str:
    """Return the first piece of markup, "" where there is none."""
    for mark in (_TAG, _LINK, _EXTERNAL, _HEADING, _QUOTED, _LIST):
        found = mark.search(written)
        if found:
            return found.group().strip()
    return "[[" if "[[" in written else ""


def _mended(written: str) -> str:
    plain = _QUOTES.sub("", _TYPED_TWICE.sub("'", _LINK.sub(r"\1", written)))
    return plain.strip()


RULE: Rule = rule("TXT102", "markup-in-plain-text", "warning", "unsafe", find, __doc__, FR)

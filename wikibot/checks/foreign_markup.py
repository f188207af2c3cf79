"""What: A text holds HTML or Markdown that the wiki shows as it stands.

Why: The wiki has marks of its own and takes some tags of HTML only: readers see `<a href=…>` or
`[texte](https://…)` in the middle of a sentence, and the link does not work.

Example: `Voir [la carte](https://example.org/carte)` or `un point **essentiel**`.

Fix safety: The wiki's own marks are offered for links and bold text, and unsafe: the signs may be
there to be seen. Other tags have no fix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Kind, Mapping

FR = """Quoi : Un texte contient du HTML ou du Markdown que le wiki affiche tel quel.

Pourquoi : Le wiki a ses propres marques et n'accepte que certaines balises HTML : le lecteur voit
`<a href=…>` ou `[texte](https://…)` au milieu d'une phrase, et le lien ne marche pas.

Exemple : `Voir [la carte](https://example.org/carte)` ou `un point **essentiel**`.

Correction : Les marques du wiki sont proposées pour les liens et le gras, à confirmer : les signes
sont peut-être là pour être vus. Les autres balises n'ont pas de correction.
"""

_KINDS: frozenset[Kind] = frozenset({"longtext", "text"})
_SIGNS = ("](", "**", "<")  # every mark has one of these
_OPAQUE = re.compile(r"<(?:nowiki|pre|code|syntaxhighlight|source|math)\b", re.IGNORECASE)
_ANCHOR = re.compile(
    r"<a\s[^<>]*?href\s*=\s*[\"']?(https?://[^\s\"'<>]+)[\"']?[^<>]*>([^<>\[\]\n]+)</a\s*>", re.I
)
# Source: MediaWiki, Help:HTML in wikitext: tags that are escaped, not rendered.
_TAG = re.compile(
    r"</?(?:a|img|script|style|object|embed|button|html|body|head)(?:\s[^<>]*|/)?>", re.IGNORECASE
)
_LINK = re.compile(r"(?<![\[\]!])\[(?!https?:|//|mailto:)([^\[\]\n|]+)\]\((https?://[^\s()<>]+)\)")
_BOLD = re.compile(r"(?<=[^\s*] )\*\*([^\s*](?:[^*\n]{0,80}[^\s*])?)\*\*(?![*\w])")

_MESSAGE = Text(
    "Dans le champ {field}, {mark} s'affiche tel quel : le wiki ne connaît pas cette écriture. "
    "{advice}",
    "In the field {field}, {mark} shows as it stands: the wiki does not know this way of writing. "
    "{advice}",
)
_ADVICE = {
    "link": Text(
        "Un lien s'écrit ainsi : adresse et texte entre crochets simples, séparés par une espace.",
        "A link is written so: address and text in single brackets, a blank between them.",
    ),
    "bold": Text(
        "Le gras s'écrit avec trois apostrophes avant et trois après.",
        "Bold text is written with three apostrophes before and three behind.",
    ),
    "tag": Text("Retirez ces balises.", "Remove these tags."),
}


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield one finding for each wikitext field with marks of another language in it."""
    for found in record.filled(_KINDS):
        text = found.wikitext
        if not found.field.wikitext or found.field.many:
            continue
        if not any(sign in text for sign in _SIGNS) or _OPAQUE.search(text):
            continue
        marks = [
            (mark.group(), kind)
            for kind, pattern in (
                ("link", _ANCHOR),
                ("link", _LINK),
                ("bold", _BOLD),
                ("tag", _TAG),
            )
            for mark in [pattern.search(text)]
            if mark
        ]
        if not marks:
            continue
        mark, kind = marks[0]
        mended = _BOLD.sub(r"'''\1'''", _LINK.sub(r"[\2 \1]", _ANCHOR.sub(r"[\1 \2]", text)))
        yield finding(
            RULE,
            record,
            found,
            _MESSAGE.format(field=label(found.field), mark=quoted(mark), advice=_ADVICE[kind]),
            value=mark,
            new=None if _TAG.search(mended) else mended,
            keeps_markup=True,
        )


RULE: Rule = rule("TXT110", "foreign-markup", "warning", "unsafe", find, __doc__, FR)

"""Whether a piece of wikitext keeps to itself: nothing of it reaches what stands before or behind.

Stricter than MediaWiki, which mends much that is left open: what is written for people by a bot
has no need of that.
"""

from __future__ import annotations

import re

from wikibot.errors import UnsafeValue
from wikibot.language import Text, same
from wikibot.value import encode
from wikibot.wikitext.scan import scanner
from wikibot.wikitext.syntax import FRENCH_WIKI, Syntax

# Elements that HTML never closes. Source: HTML Living Standard, void elements.
_VOID = frozenset(("br", "hr", "wbr"))
_OPAQUE = re.compile(
    r"<(nowiki|pre|syntaxhighlight|source|math)\b[^<>]*(?<!/)>.*?</\1\s*>", re.S | re.I
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_ANGLE = re.compile(r"<[a-zA-Z/!?]")
_BRACKETS = re.compile(r"\[\[|\]\]")
_TABLE = re.compile(r"^[ \t:]*(?:(\{\|)|(\|\}(?!\})))", re.M)
# What MediaWiki replaces when it saves (Manual:Pre-save transform), and what only counts where a
# page stands in another one.
_REFUSED = (
    (re.compile(r"<!--|-->"), same("<!-- -->")),
    (re.compile(r"~~~"), same("~~~")),
    (re.compile(r"\{\{\s*(?:safe)?subst\s*:", re.I), same("subst:")),
    (re.compile(r"\[\[[^\[\]|\n]*\|\s*\]\]|\[\[\s*\|"), same("[[…|]]")),
    (re.compile(r"</?(?:includeonly|noinclude|onlyinclude)\b", re.I), same("<includeonly>")),
)


def self_contained(text: str, syntax: Syntax = FRENCH_WIKI) -> None:
    """Check that a piece of wikitext opens nothing that it does not close, and closes no other's.

    Raises:
        UnsafeValue: it does, or MediaWiki would change it when saving; the message says what.
    """
    encode(text)  # refuses what no page can hold
    for pattern, shown in _REFUSED:
        if pattern.search(text):
            raise _refused(shown)
    if not _calls_close(text, syntax):
        raise _refused(same("{{ }}"))
    bare = _OPAQUE.sub("", text)
    if not _balanced(bare, _BRACKETS, "[["):
        raise _refused(same("[[ ]]"))
    if not _tags_close(bare):
        raise _refused(Text("une balise", "a tag"))
    depth = 0
    for line in _TABLE.finditer(bare):
        depth += 1 if line[1] else -1
        if depth < 0:
            break
    if depth:
        raise _refused(same("{| |}"))


def _calls_close(text: str, syntax: Syntax) -> bool:
    """Return whether a call around the text ends where it should."""
    whole = f"{{{{x|\n{text}\n}}}}"
    found = scanner(syntax.extension_tags).scan(whole)
    return any(call.start == 0 and call.end == len(whole) for call in found.calls)


def _balanced(text: str, signs: re.Pattern[str], opening: str) -> bool:
    depth = 0
    for sign in signs.finditer(text):
        depth += 1 if sign[0] == opening else -1
        if depth < 0:
            return False
    return depth == 0


def _tags_close(text: str) -> bool:
    open_: list[str] = []
    for closes, name, _, alone in _TAG.findall(text):
        lower = name.lower()
        if alone or lower in _VOID:
            continue
        if not closes:
            open_.append(lower)
        elif not open_ or open_.pop() != lower:
            return False
    return not open_ and not _ANGLE.search(_TAG.sub("", text))


def _refused(shown: Text) -> UnsafeValue:
    return UnsafeValue(
        Text(
            f"Ce texte ne peut pas être écrit entre les repères du robot : {shown.fr} y changerait "
            "le reste de la page, ou changerait à l'enregistrement.",
            f"This text cannot be written between the bot's markers: {shown.en} would change the "
            "rest of the page, or be changed by saving.",
        )
    )

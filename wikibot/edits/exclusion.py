"""Whether a page asks bots to stay away: {{bots}}, {{nobots}} and signs that people work on it.

`{{nobots}}` keeps every bot away, `{{bots|deny=…}}` the named ones, `{{bots|allow=…}}` all but
the named ones; `all` and `none` stand for every bot and no bot; `optout=…` is about messages,
which wikibot does not leave. Of several calls any that forbids wins. A call that cannot be
read as one of these forbids too: whoever wrote it wanted something of bots.

Source: Wikipedia, Template:Bots. pywikibot reads them so as well (BasePage.botMayEdit), but
passes over what it does not understand; so does the German `{{nobots|NAME}}`, refused here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from wikibot.language import Text
from wikibot.title import USER, canonical_name
from wikibot.value import decode, without_comments
from wikibot.visible import visible
from wikibot.wikitext import Parameter, Syntax, Transclusion, transclusions

NOBOTS, IN_USE = "nobots", "in-use"

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
# Marks of direction: MediaWiki drops them from titles, so they may stand inside a name.
_DIRECTION = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
_DIRECTIONLESS = dict.fromkeys(map(ord, _DIRECTION))
_MARKUP = re.compile(r"[{}\[\]<>|]")
_ALL, _NONE = "all", "none"


def exclusion(
    text: str, account: str | None, in_use: Sequence[str], syntax: Syntax
) -> tuple[str, Text] | None:
    """Return why a bot may not edit a page of this text: a code and the words; None: it may.

    The code is "nobots" or "in-use". `account` may carry the name of its bot password
    (`Bot@night`); without an account only what is asked of every bot counts. `in_use` names
    templates by which people say that they are at work on the page. Only live calls count.

    Raises:
        AmbiguousWikitext: the text cannot be read with certainty.
    """
    busy = {syntax.namespaces.template_name(name) for name in in_use if name.strip()}
    if not _may_call(text, busy):
        return None
    calls = transclusions(text, syntax)
    bot = _user(account.partition("@")[0], syntax) if account else None
    for call in calls:
        if call.name == "Nobots":
            why: Text | None = _nobots(call)
        elif call.name == "Bots":
            why = _bots(call, bot, syntax)
        else:
            continue
        if why is not None:
            return NOBOTS, _words(text, call, why)
    for call in calls:
        if call.name in busy:
            return IN_USE, Text(
                f"Quelqu'un travaille sur cette page : elle porte {{{{{visible(call.name)}}}}}. "
                "Elle n'a pas été modifiée ; le robot y reviendra une fois ce modèle retiré.",
                f"Somebody is at work on this page: it bears {{{{{visible(call.name)}}}}}. "
                "It was not edited; the bot comes back to it once this template is gone.",
            )
    return None


def _may_call(text: str, names: Collection[str]) -> bool:
    """Return whether one of the templates may be called: a search, no reading.

    Of a name with several words only the longest is looked for, since the blanks between them
    can be written in many ways.
    """
    if "<!--" in text:
        text = _COMMENT.sub("", text)
    if any(mark in text for mark in _DIRECTION):
        text = text.translate(_DIRECTIONLESS)
    folded = unicodedata.normalize("NFC", text).casefold()
    return "bots" in folded or any(
        max(name.split(), key=len, default="").casefold() in folded for name in names
    )


def _nobots(call: Transclusion) -> Text:
    if not any(a.value.strip() or not a.positional for a in call.arguments):
        return Text("qui écarte tous les robots", "which keeps all bots away")
    return Text(
        "qui ne se comprend pas : {{nobots}} s'écrit sans paramètre, une liste de robots "
        "s'écrit {{bots|deny=…}}",
        "which cannot be understood: {{nobots}} takes no parameter, a list of bots is written "
        "{{bots|deny=…}}",
    )


def _bots(call: Transclusion, bot: str | None, syntax: Syntax) -> Text | None:
    """Return what a call of {{bots}} asks of this bot, None where it may edit."""
    allowed: set[str] = set()
    denied: set[str] = set()
    forbids: Text | None = None
    for argument in call.arguments:
        if argument.positional and not argument.value.strip():
            continue
        if argument.positional or argument.name not in ("allow", "deny", "optout"):
            return _unknown(argument)
        if argument.name == "optout":
            continue
        names = _names(argument, syntax)
        if isinstance(names, Text):
            return names
        (allowed if argument.name == "allow" else denied).update(names)
        forbids = forbids or _forbids(argument.name, names, bot)
    contradictory = allowed & denied - {_NONE} or (_ALL in denied and allowed - {_NONE})
    if contradictory:
        return Text(
            "qui se contredit : « allow » et « deny » nomment les mêmes robots",
            "which contradicts itself: “allow” and “deny” name the same bots",
        )
    return forbids


def _forbids(parameter: str, names: frozenset[str], bot: str | None) -> Text | None:
    """Return why one list keeps this bot away, or None."""
    if parameter == "deny":
        if _ALL in names:
            return Text("qui écarte tous les robots", "which keeps all bots away")
        if bot in names:
            return Text("qui écarte ce robot", "which keeps this bot away")
    elif _NONE in names:
        return Text("qui n'admet aucun robot", "which lets no bot in")
    elif bot is not None and not names & {_ALL, bot}:
        return Text("qui n'admet que d'autres robots", "which lets only other bots in")
    return None


def _names(argument: Parameter, syntax: Syntax) -> frozenset[str] | Text:
    """Return the bots that a list names, or why it cannot be read."""
    written = decode(argument.value)
    if _MARKUP.search(without_comments(argument.value)) or _MARKUP.search(written):
        return Text(
            f"dont la liste « {argument.name} » ne se lit pas : il y faut des noms de comptes "
            "séparés par des virgules, et rien d'autre",
            f"whose list “{argument.name}” cannot be read: it takes names of accounts between "
            "commas, and nothing else",
        )
    names = frozenset(_user(name, syntax) for name in written.split(",") if name.strip(" \t\n_"))
    if not names and argument.name == "allow":
        return Text(
            "dont la liste « allow » est vide : aucun robot n'y est admis",
            "whose list “allow” is empty: it lets no bot in",
        )
    if len(names) > 1 and _NONE in names:
        return Text(
            f"dont la liste « {argument.name} » se contredit : « none » y est à côté d'autres noms",
            f"whose list “{argument.name}” contradicts itself: it has “none” beside other names",
        )
    return names


def _user(written: str, syntax: Syntax) -> str:
    """Return an account's name as the wiki writes it, or "all" or "none"."""
    namespace, rest = syntax.namespaces.split(written.strip())
    name = canonical_name(rest if namespace == USER else written)
    return name.lower() if name.lower() in (_ALL, _NONE) else name


def _unknown(argument: Parameter) -> Text:
    if argument.positional:
        shown = visible(" ".join(argument.value.split()), 40)
        return Text(
            f"qui ne se comprend pas : « {shown} » n'y dit pas s'il faut admettre (allow=…) ou "
            "écarter (deny=…)",
            f"which cannot be understood: “{shown}” does not say whether to let in (allow=…) or "
            "to keep away (deny=…)",
        )
    shown = visible(argument.name, 40)
    return Text(
        f"qui ne se comprend pas : « {shown} » n'est ni allow, ni deny, ni optout",
        f"which cannot be understood: “{shown}” is neither allow nor deny nor optout",
    )


def _words(text: str, call: Transclusion, why: Text) -> Text:
    shown = visible(" ".join(text[slice(*call.span)].split()), 80)
    return Text(
        f"La page porte {shown}, {why.fr}. Elle n'a pas été modifiée ; demandez à ses auteurs "
        "s'il faut garder ce modèle.",
        f"The page bears {shown}, {why.en}. It was not edited; ask its authors whether this "
        "template should stay.",
    )

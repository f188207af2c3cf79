"""The values in use of properties, as the extension Explore of Wikifab tells them.

Source: Wikifab/ext-wf-explore, extension.json and ApiGetPropertyValues: the module
`exploregetpropertyvalues` takes `propname` and a csrf token, hence a POST, and answers with every
value at once, as HTML. It changes nothing on the wiki.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping

from wikibot.wiki.mediawiki.answers import Problem
from wikibot.wiki.mediawiki.api import Api

_MODULE = "exploregetpropertyvalues"
_TAG = re.compile(r"<[^<>]*>")


def explored(api: Api, properties: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the values of the properties of which the wiki tells any.

    Each question is asked once: a wiki without the extension, or in trouble, tells nothing.
    """
    names = tuple(properties)
    if not names or not _is_there(api):
        return {}
    answer = _asked(api, {"action": "query", "meta": "tokens", "type": "csrf"})
    tokens = _within(_within(answer, "query"), "tokens")
    token = tokens.get("csrftoken") if isinstance(tokens, dict) else None
    if not isinstance(token, str):
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        told = _asked(api, {"action": _MODULE, "propname": name, "token": token}, post=True)
        values = _within(told, _MODULE)
        if isinstance(values, list):
            lines = (_line(value) for value in values if isinstance(value, str))
            found[name] = tuple(dict.fromkeys(line for line in lines if line))
    return {name: values for name, values in found.items() if values}


def _is_there(api: Api) -> bool:
    """Return whether the wiki has the module. Source: MediaWiki, API:Parameter information."""
    answer = _asked(api, {"action": "paraminfo", "modules": _MODULE})
    modules = _within(_within(answer, "paraminfo"), "modules")
    return isinstance(modules, list) and any(_within(m, "name") == _MODULE for m in modules)


def _asked(api: Api, question: Mapping[str, str], *, post: bool = False) -> object:
    answer = api.try_once({**api.assertion, **question}, post=post, reads=True)
    return None if isinstance(answer, Problem) else answer


def _within(answer: object, key: str) -> object:
    return answer.get(key) if isinstance(answer, dict) else None


def _line(value: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", value)).split())

"""Finds the calls of templates in wikitext, reads their parameters, splices new values."""

from wikibot.errors import AmbiguousWikitext, UnsafeValue
from wikibot.wikitext.categories import categories_of
from wikibot.wikitext.proof import reads_alike
from wikibot.wikitext.redirect import is_disambiguation, redirect_target
from wikibot.wikitext.rename import rename_parameter
from wikibot.wikitext.splice import remove_parameter, set_parameter
from wikibot.wikitext.syntax import DEFAULT_TAGS, FRENCH_WIKI, Syntax
from wikibot.wikitext.transclusion import Parameter, Transclusion, transclusions

__all__ = [
    "DEFAULT_TAGS",
    "FRENCH_WIKI",
    "AmbiguousWikitext",
    "Parameter",
    "Syntax",
    "Transclusion",
    "UnsafeValue",
    "categories_of",
    "is_disambiguation",
    "reads_alike",
    "redirect_target",
    "remove_parameter",
    "rename_parameter",
    "set_parameter",
    "transclusions",
]

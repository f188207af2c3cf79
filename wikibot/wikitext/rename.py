"""Gives one parameter of one call another name, and proves that nothing else changed."""

from __future__ import annotations

from wikibot.errors import AmbiguousWikitext, UnsafeValue
from wikibot.language import Text
from wikibot.value import BLANKS, without_comments
from wikibot.wikitext.proof import COMMENT, Splice, core_span, no_name, prove_renamed
from wikibot.wikitext.splice import NOT_IN_NAMES, remove_parameter, set_parameter
from wikibot.wikitext.syntax import FRENCH_WIKI, Syntax
from wikibot.wikitext.transclusion import Parameter, Transclusion, transclusions


def rename_parameter(
    text: str, call: Transclusion, old: str, new: str, *, syntax: Syntax = FRENCH_WIKI
) -> str:
    """Return `text` with the parameter `old` of `call` under the name `new`.

    The name alone is replaced: the value, the blanks and the comments around both stay. Where
    `new` stands there already, empty, its place is filled and `old` goes, as
    `remove_parameter` would take it: of two arguments of one name MediaWiki reads the last
    (Help:Templates), which must be the filled one. Where `old` is absent there is nothing to do.

    Raises:
        UnsafeValue: `new` is no name of a parameter, or holds a value already.
        AmbiguousWikitext: `old` has no name of its own (positional), or holds several values,
            or the call cannot be read with certainty; nothing may be written.
    """
    found = call.parameters.get(old)
    if found is None or old == new:
        return text
    if NOT_IN_NAMES.search(new):
        raise no_name(new)
    twins = [argument for argument in call.arguments if argument.name in (old, new)]
    if any(argument.positional for argument in twins):
        raise _ambiguous(old, Text("il est sans nom dans l'appel", "it has no name in the call"))
    filled = [argument for argument in twins if without_comments(argument.value)]
    if any(argument.name == new for argument in filled):
        raise UnsafeValue(
            Text(
                f"« {new} » est déjà rempli : « {old} » ne peut pas prendre ce nom.",
                f"“{new}” is filled already: “{old}” cannot take this name.",
            ),
            Text("Gardez l'une des deux valeurs.", "Keep one of the two values."),
        )
    if any(argument is not found for argument in filled):
        raise _ambiguous(old, Text("il est rempli plusieurs fois", "it is filled several times"))
    if new in call.parameters:
        value = text[slice(*core_span(text, found))]
        if "<!--" in value:
            raise _ambiguous(
                old, Text("un commentaire coupe sa valeur", "a comment cuts its value in two")
            )
        text = set_parameter(text, call, new, value, syntax=syntax)
        return remove_parameter(text, _again(text, call, syntax), old, syntax=syntax)
    return prove_renamed(text, call, Splice(*_name_span(text, found), new), found, new, syntax)


def _again(text: str, call: Transclusion, syntax: Syntax) -> Transclusion:
    return next(c for c in transclusions(text, syntax) if c.span[0] == call.span[0])


def _name_span(text: str, found: Parameter) -> tuple[int, int]:
    """Return where the name of an argument stands, without what is around it.

    Raises:
        AmbiguousWikitext: a comment stands in the midst of the name.
    """
    start, equals = found.part[0], found.span[0] - 1
    bare = COMMENT.sub(lambda comment: " " * len(comment.group()), text[start:equals])
    if bare.strip(BLANKS) != found.name:
        raise _ambiguous(
            found.name, Text("un commentaire coupe son nom", "a comment cuts its name in two")
        )
    start += len(bare) - len(bare.lstrip(BLANKS))
    return start, start + len(found.name)


def _ambiguous(name: str, why: Text) -> AmbiguousWikitext:
    return AmbiguousWikitext(
        Text(
            f"« {name} » ne peut pas être renommé : {why.fr}.",
            f"“{name}” cannot be renamed: {why.en}.",
        )
    )

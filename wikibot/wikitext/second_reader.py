"""The arguments of a call as mwparserfromhell reads them: from its tokens, seldom from its tree.

Its tokenizer decides what is a call, a link or a tag; its tree is the same in objects, and takes
five times as long to build as the tokens to find (25 arguments, version 0.7.2). What is put
together from tokens counts only where it is the source, to the letter; else the tree is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from wikibot.value import without_comments

Arguments = tuple[tuple[str, str], ...]  # name, value

_WORDS = {
    "TemplateOpen": "{{",
    "TemplateParamSeparator": "|",
    "TemplateParamEquals": "=",
    "TemplateClose": "}}",
    "ArgumentOpen": "{{{",
    "ArgumentSeparator": "|",
    "ArgumentClose": "}}}",
    "WikilinkOpen": "[[",
    "WikilinkSeparator": "|",
    "WikilinkClose": "]]",
    "HTMLEntityStart": "&",
    "HTMLEntityNumeric": "#",
    "HTMLEntityEnd": ";",
    "CommentStart": "<!--",
    "CommentEnd": "-->",
    "TagOpenOpen": "<",
    "TagOpenClose": "</",
    "TagCloseClose": ">",
}


def arguments_of(source: str) -> Arguments | None:
    """Return name and value of each argument, in order; None: it is not one call and no more.

    Source: mwparserfromhell, modules parser.tokens and parser.builder.
    """
    tokenizer = _tokenizer()
    if tokenizer is None:
        return _by_tree(source)
    tokens = tokenizer().tokenize(source, 0, True)
    pieces = list(_pieces(tokens))
    if "".join(pieces) != source:
        return _by_tree(source)
    return _of_pieces([type(token).__name__ for token in tokens], pieces)


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    """Return its tokenizer, None where it came without one in C."""
    from mwparserfromhell import parser

    return getattr(parser, "CTokenizer", None)


def _pieces(tokens: Sequence[Any]) -> Iterator[str]:
    """Yield what each token stands for in the source, "" where that is not known."""
    marked = False  # in a tag that is a sign of a list, whose name stands nowhere
    for token in tokens:
        kind = type(token).__name__
        if kind == "Text":
            yield "" if marked else token.text
        elif kind in _WORDS:
            marked = kind == "TagOpenOpen" and bool(token.wiki_markup)
            yield token.wiki_markup if marked else _WORDS[kind]
        elif kind == "TagCloseSelfclose":
            end = "" if marked else ">" if token.implicit else "/>"
            marked = False
            yield f"{token.padding or ''}{end}"
        elif kind == "TagCloseOpen":
            yield f"{token.padding or ''}>"
        elif kind == "ExternalLinkOpen":
            yield "[" if token.brackets else ""
        elif kind == "HTMLEntityHex":
            yield token.char
        else:
            yield ""


def _of_pieces(kinds: Sequence[str], pieces: Sequence[str]) -> Arguments | None:
    """Return the arguments of the call that all the pieces make up."""
    arguments: list[tuple[str, str]] = []
    depth = unnamed = start = 0  # of the piece where the argument begins
    equals = None  # the piece that divides it
    for at, kind in enumerate(kinds):
        if depth == 0 and (at or kind != "TemplateOpen"):
            return None
        if kind == "TemplateOpen":
            depth += 1
        elif depth == 1 and kind == "TemplateParamEquals":
            equals = at
        elif kind in ("TemplateParamSeparator", "TemplateClose"):
            if depth == 1 and start:
                if equals is None:
                    unnamed += 1
                    arguments.append((str(unnamed), "".join(pieces[start:at])))
                else:
                    name = without_comments("".join(pieces[start:equals]))
                    arguments.append((name, "".join(pieces[equals + 1 : at])))
            if depth == 1:
                start, equals = at + 1, None
            if kind == "TemplateClose":
                depth -= 1
    return tuple(arguments) if kinds and depth == 0 else None


def _by_tree(source: str) -> Arguments | None:
    import mwparserfromhell
    from mwparserfromhell.nodes import Template

    nodes = mwparserfromhell.parse(source, skip_style_tags=True).nodes
    if len(nodes) != 1 or not isinstance(nodes[0], Template):
        return None
    return tuple((without_comments(str(p.name)), str(p.value)) for p in nodes[0].params)

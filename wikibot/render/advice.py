"""A page's own advice: wikitext in French, ready to be pasted on its talk page.

Nothing that comes from a page acts as wikitext there, and no mail address is repeated.
Source: MediaWiki, Help:Formatting, Help:Links, Help:Magic words, Help:Magic links; Page Forms,
Special:FormEdit. `Special:` is understood by every wiki, whatever its language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wikibot.checks import Finding
from wikibot.checks.words import label, shortened
from wikibot.language import Text, counted
from wikibot.render.checked import Checked, by_page
from wikibot.title import Title
from wikibot.visible import visible

# Marks of wikitext, and a colon that could make an address of what is around it.
_ACTIVE = re.compile(r"[&<>\[\]{}|~]|'(?=')|(?<=')'|_(?=_)|(?<=_)_|:(?=\S)")
_MAGIC_LINK = re.compile(r"\b(ISBN|RFC|PMID)\s(?=[\d-])")
_GROUPS = {
    "error": "À corriger d'abord",
    "warning": "À revoir",
    "info": "Pour finir, quelques détails",
}
_NOTHING = "<!-- Rien à signaler sur ces pages. -->"
_POINTS = (Text("point", "point"), Text("points", "points"))


def advice(checked: Checked) -> Iterator[str]:
    """Yield the lines for each page, under a comment that says where to paste them."""
    for number, (title, found) in enumerate(by_page(checked.sifted.findings)):
        if number:
            yield ""
        yield from _section(checked, title, found)
    if not checked.sifted.findings:
        yield _NOTHING


def _section(checked: Checked, title: Title, found: Sequence[Finding]) -> Iterator[str]:
    number = counted(len(found), *_POINTS).fr
    yield f"<!-- À coller sur la page : {visible(_talk(checked, title))} -->"
    yield "== Quelques points à corriger sur cette page =="
    yield (
        "Bonjour, et merci pour cette page ! Une relecture automatique y a relevé "
        f"{number} à corriger. Rien ne presse : ce qui compte le plus est en tête."
    )
    kinds = dict.fromkeys(finding.severity for finding in found)
    for kind in kinds:
        yield ""
        if len(kinds) > 1:
            yield f"'''{_GROUPS[kind]}'''"
        for finding in found:
            if finding.severity == kind:
                yield f"* {_told(checked, finding)}"
    yield ""
    yield (
        f"{_link(checked, title)} Si un point vous paraît faux, ou voulu ainsi, dites-le "
        "ici : la relecture est faite par un programme, la décision vous revient. ~~~~"
    )


def _told(checked: Checked, finding: Finding) -> str:
    """Return what is wrong, the name of the field in bold."""
    shown = checked.shown(finding, "fr")
    message, field = plain(shown.message), checked.field(finding)
    if not shown.field:
        return message
    name = plain(shortened(shown.field) if field is None else label(field[1].field).fr[2:-2])
    named = f"« {name} »"
    if named in message:
        return message.replace(named, f"« '''{name}''' »", 1)
    return f"'''{name}''' : {message}"


def _link(checked: Checked, title: Title) -> str:
    page_type = checked.page_type(title)
    if page_type is not None and page_type.form:
        to = f"[[Special:FormEdit/{page_type.form}/{title}|le formulaire de la page]]"
        return f"Tout se corrige dans {to}."
    return f"Tout se corrige en [[Special:EditPage/{title}|modifiant la page]]."


def _talk(checked: Checked, title: Title) -> str:
    if title.namespace % 2:
        return str(title)
    return str(checked.syntax.namespaces.title(title.namespace + 1, title.name))


def plain(text: str) -> str:
    """Return wikitext of one line that reads as `text` does, whatever stands in it."""
    line = " ".join(text.split())
    line = _ACTIVE.sub(lambda found: f"&#{ord(found.group())};", line)
    return _MAGIC_LINK.sub(r"\1&#32;", line)

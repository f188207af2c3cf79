"""Judges whether the mapping fits the wiki: its templates, the pages that call them, the tag."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wikibot.diagnosis import Point, failed, ok, unasked, warning
from wikibot.errors import WikibotError
from wikibot.jobs.doctor.facts import Facts
from wikibot.language import Text, counted
from wikibot.mapping import Mapping, PageType

if TYPE_CHECKING:
    from wikibot.wiki.mediawiki.examination import PageFacts

_PAGES = (Text("page", "page"), Text("pages", "pages"))
_FITS = Text(
    "Vérifiez d'abord l'adresse du wiki. Si elle est juste, corrigez le nom du modèle (clé "
    "template) dans le dossier page_types de la correspondance, ou retirez-en ce type de page. Sur "
    "un wiki neuf, « wikibot mapping install » met les modèles en place.",
    "Check the wiki's address first. If it is right, mend the name of the template (key template) "
    "in the folder page_types of the mapping, or take this page type out. On a new wiki, “wikibot "
    "mapping install” puts the templates there.",
)
_ABSENT = Text(
    "Rien à faire si ce wiki n'a pas de telles fiches. Pour qu'il en ait : « wikibot mapping "
    "install --type ». Si elles portent un autre nom de modèle, corrigez la clé template dans le "
    "dossier page_types de la correspondance.",
    "Nothing to do if this wiki has no such pages. For it to have some: “wikibot mapping install "
    "--type”. If their template bears another name, mend the key template in the folder "
    "page_types of the mapping.",
)


def judge(facts: Facts) -> Iterator[Point]:
    """Yield what is to be said of each page type of the mapping."""
    mapping = facts.mapping
    if isinstance(mapping, WikibotError):
        remedy = Text("Corrigez d'abord la correspondance.", "Mend the mapping first.")
        why = Text("la correspondance ne se lit pas", "the mapping cannot be read")
        yield from unasked(["templates"], why, remedy)
    elif facts.on_a_server:
        yield from _on_a_server(facts, mapping)
    elif facts.unread is not None:
        advice = facts.unread.advice
        yield failed("templates", facts.unread.message, advice, facts.unread.exit_code)
    elif facts.wiki is not None:
        yield from _on_disk(facts, mapping)


def _on_a_server(facts: Facts, mapping: Mapping) -> Iterator[Point]:
    server = facts.server
    if server is None:
        silent = facts.why_silent
        assert silent is not None
        yield from unasked(["templates"], *silent)
        return
    if not any(server.templates[name].callers for name in mapping.templates):
        yield failed("templates", _nothing(mapping), _FITS)
    pages = {t.id: [server.templates[name] for name in t.templates] for t in mapping.page_types}
    absent = [t for t in mapping.page_types if not any(p.exists or p.callers for p in pages[t.id])]
    if len(absent) < 2:
        absent = []
    for page_type in mapping.page_types:
        if page_type not in absent:
            yield _template(page_type, pages[page_type.id])
    if absent:
        names = ", ".join(page_type.template for page_type in absent)
        missed = Text(
            f"le wiki n'a ni ces modèles ni de pages qui les appellent : {names}.",
            f"the wiki has neither these templates nor pages that call them: {names}.",
        )
        yield warning("absent", missed, _ABSENT)


def _template(page_type: PageType, pages: list[PageFacts]) -> Point:
    id = f"template.{page_type.template}"
    # a redirect's callers are its target's too: the largest number is that of all
    most = max(pages, key=lambda page: page.callers)
    number = counted(most.callers, *_PAGES)
    if not any(page.exists for page in pages):
        names = ", ".join(page_type.templates)
        return warning(
            id,
            Text(
                f"le wiki n'a pas ce modèle (cherché : {names}) ; appelé par {number.fr}.",
                f"the wiki has no such template (looked for: {names}); called by {number.en}.",
            ),
            _FITS,
        )
    more = Text(" ou plus", " or more") if any(page.more for page in pages) else Text("", "")
    return ok(
        id,
        f"appelé par {number.fr}{more.fr}.",
        f"called by {number.en}{more.en}.",
    )


def _on_disk(facts: Facts, mapping: Mapping) -> Iterator[Point]:
    if not facts.callers:
        yield failed("templates", _nothing(mapping), _FITS)
    for page_type in mapping.page_types:
        number = counted(sum(facts.callers.get(n, 0) for n in page_type.templates), *_PAGES)
        id = f"template.{page_type.template}"
        yield ok(id, f"appelé par {number.fr}.", f"called by {number.en}.")


def _nothing(mapping: Mapping) -> Text:
    names = ", ".join(mapping.templates)
    return Text(
        f"aucune page n'appelle un modèle de la correspondance ({names}).",
        f"no page calls a template of the mapping ({names}).",
    )

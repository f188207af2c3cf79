"""What: A page of the category or namespace of a page type has no sheet: it calls no template.

Why: Tables, queries and overviews are made of sheets: they do not have this page, though whoever
reads the category sees it there.

Example: A page that ends with `[[Catégorie:Commun]]` and holds free text alone.

Fix safety: There is no fix: what goes into the fields only a person can tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, nothing_alone, rule
from wikibot.checks.neighbours import Neighbours
from wikibot.checks.words import quoted
from wikibot.language import Text
from wikibot.mapping import Mapping, PageType
from wikibot.title import MAIN, Title, canonical_name

FR = """Quoi : Une page de la catégorie ou de l'espace de noms d'un type de pages n'a pas de fiche :
elle n'appelle aucun modèle.

Pourquoi : Les tableaux, les requêtes et les bilans sont faits des fiches : cette page n'y est pas,
alors que le lecteur de la catégorie l'y voit.

Exemple : Une page qui finit par `[[Catégorie:Commun]]` et ne contient que du texte libre.

Correction : Aucune : ce qui va dans les champs, seule une personne peut le dire.
"""

_IN_CATEGORY = Text(
    "Cette page est dans la catégorie {shelf} sans fiche : les tableaux et les requêtes ne la "
    "voient pas. {advice}",
    "This page is in the category {shelf} without a sheet: tables and queries do not see it. "
    "{advice}",
)
_IN_NAMESPACE = Text(
    "Cette page est dans l'espace de noms {shelf} sans fiche : les tableaux et les requêtes ne la "
    "voient pas. {advice}",
    "This page is in the namespace {shelf} without a sheet: tables and queries do not see it. "
    "{advice}",
)
_FORM = Text(
    "Ouvrez-la avec le formulaire {form}, remplissez-le et enregistrez ; si elle n'est pas à sa "
    "place, déplacez-la ailleurs.",
    "Open it with the form {form}, fill it in and save; if it is not in its place, move it "
    "elsewhere.",
)
_NO_FORM = Text(
    "Ajoutez-y le modèle {template} ; si elle n'est pas à sa place, déplacez-la ailleurs.",
    "Add the template {template} to it; if it is not in its place, move it elsewhere.",
)


def find_on_shelves(mapping: Mapping, neighbours: Neighbours) -> Iterator[Finding]:
    """Yield a finding for each page that has no sheet where its type would have one.

    Where more pages have none than have one, the category is hardly that of the type.
    """
    told: set[Title] = set()
    for type_id, titles in neighbours.without_call.items():
        page_type = mapping.page_type(type_id)
        if page_type is None or len(titles) > len(neighbours.titles(type_id)):
            continue
        for title in titles:
            if title not in told and not _presents(title, page_type):
                told.add(title)
                yield _finding(title, page_type)


def _presents(title: Title, page_type: PageType) -> bool:
    """Return whether a page bears the name of the category itself: it presents the others."""
    return title.name == canonical_name(page_type.category or "")


def _finding(title: Title, page_type: PageType) -> Finding:
    in_namespace = page_type.namespace != MAIN
    shelf = title.prefix if in_namespace else page_type.category or ""
    template = "{{" + page_type.template + "}}"
    advice = _FORM.format(form=quoted(page_type.form)) if page_type.form else None
    message = (_IN_NAMESPACE if in_namespace else _IN_CATEGORY).format(
        shelf=quoted(shelf), advice=advice or _NO_FORM.format(template=template)
    )
    return Finding(RULE.code, RULE.severity, title, "", shelf, message)


RULE: Rule = rule("PAG103", "page-without-call", "warning", "none", nothing_alone, __doc__, FR)

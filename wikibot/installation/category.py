"""The category of the pages of a page type.

Source: Page Forms, Linking to forms (`#default_form`): pages of the category are edited by it.
"""

from __future__ import annotations

from wikibot.installation.facilities import Facilities
from wikibot.installation.markup import shown
from wikibot.mapping import PageType


def category_page(page_types: tuple[PageType, ...], facilities: Facilities) -> str:
    """Return the text of a category; the first of its page types has the form."""
    language = facilities.language
    text = "".join(
        (shown(t.about.text.into(language)) if t.about else _plain(t, facilities)) + "\n\n"
        for t in page_types
    )
    form = next((t.form for t in page_types if t.form and not t.part_of), None)
    if facilities.forms and form:
        words = facilities.say("Ajouter une fiche", "Add a page")
        text += f"{{{{#formlink:form={form}|link text={words}}}}}\n{{{{#default_form:{form}}}}}\n"
    return text


def _plain(page_type: PageType, facilities: Facilities) -> str:
    label = shown(page_type.label.text.into(facilities.language))
    return facilities.say(f"Les fiches « {label} ».", f"The pages “{label}”.")

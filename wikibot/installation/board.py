"""The board of a page: a column a label, the entries that name the page, counted as they stand.

Source: Semantic MediaWiki, Help:Inline queries. Not sorted by date: a query that sorts by a
property leaves out the pages that lack it.
"""

from __future__ import annotations

from wikibot.installation.facilities import Facilities
from wikibot.installation.markup import shown
from wikibot.installation.properties import Properties, Property
from wikibot.mapping import Board, PageType
from wikibot.title import CATEGORY

_MOST = 500


def board_page(
    page_type: PageType, board: Board, properties: Properties, facilities: Facilities
) -> str:
    """Return the text of the template that shows the board of the page it stands on."""
    by_id = {field.id: properties.of(page_type, field) for field in page_type.fields}
    columns = [
        (column.rpartition(":")[2], _condition(page_type, board, column, by_id, facilities))
        for column in board.columns
    ]
    heads = "".join(
        f"! {shown(name)} ({{{{#ask:{condition}|format=count}}}})\n" for name, condition in columns
    )
    asked = "".join(_printout(by_id.get(key or "")) for key in (board.title, board.due))
    cells = "".join(
        f"|\n{{{{#ask:{condition}\n{asked}|format=ul|link=subject|limit={_MOST}|default=–}}}}\n"
        for _, condition in columns
    )
    label = shown(page_type.label.text.into(facilities.language))
    about = facilities.say(
        f"Le tableau de la page qui appelle ce modèle : ses fiches « {label} » encore ouvertes.",
        f"The board of the page that calls this template: its open pages “{label}”.",
    )
    add = ""
    if facilities.forms and page_type.form:
        words = facilities.say("Ajouter", "Add")
        filled = f"{page_type.template}[{_parameter(page_type, board.related)}]"
        add = (
            f"{{{{#formlink:form={page_type.form}|link text={words}"
            f"|query string={filled}={{{{FULLPAGENAME}}}}}}}}\n"
        )
    return (
        f"<noinclude>{about}</noinclude><includeonly>{add}"
        f'{{| class="wikitable"\n{heads}|- style="vertical-align:top"\n{cells}|}}\n</includeonly>\n'
    )


def _condition(
    page_type: PageType,
    board: Board,
    column: str,
    by_id: dict[str, Property | None],
    facilities: Facilities,
) -> str:
    """Return the query of one column."""
    category = facilities.title(CATEGORY, page_type.category) if page_type.category else None
    wanted = (
        (board.status or "", board.open),
        (board.related, "{{FULLPAGENAME}}"),
        (board.column, column),
    )
    parts = [f"[[{category}]]"] if category else []
    parts += [f"[[{found.name}::{value}]]" for key, value in wanted if (found := by_id.get(key))]
    return " ".join(parts)


def _printout(found: Property | None) -> str:
    return f"|?{found.name}\n" if found else ""


def _parameter(page_type: PageType, field_id: str) -> str:
    field = page_type.field(field_id)
    return field.parameter if field else ""

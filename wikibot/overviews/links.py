"""Which pages name which others in their fields."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from wikibot.language import Text
from wikibot.mapping import Field, Mapping, PageType
from wikibot.mapping.shown import names_people
from wikibot.overviews.collection import Collection
from wikibot.overviews.settings import shown_types
from wikibot.overviews.values import Block, Chart, Column, Figure, Figures, Row, Table

MOST_LINKS = 3000  # rows
_MOST_DRAWN = 100  # links, beyond which nobody can follow a line
_LONGEST_ROAD = 5  # of redirects to redirects


@dataclass
class Named:
    """One page names another: in which fields, and whether any of them asks for the same back."""

    fields: dict[str, Field] = field(default_factory=dict)
    asks_back: bool = False


Links = dict[tuple[str, str], Named]


def naming_fields(page_type: PageType, mapping: Mapping) -> tuple[Field, ...]:
    """Return the fields in which pages of a type name other pages, persons and actions apart."""
    people = mapping.people
    if page_type.board is not None or page_type.id in people:
        return ()
    boards = {each.id for each in mapping.page_types if each.board is not None}
    return tuple(
        each
        for each in page_type.fields
        if each.kind == "page"
        and not each.computed
        and not names_people(each, people)
        and each.pages_of not in boards
    )


def links_of(collection: Collection) -> Links:
    """Return who names whom, redirects followed; no page names itself."""
    found: Links = {}
    fields = {pt.id: naming_fields(pt, collection.mapping) for pt in collection.mapping.page_types}
    for member in collection.members:
        for each in fields.get(member.page_type, ()):
            for title in member.values.get(each.id, ()):
                target = led_to(title, collection)
                if target != member.title:
                    named = found.setdefault((member.title, target), Named())
                    named.fields[each.id] = each
                    named.asks_back |= each.mutual or each.named_in is not None
    return found


def led_to(title: str, collection: Collection) -> str:
    """Return the title to which redirects lead."""
    for _ in range(_LONGEST_ROAD):
        target = collection.redirects.get(title)
        if target is None or target == title:
            break
        title = target
    return title


def links(collection: Collection) -> tuple[Block, ...]:
    """Return the links between pages, the most connected ones and those that nobody names."""
    found = links_of(collection)
    alone = tuple(_alone(collection, found))
    if not found and not alone:
        return ()
    mutual = sum(1 for one, other in found if one < other and (other, one) in found)
    figures = Figures(
        "links_figures",
        (
            Figure("links", _LINKS, len(found)),
            Figure("mutual", _MUTUAL, mutual, note=_MUTUAL_NOTE),
            Figure("linked", _LINKED, len({title for pair in found for title in pair})),
        ),
    )
    if not found:
        return (figures, *alone)
    return (figures, *_who_names_whom(found), *_connected(found), *alone)


def _who_names_whom(found: Links) -> Iterator[Block]:
    degree = Counter(title for pair in found for title in pair)

    def strength(pair: tuple[str, str]) -> tuple[int, int, tuple[str, str]]:
        return -(pair[::-1] in found), -degree[pair[0]] - degree[pair[1]], pair

    rows: list[Row] = []
    for one, other in sorted(found, key=strength):
        named = found[one, other]
        back = (other, one) in found
        fields = tuple(named.fields.values())
        labels = Text(
            ", ".join(each.label.fr for each in fields), ", ".join(each.label.en for each in fields)
        )
        rows.append(
            (one, other, labels, back or (False if named.asks_back else None), 2 if back else 1)
        )
    columns = (
        Column("page", Text("Page", "Page"), "page"),
        Column("names", Text("Nomme", "Names"), "page"),
        Column("fields", Text("Dans le champ", "In the field"), "text"),
        Column("mutual", Text("Réciproque", "Mutual"), "flag"),
        Column("strength", Text("Sens", "Ways"), "number"),
    )
    note = _WHO_NOTE
    if len(rows) > MOST_LINKS:
        note = Text(f"{note.fr} {_CUT.fr}", f"{note.en} {_CUT.en}").format(kept=MOST_LINKS)
    table = Table("links", _WHO, columns, tuple(rows[:MOST_LINKS]), note=note)
    yield Chart(
        "links_chart", _WHO_DRAWN, "graph", table.id, "page", ("strength",), "names", _MOST_DRAWN
    )
    yield table


def _connected(found: Links) -> Iterator[Block]:
    named, names, mutual = (defaultdict[str, int](int) for _ in range(3))
    for one, other in found:
        names[one] += 1
        named[other] += 1
        mutual[one] += (other, one) in found
    titles = sorted(named.keys() | names.keys(), key=lambda t: (-named[t], -names[t], t))
    columns = (
        Column("page", Text("Page", "Page"), "page"),
        Column("named_by", Text("Nommée par", "Named by"), "number"),
        Column("names", Text("En nomme", "Names"), "number"),
        Column("mutual", Text("Dont réciproques", "Mutual ones"), "number"),
    )
    rows = tuple((title, named[title], names[title], mutual[title]) for title in titles)
    table = Table("connected", _CONNECTED, columns, rows[:MOST_LINKS], note=_CONNECTED_NOTE)
    yield Chart("connected_chart", _CONNECTED, "bars", table.id, "page", ("named_by",), most=20)
    yield table


def _alone(collection: Collection, found: Links) -> Iterator[Table]:
    """Yield, for each page type that fields name, the pages that no field names."""
    mapping = collection.mapping
    targets = {
        each.pages_of
        for page_type in mapping.page_types
        for each in naming_fields(page_type, mapping)
    }
    named = {other for _, other in found}
    names = defaultdict[str, int](int)
    for one, _ in found:
        names[one] += 1
    for page_type, _, members in shown_types(collection):
        if page_type.id not in targets:
            continue
        titles = dict.fromkeys(member.title for member in members)
        alone = sorted(title for title in titles if title not in named)
        if alone:
            columns = (
                Column("page", Text("Page", "Page"), "page"),
                Column("names", Text("En nomme", "Names"), "number"),
            )
            yield Table(
                f"unnamed_{page_type.id}",
                _ALONE.format(type=page_type.label.text),
                columns,
                tuple((title, names[title]) for title in alone),
            )


_LINKS = Text("Liens entre pages", "Links between pages")
_MUTUAL = Text("Paires réciproques", "Mutual pairs")
_MUTUAL_NOTE = Text(
    "Chacune des deux pages nomme l'autre.", "Each of the two pages names the other."
)
_LINKED = Text("Pages reliées à une autre", "Pages linked with another")
_WHO = Text("Quelle page nomme laquelle", "Which page names which")
_WHO_DRAWN = Text("Les pages qui se nomment entre elles", "The pages that name each other")
_WHO_NOTE = Text(
    "« Sens » vaut 2 quand chacune nomme l'autre. « Réciproque » reste vide là où le champ "
    "n'attend rien en retour.",
    "“Ways” is 2 where each names the other. “Mutual” stays empty where the field asks for "
    "nothing in return.",
)
_CUT = Text("Le tableau s'arrête à {kept} liens.", "The table ends after {kept} links.")
_CONNECTED = Text("Les pages les plus reliées", "The most connected pages")
_CONNECTED_NOTE = Text(
    "Une page compte une fois, quel que soit le nombre de champs qui la nomment.",
    "A page counts once, in however many fields it is named.",
)
_ALONE = Text("{type} : les pages que personne ne nomme", "{type}: the pages that nobody names")

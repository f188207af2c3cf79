"""Which pages are near each other, and why."""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.language import Text
from wikibot.mapping import PageType
from wikibot.overviews.collection import Collection
from wikibot.overviews.nearness import Near, nearest, vectors_of
from wikibot.overviews.settings import Shown, shown_types
from wikibot.overviews.values import Block, Chart, Column, Section, Table

NEIGHBOURS = 3  # of a page
FAINTEST = 0.08  # a pair below shares nothing that a person would call near
MOST_PAIRS = 2000  # rows
_MOST_DRAWN = 60
_MOST_VALUES, _MOST_WORDS = 4, 5  # told of a pair


def near(collection: Collection) -> Section | None:
    """Return which pages of the main type are near each other, if it says by what."""
    main = shown_types(collection)[:1]
    blocks = tuple(block for shown in main for block in near_of(shown, collection))
    return Section("near", _HEADING, blocks, _INTRO) if blocks else None


def near_of(shown: Shown, collection: Collection) -> Iterator[Block]:
    """Yield the near pages of a type, where the mapping says by what they are near."""
    if shown.settings.near_by:
        yield from _of_type(shown, collection)


def why(pair: Near, page_type: PageType) -> Text:
    """Return what two pages share: values field by field, then words that few pages have."""
    told = []
    for field_id, values in pair.values().items():
        found = page_type.field(field_id)
        if found is not None:
            some, more = ", ".join(values[:_MOST_VALUES]), _and_more(len(values) - _MOST_VALUES)
            told.append(_VALUES.format(field=found.label.text, values=some, more=more))
    words = pair.words()
    if words:
        told.append(_WORDS_SHARED.format(words=", ".join(words[:_MOST_WORDS])))
    return Text(" ; ".join(each.fr for each in told), "; ".join(each.en for each in told))


def _of_type(shown: Shown, collection: Collection) -> Iterator[Block]:
    vectors = vectors_of(shown.members, shown.page_type, shown.settings.near_by)
    titles = [member.title for member in vectors.members]
    pairs: dict[tuple[str, str], tuple[float, int, int]] = {}
    for one, found in enumerate(nearest(vectors, NEIGHBOURS)):
        for other, score in found:
            first, second = sorted((one, other))
            key = titles[first], titles[second]
            if score >= FAINTEST and (key not in pairs or pairs[key][0] < score):
                pairs[key] = score, first, second
    if not pairs:
        return
    ranked = sorted(pairs.items(), key=lambda item: (-item[1][0], item[0]))
    named = _already_named(shown, collection)
    rows = tuple(
        (
            one,
            other,
            score,
            why(vectors.pair(first, second), shown.page_type),
            (one, other) in named or (other, one) in named,
        )
        for (one, other), (score, first, second) in ranked[:MOST_PAIRS]
    )
    columns = (
        Column("page", Text("Page", "Page"), "page"),
        Column("near", Text("Page proche", "Near page"), "page"),
        Column("score", Text("Proximité", "Nearness"), "share"),
        Column("why", Text("Ce qu'elles ont en commun", "What they share"), "text"),
        Column("named", Text("Déjà citée", "Named already"), "flag"),
    )
    note = _NOTE
    if len(ranked) > MOST_PAIRS:
        cut = _CUT.format(kept=MOST_PAIRS)
        note = Text(f"{note.fr} {cut.fr}", f"{note.en} {cut.en}")
    label = _TABLE.format(type=shown.page_type.label.text)
    table = Table(f"near_{shown.page_type.id}", label, columns, rows, note=note)
    chart = f"near_{shown.page_type.id}_chart"
    yield Chart(chart, label, "graph", table.id, "page", ("score",), "near", _MOST_DRAWN)
    yield table


def _already_named(shown: Shown, collection: Collection) -> frozenset[tuple[str, str]]:
    """Return who names whom in the field for it."""
    field_id = shown.settings.near
    return frozenset(
        (member.title, collection.redirects.get(title, title))
        for member in shown.members
        for title in (member.values.get(field_id, ()) if field_id else ())
    )


def _and_more(count: int) -> Text:
    return Text(f" et {count} de plus", f" and {count} more") if count > 0 else Text("", "")


_HEADING = Text("Pages proches", "Near pages")
_INTRO = Text(
    "Les pages qui se ressemblent par leurs champs et par les mots de leurs textes : des voisins à "
    "rencontrer, et parfois des doublons.",
    "Pages that are alike by their fields and by the words of their texts: neighbours to meet, "
    "and duplicates at times.",
)
_TABLE = Text("{type} : les pages proches", "{type}: near pages")
_NOTE = Text(
    "La proximité va de 0 à 100 %. Une valeur ou un mot compte d'autant plus que peu de pages "
    "l'ont ; les champs pèsent pour deux tiers, les textes pour un tiers. Chaque page paraît avec "
    "ses trois plus proches au plus.",
    "Nearness goes from 0 to 100%. A value or a word counts the more the fewer pages have it; "
    "fields make two thirds of it, texts one third. Each page comes with its three nearest at "
    "most.",
)
_CUT = Text(
    "Le tableau s'arrête aux {kept} paires les plus proches.",
    "The table ends after the {kept} nearest pairs.",
)
_VALUES = Text("{field} : {values}{more}", "{field}: {values}{more}")
_WORDS_SHARED = Text("mots rares : {words}", "rare words: {words}")

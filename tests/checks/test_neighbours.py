"""What is read beside the pages checked, and that what is not known is never a finding."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wikibot
from tests.checks.clean_pages import wiki_of
from tests.checks.collection import TODAY, Collection, page_of
from tests.checks.defects import DEFECTS
from tests.checks.planted import MAPPING, planted
from tests.checks.support import trial_mapping
from tests.wiki.exports import export, page, revision
from wikibot.checks import RULES, Finding, check_page
from wikibot.checks.cards import card_of, fields_of_cards
from wikibot.edits import records_of
from wikibot.jobs.surroundings import Surroundings
from wikibot.page import Page, Standing
from wikibot.title import FRENCH, USER
from wikibot.wiki import Wiki
from wikibot.wiki.dump import DumpWiki
from wikibot.wiki.folder import FolderWiki
from wikibot.wikitext import FRENCH_WIKI

AMONG = {code for code, rule in RULES.items() if rule.find_among}
NEW_YEAR = Surroundings(now=lambda: datetime(2026, 1, 1, tzinfo=UTC))


def pages_of(texts: dict[str, str], edited: date = TODAY) -> list[Page]:
    return [page_of(text, title, edited, n) for n, (title, text) in enumerate(texts.items(), 1)]


def among(found: Iterable[Finding]) -> list[tuple[str, str, str]]:
    """Return rule, page and value of what other pages tell."""
    return [(f.rule, str(f.title), f.value) for f in found if f.rule in AMONG]


def check(collection: Collection, pages: list[Page], **options: bool) -> list[Finding]:
    wiki = cast(Wiki, collection)
    return list(wikibot.check(pages, trial_mapping(), wiki, around=NEW_YEAR, **options))


# Every defect once, beside what looks like it and is none.
SEEDED = {
    "Atlas des haies": "{{Fiche|proches=Mare aux grenouilles|contact=Camille Exemple}}",
    "Mare aux grenouilles": "{{Fiche|proches=Atlas des haies, Talus fleuri|nom=La mare}}",
    "Talus fleuri": "{{Fiche|proches=|contact=Sacha Modèle}}",  # PAI102, COL103
    "Verger partagé": "{{Fiche|proches=Verger conservatoire|nom=Le verger}}",  # LNK101
    "Four du village": "{{Fiche|proches=Vieux four|nom=Le verger}}",  # LNK102, COL104
    "Four banal": "{{Fiche|proches=Four du village, Four banal}}",  # LNK105
    "Vieux four": "#REDIRECTION [[Four banal]]",
    "Jardin des simples": "{{Fiche|proches=Camille Exemple}}",  # LNK104
    "Lavoir": "{{Fiche|proches=Fours}}",  # LNK103
    "Fours": "* [[Four du village]]\n* [[Four banal]]\n{{Homonymie}}",
    "Navette partagée entre villages": "{{Fiche|contact=Camille Exemple}}",  # COL101
    "Navettes partagées entre village": "{{Fiche|contact=Camille Exemple}}",  # COL101
    "Atelier 1": "{{Fiche|contact=Camille Exemple}}",
    "Atelier 2": "{{Fiche|contact=Camille Exemple}}",
    "Semer, planter, récolter": "{{Fiche|proches=Puits}}",
    "Puits": "{{Fiche|suite_de=Semer, planter, récolter|voir=Semer, planter, récolter}}",
    "Camille Exemple": "{{Personne}}",
    "Accueil": "Bienvenue.",
}
FOUND = {
    ("PAI102", "Talus fleuri", "Mare aux grenouilles"),
    ("COL103", "Talus fleuri", "Sacha Modèle"),
    ("LNK101", "Verger partagé", "Verger conservatoire"),
    ("LNK102", "Four du village", "Vieux four"),
    ("COL104", "Four du village", "Le verger"),
    ("COL104", "Verger partagé", "Le verger"),
    ("LNK105", "Four banal", "Four banal"),
    ("LNK104", "Jardin des simples", "Camille Exemple"),
    ("LNK103", "Lavoir", "Fours"),
    ("COL101", "Navette partagée entre villages", "Navettes partagées entre village"),
    ("COL101", "Navettes partagées entre village", "Navette partagée entre villages"),
    ("PAI102", "Puits", "Semer, planter, récolter"),
}


@pytest.mark.parametrize("server", [False, True], ids=["a copy", "a server"])
def test_of_a_collection_every_seeded_defect_is_found_and_nothing_else(server: bool) -> None:
    collection = Collection(pages_of(SEEDED), server=server)
    found = among(check(collection, list(collection.pages), whole=True))
    assert set(found) == FOUND
    assert len(found) == len(FOUND)


def test_one_page_is_told_the_same_as_when_all_are_checked() -> None:
    collection = Collection(pages_of(SEEDED), server=True)
    found = [
        told for page in collection.pages for told in among(check(collection, [page], whole=False))
    ]
    assert set(found) == FOUND


def test_a_folder_and_a_dump_tell_the_same(tmp_path: Path) -> None:
    for title, text in SEEDED.items():
        (tmp_path / f"{title}.wikitext").write_text(text, encoding="utf-8")
    file = tmp_path / "export.xml"
    file.write_bytes(
        export(
            *(page(t, revision(n, text), number=n) for n, (t, text) in enumerate(SEEDED.items(), 1))
        )
    )
    for wiki in (FolderWiki(tmp_path), DumpWiki(file)):
        pages = wiki.pages_with(trial_mapping().templates)
        assert set(among(wikibot.check(pages, trial_mapping(), wiki, whole=True))) == FOUND


class Silent(Collection):
    """A wiki that tells nothing of titles."""

    def standing(self, titles: Iterable[str]) -> dict[str, Standing]:
        return {}


def test_what_the_wiki_does_not_tell_is_never_taken_for_missing() -> None:
    collection = Silent(pages_of(SEEDED), server=True)
    found = among(check(collection, list(collection.pages), whole=True))
    assert {rule for rule, _, _ in found}.isdisjoint({"LNK101", "LNK102", "LNK103", "COL103"})


class Discreet(Collection):
    """A wiki that tells of pages, and of no account."""

    def standing(self, titles: Iterable[str]) -> dict[str, Standing]:
        told = super().standing(titles)
        return {text: found for text, found in told.items() if found.title.namespace != USER}


def test_a_contact_who_may_have_an_account_is_not_called_gone() -> None:
    for kind, gone in ((Collection, 1), (Discreet, 0)):
        collection = kind(pages_of(SEEDED), server=True)
        found = among(check(collection, list(collection.pages), whole=True))
        assert sum(rule == "COL103" for rule, _, _ in found) == gone


def test_alone_a_page_has_no_neighbours_and_nothing_is_said_of_them() -> None:
    for one in pages_of(SEEDED):
        assert among(check_page(one, trial_mapping(), FRENCH_WIKI)) == []


def test_pages_read_anyway_are_not_asked_for_and_no_title_twice() -> None:
    collection = Collection(pages_of(SEEDED), server=True)
    check(collection, list(collection.pages), whole=True)
    assert len(set(collection.asked)) == len(collection.asked)
    assert set(collection.asked).isdisjoint({"Mare aux grenouilles", "Atlas des haies"})
    assert collection.listings == 0


def test_of_named_pages_only_what_they_name_is_asked_for() -> None:
    collection = Collection(pages_of(SEEDED), server=True)
    check(collection, [page_of(SEEDED["Verger partagé"], "Verger partagé")])
    assert collection.asked == ["Verger conservatoire"]
    assert collection.listings == 1


def test_a_card_is_made_of_the_fields_that_tell_of_others_alone() -> None:
    world = wiki_of(3)
    planted(world, DEFECTS, 300)
    fields = fields_of_cards(MAPPING)
    assert sum(map(len, fields.values())) < sum(len(each.fields) for each in MAPPING.page_types) / 2
    cards = 0
    for each in world.pages():
        whole = records_of(each, MAPPING, FRENCH_WIKI)
        parts = records_of(each, MAPPING, FRENCH_WIKI, fields)
        cards += len(whole)
        assert [card_of(record, MAPPING, FRENCH) for record in whole] == [
            card_of(record, MAPPING, FRENCH) for record in parts
        ]
    assert cards > 300


def test_no_page_to_check_asks_nothing() -> None:
    collection = Collection(pages_of(SEEDED), server=True)
    assert check(collection, []) == []
    assert (collection.asked, collection.listings) == ([], 0)


def test_in_a_dump_it_is_the_day_of_its_latest_edit(tmp_path: Path) -> None:
    file = tmp_path / "export.xml"
    file.write_bytes(export(page("Mare", revision(1, "{{Fiche|court=Une mare.}}"))))
    wiki = DumpWiki(file)
    late = Surroundings(now=lambda: datetime(2040, 1, 1, tzinfo=UTC))
    pages = list(wiki.pages_with(["Fiche"]))
    assert among(wikibot.check(pages, trial_mapping(), wiki, around=late)) == []


@pytest.mark.parametrize("unsafe", [False, True])
def test_what_check_calls_a_fix_fix_makes(tmp_path: Path, unsafe: bool) -> None:
    for title, text in SEEDED.items():
        (tmp_path / f"{title}.wikitext").write_text(text, encoding="utf-8")
    wiki, mapping = FolderWiki(tmp_path), trial_mapping()
    pages = list(wiki.pages_with(mapping.templates))
    found = wikibot.check(pages, mapping, wiki, whole=True)
    promised = {
        (str(f.title), f.rule) for f in found if f.rule in AMONG and f.change and (f.safe or unsafe)
    }
    plan = wikibot.fix(pages, mapping, wiki, rules=AMONG, unsafe=unsafe)
    made = {
        (edit.title, rule)
        for edit in plan.edits
        for change in edit.changes
        for rule in change.rule.split("+")
    }
    assert made == promised
    assert ("Four du village", "LNK102") in made
    wikibot.apply(plan, wiki)
    after = wikibot.check(wiki.pages_with(mapping.templates), mapping, wiki, whole=True)
    left = {(str(f.title), f.rule) for f in after if f.rule in AMONG and f.change}
    assert left.isdisjoint({title_rule for title_rule in promised if not unsafe})


_PIECES = st.sampled_from(
    [
        *("Mare", "Ancienne mare", "Talus", "mare ", "Fours", "Camille Exemple", "Rien de tel"),
        *(
            "[[",
            "]]",
            "|",
            "{{",
            "}}",
            "#",
            "#REDIRECTION ",
            ":",
            ",",
            ", ",
            ";",
            "/",
            "_",
            "&#58;",
        ),
        *(
            "Fichier:X.jpg",
            "x.png",
            "Utilisateur:Camille",
            "Spécial:X",
            "https://a.fr",
            "<br>",
            "%41",
        ),
        *("a" * 300, "ß", "\u00a0", "日本", "'", "(2)", "Modèle:Mare", "w:fr:Mare", "__DISAMBIG__"),
    ]
)
_VALUES = st.lists(_PIECES, max_size=6).map("".join) | st.text(max_size=12)
_SHEETS = st.dictionaries(
    st.sampled_from(["proches", "suite_de", "voir", "contact", "image", "licence", "nom", "site"]),
    _VALUES,
    max_size=4,
)


@given(st.lists(_SHEETS, max_size=4), _VALUES, st.booleans())
def test_no_value_on_any_page_makes_a_rule_raise(
    sheets: list[dict[str, str]], text: str, server: bool
) -> None:
    texts = {
        f"Page {number}": "{{Fiche" + "".join(f"\n|{k}={v}" for k, v in sheet.items()) + "\n}}"
        for number, sheet in enumerate(sheets)
    }
    pages = pages_of({**SEEDED, **texts, "Talus": text, "Mare": f"#REDIRECTION [[{text}]]"})
    found = check(Collection(pages, server=server), pages, whole=True)
    for told in found:
        assert told.rule in RULES
        assert told.message.fr
        assert told.message.en

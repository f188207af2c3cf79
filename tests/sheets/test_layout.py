"""What a workbook looks like: sheets, columns, drop-downs, what is locked and what is hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import wikibot
from tests.cli.command import ATLAS, PAGE
from tests.sheets.support import MAPPING, wiki_of
from wikibot.language import Language
from wikibot.mapping import Mapping
from wikibot.sheets import Laid, Layout, lay_out
from wikibot.sheets.keys import parse_heading, parse_key
from wikibot.sheets.layout import sheet_name
from wikibot.workbook import Column, WrittenSheet

REPORT = "{{Compte rendu d'atelier\n|objet=Un atelier\n|date=2026-01-31\n}}\n"
LICENCE = "{{Licence\n|ouverte=oui\n}}\n"
MADE = datetime(2026, 1, 31, 12, tzinfo=UTC)


def laid(
    folder: Path,
    *,
    mapping: Mapping = MAPPING,
    language: Language = "fr",
    typed: bool = True,
    pages: tuple[tuple[str, str], ...] = (
        (ATLAS, PAGE),
        ("Atelier", REPORT),
        ("Licence d'essai", LICENCE),
    ),
) -> Laid:
    wiki = wiki_of(folder, pages)
    read = wikibot.pages_to_read(wiki, mapping, ())
    records = [r for page in read for r in wikibot.records_of(page, mapping, wiki.syntax)]
    fields = {page_type.id: page_type.fields for page_type in mapping.page_types}
    layout = Layout(mapping, "wiki:1", "pages", "0.1", language, MADE, fields, typed)
    return lay_out(records, layout)


def sheet(of: Laid, name: str) -> WrittenSheet:
    return next(sheet for sheet in of.sheets if sheet.name == name)


def column(of: WrittenSheet, heading: str) -> Column:
    return next(column for column in of.columns if column.heading == heading)


def test_one_sheet_a_page_type_between_the_instructions_and_the_hidden_copies(
    tmp_path: Path,
) -> None:
    of = laid(tmp_path)
    visible = [sheet.name for sheet in of.sheets if not sheet.hidden]
    hidden = [sheet.name for sheet in of.sheets if sheet.hidden]
    assert visible[0] == "Mode d'emploi"
    assert visible[-1] == "Valeurs possibles"
    assert sorted(visible[1:-1]) == ["Commun", "Compte rendu d'atelier", "Licence"]
    assert sorted(hidden) == ["wikibot commun", "wikibot compte_rendu", "wikibot licence"]
    assert {name for _, name, _ in of.tables} == set(visible[1:-1])


def test_a_text_file_has_the_pages_alone(tmp_path: Path) -> None:
    of = laid(tmp_path, typed=False, pages=((ATLAS, PAGE),))
    assert [sheet.name for sheet in of.sheets] == ["Commun"]


def test_titles_and_keys_are_locked_and_the_keys_hidden(tmp_path: Path) -> None:
    of = sheet(laid(tmp_path), "Commun")
    first, *fields, last = of.columns
    assert (first.heading, first.locked, first.hidden) == ("Page", True, False)
    assert (last.locked, last.hidden) == (True, True)
    assert not [column.heading for column in fields if column.locked or column.hidden]
    heading = parse_heading(last.heading)
    assert heading is not None
    assert (heading.wiki, heading.page_type, heading.made[:10]) == (
        "wiki:1",
        "commun",
        "2026-01-31",
    )
    (row,) = of.rows
    key = parse_key(str(row[-1]))
    assert key is not None
    assert (row[0], len(key.marks)) == (ATLAS, len(fields))
    assert of.filtered
    assert of.spare > 0


def test_a_term_has_a_drop_down_and_a_list_of_terms_a_sheet(tmp_path: Path) -> None:
    of = laid(tmp_path)
    licence = column(sheet(of, "Commun"), "Type de licence")
    assert "Creative Commons BY SA 4.0" in licence.choices
    assert licence.strict
    challenges = column(sheet(of, "Commun"), "Défi auquel répond la ressource")
    assert challenges.choices == ()  # a drop-down would replace the whole list
    assert "un point-virgule entre deux" in challenges.note
    terms = sheet(of, "Valeurs possibles")
    assert any("4- Modèle économique" in row for row in terms.rows)


def test_terms_of_the_past_are_not_offered(tmp_path: Path) -> None:
    vocabularies = tuple(
        v.model_copy(
            update={
                "terms": tuple(
                    t.model_copy(update={"until": 2021 if t.label == "MIT" else None})
                    for t in v.terms
                )
            }
        )
        for v in MAPPING.vocabularies
    )
    mapping = Mapping(wiki=MAPPING.wiki, page_types=MAPPING.page_types, vocabularies=vocabularies)
    offered = column(sheet(laid(tmp_path, mapping=mapping), "Commun"), "Type de licence").choices
    assert "MIT" not in offered
    assert len(offered) > 5


def test_days_are_days_and_answers_have_a_drop_down(tmp_path: Path) -> None:
    of = laid(tmp_path)
    report = sheet(of, "Compte rendu d'atelier")
    assert date(2026, 1, 31) in report.rows[0]
    assert ("oui", "non") in [column.choices for column in sheet(of, "Licence").columns]


def test_what_the_wiki_computes_is_locked(tmp_path: Path) -> None:
    commun = MAPPING.page_type("commun")
    assert commun is not None
    fields = tuple(f.model_copy(update={"computed": f.id == "niveau"}) for f in commun.fields)
    types = (commun.model_copy(update={"fields": fields}),)
    mapping = Mapping(wiki=MAPPING.wiki, page_types=types, vocabularies=MAPPING.vocabularies)
    of = laid(tmp_path, mapping=mapping, pages=((ATLAS, PAGE),))
    computed = column(sheet(of, "Commun"), "Niveau de développement")
    assert computed.locked
    assert "Calculé par le wiki" in computed.note
    assert of.frozen == ()


def test_what_no_cell_can_hold_is_named(tmp_path: Path) -> None:
    page = PAGE.replace("|niveau=Idée", "|niveau=Idée <!-- à revoir -->")
    of = laid(tmp_path, pages=((ATLAS, page),))
    words = "(commentaire caché : modifiez-le sur le wiki)"
    ((title, field, told),) = of.frozen
    assert (title, field.id, told) == (ATLAS, "niveau", words)


@pytest.mark.parametrize(
    ("language", "name", "words"),
    [("fr", "Mode d'emploi", "point-virgule"), ("en", "How to use", "semicolon")],
)
def test_the_instructions_are_in_the_language_of_the_workbook(
    tmp_path: Path, language: Language, name: str, words: str
) -> None:
    lines = [str(row[0]) for row in sheet(laid(tmp_path, language=language), name).rows]
    assert any(words in line for line in lines)
    assert "pages" in lines[-1]
    assert "0.1" in lines[-1]
    assert max(map(len, lines)) < 400


def test_a_sheet_has_a_name_that_spreadsheets_take() -> None:
    taken: set[str] = set()
    assert sheet_name("Commun", taken) == "Commun"
    assert sheet_name("commun", taken) == "commun 2"
    assert sheet_name("'a/b:c*'", taken) == "a b c"
    long = "Un type de pages au nom vraiment très long"
    assert len(sheet_name(long, taken)) == 31
    assert len(sheet_name(long, taken)) <= 31
    assert sheet_name("[]", taken) == "wikibot"


def test_two_sheets_of_one_name_are_told_apart(tmp_path: Path) -> None:
    commun, licence = (MAPPING.page_type(name) for name in ("commun", "licence"))
    assert commun is not None
    assert licence is not None
    types = (commun, licence.model_copy(update={"label": commun.label}))
    mapping = Mapping(wiki=MAPPING.wiki, page_types=types, vocabularies=MAPPING.vocabularies)
    of = laid(tmp_path, mapping=mapping, pages=((ATLAS, PAGE), ("Licence d'essai", LICENCE)))
    assert [name for _, name, _ in of.tables] == ["Commun", "Commun 2"]


def test_the_same_pages_give_the_same_sheets(tmp_path: Path) -> None:
    one = laid(tmp_path)
    assert laid(tmp_path) == replace(one)

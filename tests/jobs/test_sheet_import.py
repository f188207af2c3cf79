"""Workbooks as people give them back: what becomes a plan, and what is told instead."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import wikibot
from tests.cli.command import ATLAS, MISSPELT, PAGE
from tests.sheets.support import (
    MAPPING,
    Rows,
    as_read,
    changes,
    edited,
    exported,
    row_of,
    table,
    typed,
    wiki_of,
)
from wikibot.errors import InputError, SafetyStop
from wikibot.jobs.sheet import ImportedSheet, export_sheet, import_sheet
from wikibot.language import Text
from wikibot.wiki import Wiki
from wikibot.workbook import Book, Cell, Kind, Unclear

MARES = "Relevé des mares"
TALUS = "Carnet des talus"
LICENCE, LEVEL, TAGS = "Type de licence", "Niveau de développement", "Tags"
SHORT, FROM, AMOUNT = "Description en une phrase", "Porté par", "Montant Aide souhaitée"


@pytest.fixture
def wiki(tmp_path: Path) -> Wiki:
    return wiki_of(tmp_path, [(ATLAS, PAGE), (MARES, MISSPELT), (TALUS, PAGE)])


def back(book: Book, wiki: Wiki, **options: object) -> ImportedSheet:
    return import_sheet(book, MAPPING, wiki, **options)  # type: ignore[arg-type]


def kinds(done: ImportedSheet) -> list[str]:
    return [told.kind for told in done.told]


def write(wiki: Wiki, title: str, text: str) -> None:
    page = wiki.page(title)
    wiki.save(page, text, "par quelqu'un d'autre")


KINDS: tuple[Kind, ...] = ("xlsx", "ods", "csv")


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_that_nobody_touched_changes_nothing(wiki: Wiki, kind: Kind) -> None:
    done = back(exported(wiki, kind), wiki)
    assert (done.plan.edits, done.told, done.rows, done.asked) == ((), (), 3, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_a_person_changed_becomes_a_change(wiki: Wiki, kind: Kind) -> None:
    book = typed(exported(wiki, kind), ATLAS, LICENCE, "cc by-sa 4.0")
    book = typed(book, ATLAS, TAGS, "haie; mare\ntalus")
    book = typed(book, MARES, LEVEL, "Idée")
    done = back(book, wiki)
    assert done.told == ()
    assert changes(done.plan) == {
        (ATLAS, "licence", "Creative Commons BY SA 4.0"),
        (ATLAS, "tags", "haie, mare, talus"),
    }  # « idée » means the term « Idée » already: nobody changed it
    edit = done.plan.edits[0]
    page = wiki.page(ATLAS)
    assert (edit.pageid, edit.base_revid) == (page.id, page.revision.id)
    wikibot.apply(done.plan, wiki)
    assert wiki.page(ATLAS).text == PAGE.replace(
        "|licence=Licence Ouverte 2.0 (Etalab)", "|licence=Creative Commons BY SA 4.0"
    ).replace("|Tags=haie, bocage", "|Tags=haie, mare, talus")
    assert back(book, wiki).plan.edits == ()  # a second import finds all done


def _sorted_backwards(rows: Rows) -> None:
    rows[1:] = reversed(rows[1:])


def _columns_shuffled(rows: Rows) -> None:
    order = list(range(len(rows[0])))
    random.Random(7).shuffle(order)
    rows[:] = [[row[place] for place in order] for row in rows]


def _title_above(rows: Rows) -> None:
    rows[:0] = [["Fiches à relire", None], [None, None]]


def _empty_rows_between(rows: Rows) -> None:
    rows[2:2] = [[None] * len(rows[0]), ["", *[None] * (len(rows[0]) - 1)]]


def _column_of_notes(rows: Rows) -> None:
    for number, row in enumerate(rows):
        row.insert(2, f"note {number}" if number else "Mes remarques")


def _column_of_licences_gone(rows: Rows) -> None:
    place = rows[0].index(LICENCE)
    for row in rows:
        del row[place]


def _row_of_mares_gone(rows: Rows) -> None:
    rows.remove(row_of(rows, MARES))


MOVES = [
    _sorted_backwards,
    _columns_shuffled,
    _title_above,
    _empty_rows_between,
    _column_of_notes,
    _column_of_licences_gone,
    _row_of_mares_gone,
]


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.__name__)
@pytest.mark.parametrize("kind", KINDS)
def test_rows_and_columns_may_move_and_go(
    wiki: Wiki, kind: Kind, move: Callable[[Rows], None]
) -> None:
    book = exported(wiki, kind)
    done = back(edited(book, move), wiki)
    assert done.plan.edits == ()
    assert not [told for told in done.told if told.matters]
    done = back(edited(typed(book, TALUS, TAGS, "haie"), move), wiki)
    assert changes(done.plan) == {(TALUS, "tags", "haie")}
    assert not [told for told in done.told if told.matters]


class TestMerging:
    def test_other_fields_that_somebody_changed_meanwhile_stay(self, wiki: Wiki) -> None:
        book = typed(exported(wiki), ATLAS, TAGS, "haie")
        write(wiki, ATLAS, PAGE.replace("niveau=Idée", "niveau=Prototype"))
        done = back(book, wiki)
        assert (changes(done.plan), done.told) == ({(ATLAS, "tags", "haie")}, ())
        assert done.plan.edits[0].base_revid == wiki.page(ATLAS).revision.id
        wikibot.apply(done.plan, wiki)
        assert "|niveau=Prototype\n" in wiki.page(ATLAS).text

    def test_what_only_the_wiki_changed_stays(self, wiki: Wiki) -> None:
        book = exported(wiki)
        write(wiki, ATLAS, PAGE.replace("Tags=haie, bocage", "Tags=mare"))
        assert back(book, wiki).plan.edits == ()

    @pytest.mark.parametrize("kind", KINDS)
    def test_one_field_changed_on_both_sides_is_a_conflict_and_the_others_go_on(
        self, wiki: Wiki, kind: Kind
    ) -> None:
        book = typed(exported(wiki, kind), ATLAS, TAGS, "haie; mare")
        book = typed(book, ATLAS, LEVEL, "Prototype")
        write(wiki, ATLAS, PAGE.replace("Tags=haie, bocage", "Tags=talus"))
        done = back(book, wiki)
        assert changes(done.plan) == {(ATLAS, "niveau", "Prototype")}
        (told,) = done.told
        assert (told.kind, told.page, told.field) == ("conflict", ATLAS, "tags")
        assert "Sur le wiki : « talus »" in told.message.fr
        assert "Dans le fichier : « haie; mare »" in told.message.fr
        assert ("À l'export : « haie; bocage »" in told.message.fr) is (kind != "csv")

    @pytest.mark.parametrize("kind", KINDS)
    def test_both_sides_to_the_same_value_is_none(self, wiki: Wiki, kind: Kind) -> None:
        book = typed(exported(wiki, kind), ATLAS, TAGS, "haie;mare")
        write(wiki, ATLAS, PAGE.replace("Tags=haie, bocage", "Tags=haie, mare"))
        done = back(book, wiki)
        assert (done.plan.edits, done.told, done.asked) == ((), (), 1)

    def test_another_spelling_on_the_wiki_is_the_same_value(self, wiki: Wiki) -> None:
        book = typed(exported(wiki), ATLAS, TAGS, "mare")
        write(wiki, ATLAS, PAGE.replace("Tags=haie, bocage", "Tags=haie ,bocage,"))
        assert changes(back(book, wiki).plan) == {(ATLAS, "tags", "mare")}

    def test_a_page_that_is_gone_is_told_and_not_created_again(
        self, wiki: Wiki, tmp_path: Path
    ) -> None:
        book = typed(exported(wiki), ATLAS, TAGS, "mare")
        (tmp_path / f"{ATLAS}.wikitext").unlink()
        done = back(book, wiki)
        assert (done.plan.edits, kinds(done)) == ((), ["gone"])

    def test_a_page_that_calls_another_template_now_is_told(self, wiki: Wiki) -> None:
        book = typed(exported(wiki), ATLAS, TAGS, "mare")
        write(wiki, ATLAS, PAGE.replace("{{Ressource", "{{Autre chose"))
        done = back(book, wiki)
        assert (done.plan.edits, kinds(done)) == ((), ["gone"])


class TestEmptyCells:
    def test_an_emptied_cell_empties_the_field_and_is_listed(self, wiki: Wiki) -> None:
        done = back(typed(exported(wiki), ATLAS, LEVEL, None), wiki)
        assert changes(done.plan) == {(ATLAS, "niveau", "")}
        assert [(title, label.fr) for title, label in done.cleared] == [(ATLAS, LEVEL)]

    def test_blanks_alone_and_unclear_cells_change_nothing_and_are_told(self, wiki: Wiki) -> None:
        book = typed(exported(wiki), ATLAS, LEVEL, "  ")
        error = Unclear(Text("la cellule contient une erreur", "an error"), "#N/A")
        done = back(typed(book, ATLAS, TAGS, error), wiki)
        assert (done.plan.edits, kinds(done)) == ((), ["unclear", "unclear"])

    def test_a_column_that_was_emptied_stops_all(self, tmp_path: Path) -> None:
        names = [f"Fiche {n}" for n in range(6)]
        wiki = wiki_of(tmp_path, [(name, PAGE) for name in names])

        def clear(number: int) -> Callable[[Rows], None]:
            def change(rows: Rows) -> None:
                for row in rows[1 : number + 1]:
                    row[rows[0].index(LICENCE)] = ""

            return change

        book = exported(wiki)
        assert len(back(edited(book, clear(2)), wiki).plan.edits) == 2
        for number in (3, 6):
            with pytest.raises(SafetyStop) as stop:
                back(edited(book, clear(number)), wiki)
            assert stop.value.code == "cleared"
            assert f"{number} cellules sur 6" in stop.value.message.fr
            done = back(edited(book, clear(number)), wiki, allow=("cleared",))
            assert len(done.cleared) == number

    def test_a_row_that_was_emptied_stops_all(self, wiki: Wiki) -> None:
        def wipe(rows: Rows) -> None:
            row = row_of(rows, ATLAS)
            row[1:-1] = [None] * (len(row) - 2)

        book = edited(exported(wiki), wipe)
        with pytest.raises(SafetyStop) as stop:
            back(book, wiki)
        assert (stop.value.code, ATLAS in stop.value.message.fr) == ("cleared", True)
        assert len(back(book, wiki, allow=("cleared",)).cleared) == PAGE.count("|")

    def test_a_column_sorted_without_the_others_stops_all(self, tmp_path: Path) -> None:
        wiki = wiki_of(
            tmp_path, [(f"Fiche {n}", PAGE.replace("bocage", f"lieu {n}")) for n in range(8)]
        )

        def sort(rows: Rows) -> None:
            place = rows[0].index(TAGS)
            column = sorted((str(row[place]) for row in rows[1:]), reverse=True)
            for row, cell in zip(rows[1:], column, strict=True):
                row[place] = cell

        for kind in KINDS:
            book = edited(exported(wiki, kind), sort)
            with pytest.raises(SafetyStop) as stop:
                back(book, wiki)
            assert stop.value.code == "sorted"
            assert len(back(book, wiki, allow=("sorted",)).plan.edits) == 8


class TestRefusals:
    @pytest.mark.parametrize(
        ("heading", "cell", "kind", "words"),
        [
            (LICENCE, "Licence inventée", "refused", "n'est pas dans le vocabulaire"),
            (SHORT, "deux\nlignes", "refused", "une seule ligne"),
            (SHORT, "un\x07mot", "refused", "caractère de contrôle"),
            ("Cloud / Fichiers", "pas une adresse", "refused", "Cloud / Fichiers : "),
            (SHORT, True, "unclear", "valeur logique"),
        ],
    )
    def test_a_cell_that_the_field_cannot_hold_is_told_and_the_others_go_on(
        self, wiki: Wiki, heading: str, cell: Cell, kind: str, words: str
    ) -> None:
        book = typed(exported(wiki), ATLAS, TAGS, "mare")
        done = back(typed(book, ATLAS, heading, cell), wiki)
        assert changes(done.plan) == {(ATLAS, "tags", "mare")}
        (told,) = done.told
        assert (told.kind, told.sheet, told.page) == (kind, "Commun", ATLAS)
        assert words in told.message.fr
        assert table(book).rows[told.row - 1][0] == ATLAS

    def test_a_term_comes_with_the_nearest_ones(self, wiki: Wiki) -> None:
        (told,) = back(typed(exported(wiki), ATLAS, LICENCE, "Licence Ouverte"), wiki).told
        assert told.advice is not None
        assert "Licence Ouverte" in told.advice.fr

    def test_every_bad_cell_of_the_file_is_told_at_once(self, wiki: Wiki) -> None:
        book = exported(wiki)
        for title in (ATLAS, MARES, TALUS):
            book = typed(book, title, LICENCE, "Inventée")
        done = back(book, wiki)
        assert kinds(done) == ["refused"] * 3
        assert [told.row for told in done.told] == sorted(told.row for told in done.told)

    def test_an_item_that_stood_there_may_stay_though_it_is_no_term(self, tmp_path: Path) -> None:
        page = PAGE.replace("challenge=4- Modèle économique", "challenge=Défi d'antan")
        wiki = wiki_of(tmp_path, [(ATLAS, page)])
        label = "Défi auquel répond la ressource"
        done = back(typed(exported(wiki), ATLAS, label, "Défi d'antan; 4- modele economique"), wiki)
        assert changes(done.plan) == {(ATLAS, "defis", "Défi d'antan, 4- Modèle économique")}
        done = back(typed(exported(wiki), ATLAS, label, "Défi d'antan; Inventé"), wiki)
        assert (done.plan.edits, kinds(done)) == ((), ["refused"])

    def test_a_cell_that_does_not_hold_its_value_changes_nothing(self, tmp_path: Path) -> None:
        commented = PAGE.replace("niveau=Idée", "niveau=Idée <!-- à revoir -->")
        wiki = wiki_of(tmp_path, [(ATLAS, commented)])
        book = exported(wiki)
        assert (back(book, wiki).plan.edits, back(book, wiki).told) == ((), ())
        changed = typed(book, ATLAS, LEVEL, "Prototype")
        done = back(changed, wiki)
        assert (done.plan.edits, kinds(done)) == ((), ["frozen"])
        write(wiki, ATLAS, PAGE)  # it could be one cell by now, but what was exported is unknown
        done = back(changed, wiki)
        assert (done.plan.edits, kinds(done)) == ((), ["frozen"])

    def test_a_value_that_is_no_clean_cell_any_more_is_left(self, wiki: Wiki) -> None:
        book = typed(exported(wiki), ATLAS, LEVEL, "Prototype")
        write(wiki, ATLAS, PAGE.replace("niveau=Idée", "niveau=Idée <!-- à revoir -->"))
        done = back(book, wiki)
        assert (done.plan.edits, kinds(done)) == ((), ["frozen"])

    def test_wikitext_in_a_plain_field_is_not_spoilt(self, tmp_path: Path) -> None:
        page = PAGE.replace("niveau=Idée", "niveau=Idée\n|location=[[Bretagne]]")
        wiki = wiki_of(tmp_path, [(ATLAS, page)])
        book = exported(wiki)
        assert back(book, wiki).plan.edits == ()
        done = back(typed(book, ATLAS, "Localisation", "[[Bretagne]] et Normandie"), wiki)
        assert (done.plan.edits, kinds(done)) == ((), ["refused"])
        done = back(typed(book, ATLAS, "Localisation", "Bretagne"), wiki)
        assert changes(done.plan) == {(ATLAS, "localisation", "Bretagne")}

    def test_french_dates_and_numbers_are_written_as_the_wiki_reads_them(
        self, tmp_path: Path
    ) -> None:
        report = "{{Compte rendu d'atelier\n|objet=Un atelier\n|date=2026-01-31\n}}\n"
        wiki = wiki_of(tmp_path, [("Atelier", report), (ATLAS, PAGE)])
        fields = MAPPING.page_type("compte_rendu")
        assert fields is not None
        label = next(field for field in fields.fields if field.kind == "date")
        name = "Compte rendu d'atelier"
        book = exported(wiki, types=["compte_rendu"])
        for cell, new in (("31/12/2026", "2026-12-31"), ("décembre 2026", "2026-12")):
            done = back(typed(book, "Atelier", label.label.fr, cell, name), wiki)
            assert {change[2] for change in changes(done.plan)} == {new}
        done = back(typed(book, "Atelier", label.label.fr, "03/04/2026", name), wiki)
        assert (done.plan.edits, kinds(done)) == ((), ["refused"])

    def test_of_several_entries_only_the_wrong_one_is_refused(self, tmp_path: Path) -> None:
        page = "{{Ressource\n|licence=MIT\n}}\n{{Ressource\n|licence=MIT\n}}\n"
        wiki = wiki_of(tmp_path, [(ATLAS, page)])

        def change(rows: Rows) -> None:
            place = rows[0].index("Cloud / Fichiers")
            rows[1][place], rows[2][place] = "https://exemple.example.org/", "pas une adresse"

        done = back(edited(exported(wiki), change), wiki)
        assert changes(done.plan) == {(ATLAS, "fichiers", "https://exemple.example.org/")}
        assert kinds(done) == ["refused"]

    @pytest.mark.parametrize(
        "typed_text",
        [
            "a | b",
            "{{Modèle|x}}",
            "}}",
            "{{",
            "[[Lien|mot]]",
            "[[Lien",
            "licence=MIT",
            "|licence=MIT",
            "<nowiki>x",
            "<!-- caché",
            "a --> b",
            "~~~~",
            "__NOTOC__",
            "'''gras'''",
            "* puce",
            "== titre ==",
            "&amp; &lt;",
            "-{x}-",
            "{{!}}",
            "x\u200by",
        ],
    )
    def test_wikitext_in_a_cell_is_text_and_the_page_stays_whole(
        self, wiki: Wiki, typed_text: str
    ) -> None:
        done = back(typed(exported(wiki), ATLAS, "Localisation", typed_text), wiki)
        wikibot.apply(done.plan, wiki)
        page = wiki.page(ATLAS)
        (record,) = wikibot.records_of(page, MAPPING, wiki.syntax)
        if done.plan.edits:
            assert record["localisation"].text == typed_text
            assert back(exported(wiki), wiki).plan.edits == ()
        else:
            assert kinds(done) == ["refused"]
        lines = [line for line in page.text.splitlines() if not line.startswith("|location=")]
        assert lines == PAGE.splitlines()

    @pytest.mark.parametrize(
        "typed_text",
        ["a | b", "}}", "{{", "[[Lien|mot]]", "<!-- caché", "{{M|x}}\n\n* puce", "~~~~"],
    )
    def test_wikitext_in_a_field_of_wikitext_is_written_whole_or_not_at_all(
        self, wiki: Wiki, typed_text: str
    ) -> None:
        done = back(typed(exported(wiki), ATLAS, "Description", typed_text), wiki)
        wikibot.apply(done.plan, wiki)
        page = wiki.page(ATLAS)
        old = "|description=Un atlas que tiennent ses habitants, commune par commune.\n"
        if done.plan.edits:
            assert page.text == PAGE.replace(old, f"|description={typed_text}\n")
        else:
            assert (page.text, kinds(done)) == (PAGE, ["refused"])


class TestOddRows:
    def test_a_copied_row_puts_both_aside_and_the_rest_goes_on(self, wiki: Wiki) -> None:
        def copy(rows: Rows) -> None:
            row = list(row_of(rows, ATLAS))
            row[rows[0].index(TAGS)] = "copie"
            rows.append(row)

        book = edited(typed(exported(wiki), MARES, TAGS, "mare"), copy)
        done = back(book, wiki)
        assert changes(done.plan) == {(MARES, "tags", "mare")}
        assert kinds(done) == ["frozen", "frozen"]

    def test_a_title_that_moved_to_another_row_puts_the_row_aside(self, wiki: Wiki) -> None:
        def swap(rows: Rows) -> None:
            one, two = row_of(rows, ATLAS), row_of(rows, MARES)
            one[0], two[0] = two[0], one[0]

        for kind in KINDS:
            book = edited(typed(exported(wiki, kind), ATLAS, TAGS, "mare"), swap)
            done = back(book, wiki)
            assert (done.plan.edits, kinds(done)) == ((), ["frozen", "frozen"])

    def test_a_row_of_another_export_is_put_aside(self, wiki: Wiki) -> None:
        other = table(exported(wiki, "csv", fields=["tags", "licence"])).rows

        def paste(rows: Rows) -> None:
            row_of(rows, ATLAS)[:] = next(list(row) for row in other if row[0] == ATLAS)

        book = edited(exported(wiki, "csv", fields=["licence", "tags"]), paste)
        done = back(book, wiki)
        assert (done.plan.edits, kinds(done)) == ((), ["frozen"])

    def test_the_same_page_of_two_exports_is_put_aside(self, wiki: Wiki) -> None:
        book = typed(exported(wiki), ATLAS, TAGS, "mare")
        write(wiki, ATLAS, PAGE.replace("niveau=Idée", "niveau=Prototype"))
        later = row_of([list(row) for row in table(exported(wiki)).rows], ATLAS)
        later[table(book).rows[0].index(TAGS)] = "talus"
        done = back(edited(book, lambda rows: rows.append(later)), wiki)
        assert (done.plan.edits, kinds(done)) == ((), ["frozen", "frozen"])

    def test_a_damaged_key_puts_its_row_aside(self, wiki: Wiki) -> None:
        def damage(rows: Rows) -> None:
            row_of(rows, ATLAS)[-1] = "1,23E+10"
            row_of(rows, ATLAS)[rows[0].index(TAGS)] = "mare"
            row_of(rows, MARES)[-1] = Decimal(12)

        done = back(edited(exported(wiki), damage), wiki)
        assert (done.plan.edits, kinds(done)) == ((), ["frozen", "frozen"])

    def test_new_rows_are_told_and_create_nothing(self, wiki: Wiki) -> None:
        def add(rows: Rows) -> None:
            rows.append(["Nouvelle fiche", *[None] * (len(rows[0]) - 1)])

        done = back(edited(exported(wiki), add), wiki)
        assert (done.plan.edits, kinds(done)) == ((), ["new"])
        assert done.told[0].advice == Text(
            "Pour la créer, ajoutez --create.", "To create it, add --create."
        )

    def test_new_rows_create_pages_where_that_is_asked(self, wiki: Wiki) -> None:
        def add(rows: Rows) -> None:
            head = rows[0]

            def new(title: str | None, **cells: Cell) -> None:
                row: list[Cell] = [None] * len(head)
                row[head.index("Page")] = title
                for heading, cell in cells.items():
                    row[head.index({"licence": LICENCE, "short": SHORT, "tags": TAGS}[heading])] = (
                        cell
                    )
                rows.append(row)

            new("nouvelle fiche", licence="mit", short="Une phrase.", tags="a; b")
            new(ATLAS, licence="MIT")
            new(None, licence="MIT")
            new("Sans licence", short="Une phrase.")
            new("Double", licence="MIT")
            new("double", licence="MIT")
            new("a[b]", licence="MIT")
            new("Mauvais terme", licence="Inventée")

        done = back(edited(exported(wiki), add), wiki, create=True)
        (edit,) = done.plan.edits
        assert (edit.title, edit.pageid, edit.base_revid) == ("Nouvelle fiche", 0, 0)
        assert edit.text == (
            "{{Ressource\n|shortDescription=Une phrase.\n|licence=MIT\n|Tags=a, b\n}}\n"
        )
        assert kinds(done) == ["new"] * 7
        wikibot.apply(done.plan, wiki)
        assert wiki.page("Nouvelle fiche").text.rstrip("\n") == edit.text.rstrip("\n")


class TestWholeFiles:
    @pytest.mark.parametrize(
        ("change", "error", "words"),
        [
            (lambda rows: rows.clear(), SafetyStop, "aucune ligne"),
            (lambda rows: rows.__delitem__(slice(1, None)), SafetyStop, "aucune ligne"),
            (lambda rows: [row.pop() for row in rows], InputError, "colonne masquée"),
            (lambda rows: rows[0].__setitem__(-1, "clé"), InputError, "colonne masquée"),
            (lambda rows: rows[0].__setitem__(3, rows[0][2]), InputError, "deux colonnes"),
            (lambda rows: rows[0].append("Page"), InputError, "deux colonnes"),
            (lambda rows: rows[0].append(rows[0][-1]), InputError, "deux colonnes"),
            (
                lambda rows: rows[0].__setitem__(-1, str(rows[0][-1])[:-3]),
                InputError,
                "est abîmé",
            ),
            (
                lambda rows: rows[0].__setitem__(
                    -1, str(rows[0][-1]).replace('"format":1', '"format":2')
                ),
                InputError,
                "plus récent",
            ),
            (
                lambda rows: rows[0].__setitem__(
                    -1, str(rows[0][-1]).replace('"wiki":"', '"wiki":"x')
                ),
                InputError,
                "autre wiki",
            ),
            (
                lambda rows: rows[0].__setitem__(
                    -1, str(rows[0][-1]).replace('"commun"', '"autre"')
                ),
                InputError,
                "pas de type « autre »",
            ),
        ],
    )
    @pytest.mark.parametrize("kind", ["xlsx", "csv"])
    def test_a_file_that_is_no_export_is_refused_whole(
        self,
        wiki: Wiki,
        kind: Kind,
        change: Callable[[Rows], None],
        error: type[Exception],
        words: str,
    ) -> None:
        book = exported(wiki, kind)
        if kind == "xlsx":  # the instructions and the copy do not make it whole
            assert len(book.sheets) > 2
        with pytest.raises(error) as refused:
            back(edited(book, change), wiki)
        assert words in refused.value.message.fr  # type: ignore[attr-defined]
        assert refused.value.advice is not None  # type: ignore[attr-defined]

    def test_the_copy_may_be_lost(self, wiki: Wiki) -> None:
        book = typed(exported(wiki), ATLAS, TAGS, "mare")
        alone = replace(book, sheets=(table(book),))
        assert changes(back(alone, wiki).plan) == {(ATLAS, "tags", "mare")}
        assert back(alone, wiki).told == ()

    def test_sheets_that_people_add_are_not_read(self, wiki: Wiki) -> None:
        book = exported(wiki)
        notes = replace(table(book), name="Notes", rows=(("Page", "Type de licence"), (ATLAS, "x")))
        done = back(replace(book, sheets=(notes, *book.sheets)), wiki)
        assert (done.plan.edits, done.told) == ((), ())

    def test_a_renamed_heading_is_told_with_the_nearest(self, wiki: Wiki) -> None:
        def rename(rows: Rows) -> None:
            rows[0][rows[0].index(LICENCE)] = "Type licence"

        (told,) = back(edited(exported(wiki), rename), wiki).told
        assert told.matters
        assert told.advice == Text(
            f"Vouliez-vous dire « {LICENCE} » ?", f"Did you mean “{LICENCE}”?"
        )

    def test_letters_lost_on_the_way_through_an_old_encoding_change_nothing(
        self, tmp_path: Path
    ) -> None:
        page = PAGE.replace("bocage", "bocage → prairie")
        wiki = wiki_of(tmp_path, [(ATLAS, page)])
        data = export_sheet(
            wikibot.pages_to_read(wiki, MAPPING, ()), MAPPING, wiki, "csv"
        ).data.decode("utf-8-sig")
        done = back(as_read(data.encode("cp1252", "replace"), "csv"), wiki)
        assert (done.plan.edits, kinds(done)) == ((), ["unclear"])
        assert done.notes

    def test_hostile_values_of_the_wiki_come_back_as_they_were(self, tmp_path: Path) -> None:
        hostile = ["=1+1", '=HYPERLINK("http://x","y")', "#N/A", "+33 1", "-5", "@moi", "1e3"]
        hostile += ["VRAI", "01000", "3/4", "'apostrophe", '"guillemet', "a;b", "_x001B_", "12:30"]
        pages = [
            (f"Fiche {n}", PAGE.replace("|niveau=Idée\n", f"|niveau=Idée\n|location={value}\n"))
            for n, value in enumerate(hostile)
        ]
        wiki = wiki_of(tmp_path, pages)
        for kind in KINDS:
            book = exported(wiki, kind)
            for n, value in enumerate(hostile):
                rows = [list(row) for row in table(book).rows]
                shown = row_of(rows, f"Fiche {n}")[rows[0].index("Localisation")]
                assert shown == value
            done = back(book, wiki)
            assert (done.plan.edits, done.told) == ((), ())


def test_entries_that_repeat_on_a_page_are_rows_of_their_own(tmp_path: Path) -> None:
    page_type = MAPPING.page_type("question")
    assert page_type is not None
    parameter = page_type.fields[-1]
    name = page_type.label.fr
    text = "".join(
        f"{{{{{page_type.template}\n|{parameter.parameter}=Texte {n}\n}}}}\n" for n in range(3)
    )
    wiki = wiki_of(tmp_path, [("Diagnostic", text)])
    book = exported(wiki)
    assert [row[1] for row in table(book, name).rows] == ["N°", 1, 2, 3]

    def change(rows: Rows) -> None:
        rows[2][rows[0].index(parameter.label.fr)] = "Autre texte"
        rows[1:] = reversed(rows[1:])

    changed = edited(book, change, name)
    (edit,) = back(changed, wiki).plan.edits
    assert [(c.index, c.new) for c in edit.changes] == [(1, "Autre texte")]
    # one more call in front: the row still finds its own
    write(
        wiki, "Diagnostic", f"{{{{{page_type.template}\n|{parameter.parameter}=Neuf\n}}}}\n{text}"
    )
    (edit,) = back(changed, wiki).plan.edits
    assert [(c.index, c.new) for c in edit.changes] == [(2, "Autre texte")]
    # two alike, and one of them is gone: two rows must not find one call
    twins = text.replace("Texte 2", "Texte 1")
    write(wiki, "Diagnostic", twins)

    def change_both(rows: Rows) -> None:
        for row, words in zip(rows[2:], ("Un", "Deux"), strict=True):
            row[rows[0].index(parameter.label.fr)] = words

    both = edited(exported(wiki), change_both, name)
    assert len(back(both, wiki).plan.edits[0].changes) == 2
    write(wiki, "Diagnostic", twins.rsplit("{{", 1)[0])
    done = back(both, wiki)
    assert (done.plan.edits, kinds(done)) == ((), ["gone", "gone"])
    # its own was changed too: nobody can tell any more
    write(wiki, "Diagnostic", text.replace("Texte 1", "Texte b"))
    done = back(changed, wiki)
    assert (done.plan.edits, kinds(done)) == ((), ["gone"])


def test_a_page_that_cannot_be_read_is_left_out_and_named(tmp_path: Path) -> None:
    wiki = wiki_of(tmp_path, [(ATLAS, PAGE), ("Cassée", "{{a|" * 50_000)])
    pages = list(wikibot.pages_to_read(wiki, MAPPING, ()))
    done = export_sheet(pages, MAPPING, wiki, "csv")
    assert [title for title, _ in done.left_out] == ["Cassée"]
    assert done.pages == 1
    with pytest.raises(InputError) as refused:
        export_sheet(pages, MAPPING, wiki, "csv", conditions=["licence=Inventée"])
    assert refused.value.advice is not None
    assert "Cassée" in refused.value.advice.fr

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.command import ATLAS, PAGE, pages_in, run

SHORT = "Cartes et récits pour planter des haies à plusieurs."


def atlas(folder: Path) -> str:
    return (folder / f"{ATLAS}.wikitext").read_bytes().decode()


def write_atlas(folder: Path, text: str) -> None:
    (folder / f"{ATLAS}.wikitext").write_bytes(text.encode())


def test_a_term_is_written_with_its_own_label_and_no_other_byte_changes(folder: Path) -> None:
    done = run("--wiki", folder, "set", ATLAS, "licence=CC BY-SA 4.0", "--apply")
    assert done.code == 0
    assert atlas(folder) == PAGE.replace(
        "|licence=Licence Ouverte 2.0 (Etalab)\n", "|licence=Creative Commons BY SA 4.0\n"
    )


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("licence=CC BY-SA 4.0", "|licence=Creative Commons BY SA 4.0"),
        ("licence=cc-by-sa-4.0", "|licence=Creative Commons BY SA 4.0"),
        ("licence=creative commons by sa 4.0", "|licence=Creative Commons BY SA 4.0"),
        ("Type de licence=CC BY-SA 4.0", "|licence=Creative Commons BY SA 4.0"),  # the label
        ("type de LICENCE=CC BY-SA 4.0", "|licence=Creative Commons BY SA 4.0"),
        ("Licence=CC BY-SA 4.0", "|licence=Creative Commons BY SA 4.0"),  # the English label
        ("shortDescription=Une phrase.", "|shortDescription=Une phrase."),  # the parameter
        ("description_courte=Une phrase.", "|shortDescription=Une phrase."),  # our own name
        ("tags=haie, mare", "|Tags=haie, mare"),
        ("tags+=mare", "|Tags=haie, bocage, mare"),
        ("tags+=mare, talus", "|Tags=haie, bocage, mare, talus"),
        ("tags-=bocage", "|Tags=haie"),
        ("tags-=haie", "|Tags=bocage"),
        (
            "defis=b- PLANIFICATION et aménagement urbain, 4- modele economique",
            "|challenge=B- Planification et aménagement urbain, 4- Modèle économique",
        ),
        (
            "defis+=B- planification et amenagement urbain",
            "|challenge=4- Modèle économique, B- Planification et aménagement urbain",
        ),
        # what wikitext would take for markup is written so that it reads as typed
        ("from=Rue {verte} | cour", "|from=Rue &#123;verte&#125; {{!}} cour"),
        ("from=''Rue'' & [[cour]]", "|from=&#39;&#39;Rue&#39;&#39; & &#91;&#91;cour&#93;&#93;"),
        # ordinary French stays as people type it
        ("from=L'Été d'à côté (50 %)", "|from=L'Été d'à côté (50 %)"),
        ("niveau=preuve concept & 1er client", "|niveau=Preuve Concept & 1er client"),
    ],
)
def test_the_value_is_found_in_any_spelling_and_one_line_changes(
    folder: Path, typed: str, written: str
) -> None:
    assert run("--wiki", folder, "set", ATLAS, typed, "--apply").code == 0
    before, after = PAGE.splitlines(), atlas(folder).splitlines()
    assert len(before) == len(after)
    assert [new for old, new in zip(before, after, strict=True) if old != new] == [written]


@pytest.mark.parametrize(
    "typed",
    [
        "licence=Licence Ouverte 2.0 (Etalab)",
        "licence=Etalab 2.0",
        "licence= etalab-2.0 ",
        f"shortDescription={SHORT}",
        "tags=haie, bocage",
        "tags=haie,bocage",
        "tags+=bocage",
        "tags-=mare",
        "defis+=4- Modèle économique",
        "details_financement=",  # absent and empty are the same
    ],
)
def test_nothing_is_written_where_it_already_stands(folder: Path, typed: str) -> None:
    before = pages_in(folder)
    done = run("--wiki", folder, "set", ATLAS, typed, "--apply")
    assert (done.code, done.out) == (0, "Rien à changer.\n")
    assert pages_in(folder) == before
    assert run("--wiki", folder, "runs", "--format", "json").json == []


def test_a_value_that_is_encoded_otherwise_on_the_page_already_stands(folder: Path) -> None:
    write_atlas(folder, PAGE.replace("Les Berges d'Exemple", "Les Berges d&#39;Exemple"))
    before = pages_in(folder)
    assert run("--wiki", folder, "set", ATLAS, "from=Les Berges d'Exemple", "--apply").code == 0
    assert pages_in(folder) == before


LAYOUTS = {
    "one parameter a line": PAGE,
    "blanks around the equals signs": PAGE.replace("=", " = "),
    "indented": PAGE.replace("\n|", "\n  | "),
    "the bar at the end of the line": PAGE.replace("\n|", "|\n"),
    "an empty line between": PAGE.replace("\n|", "\n\n|"),
    "all in one line": PAGE.replace("\n|", "|").replace("\n}}", "}}"),
    "with CRLF": PAGE.replace("\n", "\r\n"),
    "without a final newline": PAGE.rstrip("\n"),
    "with a byte order mark": "\ufeff" + PAGE,
    "called by another name": PAGE.replace("Ressource", "Modèle:commun", 1),
}
CUT = re.compile(r"\s*\| *licence *= *Licence Ouverte 2.0 \(Etalab\)|licence=[^|]*\|\n")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_absent_parameter_is_added_in_the_order_of_the_form_like_its_neighbours(
    folder: Path, layout: str
) -> None:
    whole = LAYOUTS[layout]
    without = CUT.sub("", whole, count=1)
    assert "licence" not in without
    write_atlas(folder, without)
    done = run("--wiki", folder, "set", ATLAS, "licence=Etalab 2.0", "--apply")
    assert done.code == 0, done.err
    assert atlas(folder) == whole
    undone = run("--wiki", folder, "undo", done.out.split()[-2], "--apply")
    assert undone.code == 0, undone.err
    assert atlas(folder) == without


def test_several_fields_are_one_edit(folder: Path) -> None:
    done = run(
        *("--wiki", folder, "set", ATLAS, "licence=CC0", "niveau=", "tags+=mare"),
        *("--apply", "--format", "json"),
    )
    assert done.json["counts"]["done"] == 1
    assert atlas(folder) == PAGE.replace(
        "Licence Ouverte 2.0 (Etalab)\n|niveau=Idée", "Creative Commons Zero 1.0"
    ).replace("haie, bocage", "haie, bocage, mare")


def test_a_field_that_is_cleared_leaves_the_page(folder: Path) -> None:
    run("--wiki", folder, "set", ATLAS, "niveau=", "--apply")
    assert atlas(folder) == PAGE.replace("|niveau=Idée\n", "")


def test_adding_and_taking_away_in_one_command(folder: Path) -> None:
    run("--wiki", folder, "set", ATLAS, "tags-=bocage", "tags+=mare", "--apply")
    assert "|Tags=haie, mare\n" in atlas(folder)


class TestListsOfTerms:
    """A term is the same in any of its spellings."""

    @pytest.fixture(autouse=True)
    def spelt_otherwise(self, folder: Path) -> None:
        write_atlas(folder, PAGE.replace("4- Modèle économique", "4- Modèles économiques, Zzz"))

    def test_adding_what_stands_there_in_another_spelling_changes_nothing(
        self, folder: Path
    ) -> None:
        before = pages_in(folder)
        done = run("--wiki", folder, "set", ATLAS, "defis+=4- Modèle économique", "--apply")
        assert done.code == 0
        assert pages_in(folder) == before

    @pytest.mark.parametrize(
        ("typed", "left"),
        [
            ("defis-=4- Modèle économique", "Zzz"),
            ("defis-=4- modele economique", "Zzz"),
            ("defis-=4- Modèles économiques", "Zzz"),
            ("defis-=Zzz", "4- Modèles économiques"),  # no term: all the more to be taken away
        ],
    )
    def test_a_term_is_taken_away_in_whatever_spelling(
        self, folder: Path, typed: str, left: str
    ) -> None:
        assert run("--wiki", folder, "set", ATLAS, typed, "--apply").code == 0
        assert f"|challenge={left}\n" in atlas(folder)

    def test_taking_away_what_is_neither_there_nor_a_term_is_refused(self, folder: Path) -> None:
        done = run("--wiki", folder, "set", ATLAS, "defis-=Yyy", "--apply")
        assert done.code == 2
        assert "« Yyy » n'est pas dans le vocabulaire" in done.err


class TestPreview:
    def test_shows_the_change_field_by_field_and_writes_nothing(self, folder: Path) -> None:
        before = pages_in(folder)
        done = run("--wiki", folder, "set", ATLAS, "licence=CC BY-SA 4.0", "tags+=mare")
        assert done.code == 3
        assert done.out.splitlines()[:-1] == [
            ATLAS,
            "  Type de licence",
            "    - Licence Ouverte 2.0 (Etalab)",
            "    + Creative Commons BY SA 4.0",
            "  Tags",
            "    + mare",
            "",
            "À modifier : 1 page, 2 champs.",
        ]
        assert "--apply" in done.out.splitlines()[-1]
        assert pages_in(folder) == before
        assert not (folder / ".wikibot").exists()

    def test_saves_a_plan_and_names_the_command_that_applies_it(self, folder: Path) -> None:
        done = run("--wiki", folder, "set", ATLAS, "tags+=mare", "--plan", "mare.json")
        assert done.code == 3
        assert done.out.splitlines()[-1].endswith(f"wikibot --wiki {folder} apply mare.json")
        assert Path("mare.json").stat().st_mode & 0o777 == 0o600
        assert atlas(folder) == PAGE


def test_the_page_may_be_named_by_its_file(folder: Path) -> None:
    done = run("--wiki", folder, "set", f"{ATLAS}.wikitext", "tags+=mare", "--apply")
    assert done.code == 0
    assert "|Tags=haie, bocage, mare\n" in atlas(folder)


def test_the_run_is_told_with_the_way_back(folder: Path) -> None:
    done = run("--wiki", folder, "set", ATLAS, "tags+=mare", "--apply")
    lines = done.out.splitlines()
    assert lines[0].startswith(f"✓ {ATLAS} : publiée (révision ")
    assert lines[1] == f"Exécution {lines[-1].split()[-2]} : 1 publiée."
    assert lines[-1].startswith(f"Pour l'annuler : wikibot --wiki {folder} undo ")


def test_a_slip_of_the_pen_takes_nothing_from_a_list_and_says_so(
    folder: Path,
) -> None:
    done = run("--wiki", str(folder), "set", ATLAS, "tags-=haies", "--apply")
    assert done.code == 2
    assert "haie" in done.err


def test_all_that_is_wrong_is_said_at_once_each_with_what_may_be_meant(folder: Path) -> None:
    done = run(
        *("--wiki", folder, "set", ATLAS, "licence=CC-BI", "lisence=CC0", "montant=beaucoup"),
        *("tags-=haies", "niveau+=Autre", "--apply"),
    )
    assert done.code == 2
    lines = done.err.splitlines()
    assert lines[0].startswith(
        "Erreur : Type de licence : « CC-BI » n'est pas dans le vocabulaire."
    )
    assert "Valeurs proches : Creative Commons BY 4.0" in lines[0]
    assert lines[1].endswith("pas de champ « lisence ». Vouliez-vous dire : licence ?") or (
        "Vouliez-vous dire : licence" in lines[1]
    )
    assert lines[2].endswith("« haies » n'est pas dans la liste. Vouliez-vous dire « haie » ?")
    assert "ce n'est pas une liste" in lines[3]
    assert "« beaucoup » n'est pas un nombre" in lines[4]
    assert len(lines) == 5
    assert atlas(folder) == PAGE


def test_one_error_has_its_advice_on_a_line_of_its_own(folder: Path) -> None:
    done = run("--wiki", folder, "set", ATLAS, "licence=CC-BI")
    assert [line[:2] for line in done.err.splitlines()] == ["Er", "→ "]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("échéance=2027-03-03", "2027-03-03"),
        ("échéance=3 mars 2027", "2027-03-03"),
        ("échéance=mercredi 3 mars 2027", "2027-03-03"),
        ("échéance=1er avril 2027", "2027-04-01"),
        ("échéance=03/03/2027", "2027-03-03"),
        ("échéance=31/12/2027", "2027-12-31"),
        ("échéance=12/2027", "2027-12"),
        ("échéance=2027", "2027"),
    ],
)
def test_a_date_with_one_reading_is_written_as_the_wiki_reads_it(
    folder: Path, typed: str, written: str
) -> None:
    page = folder / "Action%3A1.wikitext"
    page.write_text("{{Actionable\n|SUMMARY=Relire\n}}")
    assert run("--wiki", folder, "set", "action:1", typed, "--apply").code == 0
    assert page.read_text() == f"{{{{Actionable\n|SUMMARY=Relire\n|DUE_DATE={written}\n}}}}"


@pytest.mark.parametrize("typed", ["03/04/2027", "31/12/27", "31/02/2027", "bientôt", "mardi"])
def test_a_date_that_may_be_another_is_never_guessed(folder: Path, typed: str) -> None:
    (folder / "Action%3A1.wikitext").write_text("{{Actionable|SUMMARY=Relire}}")
    done = run("--wiki", folder, "set", "Action:1", f"échéance={typed}", "--apply")
    assert done.code == 2
    assert typed in done.err


@pytest.mark.parametrize(
    ("typed", "written"), [("24 500 €", "24500"), ("1.234,50", "1234,50"), ("12000", "12000")]
)
def test_an_amount_with_one_reading_is_written_in_digits(
    folder: Path, typed: str, written: str
) -> None:
    assert run("--wiki", folder, "set", ATLAS, f"montant={typed}", "--apply").code == 0
    assert f"|montant={written}\n" in atlas(folder)


def test_an_amount_that_may_be_another_is_never_guessed(folder: Path) -> None:
    done = run("--wiki", folder, "set", ATLAS, "montant=12.345", "--apply")
    assert (done.code, atlas(folder)) == (2, PAGE)


def test_the_page_goes_by_its_name_without_accents_and_case(folder: Path) -> None:
    done = run("--wiki", folder, "set", "ATLAS des haies", "tags+=mare", "--apply")
    assert done.code == 0
    assert done.err == f"Note : « ATLAS des haies » : page « {ATLAS} ».\n"
    assert "|Tags=haie, bocage, mare\n" in atlas(folder)


def test_line_ends_of_another_system_are_those_of_the_wiki(folder: Path) -> None:
    done = run("--wiki", folder, "set", ATLAS, "description=un\r\ndeux\rtrois", "--apply")
    assert done.code == 0
    assert "|description=un\ndeux\ntrois\n" in atlas(folder)

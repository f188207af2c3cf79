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
    assert lines[-1].startswith(f"Pour la reprendre : wikibot --wiki {folder} undo ")


def test_a_slip_of_the_pen_takes_nothing_from_a_list_and_says_so(
    folder: Path,
) -> None:
    done = run("--wiki", str(folder), "set", ATLAS, "tags-=haies", "--apply")
    assert done.code == 2
    assert "haie" in done.err

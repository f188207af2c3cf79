from __future__ import annotations

import re
from pathlib import Path

import pytest

import wikibot
from tests.cli.command import ATLAS, MISSPELT, run

WRONG = "Mares du plateau"


@pytest.fixture
def wrong(folder: Path) -> Path:
    """A page beside the right one: a term misspelt (safe fix), no image (no fix)."""
    (folder / f"{WRONG}.wikitext").write_text(MISSPELT)
    return folder


class TestCheck:
    def test_is_silent_code_0_where_nothing_is_wrong(self, folder: Path) -> None:
        done = run("--wiki", folder, "check")
        assert (done.code, done.out) == (
            0,
            "1 page lue : 0 erreur, 0 point à revoir, 0 remarque.\n",
        )

    def test_has_code_3_where_anything_is(self, wrong: Path) -> None:
        done = run("--wiki", wrong, "check")
        assert done.code == 3
        lines = done.out.splitlines()
        assert lines[0] == WRONG
        assert lines[-1] == (
            "2 pages lues : 0 erreur, 2 points à revoir, 0 remarque. "
            "1 correction sûre : « wikibot fix » la montre."
        )

    def test_reads_the_pages_named_alone_each_once(self, wrong: Path) -> None:
        named = run("--wiki", wrong, "check", ATLAS, "atlas_des haies", f"{ATLAS}.wikitext")
        assert (named.code, named.out[:10]) == (0, "1 page lue")
        assert run("--wiki", wrong, "check", WRONG).out.splitlines()[0] == WRONG

    def test_has_the_shape_that_programs_rely_on(self, wrong: Path) -> None:
        done = run("--wiki", wrong, "check", "--format", "json")
        assert done.code == 3
        body = done.json
        assert set(body) == {"pages", "findings", "counts", "left_out", "resolved"}
        assert body["pages"] == 2
        keys = {"rule", "severity", "page", "field", "value", "message", "fix"}
        assert all(set(finding) == keys for finding in body["findings"])
        by_field = {finding["field"]: finding for finding in body["findings"]}
        assert by_field["niveau"] == {
            "rule": "VOC103",
            "severity": "warning",
            "page": WRONG,
            "field": "niveau",
            "value": "idée",
            "message": by_field["niveau"]["message"],
            "fix": {"old": "idée", "new": "Idée", "safe": True},
        }
        assert by_field["image"]["fix"] is None
        assert body["counts"] == {
            **{"error": 0, "warning": 2, "info": 0},
            "rules": {by_field["image"]["rule"]: 1, "VOC103": 1},
        }
        assert body["left_out"] == {"waiver": 0, "baseline": 0, "selection": 0}
        assert body["resolved"] is None

    def test_has_code_0_in_json_too(self, folder: Path) -> None:
        done = run("--wiki", folder, "check", "--format", "json")
        assert done.code == 0
        assert done.json == {
            "pages": 1,
            "findings": [],
            "counts": {"error": 0, "warning": 0, "info": 0, "rules": {}},
            "left_out": {"waiver": 0, "baseline": 0, "selection": 0},
            "resolved": None,
        }


class TestShow:
    def test_has_the_shape_that_programs_rely_on(self, folder: Path) -> None:
        body = run("--wiki", folder, "show", ATLAS, "--format", "json").json
        assert set(body) == {"title", "type", "revid", "fields"}
        assert (body["title"], body["type"]) == (ATLAS, "commun")
        assert isinstance(body["revid"], int)
        commun = wikibot.load_mapping("resilience").page_type("commun")
        assert commun is not None
        assert list(body["fields"]) == [field.id for field in commun.fields]
        assert body["fields"]["licence"] == "Licence Ouverte 2.0 (Etalab)"
        assert body["fields"]["tags"] == ["haie", "bocage"]
        assert body["fields"]["montant"] == ""
        assert body["fields"]["themes"] == []

    def test_in_words_names_every_field_and_the_empty_ones_last(self, folder: Path) -> None:
        lines = run("--wiki", folder, "show", ATLAS).out.splitlines()
        assert lines[0] == ATLAS
        assert "  Type de licence (licence) : Licence Ouverte 2.0 (Etalab)" in lines
        assert lines[lines.index("  Tags (tags)") + 1 :][:2] == ["    • haie", "    • bocage"]
        assert lines[-1].startswith("  Vides : Nom affiché, ")

    def test_tells_who_edited_the_page_last_and_where_it_is(self, folder: Path) -> None:
        assert run("--wiki", folder, "set", ATLAS, "tags+=mare", "--apply").code == 0
        lines = run("--wiki", folder, "show", "ATLAS des haies").out.splitlines()
        assert re.fullmatch(
            r"  Commun · modifiée le \d+(er)? \w+ \d{4} à \d+\xa0h\xa0\d\d par wikibot "
            r"\(révision \d+\)",
            lines[1],
        )
        assert lines[2] == f"  {ATLAS}.wikitext"

    def test_a_long_text_is_cut_unless_all_is_asked_for(self, folder: Path) -> None:
        text = "\n".join(f"Ligne {number}." for number in range(9))
        file = folder / f"{ATLAS}.wikitext"
        file.write_text(file.read_text().replace("|from=", f"|complement={text}\n|from="))
        cut = run("--wiki", folder, "show", ATLAS).out
        assert "Ligne 3." in cut
        assert "Ligne 4." not in cut
        assert "    … encore 5 lignes : --all\n" in cut
        whole = run("--wiki", folder, "show", ATLAS, "--all").out
        assert "Ligne 8." in whole
        assert "  Nom affiché (titre) : (vide)\n" in whole
        assert "Vides" not in whole

    def test_a_second_call_on_the_page_is_counted(self, folder: Path) -> None:
        (folder / "Deux.wikitext").write_text("{{Ressource|niveau=Idée}}{{Commun|niveau=Autre}}")
        body = run("--wiki", folder, "show", "Deux", "--format", "json").json
        assert (body["fields"]["niveau"], body["others"]) == ("Idée", 1)


class TestPages:
    @pytest.mark.parametrize(
        ("conditions", "titles"),
        [
            ([], [ATLAS, WRONG]),
            (["niveau=Idée"], [ATLAS, WRONG]),  # whatever the spelling
            (["niveau=IDEE", "image="], [WRONG]),
            (["image="], [WRONG]),
            (["Image=Haie-en-fleurs.jpg"], [ATLAS]),
            (["licence=etalab 2.0"], [ATLAS, WRONG]),
            (["tags=bocage"], [ATLAS, WRONG]),  # one of a list
            (["tags=mare"], []),
            (["resume=x"], []),  # a field of actions, of which there is none
        ],
    )
    def test_lists_those_on_which_every_condition_holds(
        self, wrong: Path, conditions: list[str], titles: list[str]
    ) -> None:
        (wrong / "Action%3A1.wikitext").write_text("{{Actionable|SUMMARY=Relire}}")
        done = run("--wiki", wrong, "pages", *conditions)
        if not conditions:
            titles = [*titles, "Action:1"]
        assert (done.code, sorted(done.out.splitlines())) == (0, sorted(titles))

    @pytest.mark.parametrize(
        ("conditions", "titles"),
        [
            (["image!="], [ATLAS]),
            (["défi~economique", "image="], [WRONG]),
            (["titre~haies"], [ATLAS]),
            (["modifié>=2020", "tags=étang|mare"], [WRONG]),
            (["modified<2020"], []),
            (["type=commun", "contributeurs!~noor"], [ATLAS]),
        ],
    )
    def test_is_a_small_query(self, wrong: Path, conditions: list[str], titles: list[str]) -> None:
        done = run("--wiki", wrong, "pages", *conditions)
        assert (done.code, done.out.splitlines()) == (0, titles)

    def test_says_of_which_pages_nobody_can_tell(self, folder: Path) -> None:
        for number in range(7):
            text = "{{Ressource|montant=1 ou 2}}"
            (folder / f"Mares {number}.wikitext").write_text(text)
        done = run("--wiki", folder, "pages", "montant>0")
        assert (done.code, done.out) == (0, "")
        lines = done.err.splitlines()
        assert lines[:3] == [
            "Aucune page.",
            "7 pages dont on ne peut pas dire si elles répondent :",
            "  Mares 0 — montant : « 1 ou 2 » ne se compare pas.",
        ]
        assert (len(lines), lines[-1]) == (8, "  …")

    def test_a_bad_condition_is_one_line_with_an_example(self, folder: Path) -> None:
        done = run("--wiki", folder, "pages", "licence")
        assert (done.code, done.out) == (2, "")
        assert len(done.err.splitlines()) == 2
        assert '"défi~Bâtiment"' in done.err

    def test_has_the_shape_that_programs_rely_on(self, folder: Path) -> None:
        (row,) = run("--wiki", folder, "pages", "--format", "json").json
        assert set(row) == {"title", "type", "revid"}
        assert (row["title"], row["type"]) == (ATLAS, "commun")


class TestExplain:
    def test_lists_every_rule(self) -> None:
        lines = run("explain").out.splitlines()
        assert [line.split()[0] for line in lines] == list(wikibot.RULES)

    def test_lists_them_for_programs(self) -> None:
        rules = run("explain", "--format", "json").json
        assert [rule["code"] for rule in rules] == list(wikibot.RULES)
        keys = {"code", "name", "severity", "fix", "what"}
        for rule in rules:
            assert set(rule) == keys
            assert rule["severity"] in ("error", "warning", "info")
            assert rule["fix"] in ("safe", "unsafe", "none")

    @pytest.mark.parametrize("word", ["VOC102", "voc102", "term-alias"])
    def test_explains_one_by_its_code_or_its_name(self, word: str) -> None:
        done = run("explain", word)
        lines = done.out.splitlines()
        assert (done.code, lines[0]) == (0, "VOC102 term-alias (à revoir)")
        for part in ("Quoi : ", "Pourquoi : ", "Exemple", "Correction"):
            assert any(line.startswith(part) for line in lines), part
        (rule,) = run("explain", word, "--format", "json").json
        assert rule["code"] == "VOC102"


class TestMapping:
    def test_show_names_templates_fields_and_vocabularies(self) -> None:
        out = run("mapping", "show").out
        assert "Commun — {{Ressource}}\n" in out
        assert "[licence: term; licences, à confirmer]" in out

    def test_check_counts(self) -> None:
        done = run("mapping", "check")
        assert (done.code, done.out[:36]) == (0, "Correspondance « resilience » correc")

    def test_all_errors_of_a_broken_mapping_are_told_at_once(self, folder: Path) -> None:
        mapping = folder.parent / "mapping"
        (mapping / "page_types").mkdir(parents=True)
        (mapping / "vocabularies").mkdir()
        (mapping / "wiki.toml").write_text('id = "essai"\nlabel = { fr = "Essai" }\n')
        (mapping / "page_types/commun.toml").write_text('idd = "commun"\ntemplate = 3\n')
        done = run("--mapping", mapping, "--wiki", folder, "check")
        assert done.code == 2
        lines = done.err.splitlines()
        assert "Erreur : wiki.toml: label.en: cette clé manque." in lines
        assert any("page_types/commun.toml: idd: clé inconnue" in line for line in lines)
        assert any("page_types/commun.toml: template: il faut" in line for line in lines)
        assert lines[-1].startswith("→ ")

"""Working with a wiki that will never be clean: select, baseline, waivers, thresholds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import ATLAS, MISSPELT, Done, pages_in, run
from wikibot.resources import data_folder

MARES = "Mares du plateau"
WAIVER = "<!-- wikibot: ignorer VOC103 jusqu'au {} : le nom est voulu -->"


@pytest.fixture
def wrong(folder: Path) -> Path:
    write(folder, MISSPELT)
    return folder


def write(folder: Path, text: str, title: str = MARES) -> None:
    (folder / f"{title}.wikitext").write_text(text)


def check(folder: Path, *words: str | Path) -> Done:
    return run("--wiki", folder, "check", *words)


def rules(done: Done) -> list[str]:
    return [finding["rule"] for finding in done.json["findings"]]


def as_json(folder: Path, *words: str | Path) -> Done:
    return check(folder, *words, "--format", "json")


class TestSelect:
    def test_shows_what_is_asked_for_and_counts_the_rest(self, wrong: Path) -> None:
        done = check(wrong, "--select", "VOC")
        assert done.code == 3
        assert "VOC103" in done.out
        assert "REQ101" not in done.out
        assert done.out.splitlines()[-2:] == [
            "2 pages lues : 0 erreur, 1 point à revoir, 0 remarque. "
            "1 correction sûre : « wikibot fix » la montre.",
            "Mis de côté : 1 non demandé.",
        ]

    def test_nothing_asked_for_is_found_is_code_0(self, wrong: Path) -> None:
        done = as_json(wrong, "--ignore", "warning")
        assert done.code == 0
        assert done.json["left_out"] == {"waiver": 0, "baseline": 0, "selection": 2}
        assert done.json["counts"] == {"error": 0, "warning": 0, "info": 0, "rules": {}}

    def test_an_unknown_word_is_told_before_anything_is_read(self, folder: Path) -> None:
        done = run("--wiki", folder / "nowhere", "check", "--select", "VOX")
        assert (done.code, done.out) == (2, "")
        first, second = done.err.splitlines()
        assert first == (
            "Erreur : « VOX » ne désigne ni une règle, ni une famille de règles, ni une gravité."
        )
        assert second.startswith("→ Vouliez-vous dire : VOC")

    def test_holds_for_fix_too(self, wrong: Path) -> None:
        assert run("--wiki", wrong, "fix", "--ignore", "VOC").out == "Rien à changer.\n"
        assert run("--wiki", wrong, "fix", "--select", "VOC,IMG").code == 3


class TestBaseline:
    def test_what_is_known_is_not_counted_any_more(self, wrong: Path, tmp_path: Path) -> None:
        known = tmp_path / "connus.json"
        done = check(wrong, "--write-baseline", known)
        assert done.code == 0
        assert done.out.splitlines() == [
            "2 pages lues : 0 erreur, 0 point à revoir, 0 remarque.",
            "Mis de côté : 2 déjà connus.",
            f"Les points connus sont dans {known}. Pour ne voir que les nouveaux : "
            f"wikibot --wiki {wrong} check --baseline {known}",
        ]
        again = as_json(wrong, "--baseline", known)
        assert (again.code, rules(again), again.json["left_out"]["baseline"]) == (0, [], 2)

    def test_what_comes_later_shows_alone(self, wrong: Path, tmp_path: Path) -> None:
        check(wrong, "--write-baseline", tmp_path / "connus.json")
        write(wrong, "\n\n" + MISSPELT.replace("étang, bocage", "étang, étang"))
        done = as_json(wrong, "--baseline", tmp_path / "connus.json")
        assert (done.code, rules(done)) == (3, ["LST101"])
        assert done.json["resolved"] == 0

    def test_what_was_mended_is_told(self, wrong: Path, tmp_path: Path) -> None:
        check(wrong, "--write-baseline", tmp_path / "connus.json")
        write(wrong, MISSPELT.replace("idée", "Idée"))
        done = check(wrong, "--baseline", tmp_path / "connus.json")
        assert done.code == 0
        assert done.out.splitlines()[-1] == (
            "1 point connu est résolu depuis : « --write-baseline » le retire de la liste."
        )
        assert as_json(wrong, "--baseline", tmp_path / "connus.json").json["resolved"] == 1

    def test_brought_up_to_date_it_keeps_what_was_not_looked_at(
        self, wrong: Path, tmp_path: Path
    ) -> None:
        known = tmp_path / "connus.json"
        write(wrong, MISSPELT, "Gués")
        check(wrong, "--write-baseline", known)
        before = known.read_text()
        check(wrong, "--baseline", known, "--write-baseline", known, "--select", "VOC", MARES)
        assert known.read_text() == before
        (wrong / "Gués.wikitext").unlink()
        check(wrong, "--baseline", known, "--write-baseline", known)
        assert [e["page"] for e in json.loads(known.read_text())["findings"]] == [MARES, MARES]

    def test_a_broken_one_is_told_in_a_line_and_nothing_is_read(
        self, wrong: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "connus.json").write_text('{"format": 1')
        done = check(wrong, "--baseline", tmp_path / "connus.json")
        assert (done.code, done.out) == (2, "")
        assert done.err.splitlines()[0] == (
            f"Erreur : La liste des points connus {tmp_path / 'connus.json'} ne peut pas servir : "
            "ce n'est pas du JSON."
        )

    def test_one_that_is_not_there_is_told(self, wrong: Path) -> None:
        done = check(wrong, "--baseline", "absent.json")
        assert done.code == 2
        assert "Impossible de lire la liste des points connus absent.json" in done.err

    def test_where_it_cannot_be_written_what_was_there_stays(
        self, wrong: Path, tmp_path: Path
    ) -> None:
        real = tmp_path / "connus.json"
        real.write_text("ancien")
        link = tmp_path / "lien.json"
        link.symlink_to(real)
        done = check(wrong, "--write-baseline", link)
        assert (done.code, real.read_text()) == (2, "ancien")
        assert check(wrong, "--write-baseline", tmp_path / "absent" / "x.json").code == 2


class TestWaivers:
    def test_one_on_the_page_lets_the_finding_pass_in_check_and_in_fix(self, wrong: Path) -> None:
        write(wrong, WAIVER.format("2999-12-31") + "\n" + MISSPELT)
        done = check(wrong)
        assert "VOC103" not in done.out
        assert done.out.splitlines()[-1] == "Mis de côté : 1 dispensé."
        assert run("--wiki", wrong, "fix", "--unsafe").out == "Rien à changer.\n"

    def test_inside_a_value_it_holds_for_that_field(self, wrong: Path) -> None:
        text = MISSPELT.replace("|niveau=idée", "|licence=cc0\n|niveau=idée")
        write(wrong, text.replace("|niveau=idée", f"|niveau=idée {WAIVER.format('2999-12-31')}"))
        assert "VOC103" not in rules(as_json(wrong))

    def test_the_day_it_expires_the_finding_is_back_and_the_fix_with_it(self, wrong: Path) -> None:
        write(wrong, WAIVER.format("2020-01-31") + "\n" + MISSPELT)
        assert {"VOC103", "WAI101"} <= set(rules(as_json(wrong)))
        assert run("--wiki", wrong, "fix").code == 3

    def test_one_without_a_reason_does_not_hold(self, wrong: Path) -> None:
        write(wrong, "<!-- wikibot: ignorer VOC103 -->\n" + MISSPELT)
        assert {"VOC103", "WAI102"} <= set(rules(as_json(wrong)))

    def test_those_that_hold_are_shown_where_asked_for(self, wrong: Path) -> None:
        write(wrong, WAIVER.format("2999-12-31") + "\n" + MISSPELT)
        lines = check(wrong, "--show-waived").out.splitlines()
        start = lines.index("Dispensés :")
        assert lines[start + 1] == f"  {MARES}"
        assert lines[start + 2].startswith("    ! à revoir VOC103  ")
        assert lines[start + 3] == "      (sur la page, jusqu'au 31 décembre 2999) le nom est voulu"
        (waived,) = as_json(wrong, "--show-waived").json["waived"]
        assert (waived["rule"], waived["reason"]) == ("VOC103", "le nom est voulu")
        assert waived["until"] == "2999-12-31"

    def test_a_file_of_waivers_holds_for_check_and_fix(self, wrong: Path, tmp_path: Path) -> None:
        file = tmp_path / "dispenses.toml"
        file.write_text(
            f'[[waivers]]\npage = "{MARES}"\nrules = ["VOC"]\nfield = "niveau"\n'
            'reason = "voulu"\nuntil = 2999-12-31\n'
        )
        assert as_json(wrong, "--waivers", file).json["left_out"]["waiver"] == 1
        assert run("--wiki", wrong, "fix", "--waivers", file).out == "Rien à changer.\n"

    def test_every_mistake_of_such_a_file_is_told(self, wrong: Path, tmp_path: Path) -> None:
        file = tmp_path / "dispenses.toml"
        file.write_text(
            '[[waivers]]\npage = "*"\nrules = ["VOC1O3"]\nreason = "voulu"\n'
            '[[waivers]]\npage = "*"\nrules = ["VOC"]\nreason = "voulu"\n'
        )
        done = check(wrong, "--waivers", file)
        assert done.code == 2
        assert done.err.splitlines()[0] == (
            f"Erreur : {file}: waivers[0].rules[0]: « VOC1O3 » n'existe pas ; "
            "vouliez-vous dire « VOC103 » ?"
        )
        file.write_text(
            '[[waivers]]\npage = "*"\nrules = ["VOC"]\nuntil = "2027-01-31"\nraison = "x"\n'
        )
        said = check(wrong, "--waivers", file).err
        assert "waivers[0].reason: cette clé manque." in said
        assert "waivers[0].until: il faut une date sans guillemets : 2027-01-31" in said
        assert "waivers[0].raison: clé inconnue ; vouliez-vous dire « reason » ?" in said
        assert check(wrong, "--waivers", tmp_path / "absent.toml").code == 2


class TestMapping:
    @pytest.fixture
    def mapping(self, tmp_path: Path) -> Path:
        """The packaged mapping as a folder of one's own."""
        packaged, own = data_folder("mappings") / "resilience", tmp_path / "mapping"
        for file in packaged.rglob("*.toml"):
            copy = own / file.relative_to(packaged)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(file.read_text("utf-8"), "utf-8")
        return own

    def add(self, mapping: Path, text: str) -> None:
        with (mapping / "wiki.toml").open("a", encoding="utf-8") as file:
            file.write(f"\n{text}\n")

    def found(self, mapping: Path, folder: Path) -> dict[str, str]:
        done = run("--mapping", mapping, "--wiki", folder, "check", "--format", "json")
        return {f["rule"]: f["severity"] for f in done.json["findings"]}

    def test_a_rule_that_is_off_is_neither_told_nor_mended(
        self, mapping: Path, wrong: Path
    ) -> None:
        self.add(mapping, "[rules.VOC103]\nenabled = false")
        assert "VOC103" not in self.found(mapping, wrong)
        assert run("--mapping", mapping, "--wiki", wrong, "fix").out == "Rien à changer.\n"

    def test_a_severity_of_the_mapping_holds(self, mapping: Path, wrong: Path) -> None:
        self.add(mapping, '[rules.VOC103]\nseverity = "error"')
        assert self.found(mapping, wrong)["VOC103"] == "error"

    def test_a_threshold_counts_the_whole_check(self, mapping: Path, wrong: Path) -> None:
        self.add(mapping, "[rules.VOC103]\nwarn_above = 1\nerror_above = 2")
        for title, severity in ((MARES, "info"), ("Gués", "warning"), ("Talus", "error")):
            write(wrong, MISSPELT, title)
            assert self.found(mapping, wrong)["VOC103"] == severity

    def test_its_waivers_hold(self, mapping: Path, wrong: Path) -> None:
        (mapping / "waivers.toml").write_text(
            '[[waivers]]\npage = "*"\nrules = ["term-spelling"]\nreason = "voulu"\n'
        )
        assert "VOC103" not in self.found(mapping, wrong)
        assert run("--mapping", mapping, "--wiki", wrong, "fix").out == "Rien à changer.\n"

    def test_what_is_wrong_in_them_is_told_with_all_the_rest(
        self, mapping: Path, wrong: Path
    ) -> None:
        self.add(
            mapping,
            "[rules.VOC1O3]\n[rules.voc103]\n"
            '[rules.VOC103]\nseverity = "info"\nwarn_above = 5\nerror_above = 5\n'
            '[rules.VOC104]\nseverty = "info"\n',
        )
        assert "rules.VOC104.severty: clé inconnue ; vouliez-vous dire « severity » ?" in (
            run("--mapping", mapping, "mapping", "check").err
        )
        text = (mapping / "wiki.toml").read_text("utf-8")
        (mapping / "wiki.toml").write_text(text.replace('severty = "info"', ""), "utf-8")
        (mapping / "waivers.toml").write_text(
            '[[waivers]]\npage = "*"\nrules = ["VOC", "term-alais"]\nreason = "voulu"\n'
        )
        for words in (("mapping", "check"), ("--wiki", str(wrong), "check")):
            done = run("--mapping", mapping, *words)
            assert done.code == 2
            assert done.err.removeprefix("Erreur : ").splitlines()[:-1] == [
                "wiki.toml: rules.VOC1O3: « VOC1O3 » n'existe pas ; vouliez-vous dire « VOC103 » ?",
                "wiki.toml: rules.voc103: « voc103 » n'existe pas ; vouliez-vous dire « VOC103 » ?",
                "wiki.toml: rules.VOC103.severity: avec « warn_above », c'est le nombre qui "
                "décide : retirez « severity ».",
                "wiki.toml: rules.VOC103.error_above: il faut un nombre plus grand que "
                "« warn_above » (5).",
                "waivers.toml: waivers[0].rules[1]: « term-alais » n'existe pas ; vouliez-vous "
                "dire « term-alias » ?",
            ]


def test_nothing_of_all_that_writes_to_the_wiki(wrong: Path, tmp_path: Path) -> None:
    before = pages_in(wrong)
    known = tmp_path / "connus.json"
    check(wrong, "--write-baseline", known, "--show-waived")
    check(wrong, "--baseline", known, "--select", "VOC", ATLAS)
    assert pages_in(wrong) == before

from __future__ import annotations

from pathlib import Path

import pytest

from wikibot.config import ConfigFile, WikiTable, find, load_config
from wikibot.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    file = folder / "wikibot.toml"
    file.write_text(text)
    return file


class TestKeys:
    WHOLE = """
        [wiki]
        api = "https://wiki.example.org/api.php"
        account = "Commons bot@nightly"
        login = "oauth1"
        password_file = "secret.txt"
        keep_session = true
        proxy = "http://proxy.example.org:3128"
        tag = "robot"
        contact = "communs@example.org"
        ca_bundle = "ca.pem"
        mapping = "mappings/essai"
        state = "~/state"

        [limits]
        edits_per_minute = 12
        edits_per_run = 40
    """

    def test_every_one_is_read_and_paths_start_at_the_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOME", "/nobody")
        config = load_config(write(tmp_path, self.WHOLE))
        assert config.place == "https://wiki.example.org/api.php"
        assert config.table.account == "Commons bot@nightly"
        assert config.table.contact == "communs@example.org"
        assert config.table.login == "oauth1"
        assert config.table.password_file == "secret.txt"
        assert config.table.keep_session
        assert config.table.proxy == "http://proxy.example.org:3128"
        assert config.table.tag == "robot"
        assert config.ca_bundle == tmp_path / "ca.pem"
        assert config.mapping == tmp_path / "mappings/essai"
        assert config.state == Path("/nobody/state")
        assert (config.limits.edits_per_minute, config.limits.edits_per_run) == (12, 40)

    SOURCES = (
        ('password_command = ["pass", "show", "wiki"]', ("pass", "show", "wiki")),
        ('credential = "wiki"', "wiki"),
        ("keyring = true", True),
    )

    @pytest.mark.parametrize(("line", "value"), SOURCES)
    def test_the_secret_has_other_sources(self, tmp_path: Path, line: str, value: object) -> None:
        whole = self.WHOLE.replace('password_file = "secret.txt"', line)
        table = load_config(write(tmp_path, whole)).table
        assert getattr(table, line.partition(" ")[0]) == value

    def test_the_whole_table_is_covered_by_these_tests(self) -> None:
        written = "\n".join([self.WHOLE, *(line for line, _ in self.SOURCES)])
        assert {key for key in WikiTable.model_fields if f"{key} =" not in written} == {
            "folder",
            "dump",
        }

    @pytest.mark.parametrize("kind", ["folder", "dump"])
    def test_a_folder_or_a_dump_instead_of_an_address(self, tmp_path: Path, kind: str) -> None:
        assert load_config(write(tmp_path, f'[wiki]\n{kind} = "la"')).place == str(tmp_path / "la")

    def test_what_is_not_there_has_its_usual_value(self, tmp_path: Path) -> None:
        config = load_config(write(tmp_path, '[wiki]\nfolder = "pages"'))
        assert (config.mapping, config.state, config.ca_bundle) == ("resilience", None, None)
        assert (config.limits.edits_per_minute, config.limits.edits_per_run) == (6, 500)

    def test_a_mapping_folder_beside_the_file_may_go_by_its_name(self, tmp_path: Path) -> None:
        (tmp_path / "essai").mkdir()
        file = write(tmp_path, '[wiki]\nfolder = "pages"\nmapping = "essai"')
        assert load_config(file).mapping == tmp_path / "essai"

    def test_each_is_described_for_editors(self) -> None:
        for name, field in WikiTable.model_fields.items():
            assert field.description, name
        assert ConfigFile.model_json_schema()

    def test_a_byte_order_mark_does_no_harm(self, tmp_path: Path) -> None:
        (tmp_path / "wikibot.toml").write_bytes(b'\xef\xbb\xbf[wiki]\nfolder = "pages"')
        assert load_config(tmp_path / "wikibot.toml").place == str(tmp_path / "pages")


class TestMistakes:
    @pytest.mark.parametrize(
        ("text", "lines"),
        [
            (
                """
                [wiki]
                api = "https://wiki.example.org/api.php"
                acount = "x"
                state = 3
                [limits]
                edits_per_minute = -1
                edits_per_hour = 5
                edits_per_run = "beaucoup"
                [stopp]
                """,
                [
                    "wikibot.toml: wiki.state: il faut un texte entre guillemets, et non 3.",
                    "wikibot.toml: wiki.acount: clé inconnue ; vouliez-vous dire « account » ?",
                    "wikibot.toml: limits.edits_per_minute: il faut un nombre plus grand que "
                    "zéro, et non -1.",
                    "wikibot.toml: limits.edits_per_run: il faut un nombre entier, et non "
                    '"beaucoup".',
                    "wikibot.toml: limits.edits_per_hour: clé inconnue ; vouliez-vous dire "
                    "« edits_per_run » ?",
                    "wikibot.toml: stopp: clé inconnue ; vouliez-vous dire « stop » ?",
                ],
            ),
            (
                '[wiki]\napi = "https://x.example.org/api.php"\nfolder = "pages"',
                ["wikibot.toml: wiki: il faut une seule des clés api, folder et dump."],
            ),
            (
                '[wikis.a]\n[wikis.b]\nfolder = ""',
                ["wikibot.toml: wikis.b.folder: il faut un texte qui n'est pas vide"],
            ),
            (
                "[wikis.a]\n",
                ["wikibot.toml: wikis.a: il faut une seule des clés api, folder et dump."],
            ),
            ("", ["wikibot.toml: la table [wiki] manque."]),
            ("[wiki\n", ["wikibot.toml: n'est pas du TOML correct"]),
            (
                '[wiki]\napi = "https://x.example.org/api.php"\ncredential = "a"\nkeyring = true\n'
                'password_file = "b"',
                [
                    "wikibot.toml: wiki: le secret vient d'un seul endroit, et non de plusieurs "
                    "(password_file, credential, keyring)."
                ],
            ),
            (
                '[wiki]\nfolder = "a"\nlogin = "oauth3"',
                ['wikibot.toml: wiki.login: "oauth3" n\'est pas permis'],
            ),
            (
                '[wiki]\nfolder = "a"\npassword = "canari"',
                ["wikibot.toml: wiki.password: clé inconnue"],
            ),
            (
                '[wiki]\nfolder = "a"\npassword_command = "pass show"',
                ["wikibot.toml: wiki.password_command: il faut une liste entre crochets"],
            ),
        ],
    )
    def test_are_told_all_at_once_with_their_place_and_the_nearest_key(
        self, tmp_path: Path, text: str, lines: list[str]
    ) -> None:
        file = write(tmp_path, text)
        with pytest.raises(ConfigError) as raised:
            load_config(file)
        told = raised.value.message.fr.splitlines()
        assert len(told) == len(lines), told
        for line in lines:
            assert any(line in one for one in told), (line, told)
        assert raised.value.advice is not None
        assert raised.value.advice.fr == f"Corrigez {file}."
        assert raised.value.exit_code == 2

    def test_a_file_that_is_not_utf_8(self, tmp_path: Path) -> None:
        (tmp_path / "wikibot.toml").write_bytes('[wiki]\nfolder = "été"'.encode("latin-1"))
        with pytest.raises(ConfigError, match="is not UTF-8"):
            load_config(tmp_path / "wikibot.toml")

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match="There is no configuration file"):
            load_config(tmp_path / "wikibot.toml")


class TestSeveralWikis:
    TEXT = """
        [wikis.production]
        api = "https://wiki.example.org/api.php"
        [wikis.essai]
        api = "https://essai.example.org/api.php"
    """

    def test_the_site_chooses(self, tmp_path: Path) -> None:
        file = write(tmp_path, self.TEXT)
        assert load_config(file, "essai").place == "https://essai.example.org/api.php"

    def test_else_the_address(self, tmp_path: Path) -> None:
        file = write(tmp_path, self.TEXT)
        api = "https://essai.example.org/api.php"
        assert load_config(file, None, api).place == api
        assert load_config(file, "production", api).place == "https://wiki.example.org/api.php"

    @pytest.mark.parametrize(
        ("site", "message", "advice"),
        [
            (None, "plusieurs wikis.", "Choisissez avec --site : production, essai."),
            ("esai", "aucun wiki « esai ».", "Choisissez avec --site : essai."),
            ("zzz", "aucun wiki « zzz ».", "Choisissez avec --site : production, essai."),
        ],
    )
    def test_otherwise_they_are_named(
        self, tmp_path: Path, site: str | None, message: str, advice: str
    ) -> None:
        with pytest.raises(ConfigError) as raised:
            load_config(write(tmp_path, self.TEXT), site)
        assert raised.value.message.fr.endswith(message)
        assert raised.value.advice is not None
        assert raised.value.advice.fr == advice

    def test_one_alone_needs_no_choice(self, tmp_path: Path) -> None:
        file = write(tmp_path, '[wikis.essai]\nfolder = "pages"')
        assert load_config(file).place == str(tmp_path / "pages")


def test_the_nearest_file_upwards_is_found(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert find(deep) is None or tmp_path not in (find(deep) or Path()).parents
    file = write(tmp_path, "")
    assert find(deep) == file
    nearer = write(tmp_path / "a", "")
    assert find(deep) == nearer

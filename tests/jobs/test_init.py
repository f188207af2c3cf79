"""init: whether a mapping fits a wiki, what the new file says, and how it comes to the disk."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.discovery.support import WIKI, write_wiki
from tests.wiki.exports import export, page
from wikibot.config import Limits, load_config
from wikibot.errors import ConfigError, InputError
from wikibot.jobs import init
from wikibot.jobs.init.seeking import Kind
from wikibot.language import Language
from wikibot.wiki.folder import disk

LANGUAGES: tuple[Language, ...] = ("fr", "en")
KINDS: tuple[Kind, ...] = ("api", "folder", "dump")
COMMONS = {
    f"Commun {number}": "{{Ressource\n|licence=CC BY\n|niveau=Idée\n|url=https://a.example\n}}"
    for number in range(3)
}
ACTION = {"Action:1": "{{Actionable\n|SUMMARY=Planter\n|ACTION_STATUS=Open\n}}"}


def settings(kind: Kind = "api") -> init.Settings:
    place = "https://wiki.example.org/w/api.php" if kind == "api" else "pages"
    return init.Settings(kind, place, "Essai", "resilience")


def chosen(tmp_path: Path, pages: dict[str, str], asked: str | None = None) -> init.Choice:
    """Return the mapping for a folder of these pages."""
    probe = init.probe(init.seek(str(write_wiki(tmp_path / "pages", pages))))
    return init.choose(probe, tmp_path, "fr", asked)


class TestTheMapping:
    """The packaged one, where half of the wiki's fields are its own; else the wiki's."""

    def test_that_ships_fits_pages_that_it_knows(self, tmp_path: Path) -> None:
        choice = chosen(tmp_path, COMMONS | ACTION)
        assert (choice.mapping, choice.reason) == ("resilience", "fits")
        assert choice.fit is not None
        assert {(t.page_type.id, t.ours, t.found) for t in choice.fit.there} == {
            ("commun", 3, 3),
            ("action", 2, 2),
        }
        assert choice.fit.others == ()

    def test_that_ships_fits_a_template_with_most_of_its_fields(self, tmp_path: Path) -> None:
        choice = chosen(tmp_path, COMMONS)
        assert choice.fit is not None
        fields = [f for t in choice.fit.there for f in t.page_type.fields if not f.computed]
        half = fields[: len(fields) // 2 + 1]
        some = "".join(f"{{{{#set:X={{{{{{{field.parameter}|}}}}}}}}}}" for field in half)
        template = {"Modèle:Ressource": f"{some}[[Catégorie:Commun]]"}
        again = chosen(tmp_path, COMMONS | template)
        assert again.reason == "fits"
        assert again.fit is not None
        (one,) = again.fit.there
        assert (one.told, one.total) == (True, len(fields))
        assert len(fields) / 2 <= one.known < len(fields)

    def test_is_the_wiki_s_own_where_its_template_only_shares_the_name(
        self, tmp_path: Path
    ) -> None:
        template = {"Modèle:Ressource": "{{#set:A={{{titre|}}}|B={{{cote|}}}}}[[Catégorie:Livre]]"}
        pages = {f"Livre {n}": "{{Ressource|titre=T|cote=C}}" for n in range(3)}
        choice = chosen(tmp_path, pages | template)
        assert (choice.mapping, choice.reason) == ("mapping", "discovered")

    def test_is_the_wiki_s_own_where_its_template_has_few_of_the_fields(
        self, tmp_path: Path
    ) -> None:
        template = {"Modèle:Ressource": "{{#set:A={{{licence|}}}}}[[Catégorie:Livre]]"}
        choice = chosen(tmp_path, {"Livre": "{{Ressource|licence=CC BY}}"} | template)
        assert choice.reason == "discovered"

    def test_is_the_wiki_s_own_where_most_of_it_is_unknown(self, tmp_path: Path) -> None:
        choice = chosen(tmp_path, WIKI | ACTION)
        assert (choice.mapping, choice.reason) == ("mapping", "discovered")
        assert choice.fit is not None
        assert [t.template for t in choice.fit.others] == ["Lieu", "Visite"]
        assert [t.page_type.id for t in choice.fit.there] == ["action"]
        assert not (tmp_path / "mapping").exists()

    def test_that_ships_serves_a_wiki_without_templates(self, tmp_path: Path) -> None:
        choice = chosen(tmp_path, {"Accueil": "Bonjour.", "Modèle:Fin": "''Fin''"})
        assert (choice.mapping, choice.reason) == ("resilience", "empty")

    def test_that_somebody_names_is_taken_unseen(self, tmp_path: Path) -> None:
        assert chosen(tmp_path, WIKI, "resilience").reason == "asked"
        own = Path(__file__).parents[1] / "checks" / "mapping"
        assert chosen(tmp_path, WIKI, str(own)).mapping == str(own)
        with pytest.raises(InputError, match="nowhere"):
            chosen(tmp_path, WIKI, "nowhere")


class TestWhichWiki:
    def test_a_folder_and_an_export_are_known_by_what_they_are(self, tmp_path: Path) -> None:
        (tmp_path / "pages.example.org").mkdir()
        assert init.seek(str(tmp_path / "pages.example.org")).kind == "folder"
        (tmp_path / "pages.xml").write_bytes(export(page("Commun", "{{Ressource|licence=A}}")))
        place = init.seek(str(tmp_path / "pages.xml"))
        assert (place.kind, init.probe(place).pages) == ("dump", 1)

    @pytest.mark.parametrize("typed", ["nulle part", "absent", "export.xml", "a.xml.bz2", "./x.y"])
    def test_what_is_not_there_is_named(self, typed: str) -> None:
        with pytest.raises(InputError) as raised:
            init.seek(typed)
        assert typed in raised.value.message.fr


class TestTheFile:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("kind", KINDS)
    def test_loads_and_says_what_was_found(
        self, tmp_path: Path, kind: Kind, language: Language
    ) -> None:
        file = tmp_path / "wikibot.toml"
        file.write_text(settings(kind).text(language))
        config = load_config(file)
        assert getattr(config.table, kind) == settings(kind).place
        assert (config.table.mapping, config.table.account) == ("resilience", None)
        assert config.limits == Limits()
        assert config.stop.page is None
        assert (config.state is None) == (kind != "api")

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("kind", KINDS)
    def test_says_something_of_every_line_that_waits(
        self, tmp_path: Path, kind: Kind, language: Language
    ) -> None:
        """Each line becomes a setting by taking its # away, all together but for the secrets."""
        file = tmp_path / "wikibot.toml"
        text = settings(kind).text(language)
        waiting = re.findall(r"^# (\w+) = ", text, re.M)
        secrets = {"password_file", "password_command", "credential", "keyring"}
        assert (
            set(waiting)
            == {
                "api": {*secrets, "account", "contact", "page"},
                "folder": {"state", "page"},
                "dump": set(),
            }[kind]
        )
        plain = [key for key in waiting if key not in secrets]
        for secret in secrets & set(waiting) or {""}:
            given = re.sub(
                rf"^# ({'|'.join([*plain, secret or 'x'])}) = ", r"\1 = ", text, flags=re.M
            )
            file.write_text(given)
            config = load_config(file)
            assert config.stop.page or kind == "dump"
            assert not secret or getattr(config.table, secret)
        for two in combinations(sorted(secrets & set(waiting)), 2):
            file.write_text(re.sub(rf"^# ({'|'.join(two)}) = ", r"\1 = ", text, flags=re.M))
            with pytest.raises(ConfigError):
                load_config(file)

    def test_names_the_stop_page_of_the_account(self) -> None:
        text = replace(settings(), account="Robot@nuit", user_space="Utilisatrice").text("fr")
        assert '\naccount = "Robot@nuit"\n' in text
        assert '# page = "Utilisatrice:Robot/stop"\n' in text

    @given(
        *[st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), min_size=1)]
        * 4
    )
    def test_holds_any_text_as_it_is(
        self, place: str, name: str, account: str, contact: str
    ) -> None:
        given = replace(settings(), place=place, name=name, account=account, contact=contact)
        for language in LANGUAGES:
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "wikibot.toml"
                file.write_text(given.text(language), encoding="utf-8", newline="\n")
                table = load_config(file).table
            assert (table.api, table.account, table.contact) == (place, account, contact)


class TestWriting:
    def prepared(self, tmp_path: Path) -> tuple[init.Probe, init.Choice, init.Settings]:
        probe = init.probe(init.seek(str(write_wiki(tmp_path / "pages", WIKI))))
        choice = init.choose(probe, tmp_path, "fr")
        return probe, choice, init.draft(probe, choice, tmp_path)

    def test_brings_the_mapping_and_a_file_that_names_it(self, tmp_path: Path) -> None:
        probe, choice, given = self.prepared(tmp_path)
        files = init.write(given, probe, choice, tmp_path, "fr")
        assert files[0] == tmp_path / "wikibot.toml"
        assert tmp_path / "mapping/page_types/lieu.toml" in files
        assert all(file.is_file() for file in files)
        config = load_config(files[0])
        assert (config.mapping, config.place) == (tmp_path / "mapping", str(tmp_path / "pages"))
        assert config.table.folder == "pages"
        assert [path.name for path in tmp_path.glob(".*")] == []

    @pytest.mark.parametrize("there", ["a file", "a folder", "a dangling link"])
    def test_never_replaces_what_is_there(self, tmp_path: Path, there: str) -> None:
        probe, choice, given = self.prepared(tmp_path)
        file = tmp_path / "wikibot.toml"
        if there == "a file":
            file.write_text("mine")
        elif there == "a folder":
            file.mkdir()
        else:
            file.symlink_to(tmp_path / "elsewhere")
        with pytest.raises(InputError, match="is there already"):
            init.write(given, probe, choice, tmp_path, "fr")
        assert not (tmp_path / "mapping").exists()
        assert not (tmp_path / "elsewhere").exists()
        assert there != "a file" or file.read_text() == "mine"

    def test_is_whole_or_not_at_all(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        probe, choice, given = self.prepared(tmp_path)

        def full(descriptor: int, data: bytes) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(disk, "write", full)
        with pytest.raises(InputError, match="No space left"):
            init.write(given, probe, choice, tmp_path, "fr")
        assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []

    def test_refuses_what_would_not_load(self, tmp_path: Path) -> None:
        probe, choice, _ = self.prepared(tmp_path)
        with pytest.raises(ConfigError):
            init.write(replace(settings(), mapping=""), probe, choice, tmp_path, "fr")
        assert not (tmp_path / "wikibot.toml").exists()

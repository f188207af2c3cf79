"""What a page's plan asks for, as a plan of new actions: none twice, none without its sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import wikibot
from tests.actions.support import ATLAS, GAME, MAPPING, TODAY, action, write, write_wiki
from wikibot.errors import InputError
from wikibot.resources import data_folder
from wikibot.wiki.folder import FolderWiki

PLAN = """\
'''Phase 1 : préparer (janvier à mars 2026)'''
* Réserver la salle (fait)
* Former les relais
'''Phase 2 : ouvrir (avril 2026 à mai 2027)'''
* Publication de la carte : en cours
* Écrire aux écoles | aux mairies, d'ici le 3 avril 2027
"""
SAID = ["Réserver la salle", "Former les relais", "Publication de la carte"]
LAST = "Écrire aux écoles | aux mairies"


@pytest.fixture
def wiki(tmp_path: Path) -> FolderWiki:
    write_wiki(tmp_path, {2: action(SUMMARY="Tailler")})
    return with_plan(tmp_path)


def with_plan(folder: Path, plan: str = PLAN, page: str = ATLAS) -> FolderWiki:
    written = plan.replace("|", "{{!}}")
    write(
        folder, {page: f"{{{{Ressource\n|shortDescription=Un commun.\n|realisation={written}}}}}"}
    )
    return FolderWiki.open(folder)


def place(wiki: FolderWiki) -> Path:
    assert wiki.home is not None
    return wiki.home.parent


def suggested(wiki: FolderWiki, page: str = ATLAS, **options: object) -> wikibot.ActionSuggestions:
    return wikibot.suggest_actions(page, MAPPING, wiki, around=TODAY, **options)  # type: ignore[arg-type]


def summaries(found: wikibot.ActionSuggestions) -> list[str]:
    return [each.proposed.summary for each in found.suggestions]


def add(wiki: FolderWiki, number: int, **fields: str) -> FolderWiki:
    write(place(wiki), {f"Action:{number}": action(**fields)})
    return FolderWiki.open(place(wiki))


class TestThePlan:
    def test_each_gets_a_page_with_a_number_of_its_own_behind_the_others(
        self, wiki: FolderWiki
    ) -> None:
        found = suggested(wiki)
        assert summaries(found) == [*SAID, LAST]
        assert [e.title for e in found.plan.edits] == [f"Action:{n}" for n in (3, 4, 5, 6)]
        assert all(edit.numbered for edit in found.plan.edits)

    def test_a_page_is_what_add_would_make_with_the_sentence_in_its_details(
        self, wiki: FolderWiki
    ) -> None:
        assert suggested(wiki).plan.edits[-1].text == (
            "{{Actionable\n"
            "|SUMMARY=Écrire aux écoles {{!}} aux mairies\n"
            "|ACTION_STATUS=Open\n"
            "|DUE_DATE=2027-04-03\n"
            "|LABEL=Label:A faire\n"
            f"|RELATED_ARTICLE={ATLAS}\n"
            "|DETAILS=Extrait de la fiche (« 6.Réalisation du projet de commun ») : "
            "« Écrire aux écoles {{!}} aux mairies, d'ici le 3 avril 2027 »\n"
            "}}\n"
        )

    def test_columns_and_days_are_those_of_the_text(self, wiki: FolderWiki) -> None:
        written = [edit.text or "" for edit in suggested(wiki).plan.edits]
        labels = [text.partition("|LABEL=Label:")[2].splitlines()[0] for text in written]
        assert labels == ["Fait", "A faire", "En cours", "A faire"]
        dues = [text.partition("|DUE_DATE=")[2][:10] for text in written]
        assert dues == ["", "2026-03-31", "2027-05-31", "2027-04-03"]

    def test_what_is_past_is_proposed_and_told(self, wiki: FolderWiki) -> None:
        assert [each.late for each in suggested(wiki).suggestions] == [False, True, False, False]

    def test_some_of_them_by_their_numbers(self, wiki: FolderWiki) -> None:
        found = suggested(wiki, only=(4, 2))
        assert [each.number for each in found.suggestions] == [2, 4]
        assert [edit.title for edit in found.plan.edits] == ["Action:3", "Action:4"]
        with pytest.raises(InputError, match="no proposal no"):
            suggested(wiki, only=(5,))

    def test_nothing_is_written_before_it_is_applied(self, wiki: FolderWiki) -> None:
        before = sorted(page.name for page in place(wiki).iterdir())
        suggested(wiki)
        assert sorted(page.name for page in place(wiki).iterdir()) == before

    def test_a_number_that_somebody_takes_meanwhile_moves_all_that_follow(
        self, wiki: FolderWiki
    ) -> None:
        plan = suggested(wiki).plan
        run = wikibot.apply(plan, add(wiki, 4, SUMMARY="Venue d'ailleurs"))
        assert run.exit_code == 0
        assert sorted(item.title for item in run.items) == [f"Action:{n}" for n in (3, 5, 6, 7)]


class TestWhatIsThereAlready:
    def test_applied_once_nothing_is_proposed_again(self, wiki: FolderWiki) -> None:
        wikibot.apply(suggested(wiki).plan, wiki)
        again = suggested(wiki)
        assert (again.suggestions, again.plan.edits) == ((), ())
        assert [known.action.number for known in again.known] == [3, 4, 5, 6]

    @pytest.mark.parametrize(
        "summary", ["former LES relais", "Former les relai", "Former  les relais."]
    )
    def test_the_same_in_other_letters_is_known(self, wiki: FolderWiki, summary: str) -> None:
        found = suggested(add(wiki, 3, SUMMARY=summary))
        assert [known.action.number for known in found.known] == [3]
        assert "Former les relais" not in summaries(found)

    def test_so_is_what_was_closed_or_called_otherwise_since(self, wiki: FolderWiki) -> None:
        closed = add(wiki, 3, SUMMARY="Former les relais", ACTION_STATUS="Closed")
        quoted = "Extrait : « Publication de la carte : en cours »"
        renamed = add(closed, 4, SUMMARY="Mettre la carte en ligne", DETAILS=quoted)
        assert summaries(suggested(renamed)) == ["Réserver la salle", LAST]

    def test_another_number_or_another_page_is_another_action(self, tmp_path: Path) -> None:
        write_wiki(tmp_path, {1: action(SUMMARY="Animer l'atelier 1")})
        wiki = with_plan(tmp_path, "* Animer l'atelier 1\n* Animer l'atelier 2\n")
        assert summaries(suggested(wiki)) == ["Animer l'atelier 2"]
        wiki = with_plan(tmp_path, "* Animer l'atelier 1\n", GAME)
        assert summaries(suggested(wiki, GAME)) == ["Animer l'atelier 1"]


class TestWhichField:
    def test_the_mapping_marks_it_in_the_resilience_mapping(self) -> None:
        marked = {f.id for t in MAPPING.page_types for f in t.fields if f.plans_actions}
        assert marked == {"realisation"}

    def test_another_field_by_its_name(self, wiki: FolderWiki) -> None:
        page = "{{Ressource\n|complement=* Planter la haie\n}}"
        write(place(wiki), {ATLAS: page})
        found = suggested(FolderWiki.open(place(wiki)), fields=("synthèse",))
        assert summaries(found) == ["Planter la haie"]
        with pytest.raises(InputError, match="has no field “syntese”"):
            suggested(wiki, fields=("syntese",))

    def test_where_none_is_marked_it_says_what_to_do(
        self, wiki: FolderWiki, tmp_path: Path
    ) -> None:
        folder = tmp_path / "correspondance"
        shutil.copytree(data_folder("mappings") / "resilience", folder)
        file = folder / "page_types" / "commun.toml"
        file.write_text(file.read_text().replace("plans_actions = true\n", ""))
        with pytest.raises(InputError) as error:
            wikibot.suggest_actions(ATLAS, wikibot.load_mapping(str(folder)), wiki, around=TODAY)
        assert error.value.advice is not None
        assert "--field" in error.value.advice.fr

    def test_a_page_that_is_none_of_the_mapping(self, wiki: FolderWiki) -> None:
        write(place(wiki), {"Accueil": "Bienvenue."})
        with pytest.raises(InputError, match="is no record"):
            suggested(FolderWiki.open(place(wiki)), "Accueil")

    def test_a_page_with_nothing_in_the_field(self, wiki: FolderWiki) -> None:
        found = suggested(wiki, GAME)
        assert (found.page, found.suggestions, found.plan.edits) == (GAME, (), ())

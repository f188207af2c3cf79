from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import wikibot
from tests.jobs.wikis import clock
from tests.overviews.support import HERE
from wikibot.errors import InputError
from wikibot.jobs.overview.collecting import collect
from wikibot.jobs.overview.members import members_of
from wikibot.overviews import Collection, Member
from wikibot.overviews.compose import overview
from wikibot.page import Page, Standing
from wikibot.wiki.folder import FolderWiki

MAPPING = wikibot.load_mapping(HERE / "mapping")
SMW = wikibot.load_mapping(HERE / "smw")
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)

HEDGES = """{{Commun
|résumé='''Des haies''' pour [[Pays fictif|le pays]]
|défis=L'eau, air, Lune
|niveau=à définir
|thèmes=Vivant/Arbres, Ville
|tags=haie, Haie
|montant=41320, 37500
|voisins=Mares, [[talus|les talus]]
|référente=[[Utilisateur:Zoé Exemple|Zoé]]
|équipe=Ada Modèle, Lou Échantillon
|courriel=zoe@exemple.example.org
|texte=Écrire à zoe@exemple.example.org ou au 01 23 45 67 89.
|notes=Long.
}}
{{Ligne|poste=Plants|somme=100}}
{{Ligne|poste=Pelle|somme=20}}
"""


class CountingWiki(FolderWiki):
    """Counts how often it is gone through, and which titles it is asked about."""

    readings = 0
    asked: tuple[str, ...] = ()

    def pages_with(self, templates: Iterable[str]) -> Iterator[Page]:
        self.readings += 1
        return super().pages_with(templates)

    def standing(self, titles: Iterable[str]) -> dict[str, Standing]:
        wanted = tuple(titles)
        self.asked += wanted
        return super().standing(wanted)


def write(folder: Path, **texts: str) -> CountingWiki:
    for title, text in texts.items():
        (folder / f"{title.replace('__', '%3A')}.wikitext").write_text(text, encoding="utf-8")
    return CountingWiki(folder)


def collected(folder: Path, **texts: str) -> Collection:
    return collect(write(folder, **texts), MAPPING, around=clock(NOON))


def only(found: Collection, page_type: str = "commun") -> Member:
    (member,) = found.of_type(page_type)
    return member


def test_terms_are_told_by_their_label_and_strangers_as_they_are_written(tmp_path: Path) -> None:
    page = only(collected(tmp_path, Haies=HEDGES))
    assert page.values["defis"] == ("Eau", "Air", "Lune")
    assert page.values["themes"] == ("Vivant/Arbres", "Ville")


def test_a_word_means_what_the_vocabulary_of_its_own_field_says(tmp_path: Path) -> None:
    call = "{{%s|niveau=en cours}}"
    found = collected(tmp_path, Haies=call % "Commun", Tour=call % "Visite")
    assert only(found).values["niveau"] == ("en cours",)
    assert only(found, "visite").values["niveau"] == ("En cours",)


def test_placeholders_are_nothing(tmp_path: Path) -> None:
    page = only(collected(tmp_path, Haies=HEDGES))
    assert "niveau" not in page.values
    assert "niveau" not in page.filled


def test_titles_are_told_in_full_and_short_texts_as_a_reader_sees_them(tmp_path: Path) -> None:
    page = only(collected(tmp_path, Haies=HEDGES))
    assert page.values["voisins"] == ("Mares", "Talus")
    assert page.values["resume"] == ("Des haies pour le pays",)


def test_persons_are_told_only_where_the_glance_names_their_field(tmp_path: Path) -> None:
    page = only(collected(tmp_path, Haies=HEDGES))
    assert page.values["referent"] == ("Zoé Exemple",)
    assert "equipe" not in page.values
    assert {"referent", "equipe", "courriel"} <= page.filled


def test_mails_and_telephones_are_masked_unless_they_are_asked_for(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    wiki = write(tmp_path, Haies=HEDGES, Mares="{{Commun|tags=a@b.example.org, mare}}")
    found = collect(wiki, MAPPING)
    assert "@" not in repr(found.members)
    assert "45 67" not in repr(found.members)
    assert found.members[0].values["texte"] == ("Écrire à *** ou au ***.",)
    assert found.of_type("commun")[1].values["tags"] == ("mare",)
    assert not caplog.records
    with caplog.at_level(logging.WARNING):
        told = collect(wiki, MAPPING, with_contacts=True)
    assert "zoe@exemple.example.org" in told.members[0].values["texte"][0]
    assert "courriel" not in told.members[0].values
    (record,) = caplog.records
    assert "téléphone" in str(getattr(record.msg, "fr", ""))


def test_long_texts_that_no_overview_names_are_not_kept_but_known_to_be_there(
    tmp_path: Path,
) -> None:
    page = only(collected(tmp_path, Haies=HEDGES))
    assert "notes" not in page.values
    assert "notes" in page.filled
    other = only(collected(tmp_path, Haies=HEDGES.replace("Long.", "Autre.")))
    assert page.digests["notes"] != other.digests["notes"]


def test_a_page_counts_once_and_each_of_its_entries_once(tmp_path: Path) -> None:
    found = collected(tmp_path, Haies=HEDGES + "{{Commun|résumé=Encore}}")
    assert only(found).values["resume"] == ("Des haies pour le pays",)
    assert [(line.index, line.values["poste"]) for line in found.of_type("ligne")] == [
        (0, ("Plants",)),
        (1, ("Pelle",)),
    ]


def test_the_wiki_is_gone_through_once_and_asked_only_of_titles_it_did_not_give(
    tmp_path: Path,
) -> None:
    wiki = write(tmp_path, Haies=HEDGES, Mares="{{Commun|voisins=Haies}}")
    collect(wiki, MAPPING)
    assert wiki.readings == 1
    assert wiki.asked == ("Talus",)


def test_pages_that_were_read_already_are_not_read_again(tmp_path: Path) -> None:
    wiki = write(tmp_path, Haies=HEDGES)
    pages = list(wikibot.pages_to_read(wiki, MAPPING, ()))
    assert collect(wiki, MAPPING, pages=pages, around=clock(NOON)).members
    assert wiki.readings == 1


def test_redirects_are_told_and_are_no_pages_of_their_own(tmp_path: Path) -> None:
    found = collected(
        tmp_path,
        Haies="{{Commun|voisins=Talus}}",
        Talus="#REDIRECTION [[Mares]]\n{{Commun|niveau=Idée}}",
        Mares="{{Commun|niveau=Idée}}",
    )
    assert found.redirects == {"Talus": "Mares"}
    assert [each.title for each in found.members] == ["Haies", "Mares"]
    assert found.members[0].values["voisins"] == ("Talus",)


def test_pages_that_cannot_be_read_for_sure_are_told_and_not_counted(tmp_path: Path) -> None:
    broken = "{{Commun|résumé=" + "{{a|" * 50_000
    found = collected(tmp_path, Haies=HEDGES, Perdue=broken)
    assert found.unread == ("Perdue",)
    assert {each.title for each in found.members} == {"Haies"}


def test_members_come_in_the_order_of_their_titles(tmp_path: Path) -> None:
    texts = {name: "{{Commun|niveau=Idée}}" for name in ("Talus", "Haies", "Mares")}
    assert [m.title for m in collected(tmp_path, **texts).members] == ["Haies", "Mares", "Talus"]


def test_the_moment_is_now_and_the_day_that_of_the_moment(tmp_path: Path) -> None:
    found = collected(tmp_path, Haies=HEDGES)
    assert (found.as_of, found.today) == (NOON, date(2026, 1, 31))


def test_the_actions_are_read_with_the_pages_and_not_apart(tmp_path: Path) -> None:
    wiki = write(
        tmp_path,
        Haies="{{Commun|niveau=Idée}}",
        Un="{{Action|commun=Haies|titre=Planter|statut=A faire|échéance=2026-01-01}}",
        Deux="{{Action|commun=Haies|titre=Arroser|statut=Fait|échéance=2026-01-01}}",
    )
    tracked = collect(wiki, SMW, around=clock(NOON)).tracked
    assert tracked is not None
    assert [action.summary for action in tracked.actions] == ["Arroser", "Planter"]
    assert tracked.overdue == {wiki.page("Un").id}
    assert [board.page for board in tracked.boards] == ["Haies"]
    assert wiki.readings == 1


def test_one_page_type_alone_is_read_with_the_entries_on_its_pages(tmp_path: Path) -> None:
    wiki = write(tmp_path, Haies=HEDGES, Tour="{{Visite|objet=Voir|guide=Zoé Exemple}}")
    assert {m.page_type for m in collect(wiki, MAPPING).members} == {"commun", "ligne", "visite"}
    found = collect(wiki, MAPPING, types=["commun"])
    assert {each.page_type for each in found.members} == {"commun", "ligne"}
    assert "equipe" not in only(found).values
    assert "guide" not in only(collect(wiki, MAPPING, types=["visite"]), "visite").values


def test_a_page_type_that_does_not_exist_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        collect(write(tmp_path, Haies=HEDGES), MAPPING, types=["comun"])
    assert caught.value.advice is not None
    assert "commun" in caught.value.advice.fr


def test_a_wiki_without_any_page_of_the_mapping_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        collect(write(tmp_path, Accueil="Bonjour."), MAPPING)
    assert caught.value.code == "no-page"
    with pytest.raises(InputError):
        collect(write(tmp_path, Haies=HEDGES), MAPPING, types=["visite"])


def test_one_page_is_read_as_all_of_them_are(tmp_path: Path) -> None:
    wiki = write(tmp_path, Haies=HEDGES, Vieille="#REDIRECTION [[Haies]]")
    found = members_of(wiki.page("Haies"), MAPPING, wiki.syntax)
    assert found == collect(wiki, MAPPING).members
    assert members_of(wiki.page("Vieille"), MAPPING, wiki.syntax) == ()


def test_nothing_personal_comes_out_of_a_whole_overview(tmp_path: Path) -> None:
    told = repr(overview(collected(tmp_path, Haies=HEDGES)))
    assert "Ada Modèle" not in told
    assert "@" not in told
    assert told.count("Zoé Exemple") == 1  # her name in the table at a glance, and no count of it

"""Which of our changes are ours, where the wiki put them upon a revision that we did not read."""

from __future__ import annotations

import pytest

from tests.model.wiki import ModelWiki
from wikibot.edits import Change
from wikibot.jobs.merged import really_made

READ = "{{Ressource\n|licence=MIT\n|niveau=idée\n}}\n\nDu texte."
LICENCE = Change("Ressource", 0, "licence", "MIT", "CC0")
NIVEAU = Change("Ressource", 0, "niveau", "idée", "Idée")
TAGS = Change("Ressource", 0, "Tags", "", "haie")


def told(changes: tuple[Change, ...], upon: str, read: str = READ) -> tuple[Change, ...] | None:
    """Return what is ours of changes made for the page as read, that were put upon a text."""
    wiki = ModelWiki()
    wiki.edit("Alix", "Haies", read)
    page = wiki.page("Haies")
    parent = wiki.edit("Alix", "Haies", upon).new_revid
    wiki.edit("Alix", "Haies", "Autre chose depuis.")
    return really_made(wiki, page, changes, parent)


@pytest.mark.parametrize(
    ("upon", "ours"),
    [
        pytest.param(f"{READ} Plus long.", (LICENCE, NIVEAU), id="words elsewhere"),
        pytest.param(READ.replace("MIT", "CC0"), (NIVEAU,), id="one of ours"),
        pytest.param(READ.replace("MIT", "CC0").replace("idée", "Idée"), (), id="all of ours"),
        pytest.param(READ.replace("MIT", "CC0<!-- oui -->"), (NIVEAU,), id="with a comment"),
        pytest.param(
            READ.replace("\n|niveau", "\n|Tags=eau\n|niveau"), (LICENCE, NIVEAU), id="a field"
        ),
    ],
)
def test_what_stood_there_already_is_somebody_s(upon: str, ours: tuple[Change, ...]) -> None:
    assert told((LICENCE, NIVEAU), upon) == ours


@pytest.mark.parametrize(
    "upon",
    [
        pytest.param(READ.replace("MIT", "ODbL"), id="a third value"),
        pytest.param(f"{{{{Ressource|licence=MIT}}}}\n{READ}", id="a call more"),
        pytest.param("Plus rien.", id="no call any more"),
        pytest.param(READ.replace("|niveau", "|licence=MIT\n|niveau"), id="the field twice"),
        pytest.param(READ.replace("MIT", "{{x|" * 30), id="cannot be read with certainty"),
    ],
)
def test_nobody_can_tell_where_the_text_has_what_we_never_saw(upon: str) -> None:
    assert told((LICENCE, NIVEAU), upon) is None


def test_a_parameter_that_both_add_is_not_ours_alone() -> None:
    assert told((TAGS,), READ.replace("\n}}", "\n|Tags=haie\n}}")) == ()
    assert told((TAGS,), READ.replace("\n}}", "\n|Tags=eau\n}}")) is None


class TestAWikiIsAsked:
    def test_for_nothing_where_it_has_not_merged(self) -> None:
        wiki = ModelWiki()
        wiki.edit("Alix", "Haies", READ)
        page = wiki.page("Haies")
        before = wiki.requests
        assert really_made(wiki, page, (LICENCE,), page.revision.id) == (LICENCE,)
        assert really_made(wiki, page, (), page.revision.id + 1) == ()
        assert really_made(wiki, None, (), 7) == ()
        assert wiki.requests == before

    def test_once_where_it_has(self) -> None:
        wiki = ModelWiki()
        wiki.edit("Alix", "Haies", READ)
        page = wiki.page("Haies")
        parent = wiki.edit("Alix", "Haies", f"{READ} Plus long.").new_revid
        before = wiki.requests
        assert really_made(wiki, page, (LICENCE, NIVEAU), parent) == (LICENCE, NIVEAU)
        assert (wiki.requests - before).get == 1

    @pytest.mark.parametrize("deed", ["hide", "delete"])
    def test_in_vain_where_it_hides_that_revision(self, deed: str) -> None:
        wiki = ModelWiki()
        wiki.edit("Alix", "Haies", READ)
        page = wiki.page("Haies")
        parent = wiki.edit("Alix", "Haies", f"{READ} Plus long.").new_revid
        wiki.edit("Alix", "Haies", READ.replace("MIT", "CC0"))
        if deed == "hide":
            wiki.hide(parent, "text")
        else:
            wiki.delete("Haies")
        assert really_made(wiki, page, (LICENCE,), parent) is None

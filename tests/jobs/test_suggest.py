"""mapping suggest: what people corrected by hand becomes an alias when somebody approves."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import wikibot
from tests.cli.command import PAGE
from tests.jobs.wikis import MAPPING, clock
from tests.wiki.exports import export, page, revision
from wikibot.errors import InputError, MappingError
from wikibot.jobs.suggest import Suggestions, accept_aliases, moment, suggest
from wikibot.resources import data_folder
from wikibot.wiki import Wiki, open_wiki
from wikibot.wiki.folder import FolderWiki
from wikibot.wiki.mediawiki import MediaWiki

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

WRONG = "|licence=cc by sa\n"
RIGHT = "|licence=Creative Commons BY SA 4.0\n"
BEFORE = PAGE.replace("|licence=Licence Ouverte 2.0 (Etalab)\n", WRONG).strip()
AFTER = BEFORE.replace(WRONG, RIGHT)
ALIAS = ("cc by sa", "Creative Commons BY SA 4.0")
ALL = datetime(2000, 1, 1, tzinfo=UTC)


def suggested(wiki: Wiki, since: datetime | None = ALL, least: int = 2) -> Suggestions:
    pages = wikibot.pages_to_read(wiki, MAPPING, ())
    return suggest(pages, MAPPING, wiki, since=since, least=least, around=clock())


def told(found: Suggestions) -> list[tuple[str, str, int, int]]:
    return [(p.spelling, p.term, p.times, p.pages) for p in found.proposals]


class TestInAFolder:
    def corrected(self, folder: Path, *titles: str) -> FolderWiki:
        """Return the wiki of a folder in which a person has mended what the bot imported."""
        wiki = FolderWiki.open(folder)
        for title in titles:
            wiki.create(title, BEFORE, "[wb:000001] import")
            (folder / f"{title}.wikitext").write_text(AFTER)
        return wiki

    def test_corrections_on_two_pages_are_a_proposal(self, tmp_path: Path) -> None:
        wiki = self.corrected(tmp_path, "Haies", "Mares")
        found = suggested(wiki)
        assert told(found) == [(*ALIAS, 2, 2)]
        assert found.read == 2

    def test_on_one_page_they_are_none_unless_one_is_enough(self, tmp_path: Path) -> None:
        wiki = self.corrected(tmp_path, "Haies")
        assert (told(suggested(wiki)), suggested(wiki).rarer) == ([], 1)
        assert told(suggested(wiki, least=1)) == [(*ALIAS, 1, 1)]

    def test_what_a_run_of_ours_wrote_teaches_nothing(self, tmp_path: Path) -> None:
        for title in ("Haies", "Mares"):
            (tmp_path / f"{title}.wikitext").write_text(BEFORE)
        wiki = open_wiki(tmp_path)
        pages = list(wikibot.pages_to_read(wiki, MAPPING, ()))
        assignment = wikibot.parse_assignment("licence=Creative Commons BY SA 4.0")
        plan = wikibot.set_fields(pages, [assignment], MAPPING, wiki)
        wikibot.apply(plan, wiki, around=clock())
        assert (tmp_path / "Haies.wikitext").read_text() == AFTER
        assert told(suggested(open_wiki(tmp_path), least=1)) == []

    def test_without_a_moment_the_last_run_is_one_else_ninety_days_ago(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "Haies.wikitext").write_text(BEFORE.replace("niveau=Idée", "niveau=idée"))
        wiki = open_wiki(tmp_path)
        found = suggested(wiki, None)
        assert (found.since, found.after_run) == (datetime(2025, 11, 2, tzinfo=UTC), False)
        plan = wikibot.fix(wikibot.pages_to_read(wiki, MAPPING, ()), MAPPING, wiki)
        ran = clock(datetime(2026, 1, 20, 2, tzinfo=UTC))
        wikibot.apply(plan, wiki, around=ran)
        found = suggested(wiki, None)
        assert (found.since, found.after_run) == (datetime(2026, 1, 20, 2, tzinfo=UTC), True)


def test_a_dump_tells_what_its_revisions_tell_and_its_own_day_counts(tmp_path: Path) -> None:
    def corrected(title: str, number: int) -> str:
        first = revision(number, BEFORE, minute=1)
        return page(
            title, first, revision(number + 1, AFTER, minute=2, parent=number), number=number
        )

    path = tmp_path / "export.xml"
    path.write_bytes(export(corrected("Haies", 10), corrected("Mares", 20)))
    wiki = open_wiki(path)
    pages = wikibot.pages_to_read(wiki, MAPPING, ())
    long_after = clock(datetime(2036, 1, 1, tzinfo=UTC))
    found = suggest(pages, MAPPING, wiki, around=long_after)
    assert told(found) == [(*ALIAS, 2, 2)]
    assert found.since == datetime(2025, 11, 2, tzinfo=UTC)


class TestOnMediaWiki:
    @pytest.fixture
    def bench(self, fresh_mediawiki: MediaWikiBench) -> MediaWikiBench:
        return fresh_mediawiki

    def test_each_page_changed_since_costs_one_request_and_the_others_none(
        self, bench: MediaWikiBench
    ) -> None:
        for title in ("Ancien", "Haies", "Mares", "Talus"):
            revid = bench.edit_as_human(title, BEFORE)
            bench.admin.date(revid, "20200101000000")
        revid = bench.edit_as_human("Ancien", AFTER)
        bench.admin.date(revid, "20200102000000")
        for title in ("Haies", "Mares"):
            bench.edit_as_human(title, AFTER)
        with MediaWiki.connect(bench.api, bench.account, bench.password) as wiki:
            bench.forget_requests()
            found = suggested(wiki, datetime(2021, 1, 1, tzinfo=UTC))
            seen = len(bench.requests_seen())
        assert told(found) == [(*ALIAS, 2, 2)]
        assert found.read == 2
        assert seen == 1 + 1 + 2  # the callers, their pages, two histories

    def test_our_own_edits_and_hidden_texts_teach_nothing(self, bench: MediaWikiBench) -> None:
        for title in ("Robot", "Masqué", "Haies"):
            bench.edit_as_human(title, BEFORE)
        bench.edit_as_human("Haies", AFTER)
        hidden = int(bench.revisions("Masqué")[-1]["revid"])
        bench.edit_as_human("Masqué", AFTER)
        bench.admin.hide(hidden, text=True)
        with MediaWiki.connect(bench.api, bench.account, bench.password) as wiki:
            wiki.save(wiki.page("Robot"), AFTER, "sans marque")
            found = suggested(wiki, least=1)
        assert told(found) == [(*ALIAS, 1, 1)]
        assert found.proposals[0].page == "Haies"


class TestAccepting:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        return Path(shutil.copytree(data_folder("mappings") / "resilience", tmp_path / "mapping"))

    @pytest.fixture
    def proposal(self, tmp_path: Path) -> wikibot.Proposal:
        pages = tmp_path / "pages"
        pages.mkdir()
        wiki = TestInAFolder().corrected(pages, "Haies", "Mares")
        (proposal,) = suggested(wiki).proposals
        return proposal

    def test_one_line_joins_the_vocabulary_and_the_spelling_means_the_term(
        self, folder: Path, proposal: wikibot.Proposal
    ) -> None:
        file = folder / "vocabularies/licences.toml"
        before = file.read_text().splitlines()
        assert accept_aliases([proposal], folder) == (file,)
        after = file.read_text().splitlines()
        assert [line for line in after if line not in before] == ['    "cc by sa",']
        assert len(after) == len(before) + 1
        licences = next(v for v in wikibot.load_mapping(folder).vocabularies if v.id == "licences")
        term = licences.meant_by("CC-by-SA")
        assert term is not None
        assert term.label == proposal.term

    def test_nothing_is_written_where_the_mapping_would_not_load(
        self, folder: Path, proposal: wikibot.Proposal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken = "id = 1\n"
        monkeypatch.setattr("wikibot.jobs.suggest.with_aliases", lambda *_: broken)
        before = {file: file.read_bytes() for file in folder.rglob("*.toml")}
        with pytest.raises(MappingError):
            accept_aliases([proposal], folder)
        assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before

    def test_terms_that_cannot_be_added_to_are_told_with_what_to_write(
        self, folder: Path, proposal: wikibot.Proposal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("wikibot.jobs.suggest.with_aliases", lambda *_: None)
        with pytest.raises(InputError) as raised:
            accept_aliases([proposal], folder)
        assert raised.value.advice is not None
        assert "cc by sa" in raised.value.advice.fr

    def test_a_link_is_not_followed(self, folder: Path, proposal: wikibot.Proposal) -> None:
        file = folder / "vocabularies/licences.toml"
        file.rename(folder / "elsewhere.txt")
        file.symlink_to(folder / "elsewhere.txt")
        before = file.read_bytes()
        with pytest.raises(InputError):
            accept_aliases([proposal], folder)
        assert file.read_bytes() == before


@pytest.mark.parametrize("text", ["", "hier", "2026-13-01", "31/01/2026"])
def test_what_is_no_date_is_told(text: str) -> None:
    with pytest.raises(InputError, match="date"):
        moment(text)


def test_a_day_begins_at_midnight_utc() -> None:
    assert moment(" 2026-01-31") == datetime(2026, 1, 31, tzinfo=UTC)
    assert moment("2026-01-31T02:00:00+01:00") == datetime(2026, 1, 31, 1, tzinfo=UTC)
    assert moment("2026-01-31").utcoffset() == timedelta(0)

"""What a real MediaWiki tells the bot before it writes: stop, who may, and with which tag."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from wikibot.errors import AccessError, ConfigError
from wikibot.wiki.mediawiki import MediaWiki

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

TITLE = "Vergers"
NOTHING: frozenset[str] = frozenset()


@pytest.fixture
def bench(fresh_mediawiki: MediaWikiBench) -> MediaWikiBench:
    fresh_mediawiki.edit_as_human(TITLE, "un")
    return fresh_mediawiki


@pytest.fixture
def wiki(bench: MediaWikiBench) -> Iterator[MediaWiki]:
    with MediaWiki.connect(bench.api, bench.account, bench.password) as opened:
        bench.forget_requests()
        yield opened


def prepare(wiki: MediaWiki, tag: str | None = None) -> None:
    wiki.prepare(creates=False, tag=tag, allow=NOTHING)


class TestStopOrders:
    def test_a_message_on_the_talk_page_is_one_until_it_is_read(
        self, wiki: MediaWiki, bench: MediaWikiBench
    ) -> None:
        assert wiki.stop_order(None, talk=True) is None
        bench.admin.write_to_the_bot("Que faites-vous ?")
        told = wiki.stop_order(None, talk=True)
        assert told is not None
        assert "page de discussion" in told.fr
        assert wiki.stop_order(None, talk=False) is None

    def test_a_block_is_the_clearest_of_all(self, wiki: MediaWiki, bench: MediaWikiBench) -> None:
        bench.admin.block_bot("Trop de bruit")
        with pytest.raises(AccessError, match="Trop de bruit") as raised:
            wiki.stop_order(None, talk=False)
        assert raised.value.code == "blocked"

    @pytest.mark.parametrize("title", ["", "[[x]]", "Spécial:Version", "mailto:x|y"])
    def test_a_stop_page_that_can_be_none_stops(self, wiki: MediaWiki, title: str) -> None:
        assert wiki.stop_order(title, talk=False) is not None


class TestTags:
    def test_the_usual_one_is_put_where_the_wiki_has_it(
        self, wiki: MediaWiki, bench: MediaWikiBench
    ) -> None:
        bench.admin.define_tag("wikibot")
        prepare(wiki)
        wiki.save(wiki.page(TITLE), "deux", "")
        assert bench.revisions(TITLE)[-1]["tags"] == ["wikibot"]

    def test_without_it_edits_bear_none(self, wiki: MediaWiki, bench: MediaWikiBench) -> None:
        prepare(wiki)
        wiki.save(wiki.page(TITLE), "deux", "")
        assert bench.revisions(TITLE)[-1]["tags"] == []

    def test_a_configured_one_that_is_not_there_is_an_error_before_anything_is_written(
        self, wiki: MediaWiki, bench: MediaWikiBench
    ) -> None:
        with pytest.raises(ConfigError, match="nocturne"):
            prepare(wiki, "nocturne")
        assert not any(request.writes for request in bench.requests_seen())


class TestAccounts:
    def test_with_the_rights_of_an_administrator_are_refused(self, bench: MediaWikiBench) -> None:
        with MediaWiki.connect(bench.api, bench.admin_account, bench.admin_password) as wiki:
            with pytest.raises(AccessError) as raised:
                prepare(wiki)
            assert raised.value.code == "privileged"
            wiki.prepare(creates=False, tag=None, allow=frozenset({"privileged"}))

    def test_the_latest_saves_are_known_by_their_comments(
        self, wiki: MediaWiki, bench: MediaWikiBench
    ) -> None:
        wiki.save(wiki.page(TITLE), "deux", "[wb:aaaaaa] essai")
        with MediaWiki.connect(bench.api, bench.account, bench.password) as again:
            assert "[wb:aaaaaa] essai" in again.saved_lately(600)
            assert again.saved_lately(-600) == ()

    def test_the_wiki_s_limit_of_edits_is_known(self, bench: MediaWikiBench) -> None:
        bench.admin.limit_edits(8, 60)
        with MediaWiki.connect(bench.api, bench.account, bench.password) as wiki:
            assert wiki.edit_limit == (8, 60)


def test_all_that_a_run_must_know_costs_two_requests(
    wiki: MediaWiki, bench: MediaWikiBench
) -> None:
    wiki.stop_order(TITLE, talk=True)
    prepare(wiki)
    wiki.saved_lately(60)
    assert [request.action for request in bench.requests_seen()] == ["query", "paraminfo"]


def test_a_save_is_found_where_the_server_s_clock_was_set_back(
    wiki: MediaWiki, bench: MediaWikiBench
) -> None:
    """MediaWiki lists revisions by their time; what comes after another follows from its id."""
    bench.edit_as_human(TITLE, "deux")
    bench.admin.date(wiki.page(TITLE).revision.id, "20990101000000")
    base = wiki.page(TITLE)
    saved = wiki.save(base, "trois", "[wb:aaaaaa] essai")
    assert [r.id for r in wiki.revisions(base, base.revision.id)] == [saved.new_revid]
    bench.edit_as_human(TITLE, "quatre")
    assert len(wiki.revisions(base, base.revision.id)) == 2


def test_a_long_history_is_read_no_further_than_needed(
    wiki: MediaWiki, bench: MediaWikiBench
) -> None:
    bench.import_pages({"Longue": [f"texte {n}" for n in range(130)]})
    page = wiki.page("Longue")
    every = wiki.revisions(page, 0)
    assert [r.id for r in every] == sorted(r.id for r in every)
    assert len(every) == 130
    bench.forget_requests()
    assert wiki.revisions(page, every[-3].id) == every[-2:]
    assert len(bench.requests_seen()) == 1

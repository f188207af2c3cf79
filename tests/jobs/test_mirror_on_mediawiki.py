"""The mirror on a real MediaWiki: whatever people do, a pull leaves what a first pull would."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import wikibot
from wikibot.errors import InputError, SafetyStop, Unavailable
from wikibot.jobs.mirror import Mirrored, Pulled, mirrored, pull
from wikibot.jobs.surroundings import Surroundings
from wikibot.language import Text
from wikibot.store.database import PATIENCE
from wikibot.store.mirror import Mirror
from wikibot.wiki.mediawiki import MediaWiki

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

MAPPING = wikibot.load_mapping("resilience")
NAMES = ("Haies", "Vergers", "Mares", "Talus", "Fossés", "Lavoirs", "Sources", "Étangs")
UNTOLD = "told by no recent change"  # of the pages themselves the next pull knows all the same
OUTSIDE = ("Bocage", "Prairies")  # pages of no template, which others name


@pytest.fixture
def bench(fresh_mediawiki: MediaWikiBench, monkeypatch: pytest.MonkeyPatch) -> MediaWikiBench:
    monkeypatch.setenv("WIKIBOT_SLEEP_SCALE", "0")
    for number, name in enumerate(NAMES[:5]):
        fresh_mediawiki.edit_as_human(name, commun(number))
    fresh_mediawiki.edit_as_human("Bocage", "Une page sans fiche.")
    fresh_mediawiki.run_jobs()
    fresh_mediawiki.forget_requests()
    return fresh_mediawiki


@pytest.fixture
def wiki(bench: MediaWikiBench) -> Iterator[MediaWiki]:
    with connect(bench) as opened:
        yield opened


def connect(bench: MediaWikiBench) -> MediaWiki:
    return MediaWiki.connect(bench.api, bench.account, bench.password)


def commun(number: int, near: str = "Bocage") -> str:
    return (
        f"{{{{Ressource\n|description courte=Le commun {number}\n|communs proches={near}\n}}}}\n"
        "[[Catégorie:Commun]]"
    )


def later(days: float) -> Surroundings:
    return Surroundings(now=lambda: datetime.now(UTC) + timedelta(days=days))


def copied(wiki: MediaWiki, folder: Path) -> dict[str, list[Any]]:
    """Everything that the copy of a wiki holds, but for when it was made."""
    (file,) = folder.rglob("mirror.sqlite")
    with sqlite3.connect(file) as db:
        tables = ("page", "unreadable", "call", "field", "link")
        held = {each: sorted(map(repr, db.execute(f"SELECT * FROM {each}"))) for each in tables}
        for each in ("passage", "words"):
            held[each] = sorted(db.execute(f"SELECT value FROM {each}"))
        # the words are those of the passages, no more and no fewer
        db.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
        db.execute("CREATE VIRTUAL TABLE temp.told USING fts5vocab('main', 'words', 'instance')")
        held["word"] = sorted(db.execute("SELECT term, count(*) FROM told GROUP BY term"))
        return held


def read(wiki: MediaWiki, folder: Path) -> tuple[Mirrored, ExitStack]:
    held = ExitStack()
    return mirrored(wiki, held, state=folder), held


TITLES = (*NAMES, *OUTSIDE, "Utilisateur:Personne", "Catégorie:Commun")


def beside(wiki: MediaWiki | Mirrored) -> Any:
    """What rules ask of a wiki beside the pages."""
    told = wiki.standing(TITLES)
    known = [told.get(title) for title in TITLES]
    return known, wiki.members(["Commun"]), sorted(wiki.titles_in([0]))


def read_by_check(wiki: MediaWiki | Mirrored) -> list[wikibot.Page]:
    return sorted(wikibot.pages_to_read(wiki, MAPPING, ()), key=lambda page: page.title)


# --- whatever people do ---


def deeds(bench: MediaWikiBench, chance: random.Random) -> tuple[Callable[[], object], ...]:
    name, other = chance.sample(NAMES, 2)
    number = chance.randrange(10**6)
    edit = bench.edit_as_human
    revisions = bench.revisions(name)
    return (
        lambda: edit(name, commun(number, other)),
        lambda: edit(name, bench.text(name)),  # a null edit
        lambda: edit(name, commun(number) + "\n{{Ressource|licence=MIT}}"),
        lambda: edit(name, "Plus de fiche ici."),
        lambda: edit(name, f"#REDIRECTION [[{other}]]"),
        lambda: edit(name, commun(number) + " {{{"),
        lambda: edit("Modèle:Porteur", "{{Ressource}}" if number % 2 else "rien"),
        lambda: edit(name, "{{Porteur}}"),
        lambda: edit(chance.choice(OUTSIDE), f"Texte {number}."),
        lambda: bench.admin.delete(name),
        lambda: bench.admin.delete(chance.choice(OUTSIDE)),
        lambda: bench.call("admin", action="undelete", title=name),
        lambda: bench.admin.move(name, other, leave_redirect=bool(number % 2)),
        lambda: bench.admin.move(name, chance.choice(OUTSIDE), leave_redirect=False),
        lambda: imported(bench, name, commun(number)),
        lambda: bench.admin.protect(name),
        lambda: hide_comment(bench, name, revisions[-1]["revid"]),
        lambda: swap(bench, name, other),
    )


def hide_comment(bench: MediaWikiBench, title: str, revid: int) -> None:
    bench.call(
        "admin", action="revisiondelete", type="revision", target=title, ids=revid, hide="comment"
    )


def imported(bench: MediaWikiBench, title: str, text: str) -> str:
    bench.import_pages({title: [text]})
    return UNTOLD


def swap(bench: MediaWikiBench, one: str, other: str) -> None:
    bench.admin.move(one, "Entre-deux", leave_redirect=False)
    bench.admin.move(other, one, leave_redirect=False)
    bench.admin.move("Entre-deux", other, leave_redirect=False)


def in_small_answers(wiki: MediaWiki, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the wiki give its lists two rows at a time."""
    ask = wiki._api.read

    def asked(question: Mapping[str, str]) -> dict[str, Any]:
        limits = {key: "2" for key in ("rclimit", "gtilimit") if question.get(key) == "max"}
        return ask({**question, **limits})

    monkeypatch.setattr(wiki._api, "read", asked)


@pytest.mark.parametrize("small", [False, True], ids=["", "in small answers"])
@pytest.mark.parametrize("seed", range(2))
def test_a_pull_leaves_what_a_first_pull_would(
    bench: MediaWikiBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, small: bool
) -> None:
    from tests.mediawiki.bench import BenchError

    bench.admin.rights("sysop", deleterevision=True)
    chance = random.Random(seed)
    done = 0
    with connect(bench) as wiki:
        if small:
            in_small_answers(wiki, monkeypatch)
        pull(wiki, MAPPING, state=tmp_path / "kept")
        view, held = read(wiki, tmp_path / "kept")
        with held:
            beside(view)
        for night in range(5):
            told = True
            for _ in range(chance.randrange(1, 9)):
                try:
                    told &= chance.choice(deeds(bench, chance))() != UNTOLD
                    done += 1
                except (BenchError, KeyError, IndexError, RuntimeError):
                    pass  # no page there to do it to
            bench.run_jobs()
            weeks = later(0 if told else 8 * (night + 1))
            pull(wiki, MAPPING, state=tmp_path / "kept", allow=["shrink"], around=weeks)
            pull(wiki, MAPPING, state=tmp_path / f"new{night}")
            assert copied(wiki, tmp_path / "kept") == copied(wiki, tmp_path / f"new{night}")
            view, held = read(wiki, tmp_path / "kept")
            with held:
                assert beside(view) == beside(wiki)
                assert read_by_check(view) == read_by_check(wiki)
    assert done > 10


def test_a_title_that_a_page_is_moved_to_is_known_to_be_there(
    wiki: MediaWiki, bench: MediaWikiBench, tmp_path: Path
) -> None:
    pull(wiki, MAPPING, state=tmp_path)
    view, held = read(wiki, tmp_path)
    with held:
        assert not view.standing(["Prairies"])["Prairies"].there
    bench.admin.move("Bocage", "Prairies")
    pull(wiki, MAPPING, state=tmp_path)
    view, held = read(wiki, tmp_path)
    with held:
        assert view.standing(["Prairies"])["Prairies"].there
        assert view.standing(["Bocage"])["Bocage"].target == "Prairies"


def renamed(mapping: wikibot.Mapping) -> wikibot.Mapping:
    """Return a mapping whose first type of pages knows its first field by another id."""
    commun = mapping.page_type("commun")
    assert commun is not None
    first = commun.fields[0].model_copy(update={"id": "en_bref"})
    other = commun.model_copy(update={"fields": (first, *commun.fields[1:])})
    types = tuple(other if each is commun else each for each in mapping.page_types)
    return mapping.model_copy(update={"page_types": types})


def as_the_first_version(file: Path) -> None:
    """Take from a copy what its first version did not have."""
    with sqlite3.connect(file) as db:
        rows = db.execute("SELECT type, name FROM sqlite_master WHERE type='view'").fetchall()
        for kind, name in (*rows, *(("table", each) for each in ("words", "link", "passage"))):
            db.execute(f'DROP {kind} "{name}"')
        db.execute("DELETE FROM meta WHERE key='derived'")
        db.execute("PRAGMA user_version=1")


@pytest.mark.parametrize("older", [False, True], ids=["another mapping", "an older copy"])
def test_what_pages_say_is_derived_anew_from_the_texts_that_are_kept(
    bench: MediaWikiBench, tmp_path: Path, older: bool
) -> None:
    before, after = (MAPPING, MAPPING) if older else (renamed(MAPPING), MAPPING)
    with connect(bench) as wiki:
        pull(wiki, before, state=tmp_path / "kept")
        if older:
            as_the_first_version(tmp_path / "kept" / "mirror.sqlite")
        bench.edit_as_human("Mares", commun(82, "Talus"))
        bench.run_jobs()
        bench.forget_requests()
        assert pull(wiki, after, state=tmp_path / "kept").changed == 1
        assert len(bench.requests_seen()) == 3
        pull(wiki, after, state=tmp_path / "new")
    assert copied(wiki, tmp_path / "kept") == copied(wiki, tmp_path / "new")


def test_where_nothing_is_new_nothing_is_derived(
    wiki: MediaWiki, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pull(wiki, MAPPING, state=tmp_path)
    before = copied(wiki, tmp_path)
    monkeypatch.delattr("wikibot.jobs.mirror.pulling.contents_of")
    pull(wiki, MAPPING, state=tmp_path)
    assert copied(wiki, tmp_path) == before


# --- its cost ---


def test_nothing_new_costs_two_requests_and_the_login(
    bench: MediaWikiBench, tmp_path: Path
) -> None:
    with connect(bench) as wiki:
        pull(wiki, MAPPING, state=tmp_path)
        check(wiki, tmp_path)
    bench.forget_requests()
    with connect(bench) as wiki:
        found = pull(wiki, MAPPING, state=tmp_path)
        assert (found.pages, found.new, found.changed, found.gone) == (5, 0, 0, 0)
        assert not found.reconciled
        check(wiki, tmp_path)
    assert len(bench.requests_seen()) <= 6
    assert not bench.edits_seen()


def check(wiki: MediaWiki, state: Path) -> None:
    view, held = read(wiki, state)
    with held:
        pages = list(wikibot.pages_to_read(view, MAPPING, ()))
        wikibot.check(pages, MAPPING, view, whole=True)


def test_what_is_new_costs_one_request_more(wiki: MediaWiki, bench: MediaWikiBench,
                                            tmp_path: Path) -> None:  # fmt: skip
    pull(wiki, MAPPING, state=tmp_path)
    bench.edit_as_human("Haies", commun(77))
    bench.edit_as_human("Étangs", commun(78))
    bench.run_jobs()
    bench.forget_requests()
    found = pull(wiki, MAPPING, state=tmp_path)
    assert (found.pages, found.new, found.changed, found.gone) == (6, 1, 1, 0)
    assert len(bench.requests_seen()) == 3


def test_what_people_edit_costs_one_request_more_with_the_check(
    bench: MediaWikiBench, tmp_path: Path
) -> None:
    with connect(bench) as wiki:
        pull(wiki, MAPPING, state=tmp_path)
        check(wiki, tmp_path)
        bench.forget_requests()
        pull(wiki, MAPPING, state=tmp_path)
        check(wiki, tmp_path)
        quiet = len(bench.requests_seen())
        for name in NAMES[:5]:
            bench.edit_as_human(name, commun(80))
        bench.run_jobs()
        bench.forget_requests()
        assert pull(wiki, MAPPING, state=tmp_path).changed == 5
        check(wiki, tmp_path)
        assert len(bench.requests_seen()) == quiet + 1
        # One that leaves its category is in no list any more: they are asked for again.
        bench.edit_as_human("Haies", commun(81).replace("[[Catégorie:Commun]]", ""))
        bench.run_jobs()
        pull(wiki, MAPPING, state=tmp_path)
        view, held = read(wiki, tmp_path)
        with held:
            assert beside(view) == beside(wiki)


def test_without_recent_changes_every_change_is_found(
    wiki: MediaWiki, bench: MediaWikiBench, tmp_path: Path
) -> None:
    pull(wiki, MAPPING, state=tmp_path)
    view, held = read(wiki, tmp_path)
    with held:
        beside(view)
    bench.edit_as_human("Haies", commun(79))
    bench.admin.delete("Bocage")
    bench.admin.delete("Mares")
    bench.run_jobs()
    bench.admin.forget_recent_changes()
    found = pull(wiki, MAPPING, state=tmp_path)
    assert found.reconciled
    assert (found.pages, found.changed, found.gone) == (4, 1, 1)
    view, held = read(wiki, tmp_path)
    with held:
        assert beside(view) == beside(wiki)
        assert not view.standing(["Bocage"])["Bocage"].there


def test_without_recent_changes_what_was_hidden_leaves_the_copy_too(
    wiki: MediaWiki, bench: MediaWikiBench, tmp_path: Path
) -> None:
    pull(wiki, MAPPING, state=tmp_path / "kept")
    before = copied(wiki, tmp_path / "kept")
    bench.admin.rights("sysop", deleterevision=True)
    hide_comment(bench, "Haies", bench.revisions("Haies")[-1]["revid"])
    bench.admin.forget_recent_changes()
    found = pull(wiki, MAPPING, state=tmp_path / "kept")
    assert (found.new, found.changed, found.gone) == (0, 0, 0)
    pull(wiki, MAPPING, state=tmp_path / "fresh")
    again = copied(wiki, tmp_path / "kept")
    assert again == copied(wiki, tmp_path / "fresh")
    assert again != before


def test_after_a_week_all_that_is_beside_is_asked_anew(wiki: MediaWiki, tmp_path: Path) -> None:
    def pulled(days: float) -> Pulled:
        return pull(wiki, MAPPING, state=tmp_path, around=later(days))

    assert [pulled(day).reconciled for day in (0, 1, 6.9, 7.1, 8, 14, 14.2)] == [
        True, False, False, True, False, False, True,
    ]  # fmt: skip


# --- what must not happen ---


def test_a_wiki_that_lists_nothing_any_more_empties_no_copy(
    wiki: MediaWiki, bench: MediaWikiBench, tmp_path: Path
) -> None:
    pull(wiki, MAPPING, state=tmp_path)
    before = copied(wiki, tmp_path)
    for name in NAMES[:5]:
        bench.admin.delete(name)
    with pytest.raises(SafetyStop, match="left as it is"):
        pull(wiki, MAPPING, state=tmp_path)
    assert copied(wiki, tmp_path) == before
    assert pull(wiki, MAPPING, state=tmp_path, allow=["shrink"]).gone == 5


def test_a_pull_that_fails_half_way_leaves_the_copy_of_before(
    wiki: MediaWiki, bench: MediaWikiBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pull(wiki, MAPPING, state=tmp_path)
    before = copied(wiki, tmp_path)
    bench.edit_as_human("Haies", commun(80))
    bench.edit_as_human("Mares", commun(81))

    def broken(ids: object) -> Iterator[wikibot.Page]:
        yield wiki.page("Haies")
        raise InputError(Text("coupé", "cut"))

    with monkeypatch.context() as patch:
        patch.setattr(wiki, "pages_by_id", broken)
        with pytest.raises(InputError):
            pull(wiki, MAPPING, state=tmp_path)
    assert copied(wiki, tmp_path) == before
    assert pull(wiki, MAPPING, state=tmp_path).changed == 2


def test_a_folder_needs_no_copy(tmp_path: Path) -> None:
    (tmp_path / "Haies.wikitext").write_text(commun(1))
    with pytest.raises(InputError, match="on this machine already"):
        pull(wikibot.open_wiki(tmp_path), MAPPING)


def test_without_a_pull_there_is_no_copy_to_read(wiki: MediaWiki, tmp_path: Path) -> None:
    with ExitStack() as held, pytest.raises(InputError, match="no copy"):
        mirrored(wiki, held, state=tmp_path)


def test_while_a_pull_writes_the_copy_is_read_at_once_and_what_is_asked_beside_is_told(
    wiki: MediaWiki, tmp_path: Path
) -> None:
    pull(wiki, MAPPING, state=tmp_path)
    with Mirror.open(tmp_path, wiki.wikiid) as pulling, pulling.writing():
        pulling.drop([page.id for page in wiki.pages(["Haies"])])
        view, held = read(wiki, tmp_path)
        with held:
            start = time.monotonic()
            assert view.page("Haies").text == commun(0)
            assert beside(view) == beside(wiki)
            assert time.monotonic() - start < PATIENCE
    view, held = read(wiki, tmp_path)
    with held:
        assert beside(view) == beside(wiki)


def test_a_second_pull_at_once_is_told_in_words(
    wiki: MediaWiki, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wikibot.store.database.PATIENCE", 0.1)
    pull(wiki, MAPPING, state=tmp_path)
    with (
        Mirror.open(tmp_path, wiki.wikiid) as pulling,
        pulling.writing(),
        pytest.raises(Unavailable, match="Local copy"),
    ):
        pull(wiki, MAPPING, state=tmp_path)


def test_a_copy_that_is_damaged_while_it_is_read_is_told_in_words(
    wiki: MediaWiki, tmp_path: Path
) -> None:
    pull(wiki, MAPPING, state=tmp_path)
    view, held = read(wiki, tmp_path)
    with held:
        with sqlite3.connect(tmp_path / "mirror.sqlite") as db:
            db.execute("DROP TABLE page")
        with pytest.raises(Unavailable, match="Local copy"):
            view.page("Haies")
        with pytest.raises(Unavailable, match="Local copy"):
            list(view.pages_with(MAPPING.templates))

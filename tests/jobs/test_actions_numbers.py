"""New actions that are added at once: each gets a number, and none comes twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import wikibot
from tests.actions.support import ATLAS, MAPPING, action, write, write_wiki
from wikibot.errors import OutcomeUnknown, PageExists, PlanError
from wikibot.language import same
from wikibot.page import Saved
from wikibot.store import Journal
from wikibot.wiki.folder import FolderWiki


def plan(wiki: wikibot.Wiki, summary: str) -> wikibot.Plan:
    return wikibot.add_action(wikibot.NewAction(ATLAS, summary), MAPPING, wiki)


def summaries(folder: Path) -> dict[str, str]:
    found = {}
    for file in sorted(folder.glob("Action*.wikitext")):
        line = file.read_text().split("|SUMMARY=")[1].splitlines()[0]
        found[file.stem.replace("%3A", ":")] = line
    return found


class UnluckyWiki(FolderWiki):
    """`acts` are called in turn instead of each creation; past the last it creates."""

    acts: tuple[Callable[[UnluckyWiki, str, str, str], Saved], ...] = ()
    creations = 0

    def create(self, title: str, text: str, summary: str) -> Saved:
        self.creations += 1
        if self.creations <= len(self.acts):
            return self.acts[self.creations - 1](self, title, text, summary)
        return super().create(title, text, summary)

    def really(self, title: str, text: str, summary: str) -> Saved:
        return super().create(title, text, summary)


def lost(wiki: UnluckyWiki, title: str, text: str, summary: str) -> Saved:
    """The page is created, and nobody answers."""
    wiki.really(title, text, summary)
    raise OutcomeUnknown(same("no answer"), code="no-answer")


def unsent(wiki: UnluckyWiki, title: str, text: str, summary: str) -> Saved:
    """Nothing arrives, and nobody answers."""
    raise OutcomeUnknown(same("no answer"), code="no-answer")


def overtaken(wiki: UnluckyWiki, title: str, text: str, summary: str) -> Saved:
    """Somebody was faster."""
    theirs(wiki, title)
    raise PageExists(same("exists"), code="articleexists")


def overtaken_unheard(wiki: UnluckyWiki, title: str, text: str, summary: str) -> Saved:
    """Somebody was faster, and the answer gets lost."""
    theirs(wiki, title)
    raise OutcomeUnknown(same("no answer"), code="no-answer")


def theirs(wiki: UnluckyWiki, title: str) -> None:
    write(wiki._folder, {title: action(SUMMARY=f"D'une autre personne, {title}")})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_wiki(tmp_path, {1: action(SUMMARY="La première")})
    return tmp_path


def test_two_that_were_planned_at_once_get_two_numbers(folder: Path) -> None:
    wiki = FolderWiki.open(folder)
    plans = [plan(wiki, "Semer"), plan(wiki, "Planter")]
    runs = [wikibot.apply(one, wiki) for one in plans]
    assert [(run.exit_code, run.items[0].title) for run in runs] == [
        (0, "Action:2"),
        (0, "Action:3"),
    ]
    assert all(run.items[0].verified for run in runs)
    assert summaries(folder) == {
        "Action:1": "La première",
        "Action:2": "Semer",
        "Action:3": "Planter",
    }


def test_a_plan_that_got_another_number_is_not_applied_twice(folder: Path) -> None:
    wiki = FolderWiki.open(folder)
    first, second = plan(wiki, "Semer"), plan(wiki, "Planter")
    wikibot.apply(first, wiki)
    wikibot.apply(second, wiki)
    before = summaries(folder)
    for one, title in ((first, "Action:2"), (second, "Action:3")):
        (item,) = wikibot.apply(one, wiki).items
        assert (item.state, item.title) == ("noop", title)
    assert summaries(folder) == before


def test_two_in_one_plan_get_the_numbers_that_are_left(folder: Path) -> None:
    wiki = FolderWiki.open(folder)
    one, other = plan(wiki, "Semer").edits, plan(wiki, "Planter").edits
    third = wikibot.PageEdit("Action:3", 0, 0, (), "", other[0].text, numbered=True)
    whole = wikibot.Plan("plan-000000", wiki.wikiid, "2026-01-31T12:00:00+00:00", (*one, third))
    write(folder, {"Action:2": action(SUMMARY="Entre-temps")})
    run = wikibot.apply(whole, wiki)
    assert [(item.state, item.title) for item in run.items] == [
        ("done", "Action:3"),
        ("done", "Action:4"),
    ]
    again = wikibot.apply(whole, wiki)
    assert [(item.state, item.title) for item in again.items] == [
        ("noop", "Action:3"),
        ("noop", "Action:4"),
    ]


LUCK = [
    ("the answer of our own is lost", (lost,), "Action:2", 1),
    ("nothing arrived", (unsent,), "Action:2", 2),
    ("somebody was faster", (overtaken,), "Action:3", 2),
    ("somebody was faster, twice", (overtaken, overtaken), "Action:4", 3),
    ("somebody was faster, and nobody said so", (overtaken_unheard,), "Action:3", 2),
    ("nothing arrived, then somebody was faster", (unsent, overtaken), "Action:3", 3),
    ("somebody was faster, then the answer is lost", (overtaken, lost), "Action:3", 2),
]


@pytest.mark.parametrize(
    ("acts", "title", "creations"), [c[1:] for c in LUCK], ids=[c[0] for c in LUCK]
)
def test_whatever_happens_it_is_there_once(
    folder: Path,
    acts: tuple[Callable[[UnluckyWiki, str, str, str], Saved], ...],
    title: str,
    creations: int,
) -> None:
    wiki = UnluckyWiki(folder)
    wiki.acts = acts
    run = wikibot.apply(plan(wiki, "Semer"), wiki)
    assert [(item.state, item.title, item.verified) for item in run.items] == [
        ("done", title, True)
    ]
    assert [name for name, words in summaries(folder).items() if words == "Semer"] == [title]
    assert wiki.creations == creations
    with Journal.open(folder / ".wikibot", wiki.wikiid) as journal:
        (written,) = journal.operations(run.id)
    assert (written.title, written.planned) == (title, "" if title == "Action:2" else "Action:2")


def test_an_unknown_end_keeps_the_plan_from_making_it_twice(folder: Path) -> None:
    wiki = UnluckyWiki(folder)
    wiki.acts = (overtaken, unsent, unsent)
    one = plan(wiki, "Semer")
    run = wikibot.apply(one, wiki)
    assert [(item.state, item.title) for item in run.items] == [("unknown", "Action:3")]
    assert run.exit_code == 8
    # it came late after all
    assert one.edits[0].text is not None
    with Journal.open(folder / ".wikibot", wiki.wikiid) as journal:
        (left,) = journal.unsettled()
    wiki.really("Action:3", one.edits[0].text, left.summary)
    again = wikibot.apply(one, wiki)
    assert [(item.state, item.title) for item in again.items] == [("noop", "Action:3")]
    assert list(summaries(folder).values()).count("Semer") == 1


def test_where_there_is_no_end_of_it_nothing_is_created(folder: Path) -> None:
    wiki = UnluckyWiki(folder)
    wiki.acts = (overtaken,) * 100
    run = wikibot.apply(plan(wiki, "Semer"), wiki)
    assert [(item.state, item.code) for item in run.items] == [("skipped", "articleexists")]
    assert "Semer" not in summaries(folder).values()
    assert wiki.creations == 21


def test_any_other_new_page_keeps_its_title(folder: Path) -> None:
    wiki = FolderWiki.open(folder)
    edit = wikibot.PageEdit("Action:1", 0, 0, (), "", action(SUMMARY="Autre"))
    one = wikibot.Plan("plan-000000", wiki.wikiid, "2026-01-31T12:00:00+00:00", (edit,))
    (item,) = wikibot.apply(one, wiki).items
    assert (item.state, item.code) == ("skipped", "articleexists")


class TestThePlanFile:
    def test_it_says_that_a_page_is_numbered(self, folder: Path) -> None:
        one = plan(FolderWiki.open(folder), "Semer")
        assert wikibot.Plan.from_json(one.to_json(), "p.json") == one
        assert '"numbered": true' in one.to_json()

    @pytest.mark.parametrize(("title", "text"), [("Action:2", None), ("Action", "{{Actionable}}")])
    def test_only_a_new_page_that_ends_in_a_number_is_one(
        self, title: str, text: str | None
    ) -> None:
        edit = wikibot.PageEdit(title, 0, 0, (), "", text, numbered=True)
        one = wikibot.Plan("plan-000000", "w", "2026-01-31T12:00:00+00:00", (edit,))
        with pytest.raises(PlanError):
            wikibot.Plan.from_json(one.to_json(), "p.json")

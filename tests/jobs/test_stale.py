"""Who changed a field since a plan was made, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.wiki import ModelWiki
from wikibot.edits import Change, PageEdit, Stale, rebase
from wikibot.errors import Unavailable
from wikibot.jobs.stale import MOST, stale, told
from wikibot.language import same
from wikibot.page import Page, Revision
from wikibot.wiki import open_wiki

TITLE = "Haies"


def text(value: str, other: str = "a") -> str:
    return f"{{{{Ressource\n|licence={value}\n|Tags={other}\n}}}}"


def told_by(wiki: ModelWiki, old: str = "MIT", since: int = 1) -> tuple[Stale, ...]:
    """Return what a plan made for the revision `since` is told, whose change expects `old`."""
    page = wiki.page(TITLE)
    change = Change("Ressource", 0, "licence", old, "CC0", "licence")
    edit = PageEdit(TITLE, page.id, since, (change,))
    return stale(page, edit, rebase(page, edit, wiki.syntax).clashes, wiki)


def history(*texts: tuple[str, str]) -> ModelWiki:
    """Return a wiki with a page that each of these people saved, an hour after the other."""
    wiki = ModelWiki()
    for user, words in texts:
        wiki.clock.sleep(3600)
        wiki.edit(user, TITLE, words)
    return wiki


START = ("Alix", text("MIT"))


def test_it_is_who_gave_the_field_its_value_and_not_who_saved_last() -> None:
    wiki = history(START, ("Lou", text("BSD")), ("Noor", text("BSD", "b")))
    (found,) = told_by(wiki)
    assert (found.user, found.found, found.expected) == ("Lou", "BSD", "MIT")
    assert found.at == wiki.revisions(wiki.page(TITLE), 1)[0].timestamp
    assert not found.hidden


def test_of_several_who_changed_it_the_last_counts() -> None:
    wiki = history(START, ("Lou", text("BSD")), ("Noor", text("Zlib")), ("Ève", text("BSD")))
    assert told_by(wiki)[0].user == "Ève"


def test_a_move_of_the_page_is_no_change_of_the_field() -> None:
    wiki = history(START, ("Lou", text("BSD")))
    wiki.move("Noor", TITLE, "Haies du bourg")
    wiki.edit("Noor", TITLE, "x")  # over the redirect
    page = wiki.page("Haies du bourg")
    change = Change("Ressource", 0, "licence", "MIT", "CC0", "licence")
    edit = PageEdit(TITLE, page.id, 1, (change,))
    (found,) = stale(page, edit, rebase(page, edit, wiki.syntax).clashes, wiki)
    assert found.user == "Lou"


def test_a_hidden_name_is_said_to_be_hidden_and_not_guessed() -> None:
    wiki = history(START, ("Lou", text("BSD")))
    wiki.hide(2, "user")
    (found,) = told_by(wiki)
    assert (found.user, found.hidden) == (None, True)
    assert "par quelqu'un dont le wiki cache le nom le " in told(found).fr
    assert "changed by someone the wiki hides on " in told(found).en


def test_where_a_hidden_text_may_be_behind_it_nobody_is_named() -> None:
    wiki = history(START, ("Lou", text("BSD")), ("Noor", text("BSD", "b")))
    wiki.hide(2, "text")
    (found,) = told_by(wiki)
    assert (found.user, found.at, found.hidden) == (None, None, False)
    assert told(found).fr == "« licence » vaut maintenant « BSD », et non plus « MIT »."


def test_a_hidden_text_before_it_hides_nothing() -> None:
    wiki = history(
        START, ("Lou", text("MIT", "b")), ("Noor", text("BSD")), ("Lou", text("BSD", "b"))
    )
    wiki.hide(2, "text")
    assert told_by(wiki)[0].user is None  # it may have been in what is hidden
    wiki = history(START, ("Lou", text("X")), ("Ève", text("MIT", "b")), ("Noor", text("BSD")))
    wiki.hide(2, "text")
    assert told_by(wiki)[0].user == "Noor"


def test_a_call_that_is_gone_is_told_with_who_took_it() -> None:
    wiki = history(START, ("Lou", "Une phrase."), ("Noor", "Une autre."))
    (found,) = told_by(wiki)
    assert (found.found, found.user) == (None, "Lou")
    assert told(found).fr.startswith(
        "L'appel de « Ressource » n'est plus où le plan l'a trouvé (modifié par Lou le "
    )


def test_where_the_history_does_not_answer_nothing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    wiki = history(START, ("Lou", text("BSD")))

    def away(page: Page, since: int) -> tuple[Revision, ...]:
        raise Unavailable(same("away"))

    monkeypatch.setattr(wiki, "revisions", away)
    assert told_by(wiki)[0].at is None


def test_no_more_texts_are_read_than_are_needed_and_never_many() -> None:
    wiki = history(START, *((f"P{n}", text("BSD", f"{n}")) for n in range(3 * MOST)))
    before = wiki.requests.get
    (found,) = told_by(wiki)
    assert found.at is None  # it was longer ago than anybody looks
    assert wiki.requests.get - before <= MOST + 2
    wiki.edit("Lou", TITLE, text("Zlib"))
    before = wiki.requests.get
    assert told_by(wiki)[0].user == "Lou"
    assert wiki.requests.get - before == 3  # the page, its history, the text before


VALUES = st.sampled_from(("MIT", "BSD", "Zlib", ""))


@given(st.lists(st.tuples(VALUES, st.booleans()), min_size=1, max_size=12))
def test_whatever_happened_who_is_named_did_it(steps: Iterable[tuple[str, bool]]) -> None:
    saved = [START, *((f"P{n}", text(v, f"{n}")) for n, (v, _) in enumerate(steps))]
    wiki = history(*saved)
    rows = wiki.truth.rows[1]
    for row, (_, hidden) in zip(rows[1:-1], steps, strict=False):
        if hidden:
            wiki.hide(row.id, "text")
    found = told_by(wiki)
    values = [saved_text.split("licence=")[1].split("\n")[0] for _, saved_text in saved]
    if not found:
        assert values[-1] in ("MIT", "CC0")
    elif found[0].user:
        number = next(n for n, row in enumerate(rows) if row.user == found[0].user)
        assert values[number] == values[-1] != values[number - 1]
        assert len(set(values[number:])) == 1


def test_in_a_folder_where_nobody_signs_only_the_time_is_told(tmp_path: Path) -> None:
    file = tmp_path / "Haies.wikitext"
    file.write_text(text("MIT"))
    wiki = open_wiki(str(tmp_path))
    page = wiki.page(TITLE)
    wiki.save(page, text("MIT", "b"), "")
    base = wiki.page(TITLE)
    file.write_text(text("BSD"))
    now = wiki.page(TITLE)
    change = Change("Ressource", 0, "licence", "MIT", "CC0", "licence")
    edit = PageEdit(TITLE, base.id, base.revision.id, (change,))
    (found,) = stale(now, edit, rebase(now, edit, wiki.syntax).clashes, wiki)
    assert (found.user, found.hidden, found.at) == (None, False, now.revision.timestamp)
    assert "(modifié le " in told(found).fr


def test_the_moment_is_said_as_people_say_it() -> None:
    change = Change("Ressource", 0, "licence", "MIT", "CC0", "licence")
    at = datetime(2026, 3, 3, 14, 5, tzinfo=UTC).astimezone().replace(hour=14, minute=5)
    found = Stale(change, "licence", "MIT", "", "Lou", at)
    assert told(found).fr == (
        "« licence » vaut maintenant « (vide) », et non plus « MIT » "
        "(modifié par Lou le 3 mars 2026 à 14\u00a0h\u00a005)."
    )

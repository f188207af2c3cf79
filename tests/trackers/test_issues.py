"""Issues and actions as each other: the mark, the columns, the people, what a change comes to."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.actions.sync_values import Value
from wikibot.errors import SaveError
from wikibot.trackers import Wanted, gitlab
from wikibot.trackers.issues import (
    Columns,
    Issue,
    People,
    Rules,
    changed,
    entry_of,
    mark_of,
    marked,
    not_taken,
    strangers,
    without_mark,
)

FIELDS = ("summary", "stage", "due", "labels", "assigned", "details")
COLUMNS = Columns(("A faire", "En cours", "Fait"), {"Chantier ouvert": "En cours"})
PEOPLE = People({"Alix Imaginaire": "alix"})
RULES = Rules(FIELDS, COLUMNS, PEOPLE)
MARK = "<!-- wikibot: page=7, stamp=s1 -->"
TEXTS = st.text(st.sampled_from("ab \n\r-<!>wikibot:page=,7stamp/\\`"), max_size=60)


def want(new: Mapping[str, Value], page: str = "7") -> Wanted:
    return Wanted("1", page, "s1", new, {})


def after(issue: Issue, **new: Value) -> Issue:
    return changed(issue, want(new), RULES)


# --- the mark ---


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("", ""),
        (MARK, ""),
        (f"Une note\n\n{MARK}", "Une note"),
        (f"Une note\r\n\r\n{MARK}\r\n", "Une note"),
        (f"Avant\n\n{MARK}\n\nAprès", "Avant\n\nAprès"),
        (f"{MARK}\nAprès", "Après"),
        ("<!--wikibot: page=7, stamp=s1-->", ""),
        ("<!-- wikibot: ignorer VOC102 : le nom est voulu -->", None),
        ("wikibot: page=7, stamp=s1", None),
    ],
)
def test_a_mark_is_found_wherever_people_write_around_it(body: str, text: str | None) -> None:
    assert without_mark(body) == (body if text is None else text)
    assert mark_of(body) == (("", "") if text is None or not body else ("7", "s1"))


def test_another_mark_leaves_all_else_sign_by_sign() -> None:
    body = f"Avant \r\n\r\n{MARK}\r\n\r\n* après\t"
    assert marked(body, "<M>") == "Avant \r\n\r\n<M>\r\n\r\n* après\t"


@given(TEXTS)
def test_any_text_comes_back_and_never_says_whose_it_is(details: str) -> None:
    """Not even one that looks like a mark of another page."""
    body = after(Issue(1, "x"), details=f"{details}<!-- wikibot: page=9, stamp=z -->").body
    assert mark_of(body) == ("7", "s1")
    read = entry_of(Issue(1, "x", body), RULES).values["details"]
    assert read == f"{details}<!-- wikibot: page=9, stamp=z -->"


@given(TEXTS)
def test_no_line_of_a_text_is_a_command_and_it_comes_back(details: str) -> None:
    safe = gitlab.safe(details)
    assert not any(
        line.lstrip(" \t")[:1] == "/" and line.lstrip(" \t")[1:2].isalpha()
        for line in safe.split("\n")
    )
    assert gitlab.plain(safe) == details


# --- the stage ---

STAGES: list[tuple[tuple[str, ...], bool, str | None]] = [
    ((), False, ""),
    (("bug",), False, ""),
    (("En cours", "bug"), False, "En cours"),
    (("en-cours",), False, "En cours"),
    (("À faire",), False, "A faire"),
    (("chantier ouvert",), False, "En cours"),
    (("chantier ouvert", "En cours"), False, "En cours"),
    (("A faire", "En cours"), False, None),
    (("A faire", "En cours"), True, "Fait"),
    ((), True, "Fait"),
    (("Fait",), False, "Fait"),
]


@pytest.mark.parametrize(("labels", "closed", "stage"), STAGES)
def test_a_stage_is_a_label_or_being_closed(
    labels: tuple[str, ...], closed: bool, stage: str | None
) -> None:
    entry = entry_of(Issue(1, "x", closed=closed, labels=labels), RULES)
    assert entry.values["stage"] == stage
    others = tuple(label for label in labels if label == "bug")
    assert entry.values["labels"] == others
    if stage is None:
        assert "A faire, En cours" in entry.unclear["stage"].fr


MOVES: list[tuple[tuple[str, ...], bool, str, tuple[str, ...], bool]] = [
    (("bug", "A faire"), False, "En cours", ("bug", "Chantier ouvert"), False),
    (("bug", "A faire", "En cours"), False, "En cours", ("bug", "En cours"), False),
    (("A faire", "à faire"), False, "A faire", ("A faire",), False),
    (("bug", "A faire"), False, "", ("bug",), False),
    (("bug", "A faire"), False, "Fait", ("bug", "A faire"), True),
    (("bug", "A faire"), True, "A faire", ("bug", "A faire"), False),
    ((), True, "A faire", ("A faire",), False),
]


@pytest.mark.parametrize(("labels", "closed", "stage", "then", "shut"), MOVES)
def test_one_label_of_a_column_stays_and_no_other_is_touched(
    labels: tuple[str, ...], closed: bool, stage: str, then: tuple[str, ...], shut: bool
) -> None:
    issue = after(Issue(1, "x", closed=closed, labels=labels), stage=stage)
    assert (issue.labels, issue.closed) == (then, shut)
    assert entry_of(issue, RULES).values["stage"] == stage


def test_a_column_is_called_as_people_call_it_there() -> None:
    columns = Columns(("A faire", "En cours", "Fait"), seen=frozenset(("à faire", "bug")))
    assert (columns.label("A faire"), columns.label("En cours")) == ("à faire", "En cours")


def test_labels_change_beside_the_column() -> None:
    issue = Issue(1, "x", labels=("bug", "En cours", "vieux"))
    assert after(issue, labels=("bug", "urgent")).labels == ("bug", "En cours", "urgent")
    assert after(issue, labels=("urgent",), stage="A faire").labels == ("A faire", "urgent")
    with pytest.raises(SaveError, match="means a column"):
        after(issue, labels=("chantier ouvert",))


# --- people ---


def test_an_account_that_nobody_has_makes_it_unclear_who_it_is() -> None:
    entry = entry_of(Issue(1, "x", people=("ALIX",)), RULES)
    assert entry.values["assigned"] == ("Alix Imaginaire",)
    entry = entry_of(Issue(1, "x", people=("alix", "bo")), RULES)
    assert entry.values["assigned"] is None
    assert "bo" in entry.unclear["assigned"].fr


def test_who_has_no_account_is_left_out_and_known() -> None:
    new: dict[str, Value] = {"assigned": ("alix imaginaire", "Bo Maquette")}
    assert changed(Issue(1, "x"), want(new), RULES).people == ("alix",)
    assert strangers(want(new), PEOPLE) == ("Bo Maquette",)


# --- before and after ---


def test_a_comment_or_another_order_of_labels_changes_no_etag() -> None:
    one, two = Issue(1, "x", labels=("a", "b")), Issue(1, "x", labels=("b", "a"))
    assert entry_of(one, RULES).etag == entry_of(two, RULES).etag
    for other in (
        Issue(1, "y", labels=("a", "b")),
        Issue(1, "x", labels=("a",)),
        Issue(1, "x", closed=True, labels=("a", "b")),
    ):
        assert entry_of(other, RULES).etag != entry_of(one, RULES).etag


def test_what_a_forge_has_not_kept_is_named() -> None:
    sent = Issue(1, "Titre", f"Note\n\n{MARK}", True, ("Urgent",), ("alix",), "2026-03-01")
    same = Issue(
        1, " Titre ", f"Note\r\n\r\n{MARK}\r\n", True, ("urgent",), ("Alix",), "2026-03-01"
    )
    assert not_taken(sent, same) is None
    told = not_taken(sent, Issue(1, "Autre"))
    assert told is not None
    assert told.fr == (
        "le titre, la description, l'état ouvert ou clos, les étiquettes, les responsables, "
        "l'échéance"
    )


def test_a_hidden_title_is_not_told_of_what_is_not_followed() -> None:
    entry = entry_of(Issue(4, "Un secret", trouble=gitlab._CONFIDENTIAL), RULES)
    assert entry.name == "#4" and entry.trouble is not None

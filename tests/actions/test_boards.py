"""Boards: counted as the wiki counts them, and what they hide."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wikibot
from tests.actions.support import (
    ATLAS,
    COMMA,
    GAME,
    MAPPING,
    MOVED,
    OLD,
    PLAIN,
    action,
    boards,
    columns,
    hidden,
    read,
    write,
    write_wiki,
)
from wikibot.actions.action import action_of, day_read, is_overdue, tracker
from wikibot.actions.board import all_boards, page_board
from wikibot.actions.places import Places
from wikibot.edits import records_of
from wikibot.page import Page, Revision, Standing
from wikibot.title import FRENCH
from wikibot.wikitext import FRENCH_WIKI

EXPORT = Path(__file__).resolve().parents[2].parent / "shared" / "actions-wiki.xml"

# Measured on a real wiki with SemanticActions: what its boards showed.
MEASURED = {
    "Atlas de la biodiversité communale partagé": [["2", "3", "13", "18", "19"], ["3"], ["5"]],
    "Partage d'outils et de formations pour accéler la transition écologique dans les "
    "territoires": [["1", "3"], ["3"], []],
    "Méthode d'enquête sociale : logement & énergie": [[], ["8"], []],
    "Jeu de rôle « Crue & Cité »": [["14", "9"], ["12"], []],
    "Forêt-jardin et fiches techniques": [[], [], []],
    "Fablab itinérant de la réparation": [["15"], ["17"], []],
    "Eau, sols et forêts": [[], ["7"], []],
}
HIDDEN = {
    "4": "no-column",
    "6": "closed",
    "10": "page-gone",
    "11": "page-gone",
    "16": "unknown-status",
    "20": "label-without-prefix",
    "21": "label-without-prefix",
}

# The actions of which somebody wrote down that they are odd; those that count all the same.
ODD = {str(n) for n in (3, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21)}
HARMLESS = {
    "9": "its number was another's: it is known by its page id",
    "14": "its details are no value of the wiki: they are read from the page",
    "18": "a label without a page beside its column; text behind the call, which stays",
}


@pytest.mark.skipif(not EXPORT.is_file(), reason=f"not beside this checkout: {EXPORT}")
class TestTheWikiThatWasMeasured:
    def test_its_seven_boards_count_as_it_counted_them(self) -> None:
        wiki = wikibot.open_wiki(str(EXPORT))
        found = boards(wiki)
        assert {page: columns(found[page]) for page in MEASURED} == MEASURED
        assert found[COMMA].split
        for page, expected in MEASURED.items():
            (one,) = wikibot.action_boards(read(wiki), wiki, page)
            assert columns(one) == expected
            assert hidden(one) == hidden(found[page])

    def test_what_they_hide_has_its_reason(self) -> None:
        found = boards(wikibot.open_wiki(str(EXPORT)))
        assert {name: why for each in found.values() for name, why in hidden(each).items()} == (
            HIDDEN
        )

    def test_whatever_else_is_odd_on_them_is_told_with_what_to_do(self) -> None:
        wiki = wikibot.open_wiki(str(EXPORT))
        shown = wikibot.action_boards(read(wiki), wiki)
        told = {(f.title.name, f.rule) for f in wikibot.odd_actions(shown, read(wiki), wiki)}
        assert told == {
            ("3", "ACT103"),  # two columns
            ("5", "ACT104"),  # done, and open
            ("12", "TXT102"),
            ("12", "VAL103"),
            ("15", "LNK102"),  # the page was moved
            ("15", "VAL103"),
            ("17", "LNK102"),
            ("19", "ACT110"),  # counted without being shown
            ("21", "PAR103"),  # a bare bar
            ("21", "PAR105"),  # braces that end the call
        }

    def test_every_odd_case_that_was_written_down_is_told_or_does_no_harm(self) -> None:
        wiki = wikibot.open_wiki(str(EXPORT))
        shown = wikibot.action_boards(read(wiki), wiki)
        odd = wikibot.odd_actions(shown, read(wiki), wiki)
        told = {finding.title.name for finding in odd}
        told |= {each.action.name for board in shown for each in board.hidden}
        told |= {action.name for board in shown if board.split for action in board.actions}
        assert told | set(HARMLESS) >= ODD
        assert not told & set(HARMLESS)
        counted = {name for board in shown for names in columns(board) for name in names}
        assert set(HARMLESS) <= counted
        for board in shown:
            for each in board.hidden:
                assert each.reason == "closed" or "Écrivez" in each.why.fr, "what to do"


# What stands on the page, then the columns that count it, or why none does.
CASES: list[tuple[str, dict[str, str], str | tuple[int, ...]]] = [
    ("as the form writes it", {}, (0,)),
    ("no status", {"ACTION_STATUS": "-"}, (0,)),
    ("an empty line of status", {"ACTION_STATUS": ""}, "empty-status"),
    ("a status in French", {"ACTION_STATUS": "Ouvert"}, "unknown-status"),
    ("a status in small letters", {"ACTION_STATUS": "open"}, "unknown-status"),
    ("closed", {"ACTION_STATUS": "Closed"}, "closed"),
    ("closed, in French", {"ACTION_STATUS": "Clos"}, "unknown-status"),
    ("done and open", {"LABEL": "Label:Fait"}, (2,)),
    ("two columns", {"LABEL": "Label:A faire, Label:En cours"}, (0, 1)),
    ("another label beside", {"LABEL": "Label:Urgent, Label:En cours"}, (1,)),
    ("no space in the list", {"LABEL": "Label:Urgent,Label:En cours"}, (1,)),
    ("another label alone", {"LABEL": "Label:Urgent"}, "no-column"),
    ("no label", {"LABEL": "-"}, "no-column"),
    ("a label without its prefix", {"LABEL": "A faire"}, "label-without-prefix"),
    ("another name of a column", {"LABEL": "Label:Faite"}, "label-spelling"),
    ("an accent of its own", {"LABEL": "Label:À faire"}, "label-spelling"),
    ("a small prefix", {"LABEL": "label:A faire"}, (0,)),
    ("a small name", {"LABEL": "Label:a faire"}, (0,)),
    ("an underscore", {"LABEL": "Label:A_faire"}, (0,)),
    ("a link", {"LABEL": "[[Label:A faire]]"}, (0,)),
    ("a semicolon", {"LABEL": "Label:A faire;Label:Fait"}, "no-column"),
    ("a call in the labels", {"LABEL": "{{Étiquettes}}"}, "unreadable-label"),
    ("an empty line of date", {"DUE_DATE": ""}, (0,)),
    ("two pages", {"RELATED_ARTICLE": f"{ATLAS}, {GAME}"}, (0,)),
    ("a link to the page", {"RELATED_ARTICLE": f"[[{ATLAS}]]"}, (0,)),
    ("a small first letter", {"RELATED_ARTICLE": "atlas des haies"}, (0,)),
    ("plus signs for blanks", {"RELATED_ARTICLE": "Atlas+des+haies"}, "plus-for-blank"),
    ("a title with a slip", {"RELATED_ARTICLE": "Atlas des haie"}, "page-gone"),
    (
        "an address",
        {"RELATED_ARTICLE": "https://wiki.example.org/wiki/Atlas_des_haies"},
        "address",
    ),
]


@pytest.mark.parametrize(("fields", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_an_action_is_counted_as_the_wiki_counts_it_or_hidden_with_its_reason(
    tmp_path: Path, fields: dict[str, str], expected: str | tuple[int, ...]
) -> None:
    board = boards(write_wiki(tmp_path, {7: action(**fields)}))[ATLAS]
    if isinstance(expected, str):
        assert hidden(board) == {"7": expected}
        assert columns(board) == [[], [], []]
    else:
        assert hidden(board) == {}
        assert [place for place, names in enumerate(columns(board)) if names] == list(expected)


REMEDIES = [
    ({"LABEL": "A faire, Label:Urgent"}, ("etiquettes", "Label:A faire, Label:Urgent")),
    ({"LABEL": "Label:Faite"}, ("etiquettes", "Label:Fait")),
    ({"ACTION_STATUS": "Ouvert"}, ("statut", "Open")),
    ({"ACTION_STATUS": "Clos"}, ("statut", "Closed")),
    ({"ACTION_STATUS": ""}, ("statut", "Open")),
    ({"RELATED_ARTICLE": f"Atlas+des+haies, {GAME}"}, ("pages_liees", f"{ATLAS}, {GAME}")),
    ({"RELATED_ARTICLE": "Atlas des haie"}, ("pages_liees", ATLAS)),
]


@pytest.mark.parametrize(("fields", "remedy"), REMEDIES)
def test_what_hides_an_action_is_mended_by_the_command_that_is_shown(
    tmp_path: Path, fields: dict[str, str], remedy: tuple[str, str]
) -> None:
    wiki = write_wiki(tmp_path, {7: action(**fields)})
    (found,) = boards(wiki)[ATLAS].hidden
    assert found.remedy is not None
    assert (found.remedy.field, found.remedy.value) == remedy
    wanted = f"{found.remedy.field}={found.remedy.value}"
    wikibot.apply(wikibot.edit_action("7", [wanted], MAPPING, wiki), wiki)
    after = boards(wiki)[ATLAS]
    assert {each.reason for each in after.hidden} <= {"closed"}
    assert columns(after) != [[], [], []] or hidden(after) == {"7": "closed"}


class TestPages:
    def test_a_page_that_was_moved_keeps_its_actions_while_the_redirect_stands(
        self, tmp_path: Path
    ) -> None:
        wiki = write_wiki(tmp_path, {1: action(RELATED_ARTICLE=OLD)})
        assert columns(boards(wiki)[MOVED])[0] == ["1"]
        (by_old_name,) = wikibot.action_boards(read(wiki), wiki, OLD)
        assert (by_old_name.page, columns(by_old_name)[0]) == (MOVED, ["1"])

    def test_without_the_redirect_they_are_orphans_of_the_page_that_looks_like_it(
        self, tmp_path: Path
    ) -> None:
        wiki = write_wiki(tmp_path, {1: action(RELATED_ARTICLE="Fablab : itinérant")})
        assert hidden(boards(wiki)[MOVED]) == {"1": "page-gone"}

    def test_what_means_no_page_at_all_is_on_no_board(self, tmp_path: Path) -> None:
        pages = {1: action(RELATED_ARTICLE="-"), 2: action(RELATED_ARTICLE="Tout autre chose")}
        found = boards(write_wiki(tmp_path, pages))
        assert list(found) == [""]
        assert found[""].page is None
        assert hidden(found[""]) == {"1": "no-page", "2": "page-gone"}

    def test_a_title_with_a_comma_has_its_board_all_the_same(self, tmp_path: Path) -> None:
        found = boards(write_wiki(tmp_path, {1: action(RELATED_ARTICLE=COMMA)}))
        assert list(found) == [COMMA]
        assert found[COMMA].split
        assert columns(found[COMMA])[0] == ["1"]

    def test_one_that_was_renamed_without_its_comma_lost_them(self, tmp_path: Path) -> None:
        wiki = write_wiki(tmp_path, {1: action(RELATED_ARTICLE=COMMA)})
        write(tmp_path, {COMMA: f"#REDIRECTION [[{ATLAS}]]"})
        assert hidden(boards(wiki)[ATLAS]) == {"1": "split-title"}

    def test_a_page_without_actions_has_an_empty_board(self, tmp_path: Path) -> None:
        wiki = write_wiki(tmp_path, {1: action()})
        (empty,) = wikibot.action_boards(read(wiki), wiki, "jeu de role crue & cite")
        assert (empty.page, columns(empty), empty.hidden) == (GAME, [[], [], []], ())

    def test_a_copy_that_holds_no_page_of_commons_knows_of_none_that_is_missing(
        self, tmp_path: Path
    ) -> None:
        write(tmp_path, {"Action:1": action(), "Notes": "Rien."})
        assert columns(boards(wikibot.open_wiki(str(tmp_path)))[ATLAS])[0] == ["1"]


class TestDates:
    @pytest.mark.parametrize(
        ("written", "day"),
        [
            ("2026-12-15", "2026-12-15"),
            ("15 janvier 2027", "2027-01-15"),
            ("31/12/2026", "2026-12-31"),
            ("2027-05-01T10:00:00", "2027-05-01"),
            ("03/04/2027", None),  # the wiki reads 4 March
            ("12.05.2027", None),
            ("avril 2027", None),
            ("2027", None),
            ("1er mai 2027", None),  # the year 1
            ("01/05/27", None),
            ("2027-02-31", None),
            ("demain", None),
            ("", None),
        ],
    )
    def test_a_due_date_is_the_day_that_the_wiki_reads_too(
        self, written: str, day: str | None
    ) -> None:
        found = day_read(written)
        assert (found.isoformat() if found else None) == day

    @pytest.mark.parametrize(
        ("fields", "late"),
        [
            ({"DUE_DATE": "2026-11-21"}, True),
            ({"DUE_DATE": "2026-11-22"}, False),
            ({"DUE_DATE": "2026-11-21", "ACTION_STATUS": "Closed"}, False),
            ({"DUE_DATE": "2026-11-21", "LABEL": "Label:Fait"}, False),
            ({"DUE_DATE": "2026-11-21", "LABEL": "Label:A faire, Label:Fait"}, True),
            ({"DUE_DATE": "2026-11-21", "LABEL": "-"}, True),
            ({"DUE_DATE": "03/04/2026"}, False),
            ({}, False),
        ],
    )
    def test_what_is_not_done_on_the_day_is_overdue_on_the_next(
        self, tmp_path: Path, fields: dict[str, str], late: bool
    ) -> None:
        found = read(write_wiki(tmp_path, {1: action(**fields)}))
        assert found.is_overdue(found.actions[0]) is late

    def test_those_due_first_lead_their_column(self, tmp_path: Path) -> None:
        days = ["-", "2027-03-01", "2026-12-01", "-"]
        pages = {number: action(DUE_DATE=day) for number, day in enumerate(days, 1)}
        assert columns(boards(write_wiki(tmp_path, pages))[ATLAS])[0] == ["3", "2", "1", "4"]


class TestAnotherWiki:
    """Its actions are calls of a template of its own; the column is a plain word."""

    PAGE = "{{Action\n|commun=Eau, sols\n|titre=Relire\n|statut=%s\n|échéance=2026-01-02\n}}"

    def test_its_board_is_read_by_its_mapping(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            {
                "Eau, sols": "{{Commun\n|description=Un commun.\n}}",
                **{
                    f"Action-Relire 0{n}": self.PAGE % word
                    for n, word in enumerate(("A faire", "Fait", "à faire", ""))
                },
            },
        )
        board = boards(wikibot.open_wiki(str(tmp_path)), PLAIN)["Eau, sols"]
        assert columns(board) == [["0"], [], ["1"]]
        assert hidden(board) == {"2": "label-spelling", "3": "no-column"}
        assert not board.split

    def test_nothing_of_the_first_wiki_is_in_the_code(self) -> None:
        code = Path(wikibot.__file__).parent
        rooms = [*(code / "actions").glob("*.py"), *(code / "jobs" / "actions").glob("*.py")]
        said = {
            node.value
            for path in rooms
            if path.name != "calendar.py"  # which has properties of iCalendar: RFC 5545
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert not said & {"ACTION_STATUS", "SUMMARY", "Open", "Closed", "etiquettes", "statut"}


# --- whatever stands on the pages ---

LABELS = st.lists(
    st.sampled_from(
        ["Label:A faire", "Label:En cours", "Label:Fait", "A faire", "Label:Urgent", "label:fait"]
    ),
    max_size=3,
)
PAGES = st.lists(
    st.sampled_from(
        [ATLAS, GAME, COMMA, OLD, MOVED, "Atlas+des+haies", "Boucle A", "Boucle B", "Nulle part",
         "Eau", "https://wiki.example.org/wiki/Atlas_des_haies", "<b>", "Atlas des haie"]
    ),
    max_size=4,
)  # fmt: skip
STATUSES = st.sampled_from(["-", "", "Open", "Closed", "Ouvert"])
STANDING = {
    **{title: Standing(FRENCH.parse(title), True) for title in (ATLAS, GAME, COMMA, MOVED)},
    **{title: Standing(FRENCH.parse(title), False) for title in ("Nulle part", "Eau")},
    "Sols et forêts": Standing(FRENCH.parse("Sols et forêts"), False),
    "Atlas+des+haies": Standing(FRENCH.parse("Atlas+des+haies"), False),
    "Atlas des haie": Standing(FRENCH.parse("Atlas des haie"), False),
    OLD: Standing(FRENCH.parse(OLD), True, MOVED),
    "Boucle A": Standing(FRENCH.parse("Boucle A"), True, "Boucle B"),
    "Boucle B": Standing(FRENCH.parse("Boucle B"), True, "Boucle A"),
}
PLACES = Places(STANDING, (ATLAS, GAME, COMMA, MOVED))


@given(st.lists(st.tuples(LABELS, PAGES, STATUSES), max_size=6))
def test_each_action_is_in_a_column_or_hidden_never_both_nor_nowhere(
    given_actions: list[tuple[list[str], list[str], str]],
) -> None:
    found = tracker(MAPPING)
    assert found is not None
    page_type, board = found
    actions = []
    for number, (labels, pages, status) in enumerate(given_actions, 1):
        text = action(
            LABEL=", ".join(labels) or "-",
            RELATED_ARTICLE=", ".join(pages) or "-",
            ACTION_STATUS=status,
        )
        revision = Revision(number, 0, datetime(2026, 1, 1, tzinfo=UTC))
        page = Page(number, FRENCH.parse(f"Action:{number}"), revision, text)
        (record,) = records_of(page, MAPPING, FRENCH_WIKI)
        actions.append(action_of(record, board, MAPPING, PLACES))
    shown = all_boards(actions, page_type, MAPPING, PLACES)
    somewhere = set()
    for each in shown:
        in_columns = [a.pageid for column in each.columns for a in column.actions]
        off = [h.action.pageid for h in each.hidden]
        assert not set(in_columns) & set(off)
        assert len(set(off)) == len(off)
        assert len(each.actions) == len(set(in_columns))
        for column in each.columns:
            assert len({a.pageid for a in column.actions}) == len(column.actions)
            assert all(a.state == "open" and column.label in a.columns for a in column.actions)
        somewhere |= set(in_columns) | set(off)
        if each.page is not None:
            again = page_board(each.page, actions, page_type, MAPPING, PLACES)
            assert again == each
    assert somewhere == {a.pageid for a in actions}
    counts = sum(len(column.actions) for each in shown for column in each.columns)
    assert counts == sum(len(a.columns) * sum(a in each.actions for each in shown) for a in actions)
    assert not any(is_overdue(a, board, datetime(2030, 1, 1, tzinfo=UTC).date()) for a in actions)

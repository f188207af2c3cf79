"""Actions moved, assigned, closed, reopened, added: what stands on the page afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

import wikibot
from tests.actions.support import (
    ATLAS,
    COMMA,
    MAPPING,
    PLAIN,
    TODAY,
    action,
    write,
    write_wiki,
)
from wikibot.errors import InputError, UnsafeValue, WikibotError
from wikibot.resources import data_folder
from wikibot.wiki.folder import FolderWiki

Change = Callable[[wikibot.Mapping, FolderWiki], wikibot.Plan]


def move(column: str, *names: str) -> Change:
    return lambda mapping, wiki: wikibot.move_actions(names or ("7",), column, mapping, wiki)


def close(resolution: str = "") -> Change:
    return lambda mapping, wiki: wikibot.close_actions(("7",), mapping, wiki, resolution=resolution)


def reopen(column: str | None = None) -> Change:
    return lambda mapping, wiki: wikibot.reopen_actions(("7",), mapping, wiki, column=column)


def assign(person: str, operator: str = "+=") -> Change:
    return lambda mapping, wiki: wikibot.assign_actions(
        ("7",),
        (person,),
        mapping,
        wiki,
        operator=operator,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="module")
def coupled(tmp_path_factory: pytest.TempPathFactory) -> wikibot.Mapping:
    """The packaged mapping, for a wiki that closes at once what is done."""
    folder = tmp_path_factory.mktemp("mapping") / "resilience"
    shutil.copytree(data_folder("mappings") / "resilience", folder)
    file = folder / "page_types" / "action.toml"
    text = file.read_text()
    assert "\ndone_closes = false" in text
    file.write_text(text.replace("\ndone_closes = false", "\ndone_closes = true"))
    return wikibot.load_mapping(str(folder))


# Fields before, what is asked, fields after. The other lines of the page stay as they are.
CASES: list[tuple[str, dict[str, str], Change, dict[str, str]]] = [
    ("to another column", {}, move("En cours"), {"LABEL": "Label:En cours"}),
    ("without accents or case", {}, move("en  COURS"), {"LABEL": "Label:En cours"}),
    ("with its prefix", {}, move("Label:En cours"), {"LABEL": "Label:En cours"}),
    ("where it stands", {}, move("A faire"), {}),
    (
        "with another label, which stays in its place",
        {"LABEL": "Label:Urgent,Label:A faire"},
        move("En cours"),
        {"LABEL": "Label:Urgent,Label:En cours"},
    ),
    (
        "out of two columns",
        {"LABEL": "Label:A faire, Label:Urgent, Label:En cours"},
        move("En cours"),
        {"LABEL": "Label:En cours, Label:Urgent"},
    ),
    ("without the prefix", {"LABEL": "A faire"}, move("A faire"), {"LABEL": "Label:A faire"}),
    ("from no column", {"LABEL": "-"}, move("A faire"), {"LABEL": "Label:A faire"}),
    (
        "done is closed",
        {},
        move("Fait"),
        {"LABEL": "Label:Fait", "ACTION_STATUS": "Closed"},
    ),
    (
        "no longer done is open",
        {"LABEL": "Label:Fait", "ACTION_STATUS": "Closed"},
        move("En cours"),
        {"LABEL": "Label:En cours", "ACTION_STATUS": "Open"},
    ),
    (
        "with a status that the board does not know",
        {"ACTION_STATUS": "Ouvert"},
        move("En cours"),
        {"LABEL": "Label:En cours", "ACTION_STATUS": "Open"},
    ),
    ("closed", {}, close(), {"LABEL": "Label:Fait", "ACTION_STATUS": "Closed"}),
    (
        "closed, with a bar in how it ended",
        {},
        close("Relue | voir [[Atlas|ici]]"),
        {
            "LABEL": "Label:Fait",
            "ACTION_STATUS": "Closed",
            "RESOLUTION": "Relue {{!}} voir [[Atlas|ici]]",
        },
    ),
    (
        "reopened",
        {"LABEL": "Label:Fait", "ACTION_STATUS": "Closed"},
        reopen(),
        {"LABEL": "Label:A faire", "ACTION_STATUS": "Open"},
    ),
    (
        "reopened in a column",
        {"LABEL": "Label:Fait", "ACTION_STATUS": "Closed"},
        reopen("en cours"),
        {"LABEL": "Label:En cours", "ACTION_STATUS": "Open"},
    ),
    (
        "reopened where it was never done",
        {"LABEL": "Label:En cours", "ACTION_STATUS": "Closed"},
        reopen(),
        {"ACTION_STATUS": "Open"},
    ),
    ("assigned", {}, assign("alix IMAGINAIRE"), {"ASSIGNED_TO": "Alix Imaginaire"}),
    (
        "assigned besides",
        {"ASSIGNED_TO": "Noor Essai"},
        assign("Alix Imaginaire"),
        {"ASSIGNED_TO": "Noor Essai, Alix Imaginaire"},
    ),
    (
        "assigned to a user by their name",
        {"ASSIGNED_TO": "Noor Essai"},
        assign("robin"),
        {"ASSIGNED_TO": "Noor Essai, Utilisateur:Robin"},
    ),
    (
        "assigned alone",
        {"ASSIGNED_TO": "Noor Essai"},
        assign("Alix Imaginaire", "="),
        {"ASSIGNED_TO": "Alix Imaginaire"},
    ),
    (
        "not assigned, so not taken away",
        {"ASSIGNED_TO": "Noor Essai"},
        assign("Alix Imaginaire", "-="),
        {},
    ),
    (
        "assigned no longer, whoever is left",
        {"ASSIGNED_TO": "Noor Essai"},
        assign("Noor Essai", "-="),
        {"ASSIGNED_TO": ""},
    ),
    (
        "assigned no longer",
        {"ASSIGNED_TO": "Noor Essai, Alix Imaginaire"},
        assign("noor essai", "-="),
        {"ASSIGNED_TO": "Alix Imaginaire"},
    ),
]


def without(text: str, names: Iterable[str]) -> list[str]:
    """Return the lines of a page that hold none of these parameters."""
    return [line for line in text.splitlines() if line[1:].partition("=")[0] not in names]


OTHERS = {
    8: action(SUMMARY="Autre", ASSIGNED_TO="Alix Imaginaire"),
    9: action(SUMMARY="Encore", ASSIGNED_TO="Utilisateur:Robin"),
}


@pytest.mark.parametrize(
    ("before", "change", "after"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_it_changes_what_was_asked_and_nothing_else(
    tmp_path: Path,
    coupled: wikibot.Mapping,
    before: dict[str, str],
    change: Change,
    after: dict[str, str],
) -> None:
    text = action(**{"ASSIGNED_TO": "-", **before}) + "\n\nTexte libre."
    wiki = write_wiki(tmp_path, {7: text, **OTHERS})
    plan = change(coupled, wiki)
    changed = {c.parameter: c.new for edit in plan.edits for c in edit.changes}
    assert changed == after
    run = wikibot.apply(plan, wiki)
    assert run.exit_code == 0
    written = wiki.page("Action:7").text
    assert without(written, after) == without(text, after)
    assert all(f"|{name}={new}\n" in written for name, new in after.items() if new)
    if run.items:
        wikibot.undo(run.id, wiki)
        assert wiki.page("Action:7").text == text


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ({}, move("Fait"), {"LABEL": "Label:Fait"}),
        (
            {"ACTION_STATUS": "Closed", "LABEL": "Label:Fait"},
            move("En cours"),
            {"LABEL": "Label:En cours"},
        ),
        ({}, close(), {"ACTION_STATUS": "Closed"}),
        ({"ACTION_STATUS": "Closed", "LABEL": "Label:Fait"}, reopen(), {"ACTION_STATUS": "Open"}),
    ],
)
def test_where_the_mapping_does_not_couple_them_done_and_closed_are_two_things(
    tmp_path: Path,
    before: dict[str, str],
    change: Change,
    after: dict[str, str],
) -> None:
    wiki = write_wiki(tmp_path, {7: action(**before)})
    plan = change(MAPPING, wiki)
    assert {c.parameter: c.new for edit in plan.edits for c in edit.changes} == after


def test_where_there_is_no_status_the_last_column_closes(tmp_path: Path) -> None:
    write(tmp_path, {"Action 7": "{{Action\n|commun=Mares\n|titre=Relire\n|statut=A faire\n}}"})
    wiki = FolderWiki.open(tmp_path)
    wikibot.apply(wikibot.close_actions(("7",), PLAIN, wiki), wiki)
    assert "|statut=Fait\n" in wiki.page("Action 7").text
    wikibot.apply(wikibot.reopen_actions(("Action 7",), PLAIN, wiki), wiki)
    assert "|statut=A faire\n" in wiki.page("Action 7").text
    with pytest.raises(InputError, match="numbers"):
        wikibot.add_action(wikibot.NewAction("Action 7", "Autre"), PLAIN, wiki)


def test_several_are_moved_at_once_by_number_or_title_each_once(tmp_path: Path) -> None:
    wiki = write_wiki(tmp_path, {n: action(SUMMARY=f"N {n}") for n in (1, 2, 3)})
    names = ("1", "n° 2", "action:1", "#3")
    plan = wikibot.move_actions(names, "En cours", MAPPING, wiki)
    assert [edit.title for edit in plan.edits] == ["Action:1", "Action:2", "Action:3"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (move("Fini"), "no column “Fini”"),
        (move("Fait", "99"), "no action no. 99"),
        (move("Fait", ATLAS), "is no action"),
        (move("Fait", "Action:7", "Nulle part"), "Nulle part"),
        (reopen("Fini"), "no column “Fini”"),
        (close("}} fin"), "cannot be written"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_planned(
    tmp_path: Path, change: Change, words: str
) -> None:
    wiki = write_wiki(tmp_path, {7: action()})
    with pytest.raises(WikibotError, match=words):
        change(MAPPING, wiki)


def test_labels_that_a_template_writes_are_left_alone(tmp_path: Path) -> None:
    wiki = write_wiki(tmp_path, {7: action(LABEL="{{Colonne}}")})
    with pytest.raises(InputError, match="does not touch it"):
        move("Fait")(MAPPING, wiki)


class TestAdding:
    def test_it_is_written_as_the_form_writes_it(self, tmp_path: Path) -> None:
        wiki = write_wiki(tmp_path, {3: action(ASSIGNED_TO="Noor Essai"), 9: action(SUMMARY="B")})
        new = wikibot.NewAction(
            page="atlas des haies",
            summary="Comparer les licences | suite",
            column="en cours",
            labels=("Label:Urgent",),
            assignees=("noor essai", "Sacha Modèle"),
            due="1er mars 2027",
            details="Une ligne.\nUne barre | et [[Atlas|un lien]].",
        )
        plan = wikibot.add_action(new, MAPPING, wiki)
        assert [(e.title, e.numbered, e.base_revid) for e in plan.edits] == [("Action:10", True, 0)]
        assert wikibot.apply(plan, wiki).exit_code == 0
        assert wiki.page("Action:10").text.rstrip("\n") == (
            "{{Actionable\n"
            "|SUMMARY=Comparer les licences {{!}} suite\n"
            "|ACTION_STATUS=Open\n"
            "|DUE_DATE=2027-03-01\n"
            "|ASSIGNED_TO=Noor Essai, Sacha Modèle\n"
            "|LABEL=Label:En cours, Label:Urgent\n"
            "|RELATED_ARTICLE=Atlas des haies\n"
            "|DETAILS=Une ligne.\nUne barre {{!}} et [[Atlas|un lien]].\n"
            "}}"
        )

    def test_what_is_empty_is_left_out_and_it_comes_to_the_first_column(
        self, tmp_path: Path
    ) -> None:
        wiki = write_wiki(tmp_path, {})
        write(tmp_path, {"Action:1": action(SUMMARY="Autre")})
        (edit,) = wikibot.add_action(wikibot.NewAction(ATLAS, "Relire"), MAPPING, wiki).edits
        assert edit.text is not None
        assert edit.text.rstrip("\n") == (
            "{{Actionable\n|SUMMARY=Relire\n|ACTION_STATUS=Open\n|LABEL=Label:A faire\n"
            "|RELATED_ARTICLE=Atlas des haies\n}}"
        )

    def test_the_first_action_of_a_wiki_has_number_one(self, tmp_path: Path) -> None:
        wiki = write_wiki(tmp_path, {})
        (edit,) = wikibot.add_action(wikibot.NewAction(ATLAS, "Relire"), MAPPING, wiki).edits
        assert edit.title == "Action:1"

    def test_a_page_with_a_comma_in_its_title_shows_it(self, tmp_path: Path) -> None:
        wiki = write_wiki(tmp_path, {1: action()})
        wikibot.apply(wikibot.add_action(wikibot.NewAction(COMMA, "Lire"), MAPPING, wiki), wiki)
        tracker = wikibot.read_actions(wiki, MAPPING, around=TODAY)
        (board,) = wikibot.action_boards(tracker, wiki, COMMA)
        assert [a.name for a in board.actions] == ["2"]

    def test_what_is_done_when_it_is_added_is_closed_where_the_mapping_says_so(
        self, tmp_path: Path, coupled: wikibot.Mapping
    ) -> None:
        wiki = write_wiki(tmp_path, {1: action()})
        new = wikibot.NewAction(ATLAS, "Fêter", column="Fait")
        (edit,) = wikibot.add_action(new, coupled, wiki).edits
        assert "|ACTION_STATUS=Closed\n" in (edit.text or "")
        (edit,) = wikibot.add_action(new, MAPPING, wiki).edits
        assert "|ACTION_STATUS=Open\n" in (edit.text or "")

    @pytest.mark.parametrize(
        ("new", "error", "words"),
        [
            (wikibot.NewAction("Nulle part", "Lire"), InputError, "Nulle part"),
            (wikibot.NewAction(ATLAS, "  "), InputError, "Summary"),
            (wikibot.NewAction(ATLAS, "RELIRE"), InputError, "already: Action:1"),
            (wikibot.NewAction(ATLAS, "Lire", column="Fini"), InputError, "no column"),
            (wikibot.NewAction(ATLAS, "Lire", due="03/04/2027"), InputError, "03/04/2027"),
            (wikibot.NewAction(ATLAS, "Lire", due="demain"), InputError, "demain"),
            (wikibot.NewAction(ATLAS, "Lire", due="avril 2027"), InputError, "day"),
            (wikibot.NewAction(ATLAS, "Lire", details="}} fin"), UnsafeValue, "Details"),
            (wikibot.NewAction(ATLAS, "Lire", assignees=("A, B",)), UnsafeValue, "separates"),
            (wikibot.NewAction(ATLAS, "Li\x07re"), UnsafeValue, "control character"),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, tmp_path: Path, new: wikibot.NewAction, error: type[WikibotError], words: str
    ) -> None:
        wiki = write_wiki(tmp_path, {1: action()})
        with pytest.raises(error, match=words):
            wikibot.add_action(new, MAPPING, wiki)

    def test_what_was_closed_may_be_to_do_again(self, tmp_path: Path) -> None:
        wiki = write_wiki(tmp_path, {1: action(ACTION_STATUS="Closed")})
        assert wikibot.add_action(wikibot.NewAction(ATLAS, "Relire"), MAPPING, wiki).edits

"""A plan meets a page that moved on: what is written, what stands, what clashes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from wikibot.edits import Change, PageEdit, rebase
from wikibot.edits.rebase import doubled, inverse, stands
from wikibot.page import Page, Revision
from wikibot.title import Title
from wikibot.wikitext import FRENCH_WIKI

READ = 7


def page(text: str, revid: int = READ) -> Page:
    return Page(3, Title(0, "Haies"), Revision(revid, 0, datetime(2026, 1, 31, tzinfo=UTC)), text)


def change(parameter: str, old: str, new: str, index: int = 0, **more: object) -> Change:
    return Change("Ressource", index, parameter, old, new, **more)  # type: ignore[arg-type]


def edit(*changes: Change) -> PageEdit:
    return PageEdit("Haies", 3, READ, changes)


ONE = change("licence", "MIT", "CC0")

# what stands on the page now → (the new text or None, written, standing, found instead)
CASES: dict[str, tuple[str, str | None, int, int, list[str | None]]] = {
    "as the plan found it": (
        *("{{Ressource\n|licence=MIT\n}}", "{{Ressource\n|licence=CC0\n}}"),
        *(1, 0, []),
    ),
    "in another layout": ("{{ressource|licence = MIT }}", "{{ressource|licence = CC0 }}", 1, 0, []),
    "with a comment beside it": (
        *("{{Ressource|licence=MIT <!-- vu -->}}", "{{Ressource|licence=CC0 <!-- vu -->}}"),
        *(1, 0, []),
    ),
    "the new value already": ("{{Ressource|licence=CC0}}", None, 0, 1, []),
    "the new value, commented": ("{{Ressource|licence=<!-- ! -->CC0}}", None, 0, 1, []),
    "a third value": ("{{Ressource|licence=GPL}}", None, 0, 0, ["GPL"]),
    "no value any more": ("{{Ressource|licence=}}", None, 0, 0, [""]),
    "no parameter any more": ("{{Ressource}}", None, 0, 0, [""]),
    "no call any more": ("Bonjour {{Autre|licence=MIT}}", None, 0, 0, [None]),
    "a call that is none": ("<nowiki>{{Ressource|licence=MIT}}</nowiki>", None, 0, 0, [None]),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("revid", [READ, READ + 1], ids=["same revision", "moved on"])
def test_a_change_is_written_stands_or_clashes(case: str, revid: int) -> None:
    text, new, written, standing, found = CASES[case]
    done = rebase(page(text, revid), edit(ONE), FRENCH_WIKI)
    assert done.text == (new or text)
    assert (len(done.written), len(done.standing)) == (written, standing)
    assert [clash.found for clash in done.clashes] == found


def test_with_one_clash_nothing_of_the_page_is_written() -> None:
    text = "{{Ressource|licence=MIT|niveau=Autre}}"
    done = rebase(page(text), edit(ONE, change("niveau", "Idée", "Prototype")), FRENCH_WIKI)
    assert done.text == text
    assert [clash.change.parameter for clash in done.clashes] == ["niveau"]


def test_absent_and_empty_are_the_same_on_both_sides() -> None:
    adding = change("licence", "", "CC0", after=("titre",))
    for text, new in (
        (
            "{{Ressource\n|titre=a\n|niveau=b\n}}",
            "{{Ressource\n|titre=a\n|licence=CC0\n|niveau=b\n}}",
        ),
        ("{{Ressource|licence=|niveau=b}}", "{{Ressource|licence=CC0|niveau=b}}"),
    ):
        assert rebase(page(text), edit(adding), FRENCH_WIKI).text == new
    clearing = change("licence", "MIT", "")
    done = rebase(page("{{Ressource|licence=|niveau=b}}"), edit(clearing), FRENCH_WIKI)
    assert (done.written, done.standing) == ((), (clearing,))


def test_the_second_of_two_calls_is_the_second_while_nobody_touched_the_page() -> None:
    text = "{{Ressource|licence=MIT}}{{Autre}}{{Modèle:ressource|licence=MIT}}"
    second = edit(change("licence", "MIT", "CC0", index=1))
    assert rebase(page(text), second, FRENCH_WIKI).text == text[:-5] + "CC0}}"
    # once the page moved on, nobody knows which one was meant
    moved = rebase(page(text, READ + 1), second, FRENCH_WIKI)
    assert (moved.text, [clash.found for clash in moved.clashes]) == (text, [None])


def test_two_spellings_of_one_letter_are_the_same_value() -> None:
    accented = edit(change("niveau", "Idée", "Réalité"))
    assert rebase(page("{{Ressource|niveau=Ide\u0301e}}"), accented, FRENCH_WIKI).written
    assert rebase(page("{{Ressource|niveau=Re\u0301alite\u0301}}"), accented, FRENCH_WIKI).standing


def test_a_no_break_space_is_part_of_a_value() -> None:
    hard = edit(change("niveau", "Idée", "\u00a0Idée"))
    done = rebase(page("{{Ressource|niveau=Idée}}"), hard, FRENCH_WIKI)
    assert done.text == "{{Ressource|niveau=\u00a0Idée}}"
    assert stands(page(done.text), hard.changes[0], FRENCH_WIKI)


def test_a_comment_in_what_is_written_is_no_part_of_the_value() -> None:
    noted = change("description", "", "Un texte <!-- à revoir -->")
    done = rebase(page("{{Ressource}}"), edit(noted), FRENCH_WIKI)
    assert "Un texte <!-- à revoir -->" in done.text
    assert stands(page(done.text), noted, FRENCH_WIKI)
    again = rebase(page(done.text, READ + 1), edit(noted), FRENCH_WIKI)
    assert again.standing == (noted,)


def test_the_inverse_takes_back_and_its_own_inverse_is_the_change() -> None:
    made = change("licence", "", "CC0", after=("titre",), field="licence", rule="X1")
    assert (inverse(made).old, inverse(made).new) == ("CC0", "")
    assert inverse(inverse(made)) == made
    before = "{{Ressource\n|titre=a\n}}"
    after = rebase(page(before), edit(made), FRENCH_WIKI).text
    assert rebase(page(after), edit(inverse(made)), FRENCH_WIKI).text == before


def test_what_does_not_stand() -> None:
    assert not stands(page("{{Ressource|licence=MIT}}"), ONE, FRENCH_WIKI)
    assert not stands(page("rien"), ONE, FRENCH_WIKI)
    assert stands(page("{{Ressource}}"), change("licence", "MIT", ""), FRENCH_WIKI)


# --- a parameter with another name ---

MOVED = change("licence", "MIT", "MIT", renamed_from="license")
MENDED = change("licence", "MIT", "CC0", renamed_from="license")

# what stands on the page now → what stands then by MOVED, and by MENDED; or what is found instead
Then = str | Sequence[str | None]
MOVES: dict[str, tuple[str, Then, Then]] = {
    "under the old name": (
        "{{Ressource\n| license = MIT <!-- vu -->\n|b=2\n}}",
        "{{Ressource\n| licence = MIT <!-- vu -->\n|b=2\n}}",
        "{{Ressource\n| licence = CC0 <!-- vu -->\n|b=2\n}}",
    ),
    "the new one being empty": (
        "{{Ressource|licence=|b=2|license=MIT}}",
        *("{{Ressource|licence=MIT|b=2}}", "{{Ressource|licence=CC0|b=2}}"),
    ),
    "under both names": (
        "{{Ressource|licence=MIT|b=2|license=MIT}}",
        *("{{Ressource|licence=MIT|b=2}}", "{{Ressource|licence=CC0|b=2}}"),
    ),
    "what MOVED writes": ("{{Ressource|licence=MIT}}", "", [""]),
    "the same, the old name empty": ("{{Ressource|license=|licence=MIT}}", "", [""]),
    "what MENDED writes": ("{{Ressource|licence=CC0}}", ["CC0"], ""),
    "a third value under the old name": ("{{Ressource|license=GPL}}", ["GPL"], ["GPL"]),
    "a third value under the new name": ("{{Ressource|licence=GPL}}", ["GPL"], ["GPL"]),
    "another value under each": ("{{Ressource|license=MIT|licence=GPL}}", ["GPL"], ["GPL"]),
    "the mended one, and the old one left": (
        *("{{Ressource|license=MIT|licence=CC0}}", ["CC0"], ["CC0"]),
    ),
    "no value any more": ("{{Ressource|license=|licence=}}", [""], [""]),
    "no parameter any more": ("{{Ressource}}", [""], [""]),
    "no call any more": ("{{Autre|license=MIT}}", [None], [None]),
}


@pytest.mark.parametrize("case", MOVES)
@pytest.mark.parametrize("revid", [READ, READ + 1], ids=["same revision", "moved on"])
@pytest.mark.parametrize("which", [1, 2], ids=["the name", "name and value"])
def test_a_value_moves_stands_or_clashes(case: str, revid: int, which: int) -> None:
    text, then = MOVES[case][0], MOVES[case][which]
    moved = MOVED if which == 1 else MENDED
    done = rebase(page(text, revid), edit(moved), FRENCH_WIKI)
    if not isinstance(then, str):
        assert (done.text, [clash.found for clash in done.clashes]) == (text, then)
        return
    assert done.text == (then or text)
    assert (done.written, done.standing) == (((), (moved,)) if not then else ((moved,), ()))
    assert stands(page(done.text), moved, FRENCH_WIKI)
    again = rebase(page(done.text, READ + 2), edit(moved), FRENCH_WIKI)
    assert (again.text, again.standing) == (done.text, (moved,))


@pytest.mark.parametrize("case", ["under the old name", "the new one being empty"])
@pytest.mark.parametrize("moved", [MOVED, MENDED], ids=["the name", "name and value"])
def test_the_inverse_of_a_renaming_renames_back(case: str, moved: Change) -> None:
    assert inverse(inverse(moved)) == moved
    before = MOVES[case][0]
    after = rebase(page(before), edit(moved), FRENCH_WIKI).text
    back = rebase(page(after, READ + 1), edit(inverse(moved)), FRENCH_WIKI)
    if case == "under the old name":
        assert back.text == before
    assert stands(page(back.text), change("license", "", "MIT"), FRENCH_WIKI)
    assert stands(page(back.text), change("licence", "MIT", ""), FRENCH_WIKI)


@pytest.mark.parametrize("moved", [MOVED, MENDED], ids=["the name", "name and value"])
def test_what_stood_under_both_names_does_so_again_once_it_is_taken_back(moved: Change) -> None:
    before = "{{Ressource|licence=MIT|b=2|license=MIT}}"
    done = rebase(page(before), edit(moved), FRENCH_WIKI)
    ((*made,),) = done.made
    assert all(stands(page(done.text), step, FRENCH_WIKI) for step in made)
    assert all(step.old != step.new for step in made)
    undo = edit(*(inverse(step) for step in reversed(made)))
    assert rebase(page(done.text, READ + 1), undo, FRENCH_WIKI).text == before


def test_a_clash_of_a_renaming_names_what_somebody_has_written() -> None:
    for text, name, expected in (
        ("{{Ressource|license=GPL}}", "license", "MIT"),
        ("{{Ressource|license=MIT|licence=GPL}}", "licence", ""),
        ("{{Ressource}}", "license", "MIT"),
    ):
        (clash,) = rebase(page(text), edit(MOVED), FRENCH_WIKI).clashes
        assert (clash.parameter, clash.expected) == (name, expected)


@pytest.mark.parametrize(
    "other",
    [
        change("licence", "", "CC0"),
        change("license", "MIT", "CC0"),
        change("licence", "MIT", "MIT", renamed_from="Licences"),
        change("Licences", "MIT", "MIT", renamed_from="license"),
    ],
)
def test_no_two_changes_of_a_page_write_the_same_parameter(other: Change) -> None:
    text = "{{Ressource|license=MIT|Licences=MIT}}"
    for both in ((MOVED, other), (other, MOVED)):
        done = rebase(page(text), edit(*both), FRENCH_WIKI)
        assert done.text == text
        assert [clash.change for clash in done.clashes] == [both[1]]


def test_a_wiki_that_merged_two_renamings_leaves_the_parameter_doubled() -> None:
    twice = page("{{Ressource|licence=MIT|licence=MIT}}")
    assert doubled(twice, MOVED, FRENCH_WIKI)
    assert not stands(page("{{Ressource|licence=MIT|license=MIT}}"), MOVED, FRENCH_WIKI)

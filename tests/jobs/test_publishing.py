"""The actions of pages on the wiki itself: between two markers, only what changed, and back."""

from __future__ import annotations

import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

import wikibot
from tests.actions.support import ATLAS, GAME, MAPPING, MOVED, OLD, TODAY, action, write_wiki
from tests.jobs.test_killed import Steps, in_a_child
from tests.jobs.wikis import comments
from wikibot.edits.plan import Plan
from wikibot.errors import InputError
from wikibot.jobs.actions.publishing import Published
from wikibot.jobs.refresh import refresh_plan
from wikibot.jobs.review import decided, lines_of
from wikibot.jobs.selectors import selected_part
from wikibot.jobs.surroundings import Surroundings
from wikibot.language import Text
from wikibot.render import review, review_book, text
from wikibot.wiki.folder import FolderWiki

STATUS = "Utilisateur:Robot/Actions"
ACTIONS = {
    1: action(SUMMARY="Relire la charte", DUE_DATE="2026-01-31", ASSIGNED_TO="Alix Imaginaire"),
    2: action(SUMMARY="Semer", LABEL="Label:Fait"),
    3: action(SUMMARY="Trier", RELATED_ARTICLE=MOVED, LABEL=""),
    4: action(SUMMARY="Classer", RELATED_ARTICLE=GAME, ACTION_STATUS="Closed"),
}
LATER = Surroundings(now=lambda: datetime(2026, 12, 1, 12, tzinfo=UTC))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_wiki(tmp_path, ACTIONS)
    return tmp_path


def published(folder: Path, *names: str, around: Surroundings = TODAY, **more: object) -> Published:
    wiki = FolderWiki.open(folder)
    tracker = wikibot.read_actions(wiki, MAPPING, around=around)
    return wikibot.publish_actions(tracker, wiki, names, **more)  # type: ignore[arg-type]


def apply(folder: Path, plan: Plan) -> wikibot.Run:
    return wikibot.apply(plan, FolderWiki.open(folder))


def page(folder: Path, title: str) -> str:
    return FolderWiki.open(folder).page(title).text


def put(folder: Path, title: str, words: str) -> None:
    name = title.replace(":", "%3A").replace("/", "%2F")
    (folder / f"{name}.wikitext").write_bytes(words.encode())


def titles(done: Published) -> list[str]:
    return [edit.title for edit in done.plan.edits]


def test_a_page_shows_its_actions_as_its_board_counts_them(folder: Path) -> None:
    before = page(folder, ATLAS)
    run = apply(folder, published(folder, ATLAS).plan)
    assert run.exit_code == 0 and run.items[0].verified
    lead, _, rest = page(folder, ATLAS).partition("\n\n<!-- wikibot:actions ")
    assert lead == before
    assert rest.partition("-->\n")[2] == (
        "'''Suivi des actions'''\n"
        "\n"
        '{| class="wikitable"\n'
        "|+ À faire (1 action)\n"
        '! scope="col" | N° !! scope="col" | Action !! scope="col" | Responsable !! scope="col" | '
        "Échéance\n"
        "|-\n"
        "| [[:Action:1|1]] || Relire la charte || Alix Imaginaire || 31 janvier 2026, "
        "'''en retard'''\n"
        "|}\n"
        '{| class="wikitable"\n'
        "|+ Fait (1 action)\n"
        '! scope="col" | N° !! scope="col" | Action !! scope="col" | Responsable !! scope="col" | '
        "Échéance\n"
        "|-\n"
        "| [[:Action:2|2]] || Semer || personne pour l'instant || –\n"
        "|}\n"
        "\n"
        "Sans action : En cours.\n"
        "\n"
        "''Relevé par un robot le 22 novembre 2026.''<!-- date -->\n"
        "<!-- /wikibot:actions -->"
    )


def test_what_the_board_hides_is_told_in_a_line(folder: Path) -> None:
    apply(folder, published(folder, MOVED, GAME).plan)
    assert "Hors du tableau : 1 action dont la fiche est à corriger ([[:Action:3|n° 3]])." in page(
        folder, MOVED
    )
    assert "Aucune action au tableau.\n\nHors du tableau : 1 action close." in page(folder, GAME)


def test_a_second_run_has_nothing_to_do_not_even_on_another_day(folder: Path) -> None:
    apply(folder, published(folder, ATLAS).plan)
    assert titles(published(folder, ATLAS)) == []
    assert titles(published(folder, ATLAS, around=LATER)) == []
    put(folder, "Action:2", action(SUMMARY="Semer", LABEL="Label:Fait", DETAILS="Autre chose"))
    assert titles(published(folder, ATLAS)) == []
    put(folder, "Action:2", action(SUMMARY="Semer dru", LABEL="Label:Fait"))
    assert titles(published(folder, ATLAS)) == [ATLAS]


def test_all_means_pages_with_something_to_tell_and_those_that_have_no_more(folder: Path) -> None:
    assert titles(published(folder)) == [ATLAS, MOVED]  # what is closed alone is no news
    apply(folder, published(folder).plan)
    put(folder, "Action:3", action(SUMMARY="Trier", LABEL=""))  # now of the atlas
    again = published(folder)
    assert titles(again) == [ATLAS, MOVED]
    apply(folder, again.plan)
    assert "Aucune action au tableau." in page(folder, MOVED)
    assert titles(published(folder)) == []


def test_a_name_may_be_a_redirect_and_the_page_behind_it_is_written(folder: Path) -> None:
    assert titles(published(folder, OLD)) == [MOVED]
    assert titles(published(folder, OLD, MOVED)) == [MOVED]


def test_what_a_person_wrote_inside_stays_and_the_other_pages_go_on(folder: Path) -> None:
    apply(folder, published(folder, ATLAS).plan)
    meddled = page(folder, ATLAS).replace("|}\n\nSans", "|}\nMerci !\n\nSans")
    put(folder, ATLAS, meddled)
    again = published(folder, ATLAS, MOVED)
    assert titles(again) == [MOVED]
    assert [left.title for left in again.untouched] == [ATLAS]
    assert again.untouched[0].why.fr.startswith("Quelqu'un a écrit dans la partie « actions »")
    assert page(folder, ATLAS) == meddled


def test_a_person_who_writes_between_plan_and_apply_is_told_by_name_of_the_part(
    folder: Path,
) -> None:
    apply(folder, published(folder, ATLAS).plan)
    put(folder, "Action:2", action(SUMMARY="Semer dru", LABEL="Label:Fait"))
    plan = published(folder, ATLAS).plan
    meddled = page(folder, ATLAS).replace("Relire la charte", "Relire vite la charte")
    put(folder, ATLAS, meddled)
    run = apply(folder, plan)
    assert (run.exit_code, run.items[0].state, run.items[0].code) == (3, "conflict", "clash")
    assert run.items[0].reason is not None
    assert "effacez ce qui reste entre les deux lignes" in run.items[0].reason.fr
    assert page(folder, ATLAS) == meddled
    fresh = refresh_plan(plan, FolderWiki.open(folder), MAPPING, around=TODAY)
    assert fresh.needs_a_person and not fresh.plan.edits
    assert "La modification est laissée de côté." in fresh.notes[0].why.fr


def test_a_person_who_writes_outside_keeps_every_word_through_update_and_undo(
    folder: Path,
) -> None:
    before = page(folder, ATLAS)
    first = apply(folder, published(folder, ATLAS).plan)
    put(folder, ATLAS, f"{page(folder, ATLAS)}\n\nUn mot de plus.")
    put(folder, "Action:2", action(SUMMARY="Semer dru", LABEL="Label:Fait"))
    shown = page(folder, ATLAS)
    second = apply(folder, published(folder, ATLAS).plan)
    updated = page(folder, ATLAS)
    assert updated.startswith(before) and updated.endswith("-->\n\nUn mot de plus.")
    assert "|| Semer dru ||" in updated
    wiki = FolderWiki.open(folder)
    assert wikibot.undo(second.id, wiki).exit_code == 0
    assert page(folder, ATLAS) == shown
    assert wikibot.undo(first.id, FolderWiki.open(folder)).exit_code == 0
    assert page(folder, ATLAS) == f"{before}\n\nUn mot de plus."


def test_undo_brings_back_a_page_that_nobody_touched_byte_for_byte(folder: Path) -> None:
    before = page(folder, ATLAS)
    run = apply(folder, published(folder, ATLAS).plan)
    undone = wikibot.undo(run.id, FolderWiki.open(folder))
    assert undone.exit_code == 0
    assert page(folder, ATLAS) == before
    redone = wikibot.undo(undone.id, FolderWiki.open(folder))
    assert redone.exit_code == 0 and "wikibot:actions" in page(folder, ATLAS)


def test_a_long_list_that_is_taken_back_from_a_short_page_is_no_alarm(folder: Path) -> None:
    for number in range(10, 40):
        put(folder, f"Action:{number}", action(SUMMARY=f"Une action parmi d'autres, {number}"))
    first = apply(folder, published(folder, ATLAS).plan)
    put(folder, ATLAS, f"{page(folder, ATLAS)}\nFin.")
    assert wikibot.undo(first.id, FolderWiki.open(folder)).exit_code == 0
    assert page(folder, ATLAS).endswith("}}\n\nFin.")


def test_the_shrink_guard_still_watches_over_what_is_rewritten(folder: Path) -> None:
    for number in range(10, 40):
        put(folder, f"Action:{number}", action(SUMMARY=f"Une action parmi d'autres, {number}"))
    apply(folder, published(folder, ATLAS).plan)
    for number in range(10, 40):
        (folder / f"Action%3A{number}.wikitext").unlink()
    plan = published(folder, ATLAS).plan
    run = apply(folder, plan)
    assert [(i.state, i.code) for i in run.items] == [("skipped", "shrink")]


def test_the_same_plan_twice_writes_once(folder: Path) -> None:
    plan = published(folder, ATLAS).plan
    assert apply(folder, plan).counts["done"] == 1
    again = apply(folder, plan)
    assert (again.exit_code, again.counts["done"], again.counts["noop"]) == (0, 0, 1)
    put(folder, ATLAS, "{{Ressource}}")  # a person takes it all away: their word counts
    assert apply(folder, plan).counts["done"] == 0


def test_all_on_one_page_that_is_made_only_when_asked_for(folder: Path) -> None:
    with pytest.raises(InputError, match="no page") as refused:
        published(folder, to=STATUS)
    assert refused.value.advice is not None and "--create" in refused.value.advice.fr
    run = apply(folder, published(folder, to=STATUS, create=True).plan)
    assert run.exit_code == 0 and run.items[0].verified
    shown = page(folder, STATUS)
    assert f"== [[:{ATLAS}|{ATLAS}]] ==" in shown
    assert f"== [[:{MOVED}|{MOVED}]] ==" in shown
    assert titles(published(folder, to=STATUS, create=True)) == []
    assert titles(published(folder, ATLAS, to=STATUS)) == [STATUS]
    undone = wikibot.undo(run.id, FolderWiki.open(folder))
    assert undone.items[0].code == "created"


def test_it_may_be_a_page_of_people_and_a_place_of_theirs(folder: Path) -> None:
    put(folder, "Suivi", "Haut\n<!-- wikibot:actions --><!-- /wikibot:actions -->\nBas")
    run = apply(folder, published(folder, to="Suivi").plan)
    shown = page(folder, "Suivi")
    assert shown.startswith("Haut\n<!-- wikibot:actions ") and shown.endswith("-->\nBas")
    wikibot.undo(run.id, FolderWiki.open(folder))
    assert page(folder, "Suivi").startswith("Haut\n<!-- wikibot:actions --><!-- /wik")


def test_what_is_done_is_told_of_the_latest_ten_alone(folder: Path) -> None:
    for number in range(10, 25):
        put(folder, f"Action:{number}", action(SUMMARY=f"Chose {number}", LABEL="Label:Fait"))
    (edit,) = published(folder, ATLAS).plan.edits
    assert "|+ Fait (16 actions, les 10 dernières)" in edit.changes[0].new
    assert "Chose 15" in edit.changes[0].new and "Chose 14" not in edit.changes[0].new


def test_nobodys_address_or_number_is_told_and_no_value_acts(folder: Path) -> None:
    put(
        folder,
        "Action:1",
        action(
            SUMMARY="Écrire à alix@example.org ou au 06 12 34 56 78 [[Catégorie:Piège]]",
            ASSIGNED_TO="<b>Alix</b>",
            DUE_DATE="bientôt || {{Piège}}",
        ),
    )
    (edit,) = published(folder, ATLAS).plan.edits
    shown = edit.changes[0].new
    assert "alix@" not in shown and "06 12" not in shown
    assert "[[Catégorie" not in shown and "<b>" not in shown and "{{Pi" not in shown


def test_the_rules_find_nothing_new_on_a_page_that_shows_its_actions(folder: Path) -> None:
    def found() -> list[str]:
        wiki = FolderWiki.open(folder)
        read = wikibot.pages_to_read(wiki, MAPPING, (ATLAS,))
        return [f"{each.rule} {each.field}" for each in wikibot.check(read, MAPPING, wiki)]

    before = found()
    apply(folder, published(folder, ATLAS).plan)
    assert found() == before


def test_a_region_is_reviewed_as_lines_and_chosen_by_its_name(folder: Path) -> None:
    apply(folder, published(folder).plan)
    put(folder, "Action:2", action(SUMMARY="Semer dru", LABEL="Label:Fait"))
    plan = published(folder).plan
    lines = list(text.edits(plan.edits, MAPPING, "fr"))
    assert "  Partie « actions » tenue par le robot" in lines
    assert any(line.startswith("    - ") and "|| Semer ||" in line for line in lines)
    assert any(line.startswith("    + ") and "|| Semer dru ||" in line for line in lines)
    assert text.plan_counts(plan.edits) == Text(
        "1 page, 1 partie tenue par le robot", "1 page, 1 part kept by the bot"
    )
    shown = review.html(plan, MAPPING, "fr", place="wiki")
    assert "tenue par le robot" in shown and "Semer" in shown
    assert "Semer" in str(review_book.sheets(plan, MAPPING, "fr")[0].rows)
    assert selected_part(plan, ("champ=actions",), (), MAPPING) == plan
    with pytest.raises(InputError):
        selected_part(plan, (), ("actions",), MAPPING)
    assert decided(plan, {n.number: n.change for n in lines_of(plan)}, MAPPING) is plan


def test_a_run_killed_at_any_instant_publishes_exactly_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepared(name: str) -> tuple[Path, Plan]:
        folder = tmp_path / name
        folder.mkdir()
        write_wiki(folder, {1: ACTIONS[1]})
        return folder, published(folder, ATLAS).plan

    with monkeypatch.context() as patch:
        folder, plan = prepared("whole")
        before = page(folder, ATLAS)
        steps = Steps(patch)
        apply(folder, plan)
    wanted = page(folder, ATLAS)
    for deadly in range(1, steps.number + 1):
        folder, plan = prepared(f"{deadly}")
        with monkeypatch.context() as patch:
            Steps(patch, deadly)
            assert in_a_child(apply, folder, plan) == -signal.SIGKILL
        assert page(folder, ATLAS) in (before, wanted), deadly
        assert apply(folder, plan).exit_code == 0, deadly
        assert page(folder, ATLAS) == wanted, deadly
        assert len(comments(folder, ATLAS)) == 2, deadly  # the base and one edit
        for run in wikibot.runs(FolderWiki.open(folder)):
            wikibot.undo(run.id, FolderWiki.open(folder))
        assert page(folder, ATLAS) == before, deadly

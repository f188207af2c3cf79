"""The cases would notice: each mutant takes one safeguard out of the code, and one case fails.

A scenario that still passes is a case that proves nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
import requests

from tests.mediawiki.faults import Fault
from tests.reliability import (
    test_conflicts,
    test_guards,
    test_kills,
    test_lost_answers,
    test_merges,
    test_not_now,
    test_random_kills,
    test_refusals,
)
from tests.reliability.scene import BESIDE, Scene
from wikibot.edits import State
from wikibot.errors import WikibotError
from wikibot.jobs import entry, task, writer
from wikibot.jobs.attempt import Attempt
from wikibot.jobs.guards import Guards
from wikibot.jobs.writer import Writer
from wikibot.page import Page, Saved
from wikibot.store import Journal
from wikibot.wiki.mediawiki import MediaWiki, codes
from wikibot.wiki.mediawiki.codes import Kind
from wikibot.wiki.mediawiki.transport import PinnedSession, Transport
from wikibot.wiki.patience import Waiting

Patch = pytest.MonkeyPatch
SEND, POST, SAVE, WRITE_DOWN = Transport.send, PinnedSession.send, MediaWiki.save, Journal.send
PAUSE = Waiting.next_pause


def sending(patch: Patch, change: Callable[[dict[str, str]], None]) -> None:
    """Change the parameters of every edit."""

    def send(self: Transport, parameters: Any, **how: Any) -> Any:
        parameters = dict(parameters)
        if parameters.get("action") == "edit":
            change(parameters)
        return SEND(self, parameters, **how)

    patch.setattr(Transport, "send", send)


def without(*names: str) -> Callable[[Patch], None]:
    def mutate(patch: Patch) -> None:
        sending(patch, lambda parameters: [parameters.pop(n, None) for n in names].clear())

    return mutate


def basetimestamp_beside_baserevid(patch: Patch) -> None:
    base: list[str] = []

    def save(self: MediaWiki, page: Page, text: str, summary: str) -> Saved:
        base[:] = [page.revision.timestamp.isoformat().replace("+00:00", "Z")]
        return SAVE(self, page, text, summary)

    patch.setattr(MediaWiki, "save", save)
    sending(patch, lambda parameters: parameters.update(basetimestamp=base[0]))


def blind_resend(patch: Patch) -> None:
    def send(self: PinnedSession, request: requests.PreparedRequest, **how: Any) -> Any:
        try:
            return POST(self, request, **how)
        except requests.RequestException:
            return POST(self, request, **how)

    patch.setattr(PinnedSession, "send", send)


def never_look(patch: Patch) -> None:
    patch.setattr(Attempt, "_look", lambda *_: False)


def done_before_the_answer(patch: Patch) -> None:
    def send(self: Journal, op_id: int, *rest: Any) -> None:
        WRITE_DOWN(self, op_id, *rest)
        self._do("UPDATE op SET state='done' WHERE op_id=?", (op_id,))

    patch.setattr(Journal, "send", send)


def token_first(patch: Patch) -> None:
    def send(self: PinnedSession, request: requests.PreparedRequest, **how: Any) -> Any:
        fields = parse_qsl(str(request.body or ""), keep_blank_values=True)
        if ("action", "edit") in fields:
            fields = [(name, value) for name, value in fields if name != "md5"]
            fields.sort(key=lambda field: field[0] == "text")
            request.body = urlencode(fields)
            request.headers["Content-Length"] = str(len(request.body))
        return POST(self, request, **how)

    patch.setattr(PinnedSession, "send", send)


def merge_not_seen(patch: Patch) -> None:
    def save(self: MediaWiki, page: Page, text: str, summary: str) -> Saved:
        return replace(SAVE(self, page, text, summary), old_revid=page.revision.id)

    patch.setattr(MediaWiki, "save", save)


def all_of_a_merge_claimed(patch: Patch) -> None:
    patch.setattr(entry, "really_made", lambda wiki, page, changes, parent_id: changes)


def never_read_back(patch: Patch) -> None:
    patch.setattr(
        Writer, "_verified", lambda self, operation, item, *_: replace(item, verified=True)
    )


def no_shrink_guard(patch: Patch) -> None:
    patch.setattr(task, "_too_little", lambda *_: None)


def no_stop_page(patch: Patch) -> None:
    patch.setattr(MediaWiki, "stop_order", lambda *_, **__: None)


def no_bots_templates(patch: Patch) -> None:
    patch.setattr(task, "exclusion", lambda *_: None)


def no_breaker(patch: Patch) -> None:
    patch.setattr(Guards, "count", lambda *_: None)


def plan_forgotten(patch: Patch) -> None:
    patch.setattr(Journal, "done_before", lambda *_: None)


def reverts_forgotten(patch: Patch) -> None:
    patch.setattr(Journal, "made_by_rules", lambda *_: frozenset())


def warnings_insisted_upon(patch: Patch) -> None:
    reaction = codes.reaction_to("abusefilter-warning")
    assert reaction is not None
    patch.setitem(codes._EXACT, "abusefilter-warning", replace(reaction, kind=Kind.WAIT))


def retry_after_ignored(patch: Patch) -> None:
    patch.setattr(Waiting, "next_pause", lambda self, asked, first: PAUSE(self, None, first))


def ambiguous_is_failed(patch: Patch) -> None:
    """What is not known is reported as not saved."""
    state = writer._state

    def known(error: WikibotError, before: State) -> State:
        found = state(error, before)
        return "failed" if found == "unknown" else found

    patch.setattr(writer, "_state", known)


def beside(scenario: Callable[[Scene, tuple[str, str]], None]) -> Callable[[Scene], None]:
    return lambda scene: scenario(scene, BESIDE)


def slowly(scenario: Callable[[Scene, float], None]) -> Callable[[Scene], None]:
    def run(scene: Scene) -> None:
        os.environ["WIKIBOT_SLEEP_SCALE"] = "0.01"  # the fixture of the scene puts it back
        scenario(scene, 0.01)

    return run


def pairs(*seeds: int) -> Callable[[Scene], None]:
    def run(scene: Scene) -> None:
        problems = test_random_kills.run_pairs(scene.bench, scene.folder, seeds)
        assert not problems, problems

    return run


MUTANTS: dict[str, tuple[Callable[[Patch], None], Callable[[Scene], None]]] = {
    "basetimestamp beside baserevid": (
        basetimestamp_beside_baserevid,
        beside(test_conflicts.test_another_run_of_our_own_account_loses_nothing_either),
    ),
    "no baserevid": (
        without("baserevid"),
        test_conflicts.test_an_edit_beside_ours_is_a_conflict_for_the_wiki_and_none_for_us,
    ),
    "no createonly": (
        without("createonly"),
        lambda scene: test_conflicts.test_a_page_that_somebody_else_created_stays_theirs(
            scene, "meanwhile"
        ),
    ),
    "no nocreate": (  # an edit by page id creates nothing; it is a second bolt
        without("nocreate"),
        test_guards.test_every_edit_bears_what_keeps_others_safe_and_says_who_sends_it,
    ),
    "no assertuser": (
        without("assertuser"),
        test_guards.test_every_edit_bears_what_keeps_others_safe_and_says_who_sends_it,
    ),
    "token first": (
        token_first,
        lambda scene: test_lost_answers.test_half_of_an_edit_is_never_saved(
            scene, Fault.hand_on_half
        ),
    ),
    "resent blindly": (
        blind_resend,
        test_lost_answers.test_a_person_who_takes_our_edit_back_before_we_look_has_the_last_word,
    ),
    "never looked for": (
        never_look,
        test_lost_answers.test_a_person_who_takes_our_edit_back_before_we_look_has_the_last_word,
    ),
    "unknown told as failed": (
        ambiguous_is_failed,
        lambda scene: test_lost_answers.test_where_nobody_can_tell_the_next_run_finds_out(
            scene, Fault.after_commit
        ),
    ),
    "done before the answer": (
        done_before_the_answer,
        test_kills.test_what_was_written_down_and_never_sent_is_not_taken_for_done,
    ),
    "never looked for, at random": (never_look, pairs(35, 50, 69)),
    "done before the answer, at random": (done_before_the_answer, pairs(2, 7, 9)),
    "merge not seen": (
        merge_not_seen,
        test_conflicts.test_what_the_wiki_merges_is_told_and_read_back,
    ),
    "all of a merge claimed": (
        all_of_a_merge_claimed,
        test_merges.test_a_change_that_a_person_made_first_is_not_ours_and_stays_when_we_take_ours_back,
    ),
    "never read back": (
        never_read_back,
        test_conflicts.test_a_merge_that_loses_our_field_is_told,
    ),
    "no shrink guard": (
        no_shrink_guard,
        test_guards.test_a_page_that_would_lose_most_of_its_text_is_left_alone,
    ),
    "no stop page": (
        no_stop_page,
        test_guards.test_the_stop_page_is_heeded_within_one_edit,
    ),
    "no {{bots}}": (
        no_bots_templates,
        lambda scene: test_guards.test_a_page_that_keeps_bots_away_is_left_alone(
            scene, "{{nobots}}"
        ),
    ),
    "no breaker": (
        no_breaker,
        test_lost_answers.test_five_edits_in_a_row_of_which_nobody_knows_end_the_run,
    ),
    "plan forgotten": (
        plan_forgotten,
        test_guards.test_a_plan_that_a_person_took_back_is_not_applied_again,
    ),
    "reverts forgotten": (
        reverts_forgotten,
        test_guards.test_a_fix_that_a_person_took_back_is_not_made_again_by_another_plan,
    ),
    "warnings insisted upon": (
        warnings_insisted_upon,
        test_refusals.test_a_page_that_a_filter_warns_of_is_not_insisted_upon,
    ),
    "Retry-After ignored": (
        retry_after_ignored,
        slowly(
            lambda scene, scale: (
                test_not_now.test_too_many_requests_are_answered_by_waiting_as_asked(
                    scene, scale, "17"
                )
            )
        ),
    ),
}


@pytest.mark.parametrize(("mutate", "scenario"), MUTANTS.values(), ids=MUTANTS)
def test_a_mutant_is_noticed(
    scene: Scene,
    monkeypatch: Patch,
    mutate: Callable[[Patch], None],
    scenario: Callable[[Scene], None],
) -> None:
    with monkeypatch.context() as patch:
        mutate(patch)
        with pytest.raises((AssertionError, pytest.fail.Exception)):
            scenario(scene)
    scene.bench.faults.clear()  # it ended early

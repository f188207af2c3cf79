"""Writes to GitHub and GitLab: lost answers, people at the same time, what they do not take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.trackers.benches import STAGES
from tests.trackers.forge_stub import Answer, Request
from tests.trackers.forges import NAMES, ForgeBench, forge
from tests.trackers.test_contract import again, new, read, ready, write
from wikibot.actions.sync import Entry, Link, Rules, Side
from wikibot.actions.sync_decision import decide
from wikibot.errors import Unavailable
from wikibot.trackers import Wanted

UPDATE = {"github": "PATCH", "gitlab": "PUT"}


@pytest.fixture(params=("github", "gitlab"))
def bench(request: pytest.FixtureRequest) -> Iterator[ForgeBench]:
    with forge(request.param) as found:
        yield found


def one(bench: ForgeBench, **more: object) -> Entry:
    bench.stub.add("Relire la charte", **more)
    return read(bench)["Relire la charte"]


def sent(bench: ForgeBench, *methods: str) -> int:
    return sum(each.request.method in methods for each in bench.stub.log)


def writes(bench: ForgeBench) -> int:
    return sent(bench, "POST", "PATCH", "PUT", "DELETE")


# --- writes without an answer ---


@pytest.mark.parametrize("how", ["late", b"", b"<html>", b'{"id": 1', b"null", b"[]"])
def test_a_change_that_came_about_without_an_answer_is_found_and_not_sent_again(
    bench: ForgeBench, how: str | bytes
) -> None:
    entry = one(bench)
    tracker = ready(bench)
    do = bench.stub.route

    def fault(request: Request, _: object) -> str | bytes:
        do(request)
        return how

    bench.stub.faults.append((UPDATE[bench.kind], fault))
    (written,) = write(tracker, again(entry, summary="Autre"))
    assert (written.error, written.unknown, written.proven) == (None, False, False)
    assert written.entry is not None and written.entry.values["summary"] == "Autre"
    assert writes(bench) == 1


@pytest.mark.parametrize("how", ["lost", Answer(502), Answer(500, {}), Answer(504), Answer(408)])
def test_a_change_that_is_not_to_be_found_is_unknown_and_not_sent_again(
    bench: ForgeBench, how: Answer | str
) -> None:
    entry = one(bench)
    tracker = ready(bench)
    bench.stub.fail(UPDATE[bench.kind], how)
    (written,) = write(tracker, again(entry, summary="Autre"))
    assert written.unknown and written.error is not None
    assert writes(bench) == 1


def test_an_issue_that_was_made_without_an_answer_is_found_among_the_newest(
    bench: ForgeBench,
) -> None:
    tracker = ready(bench)
    bench.stub.fail("POST", "late")
    (written,) = write(tracker, new("7"))
    assert written.error is None and written.entry is not None
    assert (written.entry.page, written.entry.stamp) == ("7", "s1")
    assert (writes(bench), len(bench.stub.issues)) == (1, 1)


def test_one_that_is_done_already_is_closed_once_it_is_found(bench: ForgeBench) -> None:
    tracker = ready(bench)
    bench.stub.fail("POST", "late")
    (written,) = write(tracker, new("7", stage="Fait"))
    assert (written.error, bench.stub.issues[1].closed) == (None, True)
    bench.stub.fail(UPDATE[bench.kind], Answer(502))
    (written,) = write(tracker, new("8", stage="Fait", summary="Autre"))
    assert written.error is not None and written.entry is not None
    assert "l'état ouvert ou clos" in written.error.message.fr


def test_an_issue_that_is_not_to_be_found_is_unknown_and_not_made_again(bench: ForgeBench) -> None:
    tracker = ready(bench)
    bench.stub.fail("POST", "lost")
    (written,) = write(tracker, new("7"))
    assert written.unknown
    assert (writes(bench), bench.stub.issues) == (1, {})


def test_where_looking_fails_too_it_is_unknown(bench: ForgeBench) -> None:
    entry = one(bench)
    tracker = ready(bench)
    bench.stub.before = lambda request: (
        bench.stub.fail("GET", "lost") if request.method == UPDATE[bench.kind] else None
    )
    bench.stub.fail(UPDATE[bench.kind], "late")
    (written,) = write(tracker, again(entry, summary="Autre"))
    assert written.unknown


def test_a_server_that_answers_no_more_is_left_alone(bench: ForgeBench) -> None:
    tracker = ready(bench)
    bench.stub.fail("POST", *[Answer(502)] * 8)
    with pytest.raises(Unavailable):
        write(tracker, *(new(f"{n}") for n in range(1, 9)))
    assert sent(bench, "POST") == 3


def test_what_a_limit_refuses_was_surely_not_done(bench: ForgeBench) -> None:
    tracker = ready(bench)
    bench.stub.fail("POST", Answer(429, None, {"Retry-After": "7200"}))
    with pytest.raises(Unavailable, match="retry in 120 minutes"):
        write(tracker, new("7"), new("8"))
    assert (writes(bench), bench.stub.issues) == (1, {})


def test_what_was_never_sent_is_not_unknown() -> None:
    with forge("gitlab", NAMES) as bench:
        tracker = ready(bench)
        bench.stub.fail("GET", "lost")  # who the account is
        with pytest.raises(Unavailable):
            write(tracker, new("7", assigned=("Bo Maquette",)))
        assert writes(bench) == 0


# --- people at the same time ---


def test_what_a_person_writes_right_after_us_is_not_taken_for_ours(bench: ForgeBench) -> None:
    entry = one(bench)
    tracker = ready(bench)
    do = bench.stub.route

    def fault(request: Request, _: object) -> Answer:
        do(request)
        bench.stub.issues[1].body = None
        return do(replace(request, method="GET"))

    bench.stub.faults.append((UPDATE[bench.kind], fault))
    (written,) = write(tracker, again(entry, summary="Autre"))
    assert not written.proven and written.error is not None


def test_what_a_person_changes_at_the_last_moment_is_theirs(bench: ForgeBench) -> None:
    entry = one(bench, labels=["A faire"])
    tracker = ready(bench)
    bench.stub.issues[1].labels = [bench.stub.label("En cours")]
    bench.stub.issues[1].body = "Une note de Bo"
    stage, title = (again(entry, stage="Fait"), again(entry, summary="Autre"))
    (refused,) = write(tracker, stage)
    assert refused.error is not None and refused.error.code == "changed-meanwhile"
    (written,) = write(tracker, title)
    assert written.error is None, "another field may be written"
    record = bench.stub.issues[1]
    assert (record.title, record.labels) == ("Autre", ["En cours"])
    assert (record.body or "").startswith("Une note de Bo\n\n<!-- wikibot:")


def test_gitlab_keeps_a_label_that_somebody_adds_between_our_look_and_our_write() -> None:
    with forge("gitlab") as bench:
        entry = one(bench, labels=["A faire"])
        tracker = ready(bench)
        bench.stub.before = lambda request: (
            bench.stub.issues[1].labels.append("urgent") if request.method == "PUT" else None
        )
        (written,) = write(tracker, again(entry, stage="En cours"))
        assert sorted(bench.stub.issues[1].labels) == ["En cours", "urgent"]
        assert written.error is not None, "it is not as it was sent: the next sync reads it anew"


def test_an_item_of_another_reading_is_not_written(bench: ForgeBench) -> None:
    entry = one(bench)
    bench.edit("Relire la charte", "Autre")
    (written,) = write(ready(bench), again(entry, stage="En cours"))
    assert written.error is not None
    assert writes(bench) == 0


def test_a_copied_text_binds_no_second_issue(bench: ForgeBench) -> None:
    write(ready(bench), new("7"))
    (entry,) = read(bench).values()
    bench.stub.add("Une copie", body=bench.stub.issues[1].body)
    side = bench.open().read()
    assert [each.page for each in side.entries] == ["7", "7"]
    page = Entry("7", "Relire la charte", {"summary": "Relire la charte"})
    link = Link("7", entry.key, entry.name, {"summary": ("Relire la charte",) * 2})
    steps = decide(Side((page,)), side, [link], Rules(("summary",)))
    assert [(s.kind, s.page, s.key) for s in steps] == [
        ("linked", "7", "1"),
        ("create on wiki", "", "2"),
    ]
    lost = decide(Side((page,)), side, [], Rules(("summary",)))
    assert [(s.kind, s.key) for s in lost] == [("frozen", "1"), ("frozen", "2")]


# --- people who are assigned ---


def test_somebody_without_an_account_is_told_and_the_rest_written() -> None:
    with forge("github", NAMES) as bench:
        entry = one(bench)
        told = again(entry, assigned=("Noor Essai",), summary="Autre")
        (written,) = write(ready(bench), told)
        assert written.error is not None and "Noor Essai" in written.error.message.fr
        assert (bench.stub.issues[1].title, bench.stub.issues[1].people) == ("Autre", [])
        before = writes(bench)
        entry = read(bench)["Autre"]
        (written,) = write(ready(bench), again(entry, assigned=("Noor Essai",)))
        assert written.error is not None
        assert writes(bench) == before, "nothing is written night after night"


def test_an_account_that_gitlab_has_not_is_told() -> None:
    with forge("gitlab", {"Noor Essai": "noor"}) as bench:
        entry = one(bench)
        (written,) = write(ready(bench), again(entry, assigned=("Noor Essai",)))
        assert written.error is not None and "noor" in written.error.message.fr
        assert writes(bench) == 0


def test_a_label_with_a_comma_is_refused_by_gitlab_alone() -> None:
    for kind in ("github", "gitlab"):
        with forge(kind) as bench:
            (written,) = write(ready(bench), new("7", labels=("a, b",)))
            assert (written.error is None) is (kind == "github")


def test_an_issue_that_has_become_confidential_is_frozen_and_its_title_not_told() -> None:
    with forge("gitlab") as bench:
        write(ready(bench), new("7"))
        bench.stub.issues[1].confidential = True
        (entry,) = bench.open().read().entries
        assert entry.trouble is not None and entry.name == "#1"
        (written,) = write(ready(bench), again(entry, stage="Fait"))
        assert written.error is not None
        assert sent(bench, "PUT") == 0


def test_no_issue_is_ever_deleted(bench: ForgeBench) -> None:
    entry = one(bench, labels=["A faire"])
    tracker = ready(bench)
    for stage in (*STAGES, ""):
        (written,) = write(tracker, Wanted("1", "7", stage, {"stage": stage}, {}, entry.etag))
        assert written.entry is not None, written.error
        entry = written.entry
        assert entry.values["stage"] == stage
    assert sent(bench, "DELETE") == 0


def test_github_wants_a_second_between_two_writes() -> None:
    with forge("github") as bench:
        write(ready(bench), new("7"), new("8"))
        assert bench.slept == [1.0, 1.0]

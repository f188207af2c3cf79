"""The process is killed before every single call that writes, and in the middle of each write.

After each death the page is the old or the new one, whole; the folder reads as if nothing had
happened; and the same run again ends where an undisturbed one ends.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest

from tests.wiki.folders import wiki_of
from wikibot.errors import PageExists

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")

Cut = Literal["before", "within"]

CALLS = ["open", "write", "fsync", "fchmod", "ftruncate", "mkdir"]
CALLS += ["replace", "rename", "link", "unlink"]
OLD, NEW = "avant " * 5000, "après " * 5000  # long enough for a write to be torn


def by_hand(folder: Path) -> None:
    (folder / "Un.wikitext").write_text(OLD, encoding="utf-8")


def by_the_bot(folder: Path) -> None:
    wiki_of(folder).create("Un", OLD, "création")


def by_hand_upon_the_bot(folder: Path) -> None:
    wiki_of(folder).create("Un", "encore avant", "création")
    by_hand(folder)


def with_a_torn_log(folder: Path) -> None:
    by_the_bot(folder)
    with (folder / ".wikibot/history/revisions.jsonl").open("ab") as log:
        log.write(b'{"pageid":')


def nothing(folder: Path) -> None:
    pass


def save(folder: Path) -> None:
    wiki = wiki_of(folder)
    wiki.save(wiki.page("Un"), NEW, "motif")


def create(folder: Path) -> None:
    wiki_of(folder).create("Un", NEW, "motif")


@dataclass
class Death:
    """Kills the process at the call of that number; `within` lets half of a write through."""

    number: int
    cut: Cut
    calls: int = 0

    def wrap(self, name: str) -> None:
        real: Callable[..., Any] = getattr(os, name)

        def call(*args: Any, **options: Any) -> Any:
            self.calls += 1
            if self.calls == self.number:
                if self.cut == "within" and name == "write":
                    descriptor, data = args
                    real(descriptor, bytes(data)[: len(data) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **options)

        setattr(os, name, call)


def survives(action: Callable[[Path], None], folder: Path, death: Death) -> bool:
    """Run the action in a child process; return whether it came to its end."""
    child = os.fork()
    if child == 0:
        try:
            for name in CALLS:
                death.wrap(name)
            action(folder)
            os._exit(0)
        except BaseException:
            traceback.print_exc(file=sys.stderr)
            os._exit(3)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return False
    assert os.WEXITSTATUS(status) == 0
    return True


def ids(folder: Path) -> list[int]:
    wiki = wiki_of(folder)
    return [revision.id for revision in wiki.revisions(wiki.page("Un"), 0)]


@pytest.mark.parametrize("cut", ["before", "within"])
@pytest.mark.parametrize(
    ("prepare", "action"),
    [
        (by_hand, save),
        (by_the_bot, save),
        (by_hand_upon_the_bot, save),
        (with_a_torn_log, save),
        (nothing, create),
    ],
)
def test_killed_at_any_step_the_page_is_whole_and_the_next_run_converges(
    tmp_path: Path,
    prepare: Callable[[Path], None],
    action: Callable[[Path], None],
    cut: Cut,
) -> None:
    undisturbed = tmp_path / "undisturbed"
    undisturbed.mkdir()
    prepare(undisturbed)
    base = ids(undisturbed) if prepare is not nothing else []
    action(undisturbed)
    expected = ids(undisturbed)

    for number in range(1, 200):
        folder = tmp_path / str(number)
        folder.mkdir()
        prepare(folder)
        ended = survives(action, folder, Death(number, cut))

        found = list(wiki_of(folder).pages(["Un"]))
        assert found or prepare is nothing
        for page in found:
            assert page.text == NEW or (page.text == OLD and prepare is not nothing)
            assert ids(folder) == (expected if page.text == NEW else base)

        if not found or found[0].text == OLD:
            action(folder)  # the same run again
        wiki = wiki_of(folder)
        after = wiki.page("Un")
        assert (after.text, ids(folder)) == (NEW, expected)
        assert wiki.save(after, NEW, "motif").unchanged
        if action is create:
            with pytest.raises(PageExists):
                create(folder)

        wiki.save(after, "ensuite", "")
        assert ids(folder)[:-1] == expected
        assert [wiki.text_of(revid) for revid in expected][-1] == NEW
        assert not list(folder.rglob("*.tmp"))
        if ended:
            assert number > 15  # the calls were really counted
            return
    pytest.fail("the run never came to its end")


def test_the_disk_has_the_new_text_before_the_old_one_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand(tmp_path)
    page, file = wiki_of(tmp_path).page("Un"), tmp_path / "Un.wikitext"
    synced: dict[int, int] = {}
    seen: list[str] = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(descriptor: int) -> None:
        status = os.fstat(descriptor)
        synced[status.st_ino] = status.st_size
        if status.st_ino == tmp_path.stat().st_ino:
            seen.append("folder synced")
        fsync(descriptor)

    def noted_replace(source: Path, target: Path) -> None:
        assert synced[source.stat().st_ino] == source.stat().st_size
        if target == file:
            texts = {p.read_text("utf-8") for p in tmp_path.glob(".wikibot/history/texts/*")}
            assert texts == {OLD, NEW}
            seen.append("page replaced")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    wiki_of(tmp_path).save(page, NEW, "")
    assert seen[-2:] == ["page replaced", "folder synced"]

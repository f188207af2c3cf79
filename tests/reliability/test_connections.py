"""The wiki cannot be reached: nothing was sent, so the same edit is made later, or not at all."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.reliability.cases import case
from tests.reliability.scene import Refusing, Scene, ended


@case("F01")
@pytest.mark.parametrize("after", range(9))
def test_refused_connections_are_waited_for(scene: Scene, after: int) -> None:
    """Twice, behind each request of a run in turn: whichever comes next is made all the same."""
    scene.plan()
    with Refusing(scene.bench, 2) as refusing:
        if after:
            scene.bench.faults.on(nth=after).then(refusing.begin).then_close()
        else:
            refusing.begin()
        done = scene.apply()
    assert done.code == 0, done.err
    ended(done, 0, "done")
    assert refusing.left == 0
    scene.once()
    assert scene.posts == 1


def unresolved(*_: object, **__: object) -> Any:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


@case("F02")
@pytest.mark.parametrize("after", [0, 4, 7], ids=["from-the-first", "later", "before-the-edit"])
def test_a_name_that_is_never_found_is_given_up_in_time(
    scene: Scene, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.plan()

    def vanish() -> None:
        monkeypatch.setattr(socket, "getaddrinfo", unresolved)

    if after:
        scene.bench.faults.on(nth=after, times=1000).then(vanish).then_close()
    else:
        vanish()
    started = time.monotonic()
    done = scene.apply()
    monkeypatch.undo()
    assert done.code == 5
    assert time.monotonic() - started < 30
    scene.bench.faults.clear()
    scene.untouched()


@pytest.fixture
def black_hole() -> Iterator[Callable[[], int]]:
    """Return the port of a machine that answers no attempt to connect: its queue is full."""
    sockets: list[socket.socket] = []

    def port() -> int:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        sockets.append(listener)
        for _ in range(3):
            waiting = socket.socket()
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
            sockets.append(waiting)
        return int(listener.getsockname()[1])

    yield port
    for opened in sockets:
        opened.close()


@case("F03")
def test_a_machine_that_answers_nothing_is_given_up_in_time(
    scene: Scene, black_hole: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wikibot.wiki.mediawiki.transport.TIMEOUTS", (0.1, 1.0))
    scene.plan()
    scene.configure(api=f"http://127.0.0.1:{black_hole()}/api.php")
    started = time.monotonic()
    done = scene.apply()
    assert done.code == 5
    assert time.monotonic() - started < 10
    assert done.err.startswith("Note : ") or done.err.startswith("Erreur : ")
    scene.untouched()

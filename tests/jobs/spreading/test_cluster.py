"""A check on a real Dask cluster of two workers on this machine, one of which is killed."""

from __future__ import annotations

import builtins
import os
import signal
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import wikibot
from tests.checks.clean_pages import wiki_of
from tests.checks.defects import DEFECTS
from tests.checks.planted import MAPPING, planted
from tests.jobs.spreading.spreads import NOW, copied_by, export_of, plain, runs
from wikibot.errors import ConfigError, Unavailable
from wikibot.jobs.spreading import check_export, parts
from wikibot.jobs.spreading import cluster as tested
from wikibot.jobs.spreading.cluster import cluster
from wikibot.jobs.spreading.crew import Crew, this_process
from wikibot.page import Page
from wikibot.wiki.dump import DumpWiki


@pytest.fixture(scope="module")
def dask() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as running:
        yield running


def test_a_worker_that_is_killed_at_work_changes_nothing(
    dask: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_PAGES", 10)
    world = wiki_of(4)
    planted(world, DEFECTS, 100)
    file = tmp_path / "export.xml"
    file.write_bytes(export_of(world.pages()[:100]))
    read, sifted = plain(file, MAPPING)
    assert sifted.findings
    with dask.get_client() as client:
        pids = sorted(client.run(os.getpid).values())

    def counted(pages: Iterable[Page]) -> Iterator[Page]:
        for number, each in enumerate(pages):
            if number == 25:
                os.kill(pids[0], signal.SIGKILL)
            yield each

    crews = partial(cluster, dask.scheduler_address)
    told = check_export(
        DumpWiki.open(file), MAPPING, crews, texts=True, counted=counted, around=NOW
    )
    assert list(told.pages) == read
    again = wikibot.sift(told.findings, read, MAPPING, DumpWiki.open(file), whole=True, around=NOW)
    assert again == sifted
    assert not runs(pids[0])


def test_nor_does_one_that_is_killed_while_a_copy_is_made(
    dask: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_PAGES", 5)
    world = wiki_of(4)
    file = tmp_path / "export.xml"
    file.write_bytes(export_of(world.pages()[:100]))
    alone = copied_by(file, MAPPING, this_process, tmp_path / "alone")
    assert len(alone["page"]) == 100
    with dask.get_client() as client:
        client.wait_for_workers(2)
        pids = sorted(client.run(os.getpid).values())
    crews = partial(cluster, dask.scheduler_address)

    @contextmanager
    def dying() -> Iterator[Crew]:
        with crews() as crew:
            os.kill(pids[0], signal.SIGKILL)
            yield crew

    assert copied_by(file, MAPPING, dying, tmp_path / "cluster") == alone


def test_a_cluster_without_workers_is_told(dask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(tested, "_SECONDS", 1)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=":0", processes=False) as empty,
        pytest.raises(Unavailable, match="has no worker"),
        cluster(empty.scheduler_address),
    ):
        pass


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tested, "_SECONDS", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(Unavailable, match="does not answer"), cluster(address):
            pass


def test_what_is_no_address_is_told() -> None:
    with pytest.raises(ConfigError, match="is not the address"), cluster("nowhere://x:1"):
        pass


def test_without_dask_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("distributed"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ConfigError) as error, cluster("tcp://127.0.0.1:8786"):
        pass
    assert error.value.advice is not None
    assert error.value.advice.en == "Install it: pip install 'wikibot[dask]'"


@pytest.mark.parametrize("theirs", ["0.0.9", ModuleNotFoundError("wikibot")])
def test_a_worker_with_another_wikibot_or_none_is_told(theirs: object) -> None:
    told: Mapping[str, object] = {"tcp://127.0.0.1:1": theirs}
    with pytest.raises(ConfigError, match="has not this wikibot"):
        tested._same_version(dict(told))

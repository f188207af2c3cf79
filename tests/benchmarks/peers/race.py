"""Runs who is measured, each in a fresh process, and counts what it costs on both sides."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tests.mediawiki.bench import MediaWikiBench

ROOT = Path(__file__).resolve().parents[3]
PEERS = ROOT / ".peers/bin/python"
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """What one piece of work cost; seconds, MB, requests. `login` is what came before the work."""

    seconds: float
    cpu: float
    server: float
    requests: int
    login: int
    peak: float
    result: Any


def run(module: str, task: str, bench: MediaWikiBench | None = None, **order: Any) -> Cost:
    """Have a module of this package do a task; return what the work itself cost."""
    if bench is not None:
        order |= {"api": bench.api, "account": bench.account, "password": bench.password}
        bench.forget_requests()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile("w+") as words:
        return _run(module, task, bench, {"folder": folder, **order}, words)


def _run(
    module: str, task: str, bench: MediaWikiBench | None, order: dict[str, Any], words: IO[str]
) -> Cost:
    process = subprocess.Popen(
        [
            sys.executable if module == "with_wikibot" else str(PEERS),
            *("-m", f"tests.benchmarks.peers.{module}", task, json.dumps(order)),
        ],
        cwd=ROOT,
        env=_environment(order),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=words,
        text=True,
    )
    assert process.stdin and process.stdout
    with process:
        if process.stdout.readline() != "ready\n":
            raise RuntimeError(f"{module} {task}: {_last(words)}")
        login, server = (len(bench.requests_seen()), server_seconds(bench)) if bench else (0, 0.0)
        process.stdin.write("go\n")
        process.stdin.flush()
        line = process.stdout.readline()
    if process.returncode or not line:
        raise RuntimeError(f"{module} {task}: {_last(words)}")
    told = json.loads(line)
    return Cost(
        seconds=told["seconds"],
        cpu=told["cpu"],
        server=server_seconds(bench) - server if bench else 0.0,
        requests=len(bench.requests_seen()) - login if bench else 0,
        login=login,
        peak=told["peak"],
        result=told["result"],
    )


def command(words: Sequence[str], folder: Path, bench: MediaWikiBench | None = None) -> Cost:
    """Run a command line as people start it; return what the whole process cost.

    Raises:
        RuntimeError: it ends by another code than 0 or 3.
    """
    if bench is not None:
        bench.forget_requests()
    server = server_seconds(bench) if bench else 0.0
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = os.times().elapsed
    done = subprocess.run(
        words,
        cwd=folder,
        env=_environment({"folder": str(folder)}),
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = os.times().elapsed - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 3):
        raise RuntimeError(f"{' '.join(words)}: exit {done.returncode}\n{done.stderr}")
    return Cost(
        seconds=seconds,
        cpu=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        server=server_seconds(bench) - server if bench else 0.0,
        requests=len(bench.requests_seen()) if bench else 0,
        login=0,
        peak=0.0,
        result=done.stdout,
    )


def in_turns(rounds: int, *runners: Callable[[], Cost]) -> list[list[Cost]]:
    """Let each run once a round, so that a busy machine hits all alike; return costs by runner."""
    costs: list[list[Cost]] = [[] for _ in runners]
    for number in range(rounds):
        turn = list(zip(runners, costs, strict=True))
        for runner, known in turn if number % 2 == 0 else reversed(turn):
            known.append(runner())
    return costs


def median(costs: Sequence[Cost], what: str) -> float:
    """Return the median of one kind of cost."""
    return float(statistics.median(getattr(cost, what) for cost in costs))


def server_seconds(bench: MediaWikiBench) -> float:
    """Return the processor seconds that the server's processes have used until now (Linux)."""
    assert bench._server._process is not None
    group = bench._server._process.pid
    ticks = 0
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(fields[2]) == group:  # proc(5): pgrp; utime and stime
            ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICK


def _last(words: IO[str]) -> str:
    words.seek(0)
    return words.read()[-2000:]


def _environment(order: dict[str, Any]) -> dict[str, str]:
    """Return what a process may know: nothing of the developer's own settings."""
    home = order.get("folder", "/nonexistent")
    known = {"HOME": home, "LC_ALL": "fr_FR.UTF-8", "PYTHONIOENCODING": "utf-8"}
    return {**known, "PATH": os.environ["PATH"], "PYWIKIBOT_NO_USER_CONFIG": "2"}

"""PHP's own web server with a MediaWiki in it, and PHP scripts beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import requests

from tests.mediawiki.door import free_port

_SETTINGS = (
    "memory_limit=512M",
    "max_execution_time=120",
    "opcache.enable_cli=1",
    "opcache.memory_consumption=192",
    "opcache.max_accelerated_files=20000",
    "opcache.validate_timestamps=0",
)


class BenchUnavailable(Exception):
    """There is no MediaWiki to run here; the message is one line that says why."""


class BenchError(Exception):
    """The wiki answered a helper of the bench with an error; `code` is MediaWiki's."""

    def __init__(self, code: str, info: str) -> None:
        super().__init__(f"{code}: {info}")
        self.code = code


class PhpServer:
    """The process and those that it starts; `port` is where it listens.

    Args:
        home: what `setup.sh` filled.
        data: the folder of the wiki's databases; its log goes beside it.
        door: the port by which the wiki is known to others.
        workers: how many requests it takes at once.
    """

    def __init__(self, home: Path, data: Path, door: int, workers: int) -> None:
        self.port = 0
        self._home = home
        self._log = data.with_name("server.log")
        self._process: subprocess.Popen[bytes] | None = None
        self._environment = os.environ | {
            "MW_INSTALL_PATH": str(home / "mw"),
            "PHP_CLI_SERVER_WORKERS": str(workers),
            "WIKIBOT_BENCH_DATA": str(data),
            "WIKIBOT_BENCH_PORT": str(door),
        }

    def start(self, is_ours: Callable[[], bool], tries: int = 5) -> None:
        """Start it; `is_ours` asks whatever answers at `port` whether it is this wiki.

        Raises:
            BenchUnavailable: it does not start.
        """
        for _ in range(tries):
            self.port = free_port()
            settings = [word for setting in _SETTINGS for word in ("-d", setting)]
            where = ["-S", f"127.0.0.1:{self.port}", "-t", str(self._home / "mw")]
            with self._log.open("ab") as log:
                self._process = subprocess.Popen(
                    [str(self._home / "bin/php"), *settings, *where],
                    env=self._environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,  # a process group of its own, to end as a whole
                )
            if self._answers(is_ours):
                return
            self.stop()  # somebody else took the port in the meantime
        last_words = self._log.read_text(errors="replace").strip().splitlines()[-1:]
        raise BenchUnavailable(f"PHP's server does not start: {' '.join(last_words)}")

    def stop(self) -> None:
        """End it and the processes it started."""
        if self._process is None:
            return
        for signal_number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self._process.pid, signal_number)
                self._process.wait(timeout=5)
            except ProcessLookupError:
                break
            except subprocess.TimeoutExpired:
                continue
        self._process = None

    def run(self, script: Path, *options: str, stdin: str = "") -> str:
        """Run a script of PHP on the same wiki; return what it prints.

        Raises:
            BenchError: it fails.
        """
        done = subprocess.run(
            [str(self._home / "bin/php"), str(script), *options],
            env=self._environment,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise BenchError(script.stem, (done.stderr or done.stdout).strip())
        return done.stdout

    def _answers(self, is_ours: Callable[[], bool], seconds: float = 30) -> bool:
        assert self._process is not None
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                return is_ours()
            except requests.ConnectionError:
                time.sleep(0.02)
        return False

"""A running MediaWiki that belongs to one test process."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import requests

from tests.mediawiki.door import RecordingDoor, SeenRequest

HOME = Path(__file__).resolve().parents[2] / ".mediawiki"
Role = Literal["bot", "human", "admin"]


class BenchUnavailable(Exception):
    """There is no MediaWiki to run here; the message is one line that says why."""


class BenchError(Exception):
    """The wiki answered a helper of the bench with an error; `code` is MediaWiki's."""

    def __init__(self, code: str, info: str) -> None:
        super().__init__(f"{code}: {info}")
        self.code = code


def why_unavailable(home: Path = HOME) -> str | None:
    """Why no bench can start from `home`, in one line; None when one can."""
    if (home / "ready").exists():
        return None
    try:
        return (home / "why-not").read_text().strip()
    except OSError:
        return "no MediaWiki is set up for the tests: run `make mediawiki`"


class MediaWikiBench:
    """A real wiki in French: PHP's own web server on a free port, SQLite in a folder.

    Everything addressed to `api` is remembered by `requests_seen`; the helpers speak to the
    server behind its back. Times are those of MediaWiki, texts are wikitext.

    Args:
        directory: an empty folder of its own; the wiki's data live there.
        home: what `setup.sh` filled; read only.
        workers: how many requests the server takes at once.

    Raises:
        BenchUnavailable: `home` was not set up, or the server does not start.
    """

    def __init__(self, directory: Path, home: Path = HOME, workers: int = 4) -> None:
        reason = why_unavailable(home)
        if reason:
            raise BenchUnavailable(reason)
        self._home = home
        self._data = directory / "data"
        self._log = directory / "server.log"
        self._workers = workers
        self._accounts = json.loads((home / "accounts.json").read_text())
        self._sessions: dict[Role, requests.Session] = {}
        self._server: subprocess.Popen[bytes] | None = None
        self._server_port = 0
        self._copy_pristine()
        self._door = RecordingDoor()
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    # --- what a client needs ---

    @property
    def api(self) -> str:
        """The full URL of api.php."""
        return f"http://127.0.0.1:{self._door.port}/api.php"

    @property
    def account(self) -> str:
        """The bot's account and bot-password name (`user@name`); it is in the group bot."""
        return self._account("bot")

    @property
    def password(self) -> str:
        """The bot's bot password."""
        return self._password("bot")

    @property
    def human_account(self) -> str:
        """Account and bot-password name of an ordinary person."""
        return self._account("human")

    @property
    def human_password(self) -> str:
        """The person's bot password."""
        return self._password("human")

    def requests_seen(self) -> list[SeenRequest]:
        """The requests that came to `api` since the start, the last reset or `forget_requests`."""
        return self._door.seen()

    def forget_requests(self) -> None:
        """Empty the list of requests seen."""
        self._door.forget()

    # --- the wiki's other users ---

    def session(self, role: Role = "human") -> requests.Session:
        """A session that is logged in and speaks to the server directly; kept until a reset."""
        if role not in self._sessions:
            session = requests.Session()
            session.trust_env = False  # no proxy, no .netrc of the developer's
            answer = self._post(
                session,
                action="login",
                lgname=self._account(role),
                lgpassword=self._password(role),
                lgtoken=self._token(session, "login"),
            )
            if answer["login"]["result"] != "Success":
                raise BenchError("login", str(answer["login"]))
            self._sessions[role] = session
        return self._sessions[role]

    def call(self, role: Role = "human", **parameters: str | int) -> dict[str, Any]:
        """Post a request of the API as `role`, with a CSRF token; the answer (formatversion 2).

        Raises:
            BenchError: the wiki refuses.
        """
        session = self.session(role)
        return self._post(session, token=self._token(session, "csrf"), **parameters)

    def edit_as_human(self, title: str, text: str, summary: str = "") -> int:
        """Save `text` as the person, whatever stands there; the id of the page's revision."""
        answer = self.call("human", action="edit", title=title, text=text, summary=summary)
        if "nochange" in answer["edit"]:
            return int(self.revisions(title)[-1]["revid"])
        return int(answer["edit"]["newrevid"])

    def text(self, title: str) -> str:
        """The current wikitext of a page.

        Raises:
            KeyError: there is no such page.
        """
        content = self._page(title, rvprop="content", rvlimit=1)["revisions"][0]
        return str(content["slots"]["main"]["content"])

    def revisions(self, title: str) -> list[dict[str, Any]]:
        """The revisions of a page, oldest first: revid, parentid, user, comment, tags, minor."""
        page = self._page(
            title, rvprop="ids|user|comment|timestamp|flags|tags", rvlimit="max", rvdir="newer"
        )
        return list(page.get("revisions", []))

    def categories(self, title: str) -> list[str]:
        """The categories the wiki has filed a page under, with their prefix."""
        page = self._query(titles=title, prop="categories", cllimit="max")["pages"][0]
        return [category["title"] for category in page.get("categories", [])]

    # --- MediaWiki's own reading of wikitext ---

    def parsetree(self, text: str) -> str:
        """MediaWiki's parse tree of a text, as XML (`action=parse&prop=parsetree`)."""
        with requests.Session() as session:
            session.trust_env = False
            answer = self._post(
                session, action="parse", prop="parsetree", contentmodel="wikitext", text=text
            )
        return str(answer["parse"]["parsetree"])

    def parsetrees(self, texts: Sequence[str]) -> list[str]:
        """The same for many texts in one process: some ten thousand a second.

        A request cannot carry control characters or text that is not NFC; here they pass.
        """
        trees = json.loads(
            self._php(Path(__file__).with_name("parsetrees.php"), stdin=json.dumps(list(texts)))
        )
        return [str(tree) for tree in trees]

    # --- the state of the wiki ---

    def reset(self) -> None:
        """Put the untouched wiki back and forget the requests seen; the server stays up."""
        self._sessions.clear()
        self._copy_pristine()
        self._door.forget()

    def set_read_only(self, reason: str) -> None:
        """Make every write fail with `readonly` and this reason; an empty one ends it."""
        (self._data / "read-only").write_text(reason)

    def run_jobs(self) -> None:
        """Run the jobs that edits left behind (pages that use an edited template, …)."""
        self._php(self._home / "mw/maintenance/runJobs.php")

    def stop(self) -> None:
        """End the server and the processes it started."""
        self._door.stop()
        self._stop_server()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    # --- inside ---

    def _account(self, role: Role) -> str:
        return str(self._accounts[role]["account"])

    def _password(self, role: Role) -> str:
        return str(self._accounts[role]["password"])

    def _copy_pristine(self) -> None:
        # Each request opens the database anew, so the files may change between requests.
        self._data.mkdir(parents=True, exist_ok=True)
        for path in self._data.iterdir():
            if path.is_file():
                path.unlink()
        shutil.copytree(self._home / "pristine", self._data, dirs_exist_ok=True)

    def _environment(self) -> dict[str, str]:
        return os.environ | {
            "MW_INSTALL_PATH": str(self._home / "mw"),
            "PHP_CLI_SERVER_WORKERS": str(self._workers),
            "WIKIBOT_BENCH_DATA": str(self._data),
            "WIKIBOT_BENCH_PORT": str(self._door.port),
        }

    def _start(self, tries: int = 5) -> None:
        for _ in range(tries):
            self._server_port = _free_port()
            command = [str(self._home / "bin/php")]
            for setting in (
                "memory_limit=512M",
                "max_execution_time=120",
                "opcache.enable_cli=1",
                "opcache.memory_consumption=192",
                "opcache.max_accelerated_files=20000",
                "opcache.validate_timestamps=0",
            ):
                command += ["-d", setting]
            command += ["-S", f"127.0.0.1:{self._server_port}", "-t", str(self._home / "mw")]
            with self._log.open("ab") as log:
                self._server = subprocess.Popen(
                    command,
                    env=self._environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,  # a process group of its own, to end as a whole
                )
            if self._answers():
                self._door.target_port = self._server_port
                return
            self._stop_server()  # somebody else took the port in the meantime
        last_words = self._log.read_text(errors="replace").strip().splitlines()[-1:]
        raise BenchUnavailable(f"PHP's server does not start: {' '.join(last_words)}")

    def _answers(self, seconds: float = 30) -> bool:
        assert self._server is not None
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self._server.poll() is None:
            try:
                general = self._query(meta="siteinfo")["general"]
            except requests.ConnectionError:
                time.sleep(0.02)
            else:
                return bool(general["server"] == f"http://127.0.0.1:{self._door.port}")
        return False

    def _stop_server(self) -> None:
        if self._server is None:
            return
        for signal_number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self._server.pid, signal_number)
                self._server.wait(timeout=5)
            except ProcessLookupError:
                break
            except subprocess.TimeoutExpired:
                continue
        self._server = None

    def _php(self, script: Path, stdin: str = "") -> str:
        done = subprocess.run(
            [str(self._home / "bin/php"), str(script)],
            env=self._environment(),
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise BenchError(script.stem, (done.stderr or done.stdout).strip())
        return done.stdout

    def _post(self, session: requests.Session, **parameters: str | int) -> dict[str, Any]:
        response = session.post(
            f"http://127.0.0.1:{self._server_port}/api.php",
            data={"format": "json", "formatversion": 2, **parameters},
            timeout=120,
        )
        if not response.headers["Content-Type"].startswith("application/json"):
            raise BenchError(f"HTTP {response.status_code}", response.text[:500])
        answer: dict[str, Any] = response.json()
        if "error" in answer:
            raise BenchError(answer["error"]["code"], answer["error"]["info"])
        return answer

    def _token(self, session: requests.Session, kind: str) -> str:
        answer = self._post(session, action="query", meta="tokens", type=kind)
        return str(answer["query"]["tokens"][f"{kind}token"])

    def _query(self, **parameters: str | int) -> dict[str, Any]:
        with requests.Session() as session:
            session.trust_env = False
            query: dict[str, Any] = self._post(session, action="query", **parameters)["query"]
        return query

    def _page(self, title: str, **parameters: str | int) -> dict[str, Any]:
        query = self._query(titles=title, prop="revisions", rvslots="main", **parameters)
        page: dict[str, Any] = query["pages"][0]
        return page


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])

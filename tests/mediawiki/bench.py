"""A running MediaWiki that belongs to one test process."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import requests

from tests.mediawiki.admin import Admin
from tests.mediawiki.door import RecordingDoor, SeenRequest
from tests.mediawiki.export import export
from tests.mediawiki.faults import Faults
from tests.mediawiki.server import BenchError, BenchUnavailable, PhpServer

__all__ = ["BenchError", "BenchUnavailable", "MediaWikiBench", "why_unavailable"]

HOME = Path(__file__).resolve().parents[2] / ".mediawiki"
Role = Literal["bot", "human", "admin"]


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
    server behind its back. Times are those of MediaWiki, texts are wikitext. What is to go
    wrong on the way is said to `faults`, what the wiki itself is to do to `admin`.

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
        self._accounts = json.loads((home / "accounts.json").read_text())
        self._sessions: dict[Role, requests.Session] = {}
        self._copy_pristine()
        self._door = RecordingDoor()
        self._server = PhpServer(home, self._data, self._door.port, workers)
        self.admin = Admin(partial(self.call, "admin"), self._data, self.bot_name)
        try:
            self._server.start(self._is_ours)
            self._door.target_port = self._server.port
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
    def bot_name(self) -> str:
        """The bot's name, as it stands in histories."""
        return self.account.partition("@")[0]

    @property
    def human_account(self) -> str:
        """Account and bot-password name of an ordinary person."""
        return self._account("human")

    @property
    def human_password(self) -> str:
        """The person's bot password."""
        return self._password("human")

    @property
    def admin_account(self) -> str:
        """Account and bot-password name of an administrator."""
        return self._account("admin")

    @property
    def admin_password(self) -> str:
        """The administrator's bot password."""
        return self._password("admin")

    @property
    def database(self) -> Path:
        """The wiki's own database (SQLite), to look into behind everybody's back."""
        return self._data / "wiki.sqlite"

    def requests_seen(self) -> list[SeenRequest]:
        """The requests that came to `api` since the start, the last reset or `forget_requests`."""
        return self._door.seen()

    def edits_seen(self) -> list[SeenRequest]:
        """The requests to save a page among them, even those that were cut off."""
        return [request for request in self.requests_seen() if request.action == "edit"]

    def forget_requests(self) -> None:
        """Empty the list of requests seen."""
        self._door.forget()

    # --- what goes wrong ---

    @property
    def faults(self) -> Faults:
        """The faults on the way to `api`."""
        return self._door.faults

    def refuse_connections(self) -> None:
        """Let nothing listen at `api`; connections that are open stay so."""
        self._door.close_port()

    def accept_connections(self) -> None:
        """Listen again."""
        self._door.open_port()

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
        try:
            return self._call(role, **parameters)
        except BenchError as error:
            if error.code != "assertuserfailed":
                raise
        del self._sessions[role]  # a test has ended it, or the wiki
        return self._call(role, **parameters)

    def _call(self, role: Role, **parameters: str | int) -> dict[str, Any]:
        session = self.session(role)
        token = self._token(session, "csrf")
        return self._post(session, token=token, **{"assert": "user", **parameters})

    def edit_as_human(self, title: str, text: str, summary: str = "") -> int:
        """Save `text` as the person, whatever stands there; the id of the page's revision."""
        answer = self.call("human", action="edit", title=title, text=text, summary=summary)
        if "nochange" in answer["edit"]:
            return int(self.revisions(title)[-1]["revid"])
        return int(answer["edit"]["newrevid"])

    def import_pages(self, pages: Mapping[str, Sequence[str]]) -> None:
        """Create pages as the person, each with its revisions, oldest first: 400 a second.

        As from an export: no links are recorded, no categories filled.
        """
        human = self.human_account.partition("@")[0]
        self._server.run(
            self._home / "mw/maintenance/importDump.php", "--no-updates", stdin=export(pages, human)
        )

    def text(self, title: str) -> str:
        """The current wikitext of a page.

        Raises:
            KeyError: there is no such page.
        """
        content = self._page(title, rvprop="content", rvlimit=1)["revisions"][0]
        return str(content["slots"]["main"]["content"])

    def history(self, title: str) -> list[tuple[str, str, str]]:
        """User, comment and text of each revision of a page, oldest first; one request."""
        page = self._page(title, rvprop="user|comment|content", rvlimit="max", rvdir="newer")
        return [
            (row["user"], row["comment"], row["slots"]["main"]["content"])
            for row in page.get("revisions", [])
        ]

    def bot_revisions(self, title: str) -> list[dict[str, Any]]:
        """The same, those of the bot alone."""
        return [row for row in self.revisions(title) if row.get("user") == self.bot_name]

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
            self._server.run(
                Path(__file__).with_name("parsetrees.php"), stdin=json.dumps(list(texts))
            )
        )
        return [str(tree) for tree in trees]

    # --- the state of the wiki ---

    def reset(self) -> None:
        """Put the untouched wiki back, forget faults and requests seen; the server stays up."""
        self.faults.clear()
        self._door.wait_until_quiet()
        self._sessions.clear()
        self._copy_pristine()
        self._door.forget()

    def set_read_only(self, reason: str) -> None:
        """Make every write fail with `readonly` and this reason; an empty one ends it."""
        (self._data / "read-only").write_text(reason)

    def run_jobs(self) -> None:
        """Run the jobs that edits left behind (pages that use an edited template, …)."""
        self._server.run(self._home / "mw/maintenance/runJobs.php")

    def stop(self) -> None:
        """End the server and the processes it started."""
        self._door.stop()
        self._server.stop()

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

    def _is_ours(self) -> bool:
        general = self._query(meta="siteinfo")["general"]
        return bool(general["server"] == f"http://127.0.0.1:{self._door.port}")

    def _post(self, session: requests.Session, **parameters: str | int) -> dict[str, Any]:
        response = session.post(
            f"http://127.0.0.1:{self._server.port}/api.php",
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

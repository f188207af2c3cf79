"""A password goes to the wiki it was given for, and is seen nowhere."""

from __future__ import annotations

import json
import re
import threading
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import click
import pytest

from tests.cli.command import ATLAS, Done, spawn
from tests.wiki.proxies import StubProxy
from tests.wiki.stub_api import Answer, StubApi
from wikibot.cli import wikibot

SECRET = "canari-9f3k-abcdefghijkl"


class Listener(ThreadingHTTPServer):
    """Answers every request with `answer`, and remembers all it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer: tuple[int, str, str] = (200, "application/json", "{}")
        self.received: list[str] = []
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/api.php"


class _Handler(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.server.received.append(f"{self.command} {self.path} {self.headers} {body}")
        asked = parse_qs(f"{self.path.partition('?')[2]}&{body}")
        status, kind, answer = self.server.answer
        if answer == "echo":
            answer = f"<p>{self.headers}</p>"
        if answer == "login":  # accept to log in, then break
            if asked.get("type") == ["login"]:
                answer = json.dumps({"query": {"tokens": {"logintoken": "jeton+\\"}}})
            else:
                answer = json.dumps({"login": {"result": "Failed", "reason": f"Non : {SECRET}"}})
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(answer.encode())))
        if status in (301, 302, 307, 308):
            self.send_header("Location", "http://127.0.0.1:9/api.php")
        self.end_headers()
        self.wfile.write(answer.encode())

    do_GET = do_POST

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def listener() -> Iterator[Listener]:
    server = Listener()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def other() -> Iterator[Listener]:
    server = Listener()
    yield server
    server.shutdown()
    server.server_close()


def everything(done: Done, here: Path) -> str:
    """Return all that was printed, and all that was left on the disk but the secret itself."""
    files = [p for p in here.rglob("*") if p.is_file() and p.name != "secret.txt"]
    left = [file.read_bytes().decode("utf-8", "replace") for file in files]
    return "\n".join([done.out, done.err, *left])


ANSWERS = {
    "an empty object": (200, "application/json", "{}"),
    "a page": (200, "text/html", "<p>Bienvenue</p>"),
    "an error": (500, "text/html", "<h1>erreur</h1>"),
    "gone": (404, "text/html", "rien"),
    "another place": (307, "text/html", ""),
    "no JSON": (200, "application/json", '{"query": '),
    "a list": (200, "application/json", "[]"),
    "a refusal": (200, "application/json", "login"),
    "a refusal by code": (
        200,
        "application/json",
        json.dumps({"error": {"code": "readapidenied", "info": "fermé"}}),
    ),
}


@pytest.mark.parametrize("debug", [False, True], ids=["", "debug"])
@pytest.mark.parametrize("answer", ANSWERS)
def test_the_password_is_printed_and_written_nowhere(
    folder: Path, listener: Listener, answer: str, debug: bool
) -> None:
    listener.answer = ANSWERS[answer]
    here = folder.parent
    (here / "secret.txt").write_text(SECRET)
    (here / "secret.txt").chmod(0o600)
    (here / "wikibot.toml").write_text(
        f'[wiki]\napi = "{listener.api}"\naccount = "Robot@nuit"\npassword_file = "secret.txt"\n'
    )
    done = spawn(
        *(["--debug"] if debug else []),
        *("set", ATLAS, "tags+=mare", "--apply"),
        env={"WIKIBOT_SLEEP_SCALE": "0"},
        cwd=here,
    )
    assert done.code in (2, 4, 5), done.err
    assert "interne" not in done.err
    assert SECRET not in everything(done, here)
    assert sum(SECRET in request for request in listener.received) <= 1


OAUTH_1 = "canari-1-consommateur canari-2-secret canari-3-acces canari-4-secret"


class TestOAuth:
    """The key goes along with every request, and is printed and written nowhere all the same."""

    def configure(self, here: Path, api: str, login: str) -> None:
        (here / "secret.txt").write_text(SECRET if login == "oauth2" else OAUTH_1)
        (here / "secret.txt").chmod(0o600)
        (here / "wikibot.toml").write_text(
            f'[wiki]\napi = "{api}"\naccount = "Robot"\nlogin = "{login}"\n'
            'password_file = "secret.txt"\nkeep_session = true\nstate = "etat"\n'
        )

    @pytest.mark.parametrize("login", ["oauth1", "oauth2"])
    @pytest.mark.parametrize("answer", [*ANSWERS, "what it was sent"])
    def test_is_printed_nowhere(
        self, folder: Path, listener: Listener, answer: str, login: str
    ) -> None:
        listener.answer = ANSWERS.get(answer, (500, "text/html", "echo"))
        here = folder.parent
        self.configure(here, listener.api, login)
        done = spawn("--debug", "check", env={"WIKIBOT_SLEEP_SCALE": "0"}, cwd=here)
        assert done.code in (2, 4, 5), done.err
        assert "interne" not in done.err
        assert "Authorization: " in listener.received[0]
        assert "canari" not in everything(done, here)

    def test_of_the_wrong_number_of_words_is_not_sent(
        self, folder: Path, listener: Listener
    ) -> None:
        here = folder.parent
        self.configure(here, listener.api, "oauth1")
        (here / "secret.txt").write_text(OAUTH_1.rpartition(" ")[0])
        done = spawn("check", cwd=here)
        assert done.code == 2
        assert done.err.startswith("Erreur : Le secret d'OAuth 1 doit être quatre mots")
        assert listener.received == []
        assert "canari" not in everything(done, here)


@pytest.mark.parametrize("debug", [False, True], ids=["", "debug"])
def test_a_session_that_is_kept_is_shown_nowhere_but_in_its_file(folder: Path, debug: bool) -> None:
    here, cookie = folder.parent, "canari-0123456789abcdef"
    (here / "secret.txt").write_text(SECRET)
    (here / "secret.txt").chmod(0o600)
    with StubApi() as stub:
        usual = {"login": {"result": "Success", "lgusername": "Robot"}}
        headers = {"Set-Cookie": f"wiki_session={cookie}; path=/"}
        stub.always("login", Answer(usual, headers=headers))
        stub.always("query", Answer(f"<html>{cookie} {SECRET}".encode(), 403))
        (here / "wikibot.toml").write_text(
            f'[wiki]\napi = "{stub.api}"\naccount = "Robot@nuit"\npassword_file = "secret.txt"\n'
            'keep_session = true\nstate = "etat"\n'
        )
        done = spawn(*(["--debug"] if debug else []), "check", cwd=here)
        assert done.code == 4, done.err
        again = spawn("check", cwd=here)
        assert again.code == 4
        assert len(stub.of("login")) == 1
    assert cookie in (here / "etat/session.json").read_text()
    (here / "etat/session.json").unlink()
    assert "canari" not in everything(done, here) + everything(again, here)


@pytest.mark.parametrize("debug", [False, True], ids=["", "debug"])
def test_the_password_of_a_proxy_is_printed_nowhere(folder: Path, debug: bool) -> None:
    here = folder.parent
    with StubApi() as stub, StubProxy(407) as proxy:
        (here / "wikibot.toml").write_text(
            f'[wiki]\napi = "{stub.api}"\nproxy = "{proxy.address(f"user:{SECRET}")}"\n'
        )
        done = spawn(*(["--debug"] if debug else []), "check", cwd=here)
        assert len(proxy.seen) == 1
        assert stub.seen == []
    assert done.code == 5, done.err
    (here / "wikibot.toml").unlink()
    basic = b64encode(f"user:{SECRET}".encode()).decode()
    assert SECRET not in everything(done, here)
    assert basic not in everything(done, here)


def test_no_option_and_no_argument_takes_a_secret() -> None:
    def names(command: click.Command) -> Iterator[str]:
        for parameter in command.params:
            yield f"{parameter.name} {' '.join(parameter.opts)}".lower()
        for inner in command.commands.values() if isinstance(command, click.Group) else ():
            yield from names(inner)

    known = list(names(wikibot))
    assert len(known) > 20
    secret = re.compile(r"passw|secret|token|credential|cookie|oauth|proxy|\bkey")
    known.remove("proxy --proxy")  # an address; one with a password in it is refused (test_init)
    assert [name for name in known if secret.search(name)] == []


class TestWhichWikiGetsIt:
    """The server answers nothing useful: what counts is what it is sent."""

    def configure(self, here: Path, api: str, secret: str) -> None:
        (here / "secret.txt").write_text(SECRET)
        (here / "secret.txt").chmod(0o600)
        (here / "wikibot.toml").write_text(
            f'[wiki]\napi = "{api}"\naccount = "Robot@nuit"\n{secret}\n'
        )

    SOURCES = (
        pytest.param('password_file = "secret.txt"', {}, id="file"),
        pytest.param('password_command = ["cat", "secret.txt"]', {}, id="command"),
        pytest.param("", {"WIKIBOT_PASSWORD": SECRET}, id="environment"),
        pytest.param('credential = "secret.txt"', {"CREDENTIALS_DIRECTORY": "."}, id="credential"),
    )

    @pytest.mark.parametrize(("source", "env"), SOURCES)
    def test_the_one_that_is_configured(
        self, folder: Path, listener: Listener, source: str, env: dict[str, str]
    ) -> None:
        listener.answer = (200, "application/json", "login")
        self.configure(folder.parent, listener.api, source)
        for wiki in ([], ["--wiki", listener.api]):
            listener.received.clear()
            done = spawn(*wiki, "check", env=env, cwd=folder.parent)
            assert done.code == 4
            assert "refuse la connexion du compte « Robot@nuit »" in done.err
            assert sum(SECRET in request for request in listener.received) == 1

    @pytest.mark.parametrize(("source", "env"), SOURCES)
    def test_no_other_one(
        self,
        folder: Path,
        listener: Listener,
        other: Listener,
        source: str,
        env: dict[str, str],
    ) -> None:
        self.configure(folder.parent, listener.api, source)
        done = spawn("--wiki", other.api, "check", env=env, cwd=folder.parent)
        assert done.code != 0
        assert other.received
        assert SECRET not in "".join(other.received)
        assert listener.received == []

    def test_no_folder_asks_for_it(self, folder: Path, listener: Listener) -> None:
        command = 'password_command = ["touch", "asked"]'
        self.configure(folder.parent, listener.api, command)
        assert spawn("--wiki", "pages", "check", cwd=folder.parent).code == 0
        assert not (folder.parent / "asked").exists()

    def test_without_a_configuration_the_environment_names_account_and_password(
        self, folder: Path, listener: Listener
    ) -> None:
        listener.answer = (200, "application/json", "login")
        env = {"WIKIBOT_ACCOUNT": "Robot@nuit", "WIKIBOT_PASSWORD": SECRET}
        assert spawn("--wiki", listener.api, "check", env=env).code == 4
        assert sum(SECRET in request for request in listener.received) == 1

    def test_an_account_without_a_password_is_one_line(
        self, folder: Path, listener: Listener
    ) -> None:
        listener.answer = (200, "application/json", "login")
        self.configure(folder.parent, listener.api, "")
        done = spawn("check", cwd=folder.parent)
        assert done.code == 2
        assert done.err.splitlines()[0] == (
            "Erreur : Il n'y a pas de mot de passe pour le compte « Robot@nuit »."
        )


class TestConfiguration:
    def test_a_site_is_chosen_by_name_and_named_in_what_to_type_next(self, folder: Path) -> None:
        here = folder.parent
        (here / "wikibot.toml").write_text(
            '[wikis.essai]\nfolder = "pages"\nstate = "etat"\n[wikis.autre]\nfolder = "autre"\n'
        )
        done = spawn("--site", "essai", "set", ATLAS, "tags+=mare", "--apply", cwd=here)
        assert done.code == 0
        assert "wikibot --site essai undo " in done.out
        assert (here / "etat/journal.sqlite").exists()
        assert not (folder / ".wikibot/journal.sqlite").exists()
        assert spawn("check", cwd=here).err.splitlines()[0].endswith("plusieurs wikis.")

    def test_is_found_upwards(self, folder: Path) -> None:
        (folder.parent / "wikibot.toml").write_text('[wiki]\nfolder = "pages"\n')
        deep = folder.parent / "a/b"
        deep.mkdir(parents=True)
        assert spawn("check", cwd=deep).code == 0

    def test_does_not_matter_to_a_folder_named_on_the_command_line(self, folder: Path) -> None:
        (folder.parent / "wikibot.toml").write_text("[wiki\n")
        assert spawn("--wiki", "pages", "check", cwd=folder.parent).code == 0

    def test_names_the_mapping(self, folder: Path) -> None:
        (folder.parent / "wikibot.toml").write_text('[wiki]\nfolder = "pages"\nmapping = "zz"\n')
        done = spawn("check", cwd=folder.parent)
        assert done.code == 2
        assert done.err.startswith("Erreur : Aucune correspondance « zz »")

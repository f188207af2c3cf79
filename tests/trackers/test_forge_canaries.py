"""The token of a forge shows nowhere, however a sync with it fails."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.cli.command import run
from tests.cli.test_sync import ACTION
from tests.trackers.forge_stub import TOKEN, Answer, Request
from tests.trackers.forges import ForgeBench, forge
from wikibot import redaction

SYNC = ("actions", "sync", "depot", "--apply")
WHERE = {"github": 'repository = "equipe/actions"', "gitlab": 'project = "equipe/actions"'}
WRITES = ("POST", "PATCH", "PUT")


@dataclass
class Stage:
    """A wiki with an action, a forge with an issue, and how they are configured."""

    bench: ForgeBench
    place: Path
    lines: str

    def configure(self, text: str = "") -> None:
        (self.place / "wikibot.toml").write_text(
            f'[wiki]\nfolder = "wiki"\n\n[trackers.depot]\n{text or self.lines}', "utf-8"
        )

    def always(self, answer: Answer | bytes, *methods: str) -> None:
        """Answer every request of these methods like this."""
        do = self.bench.stub.handle

        def handle(request: Request) -> Answer | str | bytes:
            return answer if request.method in methods else do(request)

        self.bench.stub.handle = handle  # type: ignore[method-assign]


@pytest.fixture(params=("github", "gitlab"))
def stage(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stage]:
    monkeypatch.setenv("WIKIBOT_SLEEP_SCALE", "0")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wiki").mkdir()
    page = ACTION.format(summary="Relire la charte", due="")
    (tmp_path / "wiki" / "Action%3A1.wikitext").write_text(page, "utf-8")
    (tmp_path / "secret").write_text(f"{TOKEN}\n")
    (tmp_path / "secret").chmod(0o600)
    with forge(request.param) as bench:
        bench.stub.add("Publier le guide")
        lines = f'kind = "{request.param}"\nurl = "{bench.stub.url}"\n{WHERE[request.param]}\n'
        found = Stage(bench, tmp_path, f'{lines}password_file = "secret"\n')
        found.configure()
        yield found


CASES: dict[str, tuple[int, Callable[[Stage], object]]] = {}


def failing(code: int) -> Callable[[Callable[[Stage], object]], Callable[[Stage], object]]:
    def kept(arrange: Callable[[Stage], object]) -> Callable[[Stage], object]:
        CASES[arrange.__name__.replace("_", " ")] = code, arrange
        return arrange

    return kept


@failing(4)
def the_token_is_refused_and_repeated(stage: Stage) -> None:
    stage.always(Answer(401, {"message": f"Bad credentials: {TOKEN}"}), "GET")


@failing(4)
def access_is_refused_and_the_token_repeated(stage: Stage) -> None:
    stage.always(Answer(403, {"message": f"Forbidden for Bearer {quote(TOKEN)}"}), "GET")


@failing(2)
def the_project_is_elsewhere_by_an_address_with_the_token(stage: Stage) -> None:
    there = {"Location": f"http://127.0.0.1:9/?private_token={TOKEN}"}
    stage.always(Answer(302, {"message": TOKEN}, there), "GET")


@failing(2)
def there_is_no_such_project_for_that_token(stage: Stage) -> None:
    stage.always(Answer(404, {"message": {TOKEN: [TOKEN]}}), "GET")


@failing(5)
def a_page_for_people_with_the_token(stage: Stage) -> None:
    stage.always(f"<html>{TOKEN}".encode(), "GET")


@failing(5)
def a_limit_that_names_the_token(stage: Stage) -> None:
    headers = {"Retry-After": "7200", "X-Token": TOKEN}
    stage.always(Answer(429, {"message": TOKEN}, headers), "GET")


@failing(3)
def a_write_is_refused_and_the_token_repeated(stage: Stage) -> None:
    encoded = base64.b64encode(f"x:{TOKEN}".encode()).decode()
    told = {"message": "Validation Failed", "errors": [{"message": TOKEN}, encoded]}
    stage.always(Answer(422, told), *WRITES)


@failing(8)
def a_write_is_answered_by_a_page_with_the_token(stage: Stage) -> None:
    stage.always(f"<html>{TOKEN}".encode(), *WRITES)


@failing(8)
def writes_are_lost_with_a_server_error(stage: Stage) -> None:
    stage.always(Answer(502, {"message": TOKEN}), *WRITES)


@failing(5)
def nobody_listens(stage: Stage) -> None:
    stage.configure(stage.lines.replace(stage.bench.stub.url, "http://127.0.0.1:9"))


@failing(2)
def the_token_stands_in_the_address(stage: Stage) -> None:
    stage.configure(stage.lines.replace("http://", f"http://robot:{TOKEN}@"))


@failing(2)
def the_token_file_is_open_to_others(stage: Stage) -> None:
    (stage.place / "secret").chmod(0o644)


@failing(2)
def the_token_has_a_blank_in_it(stage: Stage) -> None:
    (stage.place / "secret").write_text(f"Bearer {TOKEN}")


@failing(1)
def a_defect_that_quotes_what_is_sent(stage: Stage) -> None:
    from wikibot.trackers.http import Server

    def broken(self: Server, *arguments: object) -> None:
        raise KeyError(arguments, dict(self.headers))

    pytest.MonkeyPatch().setattr(Server, "send", broken)


@pytest.fixture(autouse=True)
def mended() -> Iterator[None]:
    from wikibot.trackers.http import Server

    send = Server.send
    yield
    Server.send = send  # type: ignore[method-assign]


def shown(stage: Stage, *options: str) -> tuple[int, str]:
    """Return how a sync ended, and all that it shows and leaves behind."""
    done = run(*options, "--log-file", "wikibot.log", *SYNC)
    left = [
        file.read_bytes().decode("utf-8", "replace")
        for file in stage.place.rglob("*")
        if file.is_file() and file.name not in ("secret", "wikibot.toml")
    ]
    return done.code, "\n".join([done.out, done.err, *left])


@pytest.mark.parametrize("debug", [(), ("--debug",)], ids=["", "debug"])
@pytest.mark.parametrize("name", CASES)
def test_no_token_shows(stage: Stage, name: str, debug: tuple[str, ...]) -> None:
    code, arrange = CASES[name]
    arrange(stage)
    ended, seen = shown(stage, *debug)
    assert ended == code, seen
    assert TOKEN not in seen


def test_were_it_not_taken_out_it_would_show(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the tests above could not fail."""
    monkeypatch.setattr(redaction, "_known", [])
    monkeypatch.setattr(redaction, "_lasting", {})
    monkeypatch.setattr(redaction, "_forms", lambda *_: iter(()))
    CASES["access is refused and the token repeated"][1](stage)
    assert TOKEN in shown(stage)[1]


def test_the_token_is_no_argument_and_leaves_the_environment(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    (stage.place / "secret").unlink()
    stage.configure(stage.lines.replace('password_file = "secret"\n', ""))
    monkeypatch.setenv("WIKIBOT_PASSWORD_DEPOT", TOKEN)
    code, seen = shown(stage)
    assert (code, TOKEN in seen) == (0, False)
    assert "WIKIBOT_PASSWORD_DEPOT" not in os.environ
    assert len(stage.bench.stub.issues) == 2

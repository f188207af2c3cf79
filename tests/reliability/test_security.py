"""Nothing dangerous in the source, nothing open to others, nobody else ever spoken to."""

from __future__ import annotations

import ast
import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import ATLAS, PAGE, ROOT, environment, pages_in, run, run_id
from tests.cli.test_terminal import commands
from tests.mediawiki.faults import Answer, page
from tests.reliability.cases import case
from tests.reliability.scene import TITLE, Scene
from wikibot.edits import Item, Run
from wikibot.jobs.reports import write_crash, write_report


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder wiki of one page."""
    monkeypatch.chdir(tmp_path)
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / f"{ATLAS}.wikitext").write_text(PAGE)
    return pages


SOURCES = sorted((ROOT / "wikibot").rglob("*.py"))

# --- X07: the source ---

_CALLS = {  # what runs text as a program, or goes through a shell
    *("eval", "exec", "compile", "__import__", "input", "breakpoint"),
    *("os.system", "os.popen", "os.execv", "os.execvp", "os.spawnl", "os.startfile"),
    *("subprocess.getoutput", "subprocess.getstatusoutput", "tempfile.mktemp", "getpass.getpass"),
    *("click.prompt", "click.confirm", "click.pause", "click.edit", "click.getchar"),
    *("ssl._create_unverified_context", "urllib3.disable_warnings", "logging.captureWarnings"),
}
_MODULES = {  # what builds objects, or follows entities, at the word of a file
    *("cPickle", "marshal", "shelve", "dill", "joblib", "yaml", "pty", "getpass"),
    *("xml.etree", "xml.dom", "xml.sax.expatreader", "xml.parsers", "xmlrpc", "plistlib"),
    *("urllib.request", "ftplib", "telnetlib", "http.client", "code", "pdb"),
}
_ONLY_IN = {
    # the names of events and errors, and what escapes text: no parser
    "xml.sax": (
        "dump/reader.py",
        "dump/handler.py",
        "workbook/ods_styles.py",
        "workbook/write_ods.py",
        "workbook/charts_ods.py",
        "workbook/placed_ods.py",
        "workbook/placed_ods_styles.py",
    ),
    # what workers and the process that started them tell each other, as executors themselves do:
    # never what comes out of a file
    "pickle": ("spreading/parts.py", "spreading/looking.py"),
    "smtplib": ("nightly/mail.py",),
    "lxml": ("workbook/xml.py",),  # without entities, DTD and network: tests/workbook/test_update
}
_PARSERS = {"make_parser", "parse", "parseString", "iterparse", "fromstring", "XML"}
_NAMES = {"CERT_NONE", "CERT_OPTIONAL", "_create_unverified_context"}
_OPTIONS = {"shell": True, "verify": False, "check_hostname": False, "allow_redirects": True}


def dangers(source: str, name: str = "example.py") -> list[str]:
    """Return what a source must not do, and where."""
    found = []
    for node in ast.walk(ast.parse(source)):
        line = f"{name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Import):
            found += [f"{line} {a.name}" for a in node.names if not _importable(a.name, name)]
        elif isinstance(node, ast.ImportFrom) and node.module:
            wholes = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            found += [f"{line} {whole}" for whole in wholes if not _importable(whole, name)]
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in _CALLS or (
                called.startswith("xml.") and called.split(".")[-1] in _PARSERS
            ):
                found.append(f"{line} {called}()")
            for keyword in node.keywords:
                if keyword.arg in _OPTIONS and _is(keyword.value, _OPTIONS[keyword.arg]):
                    found.append(f"{line} {keyword.arg}={ast.unparse(keyword.value)}")
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                option = _last(target)
                if option in _OPTIONS and _is(node.value, _OPTIONS[option]):
                    found.append(f"{line} {ast.unparse(node)}")
        elif isinstance(node, ast.Attribute | ast.Name) and _last(node) in _NAMES:
            found.append(f"{line} {ast.unparse(node)}")
        elif isinstance(node, ast.Attribute) and ast.unparse(node) == "sys.stdin":
            found.append(f"{line} sys.stdin")
    return found


def _last(node: ast.expr) -> str:
    """Return the name of what is read or set: of `a.b`, of `a["b"]`, of `b`."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    return str(getattr(node, "attr", getattr(node, "id", "")))


def _is(node: ast.expr, value: bool) -> bool:
    return isinstance(node, ast.Constant) and node.value in (
        (value,) if value else (False, None, 0)
    )


def _importable(module: str, name: str) -> bool:
    if any(module == bad or module.startswith(f"{bad}.") for bad in _MODULES):
        return False
    rooms = next((r for start, r in _ONLY_IN.items() if module.startswith(start)), None)
    return rooms is None or (
        name.endswith(rooms) and module.rsplit(".", maxsplit=1)[-1] not in _PARSERS
    )


@case("X07")
@pytest.mark.parametrize("source", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_source_does_nothing_dangerous(source: Path) -> None:
    name = source.relative_to(ROOT).as_posix()
    found = dangers(source.read_text("utf-8"), name)
    if name == "wikibot/cli/asking.py":  # at a terminal alone, and test_no_command_reads… holds it
        found = [danger for danger in found if not danger.endswith(("sys.stdin", "click.prompt()"))]
    assert found == []


@case("X07")
@pytest.mark.parametrize(
    "source",
    [
        "eval('1')",
        "exec(x)",
        "import pickle",
        "from yaml import load",
        "import xml.etree.ElementTree as ET",
        "from xml import etree",
        "from xml.sax import parseString",
        "import xml.sax",
        "subprocess.run('x', shell=True)",
        "session.get(url, verify=False)",
        "session.verify = False",
        "options['verify'] = False",
        "options['allow_redirects'] = True",
        "context.check_hostname = False",
        "context.verify_mode = ssl.CERT_NONE",
        "os.system('x')",
        "answer = input('?')",
        "click.confirm('?')",
        "sys.stdin.read()",
        "import urllib.request",
    ],
)
def test_what_is_dangerous_is_seen(source: str) -> None:
    assert dangers(source)


# --- X05: who may read what is left ---


def modes(folder: Path) -> dict[str, int]:
    """Return the mode of everything below a folder, the folder included."""
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.lstat().st_mode)
        for path in (folder, *folder.rglob("*"))
    }


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@case("X05")
@pytest.mark.usefixtures("open_umask")
def test_what_is_left_is_its_owners_alone(scene: Scene) -> None:
    scene.configure(wiki="keep_session = true")
    scene.plan()
    done = run("--log-file", "wikibot.log", *("apply", "plan.json", "--format", "json"))
    assert done.code == 0, done.err
    write_crash(scene.folder / "state", "Traceback")
    found = modes(scene.folder / "state")
    assert {"journal.sqlite", "session.json", f"reports/{run_id(done)}.json"} <= set(found)
    for name, mode in found.items():
        folder = (scene.folder / "state" / name).is_dir()
        assert mode == (0o700 if folder else 0o600), (name, oct(mode))
    for file in ("plan.json", "wikibot.log"):
        assert stat.S_IMODE((scene.folder / file).stat().st_mode) == 0o600


@case("X05")
@pytest.mark.usefixtures("open_umask")
def test_so_is_the_state_of_a_folder(folder: Path) -> None:
    assert run("--wiki", folder, "set", ATLAS, "licence=CC0", "--apply").code == 0
    for name, mode in modes(folder / ".wikibot").items():
        assert mode & 0o077 == 0, (name, oct(mode))


@case("X05")
@pytest.mark.usefixtures("open_umask")
def test_while_a_run_is_at_work_too(scene: Scene) -> None:
    """The journal's own companions (-wal, -shm) are there only as long as it is open."""
    scene.plan()
    seen: dict[str, int] = {}
    scene.bench.faults.on("edit").first(lambda: seen.update(modes(scene.folder / "state")))
    assert scene.apply().code == 0
    assert {"journal.sqlite", "journal.sqlite-wal", "run.lock"} <= set(seen)
    for name, mode in seen.items():
        assert mode & 0o077 == 0, (name, oct(mode))


# --- X09: nobody is asked anything ---

ANSWERS = b"o\noui\ny\nyes\n" * 10
COMMANDS = [path for path in commands() if path not in ((), ("plan",), ("mapping",))]

ASKED = {
    ("demo",): ("demo", "essai"),
    ("explain",): ("explain", "VOC102"),
    ("show",): ("show", ATLAS),
    ("set",): ("set", ATLAS, "licence=CC0", "--apply"),
    ("plan", "show"): ("plan", "show", "plan.json"),
    ("apply",): ("apply", "plan.json"),
    ("fix",): ("fix", "--unsafe", "--apply"),
    ("undo",): ("undo", "zzzzzz", "--apply"),
}


@case("X09")
@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("given", ["a pipe", "closed"])
def test_no_command_reads_what_it_is_given(folder: Path, path: tuple[str, ...], given: str) -> None:
    """A pipe that stays open would keep whoever reads it waiting for ever."""
    run("--wiki", folder, "set", ATLAS, "tags+=mare", "--plan", "plan.json")
    reading, writing = os.pipe()
    os.write(writing, ANSWERS)
    command = [sys.executable, "-m", "wikibot", "--wiki", str(folder), *ASKED.get(path, path)]
    process = subprocess.Popen(
        ["sh", "-c", 'exec "$@" <&-', "sh", *command] if given == "closed" else command,
        env=environment(),
        stdin=reading if given == "a pipe" else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        _, err = process.communicate(timeout=60)
    finally:
        process.kill()
        os.close(writing)
    assert process.returncode in (0, 2, 3), err.decode()
    assert b"interne" not in err
    assert os.read(reading, 1000) == ANSWERS, "something was read"
    os.close(reading)


# --- X10: what stands where a file is to be written ---

RUN = Run("abc123", "2026-01-31T12:00:00+00:00", "", "fix", (Item("Haies", 3, 7, 8, "done"),))


@case("X10")
@pytest.mark.parametrize("name", ["abc123.json", "abc123.txt"])
def test_a_report_is_not_written_through_a_link(
    tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    other = tmp_path / "autre"
    other.write_text("à quelqu'un")
    (tmp_path / "reports").mkdir()
    link = tmp_path / "reports" / name
    link.symlink_to(other)
    assert write_report(tmp_path, RUN, "essai", "essai") is None
    assert link.is_symlink()
    assert other.read_text() == "à quelqu'un"
    assert "could not be written" in caplog.text


@case("X10")
def test_a_report_replaces_a_name_not_what_it_shares(tmp_path: Path) -> None:
    other = tmp_path / "autre"
    other.write_text("à quelqu'un")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/abc123.json").hardlink_to(other)
    written = write_report(tmp_path, RUN, "essai", "essai")
    assert written is not None
    assert other.read_text() == "à quelqu'un"
    assert written.stat().st_nlink == 1


@case("X10")
def test_a_link_that_comes_at_the_last_instant_is_replaced_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "autre"
    other.write_text("à quelqu'un")

    def meanwhile(point: str) -> None:
        for name in ("abc123.json", "abc123.txt"):
            link = tmp_path / "reports" / name
            if not link.exists():
                link.symlink_to(other)

    monkeypatch.setattr("wikibot.wiki.fault.reach", meanwhile)
    write_report(tmp_path, RUN, "essai", "essai")
    assert other.read_text() == "à quelqu'un"
    assert not (tmp_path / "reports/abc123.json").is_symlink()


@case("X10")
def test_a_folder_of_reports_that_leads_elsewhere_stays_empty(tmp_path: Path) -> None:
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "reports").symlink_to(tmp_path / "ailleurs")
    assert write_report(tmp_path, RUN, "essai", "essai") is None
    assert list((tmp_path / "ailleurs").iterdir()) == []


@case("X10")
@pytest.mark.parametrize("target", ["autre", "nulle-part"])
def test_a_plan_is_not_written_through_a_link(folder: Path, target: str) -> None:
    other, plan = folder.parent / "autre", folder.parent / "plan.json"
    other.write_text("à quelqu'un")
    plan.symlink_to(folder.parent / target)
    done = run("--wiki", folder, "set", ATLAS, "licence=CC0", "--plan", plan)
    assert done.code == 2
    assert done.err.startswith(f"Erreur : Impossible d'écrire le plan {plan} : ")
    assert plan.is_symlink()
    assert other.read_text() == "à quelqu'un"
    assert not (folder.parent / "nulle-part").exists()


@case("X10")
def test_a_plan_replaces_a_name_not_what_it_shares(folder: Path) -> None:
    other, plan = folder.parent / "autre", folder.parent / "plan.json"
    other.write_text("à quelqu'un")
    plan.hardlink_to(other)
    run("--wiki", folder, "set", ATLAS, "licence=CC0", "--plan", plan)
    assert other.read_text() == "à quelqu'un"
    assert plan.read_text().startswith("{")


# --- X03: nobody but the wiki is spoken to ---


class Eavesdropper:
    """A port that nobody should connect to; it counts who does."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _listen(self) -> None:
        while True:
            try:
                visitor, _ = self._socket.accept()
            except OSError:
                return
            with visitor:
                visitor.settimeout(1)
                try:
                    self.heard.append(visitor.recv(10_000))
                except OSError:
                    self.heard.append(b"")

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def stranger() -> Iterator[Eavesdropper]:
    server = Eavesdropper()
    yield server
    server.close()
    assert server.heard == []


_WATCHERS: list[Callable[[str, tuple[Any, ...]], None]] = []


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    for watcher in _WATCHERS:
        watcher(event, arguments)


@contextmanager
def connections() -> Iterator[set[object]]:
    """Give the addresses that this process connects to and the names that it looks up."""
    if not hasattr(_audit, "installed"):
        sys.addaudithook(_audit)  # for good: Python takes none back
        _audit.installed = True  # type: ignore[attr-defined]
    found: set[object] = set()
    main = threading.main_thread()

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if threading.current_thread() is main:  # the others are the wiki's own
            if event in ("socket.connect", "socket.sendto"):
                found.add(arguments[1])
            elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
                found.add(arguments[0])

    _WATCHERS.append(watch)
    try:
        yield found
    finally:
        _WATCHERS.remove(watch)


def hostile(url: str) -> str:
    """Return a page full of links to `url`, wherever one may stand."""
    return (
        PAGE.strip()
        .replace("|niveau=Idée", f"|niveau=Idée\n|url={url}/champ\n|image={url}/image.png")
        .replace("Haie-en-fleurs.jpg", f"{url}/fleurs.jpg")
        .replace("haie, bocage", f"haie, [{url}/lien lien], [[Fichier:{url}/f.png]]")
    ) + (
        f'\n{url}/nu [{url}/externe externe] [[{url}]] {{{{:{url}}}}} <img src="{url}/img">'
        f'\n<!DOCTYPE x [<!ENTITY e SYSTEM "{url}/xxe">]>&e; [[#ask: [[A::{url}]]]]'
    )


@case("X03")
def test_links_on_pages_and_in_the_environment_are_never_followed(
    scene: Scene, stranger: Eavesdropper, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = stranger.url
    for name in (
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ):
        monkeypatch.setenv(name, url)
    monkeypatch.setenv("no_proxy", "")
    (Path.home() / ".netrc").write_text("machine 127.0.0.1\nlogin a\npassword b\n")
    scene.bench.edit_as_human(TITLE, hostile(url))
    scene.bench.edit_as_human("Modèle:Ressource", f"[{url}/modele {{{{{{url}}}}}}]")
    try:
        with connections() as spoken_to:
            codes = [
                run(*arguments).code
                for arguments in (
                    ("check",),
                    ("check", "--format", "json"),
                    ("show", TITLE),
                    ("pages", "niveau=Idée"),
                    ("fix", "--unsafe", "--plan", "corrections.json"),
                    ("plan", "show", "corrections.json"),
                    ("set", TITLE, f"url={url}/nouveau", "--apply"),
                    ("set", TITLE, "licence=CC0", "--plan", "plan.json"),
                    ("apply", "plan.json"),
                    ("runs",),
                    ("doctor",),
                )
            ]
            last = run("runs", "--format", "json").json[0]["run_id"]
            codes.append(run("undo", last, "--apply").code)
    finally:
        (Path.home() / ".netrc").unlink()
    assert set(codes) <= {0, 3}, codes
    port = int(scene.bench.api.split(":")[2].split("/")[0])
    assert spoken_to <= {("127.0.0.1", port), "127.0.0.1"}
    assert ("127.0.0.1", port) in spoken_to


@case("X03")
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("action", ["query", "login", "edit", "paraminfo"])
def test_no_redirect_is_followed(
    scene: Scene, stranger: Eavesdropper, action: str, status: int
) -> None:
    scene.plan()
    where = {"Location": f"{stranger.url}/api.php", "Refresh": f"0; url={stranger.url}"}
    scene.bench.faults.on(action).unsent(Answer(status, b"", where))
    with connections() as spoken_to:
        done = scene.apply()
    assert done.code in (2, 3, 4)
    assert ("127.0.0.1", stranger.port) not in spoken_to


@case("X03")
def test_what_a_page_of_the_server_points_at_is_not_fetched(
    scene: Scene, stranger: Eavesdropper
) -> None:
    scene.plan()
    text = (
        f'<meta http-equiv="refresh" content="0; url={stranger.url}">'
        f'<link rel=preload href="{stranger.url}/a"><script src="{stranger.url}/b"></script>'
    )
    scene.bench.faults.on("query").unsent(page(200, text))
    assert scene.apply().code in (2, 4, 5)


@case("X03")
@pytest.mark.parametrize("kind", ["entity", "dtd", "parameter"])
def test_an_export_is_read_without_what_it_names(
    tmp_path: Path, stranger: Eavesdropper, kind: str
) -> None:
    from tests.cli.test_bad_input import EXPORT

    url = f"{stranger.url}/xxe"
    declared = {
        "entity": f'<!DOCTYPE mediawiki [<!ENTITY e SYSTEM "{url}">]>',
        "dtd": f'<!DOCTYPE mediawiki SYSTEM "{url}">',
        "parameter": f'<!DOCTYPE mediawiki [<!ENTITY % e SYSTEM "{url}"> %e;]>',
    }[kind]
    body = EXPORT.replace(
        "Alix Imaginaire</username>", "&e;</username>" if kind == "entity" else ""
    )
    (tmp_path / "export.xml").write_text(f"{declared}\n{body}")
    with connections() as spoken_to:
        assert run("--wiki", tmp_path / "export.xml", "check").code == 2
    assert spoken_to == set()


@case("X03")
def test_a_folder_and_its_configuration_speak_to_nobody(
    folder: Path, stranger: Eavesdropper
) -> None:
    url = stranger.url
    (folder / "Liens.wikitext").write_text(hostile(url))
    (folder.parent / "wikibot.toml").write_text(
        f'#:schema {url}/schema.json\n[wiki]\nfolder = "pages"\ncontact = "{url}"\n'
    )
    with connections() as spoken_to:
        for arguments in (("check",), ("fix",), ("set", ATLAS, f"url={url}", "--apply")):
            assert run(*arguments).code in (0, 3)
    assert spoken_to == set()
    assert pages_in(folder)

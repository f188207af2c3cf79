"""Password, token and cookie of a real session show nowhere, however a run fails."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.cli.command import Done, environment
from tests.mediawiki.faults import ALWAYS, GARBLED, HALF, RESET, Answer, api_error, as_json
from tests.reliability.canaries import SHAPES, Tap, leaks, left_behind, repeat, tapped
from tests.reliability.cases import case
from tests.reliability.conftest import SCALE
from tests.reliability.scene import TITLE, Scene
from tests.wiki.certificates import self_signed
from tests.wiki.proxies import StubProxy
from tests.wiki.stub_api import StubApi
from wikibot.language import same
from wikibot.redaction import hide
from wikibot.store import Journal

pytestmark = pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="no /proc here")

# What the process does first; it may be given a defect there.
PRELUDE = """
import sys, wikibot.wiki.mediawiki.transport as transport
transport.TIMEOUTS = (2.0, 1.0)
{}
from wikibot.cli import main
main()
"""
APPLY = ("apply", "plan.json", "--format", "json")


@dataclass
class Stage:
    """A scene, what passes its door, and how wikibot is to be started on it."""

    scene: Scene
    tap: Tap
    stack: ExitStack
    command: tuple[str, ...] = APPLY
    prelude: str = ""
    env: dict[str, str] = field(default_factory=dict)
    known: set[str] = field(default_factory=lambda: {"secret.txt"})  # files that hold a secret
    during: Callable[[subprocess.Popen[bytes]], None] = lambda process: None

    def secret(self, kind: str, value: str) -> str:
        """Plant another secret."""
        self.tap.secrets.setdefault(kind, set()).add(value)
        return value


@dataclass(frozen=True)
class Failing:
    """A way to fail: what brings it about, the codes it may end with, what has passed by then."""

    arrange: Callable[[Stage], object]
    codes: tuple[int, ...]
    passed: tuple[str, ...]


CASES: dict[str, Failing] = {}
EVERYTHING = ("password", "token", "cookie")
PASSWORD_ONLY = ("password",)


def failing(
    *codes: int, passed: tuple[str, ...] = EVERYTHING, name: str = ""
) -> Callable[[Callable[[Stage], object]], Callable[[Stage], object]]:
    """Add a way to fail."""

    def add(arrange: Callable[[Stage], object]) -> Callable[[Stage], object]:
        CASES[name or arrange.__name__.replace("_", " ")] = Failing(arrange, codes, passed)
        return arrange

    return add


# --- logging in ---


@failing(4)
def a_wrong_password(stage: Stage) -> None:
    stage.scene.password = stage.secret("password", "mot-de-passe-qui-est-faux-0123456789")
    stage.scene.configure()


def _repeating(action: str, shape: str) -> Callable[[Stage], object]:
    status = 500 if action == "edit" and "error" not in shape else 200
    return lambda stage: repeat(stage.scene, stage.tap, action, shape, status=status)


for _shape in SHAPES:
    for _action in ("login", "edit"):
        failing(2, 3, 4, 5, 6, 8, name=f"{_action} repeats what was sent in {_shape}")(
            _repeating(_action, _shape)
        )


@failing(4, 5)
def login_answers_403_with_the_form(stage: Stage) -> None:
    repeat(stage.scene, stage.tap, "login", "the form as it came", status=403)


@failing(4, 5)
def login_breaks_off(stage: Stage) -> None:
    stage.scene.bench.faults.on("login", times=ALWAYS).after_commit(RESET)


@failing(4, 5)
def login_answers_half(stage: Stage) -> None:
    stage.scene.bench.faults.on("login", times=ALWAYS).after_commit(HALF)


@failing(2, 4)
def login_is_redirected_to_an_address_with_the_password(stage: Stage) -> None:
    password = stage.scene.password
    where = {"Location": f"https://wiki.example.org/api.php?lgpassword={password}"}
    stage.scene.bench.faults.on("login").unsent(Answer(307, b"", where))


@failing(4)
def login_refuses_and_quotes_the_password(stage: Stage) -> None:
    reason = f"« {stage.scene.password} » n'est pas le mot de passe"
    told = as_json({"login": {"result": "Failed", "reason": reason}})
    stage.scene.bench.faults.on("login").unsent(told)


@failing(4)
def login_result_is_the_password(stage: Stage) -> None:
    told = as_json({"login": {"result": stage.scene.password}})
    stage.scene.bench.faults.on("login").unsent(told)


def _oauth(stage: Stage, login: str, *words: str) -> None:
    stage.scene.password = " ".join(stage.secret("oauth", word) for word in words)
    stage.scene.configure(wiki=f'login = "{login}"')


@failing(4, passed=("oauth",))
def an_oauth_token_that_the_wiki_does_not_know(stage: Stage) -> None:
    _oauth(stage, "oauth2", "eyJ0eXAiOiJKV1QifQ.jeton+de/robot=." + "a1" * 40)


@failing(4, passed=("oauth",))
def oauth_keys_that_the_wiki_does_not_know(stage: Stage) -> None:
    _oauth(stage, "oauth1", *(f"{n}cle{n}0123456789abcdef" for n in range(4)))


@failing(4, 5, passed=("oauth",))
def a_server_that_repeats_an_oauth_token(stage: Stage) -> None:
    _oauth(stage, "oauth2", "eyJ0eXAiOiJKV1QifQ.jeton+de/robot=." + "b2" * 40)
    repeat(stage.scene, stage.tap, "query", "a page", status=401)


# --- in the midst of a session ---


@failing(5)
def the_wiki_is_described_with_its_cookies(stage: Stage) -> None:
    repeat(
        *(stage.scene, stage.tap, "query", "a page"),
        status=500,
        when=lambda r: "siteinfo" in r.parameters.get("meta", ""),
    )


@failing(5)
def pages_are_answered_with_cookies(stage: Stage) -> None:
    repeat(
        *(stage.scene, stage.tap, "query", "a dump of PHP"),
        status=502,
        when=lambda r: "titles" in r.parameters or "pageids" in r.parameters,
    )


@failing(4)
def the_token_is_never_accepted(stage: Stage) -> None:
    def quoted(answer: bytes) -> bytes:
        info = f"jeton {stage.tap.now['token']} refusé"
        return json.dumps({"error": {"code": "badtoken", "info": info}}).encode()

    stage.scene.bench.faults.on("edit", times=ALWAYS).after_commit(quoted)


@failing(4)
def the_account_is_blocked_for_its_password(stage: Stage) -> None:
    stage.scene.bench.admin.block_bot(f"son mot de passe {stage.scene.password} est connu")


@failing(4)
def the_account_is_blocked_meanwhile(stage: Stage) -> None:
    block = stage.scene.bench.admin.block_bot
    stage.scene.bench.faults.on("edit").first(lambda: block(stage.scene.password))


@failing(5)
def the_wiki_is_read_only_and_says_why(stage: Stage) -> None:
    stage.scene.bench.set_read_only(f"maintenance ; {stage.scene.password}")


@failing(5)
def the_wiki_lags_for_ever(stage: Stage) -> None:
    stage.scene.bench.faults.on("edit", times=ALWAYS).unsent(api_error("maxlag", retry_after=900))


@failing(5)
def too_many_requests(stage: Stage) -> None:
    repeat(stage.scene, stage.tap, "edit", "the form as it came", status=429)


@failing(3)
def the_text_is_too_long_for_a_server(stage: Stage) -> None:
    repeat(stage.scene, stage.tap, "edit", "the form as it came", status=413)


@failing(3, 4, 5)
def a_firewall_answers_with_what_it_saw(stage: Stage) -> None:
    repeat(stage.scene, stage.tap, "edit", "a page with a form", status=403)


@failing(3, 6, 8)
def every_answer_to_an_edit_is_lost(stage: Stage) -> None:
    stage.scene.bench.faults.on("edit", times=ALWAYS).unsent(RESET)


@failing(3, 6, 8)
def every_answer_is_garbled(stage: Stage) -> None:
    stage.scene.bench.faults.on("edit", times=ALWAYS).unsent(GARBLED)


@failing(2, 4)
def an_edit_is_redirected_to_an_address_with_the_token(stage: Stage) -> None:
    answer = Answer(308, b"", {})

    def fill() -> None:
        headers = {"Location": f"https://wiki.example.org/?token={stage.tap.now['token']}"}
        object.__setattr__(answer, "headers", headers)

    stage.scene.bench.faults.on("edit").unsent(answer).first(fill)


@failing(3)
def a_filter_names_the_password(stage: Stage) -> None:
    refused = api_error(
        "abusefilter-disallowed", abusefilter={"id": 1, "description": stage.scene.password}
    )
    stage.scene.bench.faults.on("edit").unsent(refused)


@failing(3)
def a_list_of_addresses_names_the_password(stage: Stage) -> None:
    matches = {"matches": [f"https://{stage.scene.password}.example.org"]}
    stage.scene.bench.faults.on("edit").unsent(api_error("spamblacklist", spamblacklist=matches))


@failing(3, 6, 8)
def an_edit_is_answered_with_nonsense(stage: Stage) -> None:
    told = {"result": "Success", "title": stage.scene.password, "newrevid": stage.scene.password}
    stage.scene.bench.faults.on("edit", times=ALWAYS).unsent(as_json({"edit": told}))


@failing(4)
def a_captcha_is_asked_for(stage: Stage) -> None:
    told = as_json({"edit": {"result": "Failure", "captcha": {"id": stage.scene.password}}})
    stage.scene.bench.faults.on("edit").unsent(told)


@failing(4, 5)
def the_session_ends_again_and_again(stage: Stage) -> None:
    stage.scene.bench.faults.on("edit", times=ALWAYS).first(stage.scene.bench.admin.end_sessions)


@failing(6)
def the_stop_page_says_the_password(stage: Stage) -> None:
    stage.scene.configure('[stop]\npage = "Projet:Arrêt"')
    stage.scene.bench.edit_as_human("Projet:Arrêt", stage.scene.password)


@failing(3)
def somebody_has_edited_the_page(stage: Stage) -> None:
    stage.scene.bench.edit_as_human(TITLE, "{{Ressource|licence=autre}}")


# --- between here and there ---


@failing(4, passed=PASSWORD_ONLY)
def a_certificate_that_nobody_vouches_for(stage: Stage) -> None:
    self_signed(stage.scene.folder / "certificate.pem", 2)
    stub = stage.stack.enter_context(StubApi(str(stage.scene.folder / "certificate.pem")))
    stage.scene.configure(api=stub.api)
    stage.known |= {"key.pem", "cert.pem", "certificate.pem"}


@failing(5, passed=PASSWORD_ONLY)
def nobody_listens(stage: Stage) -> None:
    stage.scene.configure(api="http://127.0.0.1:9/api.php")


@failing(4, 5, passed=PASSWORD_ONLY)
def a_proxy_asks_who_we_are_and_repeats_it(stage: Stage) -> None:
    password = stage.secret("proxy", "sésame+ouvre/toi=vite%et-bien")
    proxy = stage.stack.enter_context(StubProxy(407))
    address = proxy.address(f"robot:{quote(password, safe='')}")
    stage.scene.configure(wiki=f'proxy = "{address}"')
    stage.known |= {"wikibot.toml"}


# --- here ---


@failing(2, passed=PASSWORD_ONLY)
def a_password_in_the_configuration_itself(stage: Stage) -> None:
    stage.scene.configure(wiki=f'password = "{stage.scene.password}"')
    stage.known |= {"wikibot.toml"}


@failing(2, passed=PASSWORD_ONLY)
def a_password_where_a_list_should_be(stage: Stage) -> None:
    stage.scene.configure(wiki=f'password_command = "{stage.scene.password}"')
    stage.known |= {"wikibot.toml"}


@failing(2, passed=PASSWORD_ONLY)
def a_password_in_the_address(stage: Stage) -> None:
    stage.scene.configure(api=f"https://robot:{stage.scene.password}@wiki.example.org/api.php")
    stage.known |= {"wikibot.toml"}


@failing(2, passed=PASSWORD_ONLY)
def a_password_file_that_others_can_read(stage: Stage) -> None:
    (stage.scene.folder / "secret.txt").chmod(0o644)


@failing(2, passed=PASSWORD_ONLY)
def a_password_file_with_a_broken_letter(stage: Stage) -> None:
    secret = stage.scene.folder / "secret.txt"
    secret.write_bytes(f"{stage.scene.password}\xe9".encode("latin-1"))


@failing(2, passed=PASSWORD_ONLY)
def a_password_command_that_fails_after_all(stage: Stage) -> None:
    _from_command(stage, f"print({stage.scene.password!r}); sys.exit({stage.scene.password!r})")


@failing(4)
def a_password_in_the_environment(stage: Stage) -> None:
    password = stage.secret("password", "mot-de-passe-de-l-environnement-42")
    stage.env["WIKIBOT_PASSWORD"] = password


@failing(2)
def a_page_that_is_not_there(stage: Stage) -> None:
    stage.command = ("show", "Nulle part", "--format", "json")


@failing(2)
def a_plan_that_is_damaged(stage: Stage) -> None:
    plan = stage.scene.folder / "plan.json"
    plan.write_text(plan.read_text().replace("licence", "licences"))
    stage.command = ("check", "Nulle part")


@failing(7, passed=PASSWORD_ONLY)
def another_run_is_at_work(stage: Stage) -> None:
    from filelock import FileLock

    state = stage.scene.folder / "state"
    state.mkdir(exist_ok=True)
    stage.stack.enter_context(FileLock(state / "run.lock"))


@failing(2)
def the_journal_of_another_wiki(stage: Stage) -> None:
    with Journal.open(stage.scene.folder / "state", "autre"):
        pass


@failing(2, 5)
def the_state_folder_is_a_file(stage: Stage) -> None:
    (stage.scene.folder / "state").write_text("")


@failing(1, 2, 5)
def the_disk_is_full(stage: Stage) -> None:
    stage.prelude = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))
"""


# --- defects of wikibot, and violence ---


def _defect(place: str, error: str) -> str:
    module, name = place.rsplit(".", 1)
    return f"""
import importlib
def broken(*arguments, **named):
    raise {error}
setattr(importlib.import_module({module!r}), {name!r}, broken)
"""


@failing(1)
def a_defect_that_quotes_all_it_was_given(stage: Stage) -> None:
    stage.prelude = _defect("wikibot.wiki.mediawiki.login._refused", "KeyError(arguments, named)")
    stage.prelude += """
import wikibot.wiki.mediawiki.login as login
once = login._post_once
def told(*arguments):
    once(*arguments)
    raise KeyError(arguments)
login._post_once = told
"""


@failing(1)
def a_defect_while_a_request_is_made(stage: Stage) -> None:
    stage.prelude = """
import requests
sent = requests.Session.send
def told(self, request, **options):
    answer = sent(self, request, **options)
    if request.method == "POST" and "action=edit" in (request.body or ""):
        raise KeyError(request.body, request.headers, answer.headers)
    return answer
requests.Session.send = told
"""


@failing(1)
def a_defect_of_a_defect(stage: Stage) -> None:
    stage.prelude = """
import wikibot.wiki.mediawiki.save as save
def told(self, parameters, title):
    try:
        raise ValueError({**parameters, "token": self._token})
    except ValueError:
        raise LookupError(self._token)
save.Saver._sent = told
"""


@failing(0, 1, 3)
def a_defect_in_a_finalizer(stage: Stage) -> None:
    stage.prelude = """
import atexit
import wikibot.wiki.mediawiki.save as save
real = save.Saver._sent
class Kept:
    def __init__(self, token): self.token = token
    def __del__(self): raise ValueError(self.token)
def told(self, parameters, title):
    Kept(self._token)
    token = self._token
    atexit.register(lambda: int(token))
    return real(self, parameters, title)
save.Saver._sent = told
"""


@failing(-signal.SIGKILL)
def killed_after_an_edit(stage: Stage) -> None:
    stage.env["WIKIBOT_FAULT"] = "K04"


@failing(-signal.SIGKILL)
def killed_while_the_report_is_written(stage: Stage) -> None:
    stage.env["WIKIBOT_FAULT"] = "K07"


@failing(143, 130, 8)
def stopped_by_a_signal(stage: Stage) -> None:
    waiting = threading.Event()
    lag = api_error("maxlag", retry_after=60)
    stage.scene.bench.faults.on("edit", times=ALWAYS).unsent(lag).then(waiting.set)
    stage.env["WIKIBOT_SLEEP_SCALE"] = "1"

    def end(process: subprocess.Popen[bytes]) -> None:
        assert waiting.wait(60)
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)

    stage.during = end


@failing(130)
def interrupted_in_the_midst_of_logging_in(stage: Stage) -> None:
    stage.prelude = """
import requests
sent = requests.Session.send
def told(self, request, **options):
    answer = sent(self, request, **options)
    if "lgpassword" in (request.body or ""):
        raise KeyboardInterrupt(request.body)
    return answer
requests.Session.send = told
"""


# --- the tests ---


def _from_command(stage: Stage, program: str) -> None:
    script = stage.scene.folder / "secret.txt"
    script.write_text(f"import sys\n{program}\n")
    stage.scene.configure(wiki=f'password_command = ["{sys.executable}", "secret.txt"]')
    config = stage.scene.folder / "wikibot.toml"
    config.write_text(config.read_text().replace('password_file = "secret.txt"\n', ""))
    script.write_text(f"import sys\n{program}\n")


@pytest.fixture
def stage(scene: Scene) -> Iterator[Stage]:
    scene.plan()
    with tapped(scene.password) as tap, ExitStack() as stack:
        yield Stage(scene, tap, stack)
        scene.bench.faults.clear()


def perform(stage: Stage, *options: str) -> tuple[Done, dict[str, bytes]]:
    """Run the command; return how it ended, and all that can be seen of it."""
    process = subprocess.Popen(
        [sys.executable, "-c", PRELUDE.format(stage.prelude), *options, *stage.command],
        env=environment({"WIKIBOT_SLEEP_SCALE": SCALE, **stage.env}),
        cwd=stage.scene.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    listed: set[bytes] = set()
    watching = threading.Thread(target=_watch, args=(process, listed))
    watching.start()
    try:
        stage.during(process)
        out, err = process.communicate(timeout=120)
    finally:
        process.kill()
        watching.join()
    done = Done(process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))
    seen = {
        "standard output": out,
        "standard error": err,
        "the list of processes": b"\n".join(listed),
    }
    return done, {**seen, **left_behind(stage.scene.folder, *stage.known)}


def _watch(process: subprocess.Popen[bytes], listed: set[bytes]) -> None:
    """Note the command line of a process, and that and the environment of its children.

    Between fork and exec a child is its parent still, environment and all: what it was
    given is its own from the moment on when its command line is another one.
    """
    own = Path(f"/proc/{process.pid}")
    while process.poll() is None:
        try:
            command = (own / "cmdline").read_bytes()
            listed.add(command)
            for child in (own / f"task/{process.pid}/children").read_text().split():
                begun = Path(f"/proc/{child}/cmdline").read_bytes()
                listed.add(begun)
                if begun != command:
                    listed.add(Path(f"/proc/{child}/environ").read_bytes())
        except OSError:
            pass
        time.sleep(0.002)


def test_there_are_forty_ways_to_fail() -> None:
    assert len(CASES) >= 40


@case("X01")
@pytest.mark.parametrize("debug", [(), ("--debug",)], ids=["", "debug"])
@pytest.mark.parametrize("name", CASES)
def test_no_secret_shows(stage: Stage, name: str, debug: tuple[str, ...]) -> None:
    CASES[name].arrange(stage)
    form = "json" if debug else "text"
    done, seen = perform(stage, *debug, "--log-file", "wikibot.log", "--log-format", form)
    assert done.code in CASES[name].codes, f"{done.code}\n{done.err}"
    for kind in CASES[name].passed:
        assert stage.tap.secrets[kind], f"no {kind} was used"
    assert leaks(stage.tap.all, seen) == []


@pytest.mark.parametrize(
    "name",
    [
        "login repeats what was sent in an error",
        "edit repeats what was sent in a page",
        "the account is blocked for its password",
        "a defect that quotes all it was given",
        "a defect in a finalizer",
    ],
)
def test_were_they_not_taken_out_they_would_show(stage: Stage, name: str) -> None:
    """Or the tests above could not fail."""
    CASES[name].arrange(stage)
    stage.prelude += "import wikibot.redaction\nwikibot.redaction._forms = lambda *_: iter(())\n"
    _, seen = perform(stage, "--debug", "--log-file", "wikibot.log")
    assert leaks(stage.tap.all, seen)


def test_what_is_started_later_does_not_inherit_the_password(stage: Stage) -> None:
    (stage.scene.folder / "secret.txt").unlink()
    stage.env["WIKIBOT_PASSWORD"] = stage.scene.password
    stage.prelude = """
import subprocess, time
import wikibot.wiki.mediawiki.save as save
real = save.Saver._sent
def told(self, parameters, title):
    with open("environment.txt", "wb") as file:
        command = ["sh", "-c", "env; sleep 0.1"]
        subprocess.run(command, stdout=file, preexec_fn=lambda: time.sleep(0.1))
    return real(self, parameters, title)
save.Saver._sent = told
"""
    done, seen = perform(stage)
    assert done.code == 0, done.err
    assert stage.tap.sent == 1
    assert b"WIKIBOT_SLEEP_SCALE=" in seen["environment.txt"]
    assert leaks(stage.tap.all, seen) == []


def test_a_journal_keeps_no_secret_whatever_a_reason_says(tmp_path: Path) -> None:
    secret = hide("canari-d-une-raison-0123456789")
    with Journal.open(tmp_path, "essai") as journal:
        journal.begin("abc123", "x", "fix", "plan-x")
        (row,) = journal.runs()
        operation = journal.intend(row, 0, "Haies", 3, 7, (), "x")
        journal.settle(operation, "failed", "x", reason=same(f"refusé : {secret}"), code=secret)
        (kept,) = journal.operations("abc123")
    assert kept.reason == same("refusé : ***")
    assert leaks({secret}, left_behind(tmp_path)) == []

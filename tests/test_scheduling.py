"""What runs wikibot unattended: the chapter of the guide, its units, the container file.

That they work is tried by hand: `python -m tests.fresh_machine`, `python -m tests.containers`.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.containers import FILE, Stage, copied, stages
from tests.fresh_machine import GUIDES, ROOT, Chapter, chapter, keys, unit
from wikibot.cli import wikibot
from wikibot.config import ConfigFile, NightlyTable
from wikibot.errors import SafetyStop

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
EACH = pytest.mark.parametrize("language", sorted(GUIDES))


def typed(guide: Chapter) -> list[str]:
    return [line[2:] for block in guide.typed for line in block]


def words_of_wikibot(command: str) -> list[str]:
    words = shlex.split(command)
    while words[0].startswith("-"):
        words = words[2:]  # the options before a command all have a value here
    return words


@EACH
def test_the_chapter_names_commands_options_and_files_that_there_are(language: str) -> None:
    guide = chapter(language)
    assert (ROOT / "requirements.lock").is_file()
    assert "requirements.lock" in " ".join(typed(guide))
    seen = set()
    for line in (*typed(guide), guide.cron, *keys(unit(guide, "wikibot.service"), "ExecStart")):
        for found in re.findall(r"(?:^|bin/)wikibot ([^>&]*)", line):
            name, *arguments = words_of_wikibot(found)
            known = wikibot.commands[name]
            options = {each for option in known.params for each in option.opts}
            assert {word for word in arguments if word.startswith("--")} <= options, line
            seen.add(name)
    assert {"init", "doctor", "check", "nightly"} == seen


@EACH
def test_what_the_night_is_to_do_is_a_table_that_loads_and_changes_nothing(language: str) -> None:
    table = ConfigFile.model_validate(tomllib.loads(chapter(language).table)).nightly
    assert "fix" not in table.jobs
    assert (table.publish, table.publish_actions) == (None, ())
    assert table.overview


@EACH
def test_the_service_runs_where_and_as_whom_the_chapter_has_installed_it(language: str) -> None:
    guide = chapter(language)
    (made,) = [shlex.split(line) for line in typed(guide) if line.startswith("useradd ")]
    home, account = made[made.index("--home-dir") + 1], made[-1]
    service = unit(guide, "wikibot.service")
    assert keys(service, "User") == [account]
    assert keys(service, "WorkingDirectory") == keys(service, "ReadWritePaths") == [home]
    (command,) = keys(service, "ExecStart")
    assert command.split()[0] == f"{home}/.venv/bin/wikibot"
    assert "python3 -m venv .venv" in typed(guide)
    assert guide.cron.startswith(f"cd {home} && .venv/bin/wikibot ")
    assert f"--lang {language}" in command
    assert f"--lang {language}" in guide.cron


@EACH
def test_the_service_takes_3_for_a_success_and_has_more_time_than_a_night(language: str) -> None:
    service = unit(chapter(language), "wikibot.service")
    assert keys(service, "SuccessExitStatus") == ["3"]
    assert SafetyStop.exit_code not in (0, 3)
    (hours,) = keys(service, "TimeoutStartSec")
    assert int(hours.removesuffix("h")) * 60 > NightlyTable().deadline_minutes
    (alert,) = keys(service, "OnFailure")
    assert keys(unit(chapter(language), alert), "ExecStart")


@EACH
def test_systemd_reads_the_units(language: str, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd-analyze here")
    for name, body in chapter(language).files:
        (tmp_path / Path(name).name).write_text(body.replace("/srv/wikibot/.venv/bin", "/bin"))
    (tmp_path / "wikibot.service").write_text(
        (tmp_path / "wikibot.service").read_text().replace("/bin/wikibot", "/bin/true")
    )
    names = sorted(map(str, tmp_path.iterdir()))
    verify = ["systemd-analyze", "verify", "--man=no", *names]
    done = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert "wikibot" not in done.stderr


def test_both_guides_have_the_same_chapter() -> None:
    french, english = (chapter(language) for language in ("fr", "en"))

    def neutral(text: str) -> str:
        for language, words in {
            "serveur": "server", "alerte": "alert", "apercu": "overview", "--lang fr": "--lang en",
            "derniere-nuit": "last-night",
        }.items():  # fmt: skip
            text = text.replace(language, words)
        return text

    ours = [neutral(line) for line in typed(french)]
    assert ours == [line for line in typed(english) if not line.startswith("export LANG=")]
    assert neutral(french.cron) == english.cron
    assert neutral(french.table) == english.table
    said = re.compile(r"^(Description|ExecStart=/usr/bin/logger).*$", re.MULTILINE)
    for (path, body), (other, theirs) in zip(french.files, english.files, strict=True):
        assert neutral(path) == other
        assert said.sub("", neutral(body)) == said.sub("", theirs)


# --- the container file ---


@pytest.fixture
def image() -> tuple[Stage, Stage]:
    build, last = stages(FILE.read_text())
    return build, last


def test_all_that_is_copied_is_there_and_let_through_and_nothing_else_is(
    image: tuple[Stage, Stage],
) -> None:
    lines = (ROOT / ".dockerignore").read_text().split("\n")
    assert next(line for line in lines if line and line[0] not in "#!") == "*"
    let_in = {line[1:] for line in lines if line.startswith("!")}
    taken = {name for other, names, _ in copied(image[0]) if not other for name in names}
    assert taken == let_in
    assert all((ROOT / name).exists() for name in taken)
    for secret in ("wikibot.toml", "wiki.password", ".git", "state", ".venv", "shared"):
        assert not any(fnmatch(secret, name) for name in let_in)


def test_the_wheel_is_made_of_what_is_copied(image: tuple[Stage, Stage]) -> None:
    taken = {name for _, names, _ in copied(image[0]) for name in names}
    assert set(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]) <= taken
    assert {PROJECT["project"]["readme"], *PROJECT["project"]["license-files"]} <= taken


def test_nothing_is_installed_but_by_a_lock_and_its_hashes(image: tuple[Stage, Stage]) -> None:
    runs = [rest for stage in image for kind, rest in stage.steps if kind == "RUN"]
    installs = [part for run in runs for part in run.split("&&") if "pip install" in part]
    assert len(installs) == 3
    for install in installs:
        words = shlex.split(install)
        assert "--no-deps" in words
        if "--no-index" not in words:
            assert "--require-hashes" in words
            assert (ROOT / words[words.index("--requirement") + 1]).is_file()
    assert not re.search(r"curl|wget|https?://|ADD ", FILE.read_text())


def test_the_image_has_no_secret_and_nothing_of_the_checkout_but_the_program(
    image: tuple[Stage, Stage],
) -> None:
    last = image[1]
    assert [(other, names) for other, names, _ in copied(last)] == [("build", ("/opt/wikibot",))]
    named = " ".join(rest for kind, rest in last.steps if kind in ("ARG", "ENV"))
    assert not re.search(r"WIKIBOT_|PASSWORD|TOKEN|SECRET", named.upper().replace("/OPT/", ""))


def test_a_container_runs_the_night_without_rights_and_keeps_its_state(
    image: tuple[Stage, Stage],
) -> None:
    last = image[1]
    assert last.words("ENTRYPOINT") == list(PROJECT["project"]["scripts"])
    assert last.words("CMD")[0] in wikibot.commands
    assert last.last("USER") not in ("root", "0")
    assert last.last("VOLUME") == last.last("WORKDIR") == "/data"
    (made,) = [rest for kind, rest in last.steps if kind == "RUN"]
    assert f"--home-dir {last.last('VOLUME')} {last.last('USER')}" in made
    assert last.last("ENV").startswith("PATH=/opt/wikibot/bin:")
    assert {stage.base for stage in image} == {"debian:12-slim"}, "one Python makes it and runs it"

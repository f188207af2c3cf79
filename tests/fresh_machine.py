"""A fresh machine, made by following the guide for the maintainer word for word.

    sudo .venv/bin/python -m tests.fresh_machine [--language en] [--root DIR]

Makes a Debian of its own in a folder (debootstrap), types there every line of the chapter “Du
serveur neuf à la première nuit”, as root and as the account that the chapter makes, against the
real MediaWiki of the tests, and stops at the first line that fails. What the chapter leaves to a
person is done as it says: two files are edited, the example's address and account are replaced.
systemd does not run in such a folder: its units are verified by `systemd-analyze`, and ExecStart
and the line of cron are run as they would be, with the account and the environment they get.

Needs root, debootstrap, the network (Debian's packages, Python's) and `make mediawiki`; it takes
some minutes, so it is not one of the tests.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.mediawiki.bench import MediaWikiBench

ROOT = Path(__file__).resolve().parents[1]
GUIDES = {
    "fr": ("docs/fr/guide-mainteneur.md", "Du serveur neuf à la première nuit"),
    "en": ("docs/en/maintainer.md", "From a fresh server to the first night"),
}
SUITE = "bookworm"
FINE = (0, 3)  # of wikibot: done, or somebody has to read
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_FILE = re.compile(r"^# (/\S+)\n", re.MULTILINE)
_CRON = re.compile(r"^(?:[\d*/,-]+ +){5}", re.MULTILINE)
_PAGE = "{{Ressource\n|ShortDescription=Une page d'essai\n|licence=CC BY\n}}\n"


class Stumbled(Exception):
    """A line of the guide that does not do what it says."""


@dataclass(frozen=True)
class Chapter:
    """What the chapter has: blocks of typed lines, files by path, the table, the line of cron."""

    typed: tuple[tuple[str, ...], ...]
    files: tuple[tuple[str, str], ...]
    table: str
    cron: str


def chapter(language: str) -> Chapter:
    """Read the chapter of a guide."""
    path, heading = GUIDES[language]
    text = (ROOT / path).read_text("utf-8")
    part = re.split(rf"^## {heading}$", text, flags=re.MULTILINE)[1]
    part = re.split(r"^## ", part, flags=re.MULTILINE)[0]
    typed: list[tuple[str, ...]] = []
    files: list[tuple[str, str]] = []
    tables: list[str] = []
    crons: list[str] = []
    for kind, block in _FENCE.findall(part):
        if kind == "toml":
            tables.append(block)
        elif _FILE.match(block):
            names, bodies = _FILE.findall(block), _FILE.split(block)[2::2]
            files += zip(names, (f"{body.strip()}\n" for body in bodies), strict=True)
        elif _CRON.match(block):
            crons.append(_CRON.sub("", block.strip()))
        else:
            typed.append(tuple(block.splitlines()))
    (table,), (cron,) = tables, crons
    return Chapter(tuple(typed), tuple(files), table, cron)


# --- the machine ---


def make_machine(root: Path) -> None:
    """Put a small Debian into a folder, with what this machine knows of how packages are had."""
    if not (root / "etc/debian_version").exists():
        run(["debootstrap", "--variant=minbase", "--include=ca-certificates", SUITE, str(root)])
    (root / "etc/apt/apt.conf.d/90yes").write_text('APT::Get::Assume-Yes "true";\n')
    for name in ("etc/resolv.conf", "etc/hosts", "etc/ssl/certs/ca-certificates.crt"):
        shutil.copyfile(f"/{name}", root / name)
    certificates = "/etc/ssl/certs/ca-certificates.crt"
    (root / "etc/pip.conf").write_text(f"[global]\ncert = {certificates}\n")


def run(command: Sequence[str], **more: object) -> None:
    """Run a command here; show it."""
    print("+", shlex.join(command), flush=True)
    subprocess.run(command, check=True, **more)  # type: ignore[call-overload]


class Terminal:
    """A shell in the machine, into which a person types one line after the other."""

    def __init__(self, root: Path) -> None:
        """Log in as root."""
        environ = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8"}
        environ["DEBIAN_FRONTEND"] = "noninteractive"
        self._shell = subprocess.Popen(
            ["chroot", str(root), "/bin/bash"],
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        assert self._shell.stdin is not None
        assert self._shell.stdout is not None
        self._keys: IO[str] = self._shell.stdin
        self._screen: IO[str] = self._shell.stdout

    def type(self, line: str) -> str:
        """Type a line, wait for its end, return what it shows.

        Raises:
            Stumbled: it fails.
        """
        self._keys.write(f"{line}\nprintf '\\n@@%s@@\\n' $?\n")
        self._keys.flush()
        shown: list[str] = []
        for told in self._screen:
            if end := re.match(r"@@(\d+)@@", told.strip()):
                if int(end[1]) not in (FINE if "wikibot " in line else (0,)):
                    raise Stumbled(f"{line}\nended with {end[1]}")
                return "".join(shown)
            print(f"    {told}", end="", flush=True)
            shown.append(told)
        raise Stumbled(f"{line}\nended the shell")

    def close(self) -> None:
        """Hang up."""
        self._keys.close()
        self._shell.wait(10)


# --- what a person does ---


def follow(root: Path, guide: Chapter, wiki: MediaWikiBench) -> None:
    """Type every line, and do by hand what is left to a person."""
    ours, *theirs = guide.typed
    build(root, ours)
    terminal = Terminal(root)
    terminal.type("cd /root")
    person = "#"
    for line in (line for block in theirs for line in block):
        sign, command = line[0], line[2:]
        print(f"{sign} {command}", flush=True)
        if sign != person:
            raise Stumbled(f"{line}\nis typed by the wrong account")
        if command.startswith("systemctl "):
            continue
        if command.startswith("nano "):
            edit(root / "srv/wikibot" / command.split()[1], guide, wiki)
            continue
        command = command.replace(
            "https://wiki.example.org", wiki.api.replace("api.php", "index.php/Accueil")
        ).replace('"Commons bot@nightly"', shlex.quote(wiki.account))
        terminal.type(command)
        if command == "exit":
            person = "#"
        elif command.startswith("su "):
            person = "$"
    terminal.close()
    for name, body in guide.files:
        (root / name.lstrip("/")).write_text(body)


def build(root: Path, lines: Sequence[str]) -> None:
    """Build the wheel as the first block says, and carry it over."""
    wheel, copy = (line.removeprefix("$ ") for line in lines)
    if not (wheel.startswith("python3 ") and copy.startswith("scp dist/wikibot-*.whl ")):
        raise Stumbled(f"{wheel}\n{copy}")
    with tempfile.TemporaryDirectory() as folder:
        words = shlex.split(wheel.replace(" dist ", f" {shlex.quote(folder)} "))
        run([sys.executable, *words[1:]], cwd=ROOT)
        for file in (*Path(folder).glob("wikibot-*.whl"), ROOT / "requirements.lock"):
            shutil.copy(file, root / "tmp")


def edit(file: Path, guide: Chapter, wiki: MediaWikiBench) -> None:
    """Change a file as the chapter says."""
    if file.name == "wiki.password":
        file.write_text(f"{wiki.password}\n")  # it is there already, and stays closed
        return
    text = file.read_text("utf-8")
    opened = re.sub(r"^# (password_file = \S+)", r"\1", text, count=1, flags=re.MULTILINE)
    if opened == text:
        raise Stumbled(f"{file}\nhas no password_file to take the # from")
    table = guide.table.partition("\n")[2]  # less the name of the file
    file.write_text(f"{opened}\n{table}", "utf-8")


# --- the schedule ---


def unit(guide: Chapter, name: str) -> str:
    """Return one of the chapter's files."""
    return dict(guide.files)[f"/etc/systemd/system/{name}"]


def keys(text: str, name: str) -> list[str]:
    """Return the values of a key of a unit."""
    return re.findall(rf"^{name}=(.*)$", text, re.MULTILINE)


def verify(root: Path, guide: Chapter) -> None:
    """Let systemd read the units; what they start is in the machine."""
    with tempfile.TemporaryDirectory() as folder:
        for name, body in guide.files:
            shown = re.sub(r"^ExecStart=/srv", f"ExecStart={root}/srv", body, flags=re.MULTILINE)
            Path(folder, Path(name).name).write_text(shown)
        paths = sorted(map(str, Path(folder).iterdir()))
        print("+ systemd-analyze verify", *(Path(path).name for path in paths))
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", *paths],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        print(done.stdout, end="")
        if done.returncode or "wikibot" in done.stdout:
            raise Stumbled("the units are not as systemd wants them")


def start(root: Path, account: str, command: str, environ: Sequence[str], before: str) -> None:
    """Run what a timer or cron runs: with that account, that environment, and nothing else.

    Raises:
        Stumbled: it fails, or leaves no new report.
    """
    reports = root / "srv/wikibot/state/reports"
    old = set(reports.glob("night-*.json"))
    shell = f"{before}\n{command}"
    words = ["chroot", f"--userspec={account}", str(root), "/usr/bin/env", "-i", *environ]
    print(f"+ {account}: {command}", flush=True)
    done = subprocess.run([*words, "/bin/sh", "-c", shell], check=False)
    if done.returncode not in FINE:
        raise Stumbled(f"{command}\nended with {done.returncode}")
    if not set(reports.glob("night-*.json")) - old:
        raise Stumbled(f"{command}\nleft no report")


def schedule(root: Path, guide: Chapter) -> None:
    """Spend two nights, as systemd and as cron would."""
    service = unit(guide, "wikibot.service")
    (account,), (folder,) = keys(service, "User"), keys(service, "WorkingDirectory")
    (command,), (mask,) = keys(service, "ExecStart"), keys(service, "UMask")
    home = next(entries(root, "etc/passwd", account))[5]
    # systemd.exec(5), “Environment Variables in Spawned Processes”; crontab(5)
    theirs = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", "LANG=C.UTF-8"]
    theirs += [f"HOME={home}", f"LOGNAME={account}", f"USER={account}", "SHELL=/bin/bash"]
    start(root, account, f"exec {command}", theirs, f"umask {mask}; cd {folder}")
    crons = ["PATH=/usr/bin:/bin", f"HOME={home}", f"LOGNAME={account}", "SHELL=/bin/sh"]
    start(root, account, guide.cron, crons, f"cd {home}")


def entries(root: Path, file: str, name: str) -> Iterator[list[str]]:
    """Yield the lines of passwd or group about somebody."""
    for line in (root / file).read_text().splitlines():
        if line.startswith(f"{name}:"):
            yield line.split(":")


def closed(root: Path) -> None:
    """Complain where another account of the machine could read what is the bot's alone."""
    home = root / "srv/wikibot"
    for path in (home / "wiki.password", *(home / "state").rglob("*"), home / "state"):
        if path.stat().st_mode & 0o077:
            raise Stumbled(f"{path}\nis open to others")


def main() -> int:
    """Follow a guide; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--language", choices=sorted(GUIDES), default="fr")
    parser.add_argument("--root", type=Path, help="a folder for the machine, kept")
    asked = parser.parse_args()
    if os.geteuid() != 0:
        parser.error("needs root: debootstrap and chroot")
    with tempfile.TemporaryDirectory() as given:
        root = (asked.root or Path(given, "machine")).resolve()
        (wiki_folder := Path(given, "wiki")).mkdir()
        guide = chapter(asked.language)
        make_machine(root)
        with MediaWikiBench(wiki_folder) as wiki:
            for number in range(3):
                wiki.edit_as_human(f"Commun {number}", _PAGE)
            try:
                follow(root, guide, wiki)
                verify(root, guide)
                schedule(root, guide)
                closed(root)
            except Stumbled as error:
                print(f"\nStumbled: {error}", file=sys.stderr)
                return 1
    print("\nThe guide leads to a scheduled night.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

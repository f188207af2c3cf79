"""A container file, read; and each of its steps taken by hand in folders, without an engine.

    sudo .venv/bin/python -m tests.containers [--root DIR]

FROM is a small Debian of its own (debootstrap), RUN is a chroot into it, COPY copies. Then the
image's command is run as its user on a volume that is empty at first. Needs root, debootstrap and
the network, so it is not one of the tests; those read the file alone.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.fresh_machine import entries, make_machine

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "Containerfile"


@dataclass
class Stage:
    """A stage: its base and name, its steps in order, what a container starts with."""

    base: str
    name: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def last(self, instruction: str) -> str:
        """Return the argument of the last step of a kind."""
        return [rest for kind, rest in self.steps if kind == instruction][-1]

    def words(self, instruction: str) -> list[str]:
        """Return a command that is written as a list."""
        found: list[str] = json.loads(self.last(instruction))
        return found


def stages(text: str) -> list[Stage]:
    """Read a container file. Source: the reference of Dockerfile; what it uses of it alone."""
    joined = re.sub(r"\\\n", " ", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE))
    found: list[Stage] = []
    for line in filter(None, map(str.strip, joined.splitlines())):
        kind, rest = line.split(maxsplit=1)
        if kind == "FROM":
            base, _, name = rest.partition(" AS ")
            found.append(Stage(base, name))
        else:
            found[-1].steps.append((kind, " ".join(rest.split())))
    return found


def copied(stage: Stage) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield what a stage copies: from which stage ("": the checkout), what, where to."""
    for kind, rest in stage.steps:
        if kind == "COPY":
            *words, target = rest.split()
            other = next((w.partition("=")[2] for w in words if w.startswith("--from=")), "")
            yield other, tuple(word for word in words if not word.startswith("--")), target


def take(stage: Stage, root: Path, others: dict[str, Path]) -> None:
    """Take the steps of a stage in a folder."""
    folder, copies = "/", copied(stage)
    for kind, rest in stage.steps:
        print(kind, rest, flush=True)
        if kind == "WORKDIR":
            folder = rest
            inside(root, rest).mkdir(parents=True, exist_ok=True)
        elif kind == "RUN":
            run(root, ["/bin/sh", "-c", f"cd {folder} && {rest}"], {"PATH": "/usr/sbin:/usr/bin"})
        elif kind == "COPY":
            other, names, target = next(copies)
            for name in names:
                copy(inside(others[other], name), inside(root, str(Path(folder, target))))
        elif kind not in ("CMD", "ENTRYPOINT", "ENV", "USER", "VOLUME"):
            raise ValueError(f"{kind} is not known here")


def inside(root: Path, path: str) -> Path:
    """Return a path of a machine as one of this machine."""
    return root / path.lstrip("/")


def copy(source: Path, target: Path) -> None:
    """Copy as COPY does: of a folder what it holds, less what .dockerignore keeps out."""
    if source.is_dir():
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, target, symlinks=True, ignore=ignored, dirs_exist_ok=True)
    else:
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


def run(root: Path, words: Sequence[str], environ: dict[str, str], user: str = "root") -> int:
    """Run a command in a machine; it has to end well.

    Raises:
        CalledProcessError: it does not.
    """
    start = ["chroot", f"--userspec={user}", str(root), "/usr/bin/env", "-i"]
    values = [f"{name}={value}" for name, value in environ.items()]
    return subprocess.run([*start, *values, *words], check=True).returncode


def start(stage: Stage, root: Path, arguments: Sequence[str]) -> int:
    """Start a container of an image: its entry point, its user, its folder."""
    environ = dict(word.split("=", 1) for word in shlex.split(stage.last("ENV")))
    user = stage.last("USER")
    environ["HOME"] = next(entries(root, "etc/passwd", user))[5]
    words = [*stage.words("ENTRYPOINT"), *arguments]
    print("+", user, shlex.join(words), flush=True)
    command = f"cd {stage.last('WORKDIR')} && exec {shlex.join(words)}"
    return run(root, ["/bin/sh", "-c", command], environ, user)


def main() -> int:
    """Take every step; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--root", type=Path, help="a folder for the machines, kept")
    asked = parser.parse_args()
    if os.geteuid() != 0:
        parser.error("needs root: debootstrap and chroot")
    with tempfile.TemporaryDirectory() as given:
        folder = (asked.root or Path(given)).resolve()
        machines = {"": ROOT}
        for number, stage in enumerate(stages(FILE.read_text())):
            root = folder / f"stage{number}"
            root.mkdir(parents=True, exist_ok=True)
            make_machine(root)
            take(stage, root, machines)
            machines[stage.name] = root
        for arguments in (["--version"], ["demo", "wiki"], ["--wiki", "wiki", "doctor"]):
            start(stage, root, arguments)
        (root / "data/wikibot.toml").write_text('[wiki]\nfolder = "wiki"\nstate = "state"\n')
        try:
            start(stage, root, stage.words("CMD"))
        except subprocess.CalledProcessError as ended:
            if ended.returncode != 3:  # somebody has to look at the pages of the demo
                raise
        owner = int(next(entries(root, "etc/passwd", stage.last("USER")))[2])
        made = [*(root / "data/state").rglob("*")]
        assert made
        assert all(path.stat().st_uid == owner for path in made)
    print("\nThe image works.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
